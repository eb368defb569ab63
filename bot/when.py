"""The dates in a question: what they span, and the question without them.

    read_when("hội nghị chiều 21/2")        rest `hội nghị`, one date: 21 February of any year, in the afternoon
    read_when("bi thu ha noi nam 2019")     rest `bi thu ha noi`, one date: 2019
    read_when("từ 1/2019 đến 3/2019")       one date: the first quarter of 2019
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from bot.areas import precedes_south
from store.annotate.dates import FoundDate, find_dates
from store.edtf import bounds
from store.text import nfc, plain

__all__ = ["When", "pointed", "read_when", "today"]

_ICT = timezone(timedelta(hours=7))     # Vietnam has no summer time
_FIRST, _LAST = "0001-01-01", "9999-12-31"

# Typed without diacritics, before a number only: `nam 2019` is a year, `nam 2` is not for us to say. Same length each.
_TYPED = (
    (re.compile(r"\bthang(?=\s+\d)", re.I), "tháng"), (re.compile(r"\bngay(?=\s+\d)", re.I), "ngày"),
    (re.compile(r"\bquy(?=\s+(?:[1-4]|I{1,3}|IV)\b)", re.I), "quý"),
    (re.compile(r"\bchieu(?=\s+(?:ngay\s+|ngày\s+)?\d)", re.I), "chiều"),
    (re.compile(r"\bsang(?=\s+(?:ngay\s+|ngày\s+)?\d)", re.I), "sáng"),
    (re.compile(r"\btoi(?=\s+(?:ngay\s+|ngày\s+)?\d)", re.I), "tối"),
    (re.compile(r"\bhom nay\b", re.I), "hôm nay"), (re.compile(r"\bhom qua\b", re.I), "hôm qua"),
    (re.compile(r"\bnam ngoai\b", re.I), "năm ngoái"), (re.compile(r"\bnam nay\b", re.I), "năm nay"),
)
# `bi thu nam 2018` has a year; `quang nam 2018` is Quảng Nam in 2018, not Quảng in the year 2018
_NAM = re.compile(r"\b(\w*\s*\b)nam(?=\s+(?:1[89]|20)\d\d\b)", re.I)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")
_ENGLISH = re.compile(
    rf"\b(?:on\s+|in\s+)?(?:(?:the\s+)?(?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{'|'.join(_MONTHS)})\b"
    rf"(?:\s+(?P<day2>\d\d?)(?:st|nd|rd|th)?\b(?!\d))?(?:,?\s+(?P<year>(?:1[89]|20)\d\d))?", re.I)
_YEAR = re.compile(r"(?<![\w/.,+-])(?:(?:trong|in|the year)\s+)?((?:1[89]|20)\d\d)(?![\w/+%]|[.,]\d|-\d)")
_QUARTER = re.compile(r"\bquý\s+([1-4]|IV|I{1,3})[\s/-]+((?:1[89]|20)\d\d)\b", re.I)
_FROM_TO = re.compile(r"\s*(?:-|–|đến|den|tới|toi|to|until)\s*(?:hết\s+|het\s+)?", re.I)
_FROM = re.compile(r"\b(?:từ|tu|from|between)\s*$", re.I)
_BEFORE = re.compile(r"\b(?:trước|truoc|before)\s*$", re.I)
_AFTER = re.compile(r"\b(?:sau|after|since|từ sau)\s*$", re.I)
# Words that only led to the date: `vào ngày`, `của năm`
_LEADING = re.compile(r"[\s,]*\b(?:vào|vao|ngày|ngay|hồi|hoi|trong|của năm|on|in|tính đến|thời điểm)\s*$", re.I)


@dataclass(frozen=True, slots=True)
class When:
    """A span of days asked for; `year` is False for a day or month of any year."""

    edtf: str
    first: str                      # ISO days; with year 0000 standing for any
    last: str
    year: bool
    time_of_day: str | None = None

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last

    @property
    def is_year(self) -> bool:
        """Whether it is one whole year."""
        return self.year and self.first[4:] == "-01-01" and self.last == f"{self.first[:4]}-12-31"

    def covers(self, edtf: str | None) -> bool:
        """Whether a date in the store may be meant. An unknown year fits only where none was asked for, and a year or
        period is no answer to a day."""
        if not edtf:
            return False
        if not self.year:
            return any(self.first[5:] <= part[5:].rstrip("?") <= self.last[5:] for part in _days(edtf))
        first, last = bounds(edtf)
        if first is None or last is None:
            return False
        length = _days_between(first, last)
        if length > (31 if self.is_day else max(366, _days_between(self.first, self.last))):
            return False            # a year is no answer to a day, `1955–2018` none to 2017
        return first <= self.last and last >= self.first


def _days_between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _days(edtf: str) -> Iterable[str]:
    """`XXXX-08-07` and both ends of an interval; a month by its first day."""
    for part in edtf.split("/"):
        point = part.rstrip("?")
        if len(point) >= 7 and point[5:7].isdigit() and int(point[5:7]) <= 12:
            yield point if len(point) == 10 else f"{point}-01"


def pointed(whens: Sequence[When]) -> tuple[When, ...]:
    """The dates that point at a time: beside a day, `nhiệm kỳ 2019-2024` belongs to a name; all where there is no day."""
    return tuple(when for when in whens if when.is_day) or tuple(whens)


def today() -> date:
    """The day in Vietnam."""
    return datetime.now(_ICT).date()


def read_when(text: str) -> tuple[str, tuple[When, ...]]:
    """The text without its dates, and the dates in order."""
    text = _accented(plain(nfc(text)))
    spans = sorted([*_found(text), *_more(text)], key=lambda item: (item[0], -item[1]))
    kept: list[tuple[int, int, When]] = []
    for start, end, when in spans:
        if kept and start < kept[-1][1]:
            continue
        kept.append((start, end, when))
    return _put_together(text, kept)


def _accented(text: str) -> str:
    for pattern, word in _TYPED:
        text = pattern.sub(word, text)
    text = _NAM.sub(lambda m: m.group() if precedes_south(m[1].strip()) else f"{m[1]}năm", text)
    return _ENGLISH.sub(_vietnamese, text)


def _vietnamese(match: re.Match[str]) -> str:
    """`29 January 2019` → `ngày 29/1/2019`; `may` alone is a word, `March 2019` a month."""
    month = _MONTHS.index(match["month"].lower()) + 1
    day, year = match["day"] or match["day2"], match["year"]
    if not day and not year and match["month"].lower() in ("may", "march"):
        return match.group()
    if day:
        return f"ngày {day}/{month}" + (f"/{year}" if year else "")
    return f"tháng {month}" + (f"/{year}" if year else "")


def _found(text: str) -> Iterable[tuple[int, int, When]]:
    for found in find_dates(text, loose=True):
        when = _when(found)
        if when:
            yield found.start, found.end, when


def _when(found: FoundDate) -> When | None:
    """A date as the store's reader sees it."""
    edtf = found.date
    if edtf[0] in "+-":
        edtf = (today() + timedelta(days=int(edtf))).isoformat() if edtf.lstrip("+-").isdigit() else ""
    elif edtf[0] == "y":
        edtf = str(today().year + int(edtf[1:])) if edtf[1:].lstrip("+-").isdigit() else ""
    return _of_edtf(edtf, found.time_of_day) if edtf and edtf[0] != "=" else None


def _of_edtf(edtf: str, time_of_day: str | None = None) -> When | None:
    first, last = bounds(edtf)
    if first and last:
        return When(edtf, first, last, True, time_of_day)
    first, last = bounds(edtf.replace("XXXX", "2000"))       # a leap year: 29 February exists
    return When(edtf, "0000" + first[4:], "0000" + last[4:], False, time_of_day) if first and last else None


def _more(text: str) -> Iterable[tuple[int, int, When]]:
    """What stands in questions only: a bare year, a quarter without `năm`."""
    for match in _QUARTER.finditer(text):
        number = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(match[1].lower()) or int(match[1])
        when = _of_edtf(f"{match[2]}-{32 + number}")
        if when:
            yield match.start(), match.end(), when
    for match in _YEAR.finditer(text):
        when = _of_edtf(match[1])
        if when:
            yield match.start(), match.end(), when


def _put_together(text: str, spans: list[tuple[int, int, When]]) -> tuple[str, tuple[When, ...]]:
    """Ranges said in words become one date; the words that led to a date go with it."""
    rest, whens, at, i = "", [], 0, 0
    while i < len(spans):
        start, end, when = spans[i]
        before = text[at:start]
        joined = i + 1 < len(spans) and _FROM_TO.fullmatch(text[end:spans[i + 1][0]])
        if joined and (spans[i + 1][2].year or not when.year):
            when, end = _range(when, spans[i + 1][2]), spans[i + 1][1]
            i += 1
        elif match := _BEFORE.search(before):
            when, before = When(when.edtf, _FIRST, _day_before(when.first), when.year), before[: match.start()]
        elif match := _AFTER.search(before):
            when, before = When(when.edtf, when.last, _LAST, when.year), before[: match.start()]
        rest += _LEADING.sub("", _FROM.sub("", before)) + " "
        whens.append(when)
        at, i = end, i + 1
    return " ".join((rest + text[at:]).split()), tuple(whens)


def _range(first: When, last: When) -> When:
    """`từ tháng 3 đến tháng 5/2019`: the year of the second goes for the first."""
    start = first.first if first.year or not last.year else last.first[:4] + first.first[4:]
    return When(f"{first.edtf}/{last.edtf}", start, last.last, last.year)


def _day_before(iso: str) -> str:
    return (date.fromisoformat(iso) - timedelta(days=1)).isoformat() if iso[:4] != "0000" else iso
