"""How long an event lasts, where the article says so in some sentence: `Kỳ họp diễn ra từ ngày 10 đến 12/7`.

The days of a session, congress or visit are the event's date, though the news was told on one of them; where the news is a sitting
or a meeting within those days, the whole is an event beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from store.annotate.events_heads import Head, heads
from store.annotate.events_undated import Found
from store.annotate.page import DateSpan, Line
from store.edtf import is_valid

__all__ = ["Run", "beside_its_run", "runs", "with_its_run"]


@dataclass(frozen=True, slots=True)
class Run:
    """An event told with its days; `whole` where the words name the first day too, else only the last (`kéo dài đến 12/7`)."""

    head: Head
    line: Line
    day: DateSpan
    whole: bool


_LASTING = frozenset({
    "kỳ họp", "phiên họp", "hội nghị", "đại hội", "hội thảo", "diễn đàn", "chuyến thăm", "thăm", "chuyến công tác", "chuyến đi",
    "lễ quốc tang", "quốc tang", "lễ viếng", "hội trại", "ngày hội", "hội chợ", "cuộc họp",
})
_TAKES_PLACE = r"(?:diễn\s+ra|kéo\s+dài|làm\s+việc|tổ\s+chức|họp|khai\s+mạc|bắt\s+đầu)"
# `Kỳ họp thứ 9 HĐND tỉnh diễn ra tại Sơn Trà trong 3 ngày, từ …`; `kỳ họp thứ 15 (từ …`; `thăm chính thức Lào từ …`
_FROM = re.compile(
    rf"[^.;:“”\"()]{{0,140}}?\b{_TAKES_PLACE}\b[^.;:“”\"()]{{0,50}}?"
    r"(?:\s*\((?:dự\s+kiến\s+)?(?:từ\s+)?|\s(?:từ|trong|vào|(?:hai|ba|bốn|năm|\d+)\s+ngày),?\s+)", re.IGNORECASE)
# `kỳ họp thứ 15 (từ 27 đến 30/6)`, `chuyến thăm chính thức Lào từ 3 đến 5/6`
_AT_ONCE = re.compile(
    r"[^,.;:“”\"()]{0,80}?(?:\s*\((?:(?:dự\s+kiến|sẽ)\s+)*(?:diễn\s+ra\s+)?(?:trong\s+\S+\s+ngày,?\s+)?(?:từ\s+)?|"
    r"(?:\s(?:trong\s+(?:thời\s+gian|các\s+ngày|\w+\s+ngày),?))?\s(?:từ|trong)\s+)", re.IGNORECASE)
_UNTIL = re.compile(
    r"[^.;:“”\"()]{0,140}?\b(?:(?:kéo\s+dài|làm\s+việc)\s+(?:cho\s+)?(?:đến|tới)|(?:sẽ|dự\s+kiến)[^.;:“”\"()]{0,40}?\s(?:bế\s+mạc|kết\s+thúc))"
    r"\s+(?:hết\s+|vào\s+)*", re.IGNORECASE)
_COUNT = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7}
_FOR_DAYS = re.compile(
    rf"[^.;:“”\"()]{{0,160}}?\b{_TAKES_PLACE}\s+(?:trong\s+)?(?:vòng\s+)?(?P<count>\d|{'|'.join(_COUNT)})\s+ngày\b(?!\s*,?\s+(?:từ|\d))",
    re.IGNORECASE)
_OPENS = re.compile(r"\b(?:khai\s+mạc|bắt\s+đầu)\b", re.IGNORECASE)
_COMING = re.compile(r"\b(?:sẽ|dự\s+kiến|tới|sắp)\b", re.IGNORECASE)
_SITTINGS = frozenset({"kỳ họp", "phiên họp", "cuộc họp", "họp"})
_REACH = 220            # characters between an event and its days
_LONGEST = 45           # days; a session of the National Assembly takes a month
_AHEAD = 40             # days; a session announced at a press conference


def with_its_run(found: Found, lines: list[Line], told: list[Run]) -> Found:
    """An event with all its days, where the article gives them."""
    if found.day is None or "/" in found.day.date or not _may_last(found.head):
        return found
    its = [run for run in told if _same(found.head, run.head)]
    for run in its:
        if run.whole and _within(found.day, run.day):
            return replace(found, run=_in_year_of(run.day, found.day))
        if not run.whole and _OPENS.search(found.line.text) and (day := _joined(found.day, run.day)) is not None:
            return replace(found, run=day)
    return found if its else _counted(found, lines)


def beside_its_run(found: list[Found], told: list[Run]) -> Found | None:
    """The session, congress or visit of which the event told is a part, or which it announces: with its name and its days."""
    main = next((one for one in found if one.day is not None), None)
    if main is None or main.day is None:
        return None
    for run in told:
        known = any(_same(one.head, run.head) and _within(one.day, run.day) for one in found if one.day is not None)
        if known or not run.whole or run.line.kind == "caption":
            continue
        if _within(main.day, run.day) or (run.head.named and _announced(main.day, run)):
            return Found(run.head, run.line, _in_year_of(run.day, main.day), "its-run")
    return None


def _may_last(head: Head) -> bool:
    return head.kind in _LASTING or head.kind in _SITTINGS


def _same(one: Head, other: Head) -> bool:
    return one.kind == other.kind or {one.kind, other.kind} in ({"họp", "kỳ họp"}, {"họp", "phiên họp"}, {"thăm", "chuyến thăm"})


def runs(lines: list[Line], days: dict[int, list[DateSpan]]) -> list[Run]:
    """The events of an article told with their days."""
    return [run for line in lines if days.get(line.position) for run in _runs_of_line(line, days[line.position])]


def _runs_of_line(line: Line, days: list[DateSpan]) -> Iterator[Run]:
    lasting = [head for head in heads(line) if head.kind in _LASTING]
    ends = [head.end for head in lasting]
    before = 0
    for day in days if lasting else ():
        at = day.start - line.start
        index = bisect_right(ends, at) - 1
        if index >= 0 and max(before, at - _REACH) <= ends[index]:
            head = lasting[index]
            if "/" in day.date and (_FROM.fullmatch(line.text, head.end, at) or _AT_ONCE.fullmatch(line.text, head.end, at)):
                yield Run(head, line, day, whole=True)
            elif "/" not in day.date and _UNTIL.fullmatch(line.text, head.end, at):
                yield Run(head, line, day, whole=False)
        before = day.end - line.start


def _counted(found: Found, lines: list[Line]) -> Found:
    """`Kỳ họp khai mạc ngày 4/12 và kéo dài 5 ngày`: counted from the opening."""
    if found.day is None or _OPENS.search(found.line.text) is None or not found.head.noun:
        return found
    for line in lines:
        for head in heads(line) if " ngày" in line.text else ():
            match = _FOR_DAYS.match(line.text, head.end) if _same(found.head, head) else None
            if match is None:
                continue
            count = int(match["count"]) if match["count"].isdigit() else _COUNT[match["count"].lower()]
            last = _later(found.day.date, count - 1)
            return replace(found, run=replace(found.day, date=f"{found.day.date}/{last}")) if last is not None and count > 1 else found
    return found


# ---- days whose year may be unknown ---------------------------------------------------------------------------------

def _ordinal(day: str) -> int:
    """The day as a number within one (leap) year."""
    return date.fromisoformat(f"2000{day[4:10]}").toordinal()


def _within(day: DateSpan, run: DateSpan) -> bool:
    """Whether a day (or span) lies within a span; a year counts where both have one."""
    first, _, last = run.date.partition("/")
    known = {d[:4] for d in (first, day.date) if d[:4] != "XXXX"}
    if len(known) > 1 or not last:
        return False
    start = day.date.partition("/")[0]
    return _ordinal(first) <= _ordinal(start) <= _ordinal(last)


def _in_year_of(run: DateSpan, day: DateSpan) -> DateSpan:
    """Days without a year have that of the day within them."""
    if not run.date.startswith("XXXX") or day.date.startswith("XXXX"):
        return run
    mark = "?" if day.date.endswith("?") else ""
    dated = "/".join(f"{day.date[:4]}{part[4:10]}{mark}" for part in run.date.split("/"))
    return replace(run, date=dated, basis=day.basis) if is_valid(dated) else run


def _announced(main: DateSpan, run: Run) -> bool:
    if _COMING.search(run.line.text) is None:
        return False
    return 0 < _ordinal(run.day.date) - _ordinal(main.date) <= _AHEAD


def _joined(first: DateSpan, last: DateSpan) -> DateSpan | None:
    """`khai mạc ngày 4/12`, `bế mạc vào 7/12`: from the one to the other."""
    if not 0 < _ordinal(last.date) - _ordinal(first.date) <= _LONGEST:
        return None
    year = next((d for d in (first.date, last.date) if not d.startswith("XXXX")), first.date)
    mark = "?" if year.endswith("?") else ""
    joined = "/".join(f"{year[:4]}{d[4:10]}{mark}" for d in (first.date, last.date))
    return replace(first, date=joined) if is_valid(joined) else None


def _later(day: str, count: int) -> str | None:
    """The day so many days on, its year and mark kept; None across the end of a year."""
    moved = date.fromisoformat(f"2001{day[4:10]}") + timedelta(days=count) if is_valid(f"2001{day[4:10]}") else None
    return f"{day[:4]}{moved.isoformat()[4:]}{day[10:]}" if moved is not None and moved.year == 2001 else None
