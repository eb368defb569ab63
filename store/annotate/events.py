"""What an article reports: its main event first, others only where the article gives them a day and a name of their
own.

The main event is the head (`hội nghị`, `làm việc với`) that stands with the article's day in its first sentences.
An article that reports a decision, a statement to the press or a crime has no event.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from store.annotate.events_heads import Head, first_is_background, heads, is_press
from store.annotate.events_roles import participations
from store.annotate.page import DateSpan, Line, Page
from store.types import DateBasis, Event

__all__ = ["annotate"]

_LEAD = 5           # body sentences in which a news item names its event: nine of ten do in four
_UNDATED_LEAD = 3
_NEAR = 200         # characters before a head in which the words that introduce it are looked for
_WHOLE = frozenset({"kỳ họp", "đại hội"})       # their sittings are parts: `buổi chất vấn tại kỳ họp thứ 8`


@dataclass(frozen=True, slots=True)
class Found:
    """A head chosen as an event, with the line it stands in and its day."""

    head: Head
    line: Line
    day: DateSpan | None
    rule: str


def annotate(page: Page) -> None:
    """Fills `page.events`."""
    lines = [line for line in page.lines if line.kind != "title"]
    days = _days_by_line(page)
    main = _main(page, lines, days)
    if main is None:
        return
    found = [main, *_others(lines, days, main)]
    page.events = [_event(page, one, lines, found) for one in found]


def _days_by_line(page: Page) -> dict[int, list[DateSpan]]:
    """The days named in each line on which something could be held; months, years and periods are no days."""
    latest = max((span.date[:4] for span in page.dates if _is_year(span.date[:4]) and _is_day(span.date)), default="")
    documents = {mention.end for mention in page.of("document") if _CODE.search(mention.surface)}
    days: dict[int, list[DateSpan]] = {}
    for span in page.dates:
        if _is_day(span.date) and not _of_something_else(page, span, latest, documents):
            days.setdefault(span.sentence, []).append(span)
    return days


def _is_year(text: str) -> bool:
    return text.isdigit()


def _is_day(date: str) -> bool:
    """A day, or some days within a month: `XXXX-12-17/XXXX-12-19`, not `1968-10-31/2018-10-31`."""
    first, _, last = date.replace("?", "").partition("/")
    return len(first) == 10 and (not last or (first[:4] == last[:4] and abs(int(last[5:7]) - int(first[5:7])) <= 1))


_CODE = re.compile(r"\d\s?[-/]|\bsố\s+\d")
# `ông A (sinh ngày 7-7-1970)`, `ngày thành lập (26/3)`; not `học sinh chiều 5/9`.
_BORN = re.compile(
    r"(?:[,(]\s*|\b(?:ông|bà|anh|chị)\s)sinh\s*$|\bsn\s*$|\bngày\s+(?:sinh|thành\s+lập|ra\s+đời)\s*\(?$|"
    r"\bhiệu\s+lực(?:\s+(?:kể\s+)?từ)?\s*$")


def _of_something_else(page: Page, span: DateSpan, latest: str, documents: set[int]) -> bool:
    """The day of a birth, of a document (`Quyết định số 58-QĐ/TW, ngày 7-5-2007`), or of a year long past."""
    before = page.text[max(0, span.start - 24):span.start].lower()
    issued = span.time_of_day is None and any(end in documents for end in range(span.start - 4, span.start + 1))
    if issued or _BORN.search(before):
        return True
    return span.basis == "stated" and _is_year(span.date[:4]) and span.date[:4] < latest


# ---- the main event -------------------------------------------------------------------------------------------------

def _main(page: Page, lines: list[Line], days: dict[int, list[DateSpan]]) -> Found | None:
    """The event the article is about: dated in the lead, dated beside a back reference, or undated but spoken of."""
    dated = [
        (score, -index, Found(head, line, day, "dated-head"))
        for index, line in enumerate(lines[:_LEAD]) if _reports(line)
        for head in heads(line)
        if (day := _day_of(head, line, days)) is not None
        and (score := _dated_score(head, line, day, index)) > 0
    ]
    if dated:
        return _put_off(max(dated, key=lambda row: row[:2])[2], lines, days)
    return (
        _beside_the_day(lines, days) or _later_that_day(lines, days) or _session(lines, days) or _concluded(lines)
        or _undated(page, lines)
    )


def _reports(line: Line) -> bool:
    """Whether a sentence tells the news itself, not what was before, not a talk with the press."""
    return not first_is_background(line) and not is_press(line)


_ATTACHED = re.compile(r"[\s,(]*(?:(?:được|đã|sẽ|tổ chức|diễn ra|khai mạc|bế mạc|vào|hôm|lúc|trong|từ)\s+)*", re.IGNORECASE)
_SINCE = re.compile(r"\btừ\s+$", re.IGNORECASE)


def _day_of(head: Head, line: Line, days: dict[int, list[DateSpan]]) -> DateSpan | None:
    """The day of a head: the one that follows it at once (`kỳ họp diễn ra ngày 8-1`), else the nearest in its sentence,
    one before it counting as nearer than one behind."""
    start, end = line.start + head.start, line.start + head.name_end
    spans = days.get(line.position, [])
    at = bisect_right(spans, start, key=lambda day: day.end)
    near = [day for day in spans[max(0, at - 1):at + 2] if head.noun or not _since(day, line)]
    for day in near:
        if end <= day.start and _ATTACHED.fullmatch(line.text, head.name_end, day.start - line.start):
            return day
    return min(
        near, key=lambda day: start - day.end if day.end <= start else 2 * max(0, day.start - end), default=None)


def _since(day: DateSpan, line: Line) -> bool:
    """`nghỉ hưu từ 1/9`: when a thing takes effect, not when it was done."""
    at = day.start - line.start
    return "/" not in day.date and _SINCE.search(line.text[max(0, at - 8):at]) is not None


def _dated_score(head: Head, line: Line, day: DateSpan, index: int) -> int:
    score = 4 if head.noun else 3
    score += 2 if head.kind in _WHOLE else 0
    score -= 5 if head.aside else 0
    score += 2 if head.named or not head.noun else 0
    score += 3 if day.rule.startswith(("today", "relative-day")) else 0
    gap = line.start + head.start - day.end
    score += 2 if 0 <= gap <= 200 else 0
    return score + max(0, 4 - index)


_PUT_OFF = re.compile(r"\b(?:hoãn|lùi|dời)\b", re.IGNORECASE)
_NEW_DAY = re.compile(
    r"\b(?:dự\s+kiến|lùi|dời|chuyển|tổ\s+chức\s+lại)\b[^.]{0,60}?\b(?:tổ\s+chức|khai\s+mạc|diễn\s+ra|sang|đến|vào|từ)\b",
    re.IGNORECASE)


def _put_off(found: Found, lines: list[Line], days: dict[int, list[DateSpan]]) -> Found:
    """An event put off has the new day where the article gives one: `hoãn …, dự kiến tổ chức lại từ ngày 17/12`."""
    if not _PUT_OFF.search(found.line.text[max(0, found.head.start - _NEAR):found.head.start]):
        return found
    moved = [
        day for line in lines[:_LEAD + 2] if (match := _NEW_DAY.search(line.text))
        for day in days.get(line.position, ()) if day.start >= line.start + match.start()
    ]
    known = {day.date for day in days.get(found.line.position, ())}
    later = [day for day in moved if day.date not in known]
    return replace(found, day=later[-1], rule="put-off") if later else found


_AT = re.compile(r"(?:^\W*|\b(?:tại|trong|dự|khai mạc|bế mạc|kết luận|chỉ đạo)\s+)$", re.IGNORECASE)
_ELSEWHERE = ("chuyến", "phiên tòa", "phiên xét xử")      # named without a day they are mostly told as background


def _beside_the_day(lines: list[Line], days: dict[int, list[DateSpan]]) -> Found | None:
    """The lead names the day, a sentence around it the event: `Chiều 16-11, … . Tại buổi gặp gỡ, …`."""
    day = next((d for line in lines[:_LEAD - 1] if _reports(line) for d in days.get(line.position, ())), None)
    if day is None:
        return None
    for line in lines[:_LEAD + 2]:
        if days.get(line.position) or line.kind == "caption" or not _reports(line):
            continue
        for head in heads(line):
            before = line.text[max(0, head.start - _NEAR):head.start]
            if head.noun and not head.kind.startswith(_ELSEWHERE) and _AT.search(before):
                return Found(head, line, day, "head-beside-day")
    return None


def _later_that_day(lines: list[Line], days: dict[int, list[DateSpan]]) -> Found | None:
    """Named only further on, with the day of the lead: `16h chiều 5/8, UBND tỉnh tổ chức họp báo`."""
    leading = {day.date for line in lines[:_LEAD - 1] for day in days.get(line.position, ())}
    for line in lines[_LEAD:]:
        if not leading.intersection(day.date for day in days.get(line.position, ())) or not _reports(line):
            continue
        for head in heads(line):
            day = _day_of(head, line, days)
            if day is not None and day.date in leading and head.noun and not head.aside:
                return Found(head, line, day, "later-that-day")
    return None


def _session(lines: list[Line], days: dict[int, list[DateSpan]]) -> Found | None:
    """A dated sitting that the news comes from: `Tại phiên họp Chính phủ ngày 1/3, …`, `sáng 24/4, kỳ họp thứ 8 …`."""
    for line in lines:
        if not days.get(line.position) or is_press(line):
            continue
        for head in heads(line):
            day = _day_of(head, line, days)
            if day is not None and day.date.startswith("XXXX") and head.named and head.kind in _SITTINGS:
                return Found(head, line, day, "dated-sitting")
    return None


_SITTINGS = frozenset({"kỳ họp", "phiên họp"})


_CONCLUSION = re.compile(r"\bkết\s+luận\s+của\b[^.;]*\btại\s+$", re.IGNORECASE)


def _concluded(lines: list[Line]) -> Found | None:
    """A notice of conclusions reports its meeting: `thông báo kết luận của … tại phiên họp thứ năm …`."""
    for line in lines[:_UNDATED_LEAD]:
        for head in heads(line):
            if head.noun and _CONCLUSION.search(line.text[max(0, head.start - _NEAR):head.start]):
                return Found(head, line, None, "conclusions")
    return None


def _undated(page: Page, lines: list[Line]) -> Found | None:
    """No day is given, but the lead names an event that the article comes back to or that is held today."""
    titles = [line for line in page.lines if line.kind == "title"]
    for line in [*lines[:_UNDATED_LEAD], *titles]:
        if not _reports(line) or _LONG_AGO.search(line.lower):
            continue
        today = _TODAY.search(line.lower) is not None
        for head in heads(line):
            before = line.text[max(0, head.start - _NEAR):head.start]
            told = head.noun and head.named and (
                _HELD.search(before) or (_UNDATED_AT.search(before) and _comes_back(head, line, lines)))
            if told or (today and not head.aside) or (line.kind != "title" and _opens(head, line)):
                return Found(head, line, None, "undated-head")
    return None


_TODAY = re.compile(r"\b(?:(?P<part>sáng|trưa|chiều|tối)|hôm)\s+nay\b")
_HELD = re.compile(
    r"(?<!sẽ )(?<!việc )(?<!cách )(?<!về )(?<!công tác )\b(?:tổ\s+chức|diễn\s+ra|khai\s+mạc|bế\s+mạc)"
    r"(?:\s+\w+)?\s+$", re.IGNORECASE)
_LONG_AGO = re.compile(r"\b(?:mới\s+đây|năm\s+ngoái|trước\s+đây|hồi\s+(?:tháng|năm|đầu|cuối)|nguồn\s+tin)\b")
_OPENING = re.compile(r"\W*(?:phát\s+biểu\s+)?(?:tại|trong|chỉ\s+đạo|khai\s+mạc|bế\s+mạc)\s+")


def _opens(head: Head, line: Line) -> bool:
    """Whether a sentence opens with an event of a full name: `Phát biểu tại Hội nghị Ban Chấp hành …, bà A cho hay`."""
    full = len(line.text[head.end:head.name_end].split()) >= _FULL_NAME
    return head.noun and full and _OPENING.fullmatch(line.lower, 0, head.start) is not None


_FULL_NAME = 3


_UNDATED_AT = re.compile(
    r"\b(?:tại|trong|dự|tổ chức|chủ trì|khai mạc|chứng kiến|vừa có|đã có|diễn ra|hôm nay|phát biểu)"
    r"(?:\s+\w+)?\s+$", re.IGNORECASE)


def _comes_back(head: Head, line: Line, lines: list[Line]) -> bool:
    last = head.kind.split()[-1]
    return sum(last in other.text.lower() for other in lines if other is not line) >= 2


_PARTS = ("phiên", "buổi", "cuộc")      # of the event reported, no events of their own


# ---- further events -------------------------------------------------------------------------------------------------

def _others(lines: list[Line], days: dict[int, list[DateSpan]], main: Found) -> list[Found]:
    """Named events with a day of their own beside the main one: `lễ kỷ niệm … cùng ngày`."""
    others: list[Found] = []
    seen = {(main.day.date if main.day else None, main.head.kind)}
    for line in lines:
        if not days.get(line.position):
            continue
        for head in heads(line):
            day = _day_of(head, line, days)
            if day is None or not (head.noun and head.named) or (day.date, head.kind) in seen:
                continue
            if main.day is None or not _same_occasion(day, main.day) or (line is main.line and not head.aside):
                continue
            same_word = head.kind.split()[0] == main.head.kind.split()[0]
            same_one = head.kind == main.head.kind and head.kind in _WHOLE
            if head.kind.startswith(_PARTS) or same_one or (same_word and day.date == main.day.date):
                continue
            seen.add((day.date, head.kind))
            others.append(Found(head, line, day, "dated-head-too"))
    return others[:2]


def _same_occasion(day: DateSpan, main: DateSpan) -> bool:
    """Whether a further event belongs to what is reported: the same day or one close to it, not years ago."""
    one, two = day.date[:10], main.date[:10]
    return one[:7] == two[:7] and abs(int(one[8:10]) - int(two[8:10])) <= 3


# ---- the record ------------------------------------------------------------------------------------------------------

def _event(page: Page, found: Found, lines: list[Line], all_found: list[Found]) -> Event:
    line, head, day = found.line, found.head, found.day
    start, end = line.start + head.start, line.start + head.name_end
    basis: DateBasis = "unknown" if day is None else _BASIS.get(day.basis, "unknown")
    return Event(
        kind=head.kind, name=" ".join(page.text[start:end].split()), date=day.date if day else None, date_basis=basis,
        time_of_day=day.time_of_day if day else _part_of_today(line), place=_place(page, found), sentence=line.position, start=start,
        end=end, rule=found.rule,
        participations=participations(page, head, line, lines, found is all_found[0], day.date if day else None),
    )


_BASIS: dict[str, DateBasis] = {
    "stated": "stated", "inferred-year": "inferred-year", "from-publication": "from-publication", "unknown": "unknown",
}


def _part_of_today(line: Line) -> str | None:
    """`chiều nay` in an article that nowhere says which day it is."""
    match = _TODAY.search(line.lower)
    return match["part"] if match is not None else None


def _place(page: Page, found: Found) -> str | None:
    """The place named behind `tại` or `ở` in the event's sentence."""
    for place in page.of("place", found.line):
        before = page.text[max(found.line.start, place.start - 12):place.start].lower()
        if before.rstrip().endswith(("tại", "ở")):
            return place.name
    return None
