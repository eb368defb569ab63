"""Later, shorter names of persons: `ông Cúc`, `Bí thư Khôi`, `bà Thu Cúc`, `Tổng thống Petrov` → the full name.

A short name is the nearest person before it who has that given name; before the first full name (headlines), the
nearest after it. A given name that nobody in the article has stays unmarked.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from store.annotate.page import Line, Page
from store.annotate.persons_context import HEADS, begins_body, lowered
from store.annotate.persons_lexicon import UPPER, alternation, listed, table
from store.annotate.persons_names import is_syllable, usual_case

__all__ = ["annotate", "female"]

_FORMS = table("forms_of_address.toml")
_WORD = rf"[{UPPER}][^\W\d_]*(?:[-'’][^\W\d_]+)*"
_ROLES = ("tướng", "luật sư", "bị cáo", "bị can", "đại biểu", "nhà báo")
_CALLED = alternation((*listed(_FORMS["address"]), *HEADS, *_ROLES))
_SHORT = re.compile(
    rf"(?<!\w)(?P<address>{_CALLED})(?: (?:Mỹ|Nga|Pháp|Anh|Đức|Lào))? "
    rf"(?-i:(?P<name>{_WORD}(?:(?: - | ){_WORD})?))(?!\w)", re.IGNORECASE,
)
_ADDRESS = re.compile(f"{_CALLED} ")
_BARE = re.compile(rf"(?<![\w-]){_WORD}(?![\w-])")
_ADDRESSES = frozenset(listed(_FORMS["address"]))
_FEMALE = frozenset(listed(_FORMS["female"]))
_MALE = frozenset(listed(_FORMS["male"]))


def female(name: str, addresses: set[str]) -> bool | None:
    """Whether a person is a woman, by the forms of address used for her and her middle name; None: not known."""
    if addresses & _FEMALE:
        return True
    if addresses & _MALE:
        return False
    return True if " Thị " in name else False if " Văn " in name else None


def annotate(page: Page) -> None:
    """Adds a mention with the full name for each short form that a person of the article answers to."""
    known = _Known(page)
    if not known.by_given:
        return
    for line in page.lines:
        for match in _short_forms(line):
            _resolve(page, line, known, match)
        if known.foreign:
            _bare_foreign(page, line, known)


def _short_forms(line: Line) -> Iterator[re.Match[str]]:
    """Every form of address with a name behind it; the addresses are looked for in lower case, five times as fast."""
    end = 0
    for found in _ADDRESS.finditer(line.lower):
        if found.start() >= end and (match := _SHORT.match(line.text, found.start())) is not None:
            end = match.end()
            yield match


class _Known:
    """The full names of an article by given name, each with the offsets of its mentions."""

    def __init__(self, page: Page) -> None:
        self.starts: dict[str, list[int]] = defaultdict(list)
        self.by_given: dict[str, list[str]] = defaultdict(list)
        self.foreign: dict[str, str] = {}
        self.addresses: dict[str, set[str]] = defaultdict(set)
        for mention in page.of("person"):
            if mention.name not in self.starts:
                self._learn(mention.name)
            self.starts[mention.name].append(mention.start)
            left = lowered(page.text[max(0, mention.start - 4):mention.start]).split()
            self.addresses[mention.name].update(left[-1:])

    def _learn(self, name: str) -> None:
        words = name.split()
        for size in range(1, len(words)):
            self.by_given[" ".join(words[-size:])].append(name)
        if not is_syllable(words[-1]):
            self.foreign[words[-1]] = name
        if len(words) == 5 and not is_syllable(words[-1]):        # `Diaz - Canel` of `… Diaz Canel Bermudez`
            self.by_given[" ".join(words[-3:-1])].append(name)
        if any(not is_syllable(word) for word in words[1:]):      # `ông Kim` of `Kim Jong-un`
            self.by_given[words[0]].append(name)

    def nearest(self, given: str, offset: int, woman: bool | None) -> str | None:
        """Whose given name it is at this offset."""
        names = self.by_given.get(given, [])
        if woman is not None and len(names) > 1:
            fitting = [n for n in names if female(n, self.addresses[n]) in (woman, None)]
            names = fitting or names
        return min(names, key=lambda name: self._distance(name, offset), default=None)

    def _distance(self, name: str, offset: int) -> tuple[int, int]:
        starts = self.starts[name]
        index = bisect_left(starts, offset)
        return (0, offset - starts[index - 1]) if index else (1, starts[0] - offset)


def _resolve(page: Page, line: Line, known: _Known, match: re.Match[str]) -> None:
    address = match["address"].lower()
    woman = True if address in _FEMALE else False if address in _MALE else None
    start = line.start + match.start("name")
    given = " ".join(usual_case(word) for word in match["name"].replace(" - ", " ").split())
    if address not in _ADDRESSES and begins_body(match["name"], line.text[match.end():match.end() + 20]):
        return
    name, end = known.nearest(given, start, woman), line.start + match.end("name")
    if name and not any(m.kind == "person" for m in page.covering(line, start, end)):
        page.add("person", start, end, line.position, "short_form", name)


def _bare_foreign(page: Page, line: Line, known: _Known) -> None:
    """`Petrov` alone, where the article names one `Ivan Petrov`."""
    for match in _BARE.finditer(line.text):
        name = known.foreign.get(match.group())
        start, end = line.start + match.start(), line.start + match.end()
        if name and not any(page.covering(line, start, end)):
            page.add("person", start, end, line.position, "short_foreign", name)
