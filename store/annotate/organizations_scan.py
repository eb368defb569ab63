"""A line while bodies are read from it, and the two things all their names share: areas and fields of work."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from store.annotate.organizations_lexicon import words
from store.annotate.places_gazetteer import CAPITAL, CUT, gazetteer

__all__ = ["UNITS_LISTED", "Scan", "area", "field_end", "first_word", "plain_area"]

_AREA_WORD = re.compile(
    r" (?:TP|Tp|[Tt]hành phố|[Tt]ỉnh|[Hh]uyện|[Qq]uận|[Pp]hường|[Xx]ã|[Tt]hị xã|[Tt]hị trấn|[Tt]hủ đô)(?!\w|\.\w|\. ?[A-ZĐ])"
)
UNITS_LISTED = re.compile(
    r" (?:tỉnh|huyện|xã|phường|quận|thị xã|thành phố|TP)(?:, | và |/| hoặc )(?:cấp )?(?:huyện|xã|phường|quận|thị xã|thị trấn|thành phố|TP)"
    r"(?!\w| [A-ZĐ\d])"
)
"""`HĐND huyện, xã`: nobody's in particular."""
_BRACKET = re.compile(rf" \([{CAPITAL}&-]{{2,10}}\)(?= )")
_SHORT_RUN = re.compile(rf"[{CAPITAL}]\w*(?:['’-](?=\w)\w+)?{CUT}(?: [{CAPITAL}]\w*(?:['’-](?=\w)\w+)?{CUT}){{0,5}}")
_FIRST = re.compile(r"\w+")


@dataclass(slots=True)
class Scan:
    """One line under way: its text, the places and persons in it (offsets in the line)."""

    text: str
    places: dict[int, int]  # start → end
    persons: dict[int, int]  # start → end
    areas: list[tuple[int, int]] = field(default_factory=list)  # areas that only a body's name shows
    bodies: dict[int, tuple[int | None, str]] = field(default_factory=dict)  # what was parsed at a head, once
    depth: int = 0
    place_starts: list[int] = field(init=False)
    person_starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.place_starts, self.person_starts = sorted(self.places), sorted(self.persons)

    def in_place(self, at: int) -> bool:
        """Whether a place's name covers an offset: the `Hội` of `Hội An`."""
        index = bisect_right(self.place_starts, at) - 1
        return index >= 0 and at < self.places[self.place_starts[index]]

    def is_place_end(self, at: int) -> bool:
        """Whether a place's name ends there."""
        index = bisect_left(self.place_starts, at) - 1
        return index >= 0 and self.places[self.place_starts[index]] == at

    def last_place(self, end: int) -> int:
        """Where the place that ends there begins, else that end itself."""
        index = bisect_left(self.place_starts, end) - 1
        return self.place_starts[index] if index >= 0 and self.places[self.place_starts[index]] == end else end

    def limit(self, at: int) -> int:
        """Where the next person's name begins, else the end of the line."""
        index = bisect_left(self.person_starts, at)
        return self.person_starts[index] if index < len(self.person_starts) else len(self.text)

    def next_place(self, at: int, end: int) -> int:
        """Where the first place inside a span begins, else its end."""
        index = bisect_right(self.place_starts, at)
        return min(self.place_starts[index], end) if index < len(self.place_starts) else end


def area(scan: Scan, at: int, unknown: bool = False) -> int:
    """The end of an area that follows: ` huyện Đức Cơ`, ` TP`, ` Việt Nam TP. HCM`; `at` itself where none does."""
    bracket = _BRACKET.match(scan.text, at)
    start = bracket.end() if bracket else at
    if scan.text.startswith(" VN ", start):
        return plain_area(scan, start + len(" VN"), False)  # `Ủy ban MTTQ VN TP. HCM`
    end = plain_area(scan, start, unknown)
    if end == start:
        return at
    if scan.text[start:end] in (" Việt Nam", " nước Việt Nam"):
        return plain_area(scan, end, False)
    return end


def plain_area(scan: Scan, at: int, unknown: bool) -> int:
    text = scan.text
    if not text.startswith(" ", at):
        return at
    if at + 1 in scan.places:
        return scan.places[at + 1]
    word = _AREA_WORD.match(text, at)
    if word and UNITS_LISTED.match(text, at):
        return at
    if word:
        return word.end()
    run = _SHORT_RUN.match(text, at + 1)
    if not run:
        return at
    stop = min(run.end(), scan.limit(at + 1))
    names = text[at + 1 : stop].split()
    if not names:
        return at
    count, level = gazetteer().longest(names)
    if level == "not":
        return at
    if not count and unknown and not words().head.match(text, at + 1) and 1 < len(names) <= 3 and not names[0].isupper():
        count = len(names)
    if not count:
        return at
    end = at + 1 + len(" ".join(names[:count]))
    scan.areas.append((at + 1, end))
    return end


def field_end(text: str, at: int) -> int | None:
    """Where the longest field of work that begins here ends: `giáo dục và đào tạo`."""
    first = _FIRST.match(text, at)
    if not first:
        return None
    found = [m.end() for pattern in words().fields.get(first.group().lower(), ()) if (m := pattern.match(text, at))]
    return max(found, default=None)


def first_word(text: str, at: int) -> str:
    first = _FIRST.match(text, at + 1)
    return first.group() if first else ""
