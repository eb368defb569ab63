"""Lines of text → sentences, offsets kept: every stop is a candidate, small rules say which are none.

A rule looks at a `Stop` and answers True (`join`: the sentence goes on) or None (not my case). `RULES` is read in order; what no
rule joins is a boundary.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files

__all__ = ["CAPITALS", "RULES", "Stop", "boundaries", "breaks_off", "split"]

_WORDS = tomllib.loads((files("store") / "lexicon" / "abbreviations_sentence.toml").read_text(encoding="utf-8"))
_BEFORE_NAME = frozenset(_WORDS["before_name"])
_BEFORE_NUMBER = frozenset(_WORDS["before_number"])
_STARTERS = frozenset(_WORDS["starters"])
_NAMES_LIKE_STARTERS = tuple(_WORDS["names_like_starters"])

CAPITALS = "A-Z" + "".join(chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper())
"""The inside of a character class of capital letters."""

# Stops, the quotes and brackets that close after them, and the white space that follows. A stop glued to a capital
# (`nóng…Trên cơ sở`) counts when a small letter stands before it.
# Possessive, and never begun inside a run of stops: a row of 100,000 dots takes linear time.
_STOP = re.compile(r"(?<![.!?…])(?P<stop>[.!?…]++)(?P<close>[\"”’»'\)\]]*+)(?P<space>\s++|(?=[“\"]?[" + CAPITALS + r"]))")
_LEFT_WORD = re.compile(r"[^\s\"“”‘’«»(\[,;:…!?]+\Z")
_NEXT_WORD = re.compile(r"[-–—+•*\s\"“‘'«(\[]*(\w+)")
_OPENERS = "-–—+•* \t\n\"“‘'«(["


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where a sentence may end."""

    stop: str                       # `.`, `…`, `?!`
    close: str                      # closing quotes and brackets
    glued: bool                     # no white space follows
    left: str                       # the word before, without the stop: `TP`, `N.V`, `7.8`
    right: str                      # the word after, without opening quotes
    rest: str                       # what follows, some words of it
    following: str                  # the very next character that is no space
    first: bool                     # nothing but the word stands before it: `1.`, `a.`


def next_is_small(stop: Stop) -> bool:
    """`…” ông nói`, `v.v. trong`, `chấm than! rồi`: a sentence begins with a capital, a digit or a quotation mark."""
    return stop.right[:1].islower()


def abbreviation(stop: Stop) -> bool:
    """`TP. Hà Nội`, `GS. Trần Văn Bình`; but `của TP. Tuy nhiên`."""
    if stop.stop != "." or stop.close:
        return False
    if stop.left in _BEFORE_NAME or stop.left.rpartition(".")[2] in _BEFORE_NAME:
        return stop.right not in _STARTERS or stop.rest.startswith(_NAMES_LIKE_STARTERS)
    return stop.left in _BEFORE_NUMBER and stop.right[:1].isdigit()


def initials(stop: Stop) -> bool:
    """`N.V.A`, `Đ. Hùng`, `T.T. Lan`; but `của ông N.V.A. Theo`."""
    last = stop.left.rpartition(".")[2]
    return stop.stop == "." and not stop.close and len(last) == 1 and last.isupper() and stop.right not in _STARTERS


def list_number(stop: Stop) -> bool:
    """`1. Nội dung`, `a. Phần mở đầu`, `IV. Tổ chức` at the beginning of a line."""
    return stop.first and stop.stop == "." and not stop.close and (
        stop.left.isdigit() or len(stop.left) == 1 or bool(re.fullmatch(r"[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})+", stop.left)))


def glued_inside_a_word(stop: Stop) -> bool:
    """`TP.HCM`, `VTC.News`, `Th.S`, `1.500`: a glued stop ends a sentence only after a word in small letters."""
    if not stop.glued:
        return False
    if stop.close or "…" in stop.stop or len(stop.stop) > 2:
        return False
    return not (len(stop.left) > 2 and stop.left[-2:].isalpha() and stop.left[-2:].islower() and "." not in stop.left
                and "/" not in stop.left and len(stop.right) > 1 and stop.right[1:2].islower())


def nothing_follows_but_marks(stop: Stop) -> bool:
    """`… ). ,`: what follows is punctuation that belongs to the sentence."""
    return not stop.right and stop.following not in _OPENERS


RULES: tuple[Callable[[Stop], bool], ...] = (
    next_is_small, abbreviation, initials, list_number, glued_inside_a_word, nothing_follows_but_marks,
)


def _stops(text: str, start: int, end: int) -> Iterator[tuple[int, int, Stop]]:
    """Each candidate in `text[start:end]`: where the sentence would end, where the next would begin, what is there."""
    for match in _STOP.finditer(text, start, end):
        begin = match.end()
        if begin >= end:
            return
        left_start = max(start, match.start() - 40)     # no word that matters is longer
        word = _LEFT_WORD.search(text, left_start, match.start())
        left = word.group() if word else ""
        following = _NEXT_WORD.match(text, begin, min(end, begin + 60))
        right = following.group(1) if following else ""
        first = word is not None and not text[start:word.start()].strip() if match.start() - start < 12 else False
        yield match.end("close"), begin, Stop(
            match["stop"], match["close"], match["space"] == "", left, right, text[begin:begin + 20], text[begin], first)


def boundaries(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ends of sentences in `text[start:end]`, each with the beginning of the next."""
    for stop_end, begin, stop in _stops(text, start, end):
        if not any(rule(stop) for rule in RULES):
            yield stop_end, begin


def split(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of `text[start:end]` as trimmed spans; all that is no white space lies in one of them."""
    end = len(text) if end is None else end
    spans, begin = [], start
    for stop_end, following in boundaries(text, start, end):
        spans.append((begin, stop_end))
        begin = following
    spans.append((begin, end))
    trimmed = (_trim(text, *span) for span in spans)
    return [span for span in trimmed if span[0] < span[1]]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), end - (len(inner) - len(inner.rstrip()))


def breaks_off(line: str) -> bool:
    """Whether a line stops after an abbreviation that wants its name: `… tại TP.` ⏎ `HCM`."""
    line = line.rstrip()
    return line.endswith(".") and (word := _LEFT_WORD.search(line[-40:-1])) is not None and word.group() in _BEFORE_NAME
