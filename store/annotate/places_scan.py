"""A line while places are read from it: what is found, what is taken, where persons stand."""

from __future__ import annotations

from store.annotate.page import Line, Page
from store.annotate.places_names import Found

__all__ = ["Scan"]


class Scan:
    """One line under way: what is found, and what is taken."""

    __slots__ = ("found", "line", "people", "persons", "taken", "text")

    def __init__(self, page: Page, line: Line) -> None:
        self.line, self.text = line, line.text
        self.persons: list[tuple[int, int]] = [(m.start - line.start, m.end - line.start) for m in page.of("person", line)]
        self.found: list[Found] = []
        self.taken = bytearray(len(line.text))
        self.people = bytearray(len(line.text) + 1)
        for a, b in self.persons:
            self.people[a:b] = b"\1" * (b - a)

    def free(self, start: int, end: int) -> bool:
        """Whether neither a person nor another place stands there."""
        return not any(self.people[start:end]) and not any(self.taken[start:end])

    def person_from(self, start: int, end: int) -> int:
        """Where the first person in a span begins, else its end."""
        found = self.people.find(1, start, end)
        return end if found < 0 else found

    def nobody(self, start: int, end: int) -> None:
        """Takes persons off a span that is a street's or a bridge's name."""
        self.people[start:end] = bytes(end - start)

    def clear(self, start: int, end: int) -> None:
        """Takes back the places inside a span that becomes part of a longer name: `cao tốc TP. HCM - Trung Lương`."""
        self.found = [f for f in self.found if not (start <= f.at and f.at_end <= end)]
        self.taken[start:end] = bytes(end - start)

    def add(self, start: int, end: int, core: str, unit: str | None, rule: str) -> None:
        """Notes a place where nothing stands yet."""
        if self.free(start, end):
            self.found.append(
                Found(self.line.position, start + self.line.start, end + self.line.start, start, end, " ".join(core.split()), unit, rule)
            )
            self.taken[start:end] = b"\1" * (end - start)
