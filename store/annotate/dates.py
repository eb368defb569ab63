"""Finds date expressions and reads them as EDTF: `chiều 14/10`, `quý I/2023`, `giai đoạn 2017-2021`, `hôm qua (7-5)`.

The year is never guessed here: `XXXX-10-14` where the text gives none. `store.annotate.dates_year` then completes it
from the day of publication, or infers it where the text forces it. `find_dates` reads any text, a question too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from re import Match

from store.annotate import dates_grammar as grammar
from store.annotate.dates_year import complete_years
from store.annotate.page import DateSpan, Page
from store.edtf import is_valid

__all__ = ["FoundDate", "annotate", "find_dates"]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: its span there, EDTF, the time of day, and the rule that read it."""

    start: int
    end: int
    date: str
    time_of_day: str | None
    rule: str

    @property
    def is_day(self) -> bool:
        """Whether it names a day (or days), not a month, year or period."""
        return len(self.date.split("/")[0].rstrip("?")) == 10


def annotate(page: Page) -> None:
    """Fills `page.dates`, in order of their start, years completed where publication or text allow it."""
    spans = []
    for line in page.lines:
        for found in find_dates(line.text):
            basis = "unknown" if "XXXX" in found.date else "stated"
            spans.append(DateSpan(
                line.start + found.start, line.start + found.end, line.position, found.date, basis,
                found.time_of_day, found.rule,
            ))
    page.dates = complete_years(page, spans)


def find_dates(text: str, *, loose: bool = False) -> list[FoundDate]:
    """The date expressions of a plain text, none overlapping, in order. `loose` takes a bare `29/1` or `7.8` for a day
    as well: right for a question, wrong for an article (`đạt 7/10 nội dung`). Relative days come as `+0`, `-1` days
    (rule `relative-day`), `cùng ngày` as `=` (rule `same-day`)."""
    signs = grammar.signs(text)
    if not signs:
        return []
    found: list[FoundDate] = []
    taken = bytearray(len(text))
    for rule, needs, pattern, build in _RULES:
        if not needs <= signs:
            continue
        for match in pattern.finditer(text):
            if taken.find(1, match.start(), match.end()) >= 0:
                continue
            edtf = build(match)
            if edtf is None or not (edtf[0] in "+-=y" or is_valid(edtf)):
                continue
            if rule in _NEEDS_SIGN and not (loose or match["year"] or grammar.announced(text, match)):
                continue
            taken[match.start():match.end()] = b"\x01" * (match.end() - match.start())
            found.append(_with_time_of_day(text, match, edtf, rule))
    return list(_merged(text, found))


def _with_time_of_day(text: str, match: Match[str], edtf: str, rule: str) -> FoundDate:
    """The found date with the words before it that belong to it: `15h chiều ngày 29-3` → chiều."""
    start, end = match.span()
    before = grammar.time_before(text, start) if len(edtf.split("/")[0]) >= 10 or edtf[0] in "+-=" else None
    if before is None:
        return FoundDate(start, end, edtf, None, rule)
    return FoundDate(before.start, end, edtf, before.part, rule)


def _merged(text: str, found: list[FoundDate]) -> Iterator[FoundDate]:
    """`hôm nay` and the day it stands with are one date: `hôm nay 7-12`, `chiều nay (29-3)`; the rule remembers it."""
    days = deque(sorted(found, key=lambda f: (f.start, f.end)))
    while days:
        one = days.popleft()
        two = days[0] if days else None
        if two is None or not grammar.only_glue(text[one.end:two.start]) or one.is_day == two.is_day:
            yield one
        elif "relative-day" in (one.rule, two.rule):
            day, relative = (one, two) if one.is_day else (two, one)
            part = one.time_of_day or two.time_of_day
            yield FoundDate(one.start, max(one.end, two.end), day.date, part, f"today{relative.date}")
            days.popleft()
        else:
            yield one


def _day(day: str, month: str, year: str | None) -> str:
    return f"{year or 'XXXX'}-{int(month):02}-{int(day):02}"


def _full(match: Match[str]) -> str | None:
    return _day(match["day"], match["month"], match["year"])


def _in_words(match: Match[str]) -> str | None:
    month = grammar.month_number(match["month"])
    return None if month is None else _day(match["day"], str(month), match["year"])


def _days_of_month(match: Match[str]) -> str | None:
    """`17 - 19/12` and `ngày 7 và 8-12`: the first and the last day."""
    if int(match["first"]) >= int(match["day"]):
        return None
    return f"{_day(match['first'], match['month'], match['year'])}/{_day(match['day'], match['month'], match['year'])}"


def _day_to_day(match: Match[str]) -> str | None:
    last = match["year2"]
    if match["s"] != "/" and last is None:     # `20-30 - 3-4`: numbers, not days
        return None
    return f"{_day(match['day'], match['month'], match['year'] or last)}/{_day(match['day2'], match['month2'], last)}"


def _month_year(match: Match[str]) -> str | None:
    month = grammar.month_number(match["month"] or match["month1"])
    return None if month is None else f"{match['year'] or match['year1']}-{month:02}"


def _month(match: Match[str]) -> str | None:
    month = grammar.month_number(match["month"])
    return None if month is None else f"XXXX-{month:02}"


def _quarter(match: Match[str]) -> str | None:
    return f"{match['year']}-{32 + grammar.QUARTERS[match['quarter'].upper()]}"


def _half(match: Match[str]) -> str | None:
    return f"{match['year']}-{40 if match['part'].lower() == 'đầu' else 41}"


def _months_of_year(match: Match[str]) -> str | None:
    return f"{match['year']}-01/{match['year']}-{int(match['count']):02}" if 1 < int(match["count"]) <= 12 else None


def _period(match: Match[str]) -> str | None:
    return f"{match['year']}/{match['year2']}" if match["year"] < match["year2"] else None


def _year(match: Match[str]) -> str | None:
    return match["year"]


def _decade(match: Match[str]) -> str | None:
    return f"{match['decade']}X"


def _relative_day(match: Match[str]) -> str | None:
    days = grammar.RELATIVE_DAYS.get(" ".join(match["word"].lower().split()))
    return None if days is None else f"{days:+}"


def _same_day(match: Match[str]) -> str | None:
    return "="


def _relative_year(match: Match[str]) -> str | None:
    years = grammar.RELATIVE_YEARS[" ".join(match["word"].lower().split())]
    return f"y{years:+}"


_Build = Callable[[Match[str]], "str | None"]
_RULES: tuple[tuple[str, frozenset[str], grammar.Pattern[str], _Build], ...] = tuple(
    (rule, frozenset(needs.split()), pattern, build) for rule, needs, pattern, build in (
        ("day-to-day", "digit", grammar.DAY_TO_DAY, _day_to_day),
        ("days-of-month", "digit", grammar.DAYS_OF_MONTH, _days_of_month),
        ("full-day", "year", grammar.FULL_DAY, _full),
        ("day-in-words", "digit tháng", grammar.DAY_IN_WORDS, _in_words),
        ("half-year", "year tháng", grammar.HALF_YEAR, _half),
        ("months-of-year", "year tháng", grammar.MONTHS_OF_YEAR, _months_of_year),
        ("quarter", "year quý", grammar.QUARTER, _quarter),
        ("period", "year", grammar.PERIOD, _period),
        ("month-year", "year", grammar.MONTH_YEAR, _month_year),
        ("day-month", "digit", grammar.DAY_MONTH, _full),
        ("month", "digit tháng", grammar.MONTH, _month),
        ("decade", "year năm", grammar.DECADE, _decade),
        ("year", "year năm", grammar.YEAR, _year),
        ("relative-day", "relative", grammar.RELATIVE_DAY, _relative_day),
        ("same-day", "relative", grammar.SAME_DAY, _same_day),
        ("relative-year", "năm", grammar.RELATIVE_YEAR, _relative_year),
    )
)
"""Rule name, the signs a text must have for it (`grammar.signs`), pattern, reading; the first to match a span has it."""
_NEEDS_SIGN = frozenset({"day-month", "days-of-month", "day-in-words"})

