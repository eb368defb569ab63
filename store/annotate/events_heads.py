"""Candidates for reported events: nouns like `hội nghị`, `lễ ký kết`, and verbs like `làm việc với`, in one line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from store.annotate.page import Line

__all__ = ["Head", "first_is_background", "heads", "is_press"]

_WORDS = tomllib.loads((files("store") / "lexicon" / "events.toml").read_text(encoding="utf-8"))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


_NOUNS: list[str] = _WORDS["nouns"]["meetings"]
_CEREMONIES: list[str] = _WORDS["nouns"]["ceremonies"]
_VERBS: dict[str, str] = {row["verb"]: row["kind"] for row in _WORDS["verbs"]}
_HEAD = re.compile(
    rf"\b(?:(?P<noun>{_any(_NOUNS)})|(?P<lễ>(?:buổi\s+)?lễ\s+(?:{_any(_CEREMONIES)}))|(?P<verb>{_any(_VERBS)}))\b",
    re.IGNORECASE)
_PREFILTER = re.compile(r"h[ọộ]i|họp|lễ|buổi|cuộc|kỳ|kì|phiên|chuyến|thăm|làm việc|tiếp|kiểm tra|sát|quyết định|đàm|dâng|gặp|"
                        r"kết|giao ban|đối thoại|mít tinh|thảo luận|viếng|hương|khởi công|khánh thành|chất vấn|diễn đàn", re.IGNORECASE)
_BACKGROUND = re.compile(rf"(?:^|\W)(?:{_any(_WORDS['background']['before'])})\s+$", re.IGNORECASE)
_BACKGROUND_LINE = re.compile(rf"\W*(?:{_any(_WORDS['background']['lines'])})\b", re.IGNORECASE)
_PRESS = re.compile(rf"\b(?:{_any(_WORDS['background']['press'])})\b", re.IGNORECASE)
_WINDOW = 32
# The name goes on from its head up to one of these.
_NAME_END = re.compile(
    r"[,;:.!?\"”“()\[\]…]|\s[-–]\s|\s(?:do|sáng|trưa|chiều|tối|ngày|hôm|vào|diễn\s+ra|được|đã|sẽ|đang|với\s+sự|cho\s+biết|là|có|"
    r"nhằm|để|khi|vừa|thì|mà|bị|cũng|cho\s+rằng|nhấn\s+mạnh|khẳng\s+định|tại|ở|diễn|theo|bàn\s+về|rằng|nên|nhưng|sau|trước|ông|bà)\s",
    re.IGNORECASE)
_NAME_LIMIT = 220


@dataclass(frozen=True, slots=True)
class Head:
    """A candidate; offsets in the line's text. `end` is the end of the head, `name_end` that of the whole name."""

    start: int
    end: int
    name_end: int
    kind: str
    noun: bool

    @property
    def named(self) -> bool:
        """Whether a name of its own follows: `hội nghị sơ kết …`, not `Hội nghị đã …`."""
        return self.name_end > self.end + 3


def heads(line: Line) -> Iterator[Head]:
    """The event heads of a line that may be reported there, in order."""
    text = line.text
    if not _PREFILTER.search(text):
        return
    for match in _HEAD.finditer(text):
        if _BACKGROUND.search(text[max(0, match.start() - _WINDOW):match.start()]):
            continue
        verb = match["verb"]
        if verb is not None and not _verb_reports(text, match.start(), match.end(), verb):
            continue
        kind = _VERBS[" ".join(verb.lower().split())] if verb else " ".join(match.group().lower().split())
        yield Head(match.start(), match.end(), _name_end(text, match.end()), kind, verb is None)


_NOUN_BEFORE = re.compile(
    r"(?:buổi|cuộc|phiên|chuyến|sự|việc|công\s+tác|đoàn|ban|ủy\s+ban|kỳ|khâu|qua|các|được|bị|hội\s+nghị|quy\s+trình|kết\s+luận|lịch|"
    r"cơ\s+quan|dấu\s+hiệu|thanh\s+tra|không|chưa|phải|cần|tăng\s+cường|đẩy\s+mạnh|thường\s+xuyên|trụ\s+sở|để|sẽ|tổ)\s+$", re.IGNORECASE)


def _verb_reports(text: str, start: int, end: int, verb: str) -> bool:
    """Whether a verb tells of a deed done: `Ban Bí thư họp xem xét`, not `các cuộc họp`, `sẽ kiểm tra`."""
    return not _NOUN_BEFORE.search(text[max(0, start - _WINDOW):start])


def _name_end(text: str, end: int) -> int:
    match = _NAME_END.search(text, end, end + _NAME_LIMIT)
    if match is not None:
        return match.start()
    if len(text) <= end + _NAME_LIMIT:
        return len(text)
    return text.rfind(" ", end, end + _NAME_LIMIT)


def first_is_background(text: str) -> bool:
    """Whether a sentence begins by telling of something earlier or elsewhere: `Trước đó, …`."""
    return _BACKGROUND_LINE.match(text) is not None


def is_press(text: str) -> bool:
    """Whether someone talks to a newspaper in this sentence."""
    return _PRESS.search(text) is not None
