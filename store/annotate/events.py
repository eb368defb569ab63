"""What an article reports: its main event first, others only where the article gives them a day and a name of their
own.

The main event is the head (`hội nghị`, `làm việc với`) that stands with the article's day in its first sentences.
An article that reports a decision, a statement to the press or a crime has no event.
"""

from __future__ import annotations

import re
from dataclasses import replace

from store.annotate.events_apart import apart, beside, named_by_place, same_day_sitting, says_same_day
from store.annotate.events_background import before_that, on_the_fringe
from store.annotate.events_days import announced_on, day_of, days_by_line, follows_at_once
from store.annotate.events_heads import Head, heads, is_press
from store.annotate.events_roles import participations
from store.annotate.events_runs import beside_its_run, runs, with_its_run
from store.annotate.events_undated import (
    LEAD,
    NEAR,
    NOT_THEN,
    TODAY,
    WHOLE,
    Found,
    concluded,
    given_notice,
    has_met,
    lately,
    reports,
    today,
    undated,
)
from store.annotate.page import DateSpan, Line, Page
from store.types import DateBasis, Event

__all__ = ["annotate"]


def annotate(page: Page) -> None:
    """Fills `page.events`."""
    lines = [line for line in page.lines if line.kind != "title"]
    days = days_by_line(page)
    main = _main(page, lines, days)
    found = [*([main] if main is not None else []), *_others(lines, days, main)]
    beside = None if found else on_the_fringe(lines, days) or before_that(lines, days)
    found += [beside] if beside is not None else []
    told = runs(lines, days) if found else []
    found = [with_its_run(one, lines, told) for one in found]
    whole = beside_its_run(found, told)
    found += [whole] if whole is not None else []
    page.events = [_event(page, one, lines, found) for one in found]


# ---- the main event -------------------------------------------------------------------------------------------------

def _main(page: Page, lines: list[Line], days: dict[int, list[DateSpan]]) -> Found | None:
    """The event the article is about: dated in the lead, dated beside a back reference, or undated but spoken of."""
    dated = [
        (score, -index, Found(head, line, day, "dated-head"))
        for index, line in enumerate(lines[:LEAD]) if reports(line)
        for head in heads(line)
        if (day := day_of(head, line, days)) is not None
        and (score := _dated_score(head, line, day, index)) > 0
    ]
    if dated:
        return _put_off(max(dated, key=lambda row: row[:2])[2], lines, days)
    return (
        given_notice(lines) or _beside_the_day(lines, days) or _later_that_day(lines, days) or _pictured(lines, days) or today(lines)
        or _session(lines, days) or concluded(lines)
        or undated(page, lines) or has_met(page, lines) or lately(lines)
    )


def _dated_score(head: Head, line: Line, day: DateSpan, index: int) -> int:
    score = 4 if head.noun else 3
    score += 2 if head.kind in WHOLE else 0
    score -= 5 if head.aside else 0
    score += 2 if head.named or not head.noun else 0
    if says_same_day(line, day):
        score -= 2
    elif day.rule.startswith(("today", "relative-day")):
        score += 3
    score += 1 if not head.noun and line.lower.endswith("tổ chức ", 0, head.start) else 0
    score -= 5 if _REFERS.match(line.lower, head.end) else 0
    score -= 9 if _of_another_day(head, line, day) else 0
    gap = line.start + head.start - day.end
    score += 2 if 0 <= gap <= 200 else 0
    return score + max(0, 4 - index)


# `tại kỳ họp này`, `kỳ họp tới,`; not `buổi tiếp xúc cử tri trước kỳ họp thứ 7`.
_REFERS = re.compile(r"\s(?:này|đó|ấy|gần\s+nhất)\b|\s(?:tới|trước|sau|sắp\s+tới|vừa\s+qua)\s*(?:[,.;]|$)")
_ANOTHER = re.compile(r"\s(?:tới|sắp\s+tới|lần\s+trước|vừa\s+qua|vừa\s+rồi)\b")


def _of_another_day(head: Head, line: Line, day: DateSpan) -> bool:
    """`Chiều 20/10, nói về kỳ họp sắp tới, …`: not held on the day of the telling."""
    return _ANOTHER.match(line.lower, head.end) is not None and not follows_at_once(day, head, line)


_PUT_OFF = re.compile(r"\b(?:hoãn|lùi|dời)\b", re.IGNORECASE)
_NEW_DAY = re.compile(
    r"\b(?:dự\s+kiến|lùi|dời|chuyển|tổ\s+chức\s+lại)\b[^.]{0,60}?\b(?:tổ\s+chức|khai\s+mạc|diễn\s+ra|sang|đến|vào|từ)\b",
    re.IGNORECASE)


def _put_off(found: Found, lines: list[Line], days: dict[int, list[DateSpan]]) -> Found:
    """An event put off has the new day where the article gives one: `hoãn …, dự kiến tổ chức lại từ ngày 17/12`."""
    if not _PUT_OFF.search(found.line.text[max(0, found.head.start - NEAR):found.head.start]):
        return found
    moved = [
        day for line in lines[:LEAD + 2] if (match := _NEW_DAY.search(line.text))
        for day in days.get(line.position, ()) if day.start >= line.start + match.start()
    ]
    known = {day.date for day in days.get(found.line.position, ())}
    later = [day for day in moved if day.date not in known]
    return replace(found, day=later[-1], rule="put-off") if later else found


_AT = re.compile(r"(?:^\W*|\b(?:tại|trong|(?<!không )(?<!không tham )dự|khai mạc|bế mạc|kết luận|chỉ đạo)\s+)$", re.IGNORECASE)
# Named without a day these are mostly told as background.
_ELSEWHERE = ("chuyến", "phiên tòa", "phiên xét xử", "phiên xử", "phiên phúc thẩm", "phiên sơ thẩm")


def _beside_the_day(lines: list[Line], days: dict[int, list[DateSpan]]) -> Found | None:
    """The lead names the day, a sentence around it the event: `Chiều 16-11, … . Tại buổi gặp gỡ, …`."""
    day = next((d for line in lines[:LEAD - 1] if reports(line) for d in days.get(line.position, ())), None)
    if day is None:
        return None
    told = {
        head.kind for line in lines[:LEAD - 1] if line.position == day.sentence
        for head in heads(line) if head.noun and announced_on(day, head, line)}
    for line in lines[:LEAD + 2]:
        if days.get(line.position) or line.kind == "caption" or not reports(line):
            continue
        for head in heads(line):
            if head.kind in told:
                continue
            before = line.text[max(0, head.start - NEAR):head.start]
            if head.noun and not head.kind.startswith(_ELSEWHERE) and _AT.search(before) and not _at_another_time(head, line, day):
                return Found(head, line, day, "head-beside-day")
    return None


_MONTH = re.compile(r"\btháng\s+(\d{1,2})\b")


def _at_another_time(head: Head, line: Line, day: DateSpan) -> bool:
    """`tại cuộc họp mới đây`, `tại Đại hội Đảng bộ xã (nhiệm kỳ 2015-2020)`, `tại phiên họp thường kỳ tháng 7`: not on that day."""
    if NOT_THEN.match(line.lower, head.end) and head.kind not in _SITTINGS or line.lower.endswith("nộp tại ", 0, head.start):
        return True
    month = _MONTH.search(line.lower, head.end, head.name_end)
    return month is not None and int(month[1]) != int(day.date[5:7])


def _later_that_day(lines: list[Line], days: dict[int, list[DateSpan]]) -> Found | None:
    """Named only further on, with the day of the lead: `16h chiều 5/8, UBND tỉnh tổ chức họp báo`."""
    leading = {day.date for line in lines[:LEAD - 1] for day in days.get(line.position, ())}
    for line in lines[LEAD:]:
        if not leading.intersection(day.date for day in days.get(line.position, ())) or not reports(line):
            continue
        for head in heads(line):
            day = day_of(head, line, days)
            if day is not None and day.date in leading and head.noun and not head.aside:
                return Found(head, line, day, "later-that-day")
    return None


_GOES_THERE = re.compile(r"[^.,;]{0,40},\s(?:(?:đi|xuống|đến|tới|về|ra|lên)\s|có mặt tại|trực tiếp (?:đến|xuống|tới))")
_PICTURED = frozenset({"kiểm tra", "khảo sát", "thị sát", "thăm", "dâng hương", "dâng hoa", "tiếp xúc cử tri"})
_OTHER_TIME = re.compile(r"\b(?:một lần|trong lần|tháng|năm|hôm|trước đó|trước đây|ảnh tư liệu)\b")


def _pictured(lines: list[Line], days: dict[int, list[DateSpan]]) -> Found | None:
    """The lead says who went where, the picture what for: `Chiều 4/2, xuống công trường, …`, `Ông A đi kiểm tra dự án`."""
    day = next((
        days[line.position][0] for line in lines[:LEAD]
        if days.get(line.position) and reports(line) and _GOES_THERE.match(line.lower)), None)
    for line in lines if day is not None else ():
        if line.kind != "caption" or _OTHER_TIME.search(line.lower) or days.get(line.position):
            continue
        for head in heads(line):
            if not head.noun and head.kind in _PICTURED:
                return Found(head, line, day, "pictured")
    return None


def _session(lines: list[Line], days: dict[int, list[DateSpan]]) -> Found | None:
    """A dated sitting that the news comes from: `Tại phiên họp Chính phủ ngày 1/3, …`, `sáng 24/4, kỳ họp thứ 8 …`."""
    for line in lines:
        if not days.get(line.position) or is_press(line):
            continue
        for head in heads(line):
            day = day_of(head, line, days)
            if day is None or not day.date.startswith("XXXX") or _of_another_day(head, line, day):
                continue
            if head.named and head.kind in _SITTINGS:
                return Found(head, line, day, "dated-sitting")
    return None


_SITTINGS = frozenset({"kỳ họp", "phiên họp"})


# ---- further events -------------------------------------------------------------------------------------------------

def _others(lines: list[Line], days: dict[int, list[DateSpan]], main: Found | None) -> list[Found]:
    """Named events with a day of their own beside the main one: `lễ kỷ niệm … cùng ngày`, `tại phiên họp ngày 17/7`."""
    others: list[Found] = []
    seen = {(main.day.date if main.day else None, main.head.kind)} if main is not None else set()
    for line in lines:
        for head in heads(line) if days.get(line.position) else ():
            day = day_of(head, line, days)
            if day is None or not head.noun or (day.date, head.kind) in seen and not named_by_place(head, line, day):
                continue
            again = same_day_sitting(head, line, day, main)
            if not (again or beside(head, line, day, main) or apart(head, line, day, main)):
                continue
            seen.add((day.date, head.kind))
            others.append(Found(head, line, day, "same-day" if again else "dated-head-too"))
    return others[:2]


# ---- the record ------------------------------------------------------------------------------------------------------

def _event(page: Page, found: Found, lines: list[Line], all_found: list[Found]) -> Event:
    line, head, day = found.line, found.head, found.run or found.day
    start, end = line.start + head.start, line.start + head.name_end
    basis: DateBasis = "unknown" if day is None else _BASIS.get(day.basis, "unknown")
    main = found is all_found[0] and found.rule not in _ASIDE
    told_on = found.day.date if found.day is not None else None
    return Event(
        kind=head.kind, name=" ".join(page.text[start:end].split()), date=day.date if day else None, date_basis=basis,
        time_of_day=_time_of_day(found), place=_place(page, found), sentence=line.position, start=start,
        end=end, rule=found.rule,
        participations=participations(page, head, line, _not_of_others(found, lines, all_found), main, told_on),
    )


def _time_of_day(found: Found) -> str | None:
    """The part of the day; of no meaning for some days."""
    if found.run is not None:
        return None
    return found.day.time_of_day if found.day is not None else _part_of_today(found.line)


def _not_of_others(found: Found, lines: list[Line], all_found: list[Found]) -> list[Line]:
    """The lines without those of another event of the same word: `Tại buổi tiếp xúc cử tri huyện B vào sáng cùng ngày, bà A …`."""
    others = {
        other.line.position for other in all_found
        if other.rule == "same-day" and other.head.kind == found.head.kind and other.line is not found.line}
    return [line for line in lines if line.position not in others] if others else lines


_ASIDE = frozenset({"before-that", "on-the-fringe", "its-run"})      # of these only their own sentences tell
_SEAT = re.compile(r"(?:tại|ở) (?P<seat>(?:trụ sở|hội trường) (?:chính )?(?:của )?)$")

_BASIS: dict[str, DateBasis] = {
    "stated": "stated", "inferred-year": "inferred-year", "from-publication": "from-publication", "unknown": "unknown",
}


def _part_of_today(line: Line) -> str | None:
    """`chiều nay` in an article that nowhere says which day it is."""
    match = TODAY.search(line.lower)
    return match["part"] if match is not None else None


def _place(page: Page, found: Found) -> str | None:
    """The place named behind `tại` or `ở` in the event's sentence."""
    for place in page.of("place", found.line):
        before = page.text[max(found.line.start, place.start - 12):place.start].lower()
        if before.rstrip().endswith(("tại", "ở")):
            return place.name
    return _headquarters(page, found.line)


def _headquarters(page: Page, line: Line) -> str | None:
    """The seat of a body as the venue, a named building: `tại trụ sở UBND tỉnh Lam Giang`."""
    for body in page.of("organization", line):
        seat = _SEAT.search(line.lower, 0, body.start - line.start)
        if seat is not None:
            start = line.start + seat.start("seat")
            return page.add("place", start, body.end, line.position, "venue-headquarters").name
    return None
