"""Dates as EDTF text (ISO 8601-2): which are valid, which days they span, how people read them.

The forms in use: `2019-10-14`, `2019-10`, `2019`, `201X`, `2023-33` (quarter I), `2019-40` (first half), `XXXX-08-07`
and `XXXX-08` (no year in the text), each with `?` where the year is inferred, and `2017/2021` for an interval.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["bounds", "display", "is_inferred", "is_valid", "year_known"]

_POINT = re.compile(r"(?P<year>\d{4}|\d{3}X|XXXX)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<inferred>\??)")
_QUARTERS = {33: 1, 34: 2, 35: 3, 36: 4}        # ISO 8601-2 sub-year groupings
_HALVES = {40: 1, 41: 2}
_ROMAN = ("", "I", "II", "III", "IV")
_MONTHS_EN = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NOTES = {
    ("vi", "inferred"): "năm suy ra", ("vi", "unknown"): "không rõ năm",
    ("en", "inferred"): "year inferred", ("en", "unknown"): "year unknown",
}


@dataclass(frozen=True, slots=True)
class _Point:
    """One end of an interval, or a date by itself."""

    year: str                       # `2019`, `201X`, `XXXX`
    month: int | None               # 1–12, 33–36 for quarters, 40–41 for halves
    day: int | None
    inferred: bool


def _point(text: str) -> _Point | None:
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    month = int(match["month"]) if match["month"] else None
    day = int(match["day"]) if match["day"] else None
    point = _Point(match["year"], month, day, bool(match["inferred"]))
    return point if _possible(point) else None


def _possible(point: _Point) -> bool:
    """Whether the calendar has such a day: `XXXX-02-29` may exist, `2023-02-29` does not."""
    if point.month is None:
        return point.year != "XXXX"
    if "X" in point.year and point.year != "XXXX":
        return False
    if point.month in _QUARTERS or point.month in _HALVES:
        return point.day is None
    if not 1 <= point.month <= 12 or point.year == "0000":
        return False
    leap = 2000 if point.year == "XXXX" else int(point.year)
    return point.day is None or 1 <= point.day <= monthrange(leap, point.month)[1]


@lru_cache(maxsize=4096)
def _points(edtf: str) -> tuple[_Point, ...]:
    """The one or two ends of a date; empty where it is no date."""
    parts = edtf.split("/")
    points = tuple(point for part in parts if (point := _point(part)) is not None)
    if len(points) != len(parts) or len(points) > 2:
        return ()
    if len(points) == 2 and "X" not in points[0].year + points[1].year and _first(points[0]) > _last(points[1]):
        return ()
    return points


def _first(point: _Point) -> str:
    year = int(point.year.replace("X", "0"))
    month = point.month or 1
    if month in _QUARTERS:
        month = 3 * _QUARTERS[month] - 2
    elif month in _HALVES:
        month = 6 * _HALVES[month] - 5
    return f"{year:04}-{month:02}-{point.day or 1:02}"


def _last(point: _Point) -> str:
    year = int(point.year.replace("X", "9"))
    month = point.month or 12
    if month in _QUARTERS:
        month = 3 * _QUARTERS[month]
    elif month in _HALVES:
        month = 6 * _HALVES[month]
    return f"{year:04}-{month:02}-{point.day or monthrange(year, month)[1]:02}"


def is_valid(edtf: str) -> bool:
    """Whether the text is one of the forms in use and the calendar has it."""
    return bool(_points(edtf))


def is_inferred(edtf: str) -> bool:
    """Whether a year in it was inferred, not stated."""
    return any(point.inferred for point in _points(edtf))


def year_known(edtf: str) -> bool:
    """Whether every end has its year."""
    points = _points(edtf)
    return bool(points) and all(point.year != "XXXX" for point in points)


def bounds(edtf: str | None) -> tuple[str | None, str | None]:
    """The first and the last ISO day it may mean; (None, None) for no date or an unknown year."""
    if not edtf or not year_known(edtf):
        return None, None
    points = _points(edtf)
    return _first(points[0]), _last(points[-1])


def display(edtf: str, language: str = "vi") -> str:
    """As people write it: `21/2/2023 (năm suy ra)`, `7/8 (không rõ năm)`, `quý I/2023`, `2017–2021`; never hides an
    inferred or unknown year. A text that is no date comes back as it is."""
    points = _points(edtf)
    if not points:
        return edtf
    show = _english if language == "en" else _vietnamese
    shown = "–".join(show(point) for point in points)
    if any(point.year == "XXXX" for point in points):
        return f"{shown} ({_NOTES['en' if language == 'en' else 'vi', 'unknown']})"
    if any(point.inferred for point in points):
        return f"{shown} ({_NOTES['en' if language == 'en' else 'vi', 'inferred']})"
    return shown


def _vietnamese(point: _Point) -> str:
    year = "" if point.year == "XXXX" else f"/{point.year}"
    if point.month is None:
        return f"những năm {point.year[:3]}0" if "X" in point.year else point.year
    if point.month in _QUARTERS:
        return f"quý {_ROMAN[_QUARTERS[point.month]]}{year}"
    if point.month in _HALVES:
        return f"6 tháng {'đầu' if point.month == 40 else 'cuối'} năm{year.replace('/', ' ')}"
    return f"{point.day}/{point.month}{year}" if point.day else f"tháng {point.month}{year}"


def _english(point: _Point) -> str:
    year = "" if point.year == "XXXX" else f" {point.year}"
    if point.month is None:
        return f"{point.year[:3]}0s" if "X" in point.year else point.year
    if point.month in _QUARTERS:
        return f"Q{_QUARTERS[point.month]}{year}"
    if point.month in _HALVES:
        return f"{'first' if point.month == 40 else 'second'} half of{year or ' the year'}"
    month = _MONTHS_EN[point.month]
    return f"{point.day} {month}{year}" if point.day else f"{month}{year}"
