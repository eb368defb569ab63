"""The days on which something reported could be held, and which of them is an event's."""

from __future__ import annotations

import re
from bisect import bisect_right

from store.annotate.events_heads import Head
from store.annotate.page import DateSpan, Line, Page

__all__ = ["announced", "announced_on", "day_of", "days_by_line", "follows_at_once"]


def days_by_line(page: Page) -> dict[int, list[DateSpan]]:
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
    r"(?<!\bhọc\s)(?<!\bthí\s)(?<!\bphục\s)(?<!\bcứu\s)(?<!\bphát\s)\bsinh\s*$|\bsn\s*$|\bngày\s+(?:sinh|thành\s+lập|ra\s+đời)\s*\(?$|"
    r"\bhiệu\s+lực(?:\s+(?:kể\s+)?từ)?\s*$")


def _of_something_else(page: Page, span: DateSpan, latest: str, documents: set[int]) -> bool:
    """The day of a birth, of a document (`Quyết định số 58-QĐ/TW, ngày 7-5-2007`), or of a year long past."""
    before = page.text[max(0, span.start - 24):span.start].lower()
    issued = span.time_of_day is None and any(end in documents for end in range(span.start - 4, span.start + 1))
    if issued or _BORN.search(before):
        return True
    return span.basis == "stated" and _is_year(span.date[:4]) and span.date[:4] < latest


_ATTACHED = re.compile(
    r"[\s,()]*(?:(?:được|đã|sẽ|tổ chức|diễn ra|khai mạc|bế mạc|vào|hôm|lúc|trong|từ|hai|ba|bốn|năm|\d|"
    r"(?:tại|ở)\s+(?:TP\.?\s+)?(?-i:[A-ZĐ]\w+(?:\s+[A-ZĐ]\w+){0,3}),?)\s+)*", re.IGNORECASE)
# `Sáng 4/5, lãnh đạo huyện cho biết, … đã họp`: the day of the telling, not of the meeting.
_TELLS = re.compile(r",[^,]*\b(?:cho biết|cho hay|xác nhận|thông tin)[,:]?\s[^“”\"]*$", re.IGNORECASE)
_SINCE = re.compile(r"\btừ\s+$", re.IGNORECASE)


def day_of(head: Head, line: Line, days: dict[int, list[DateSpan]]) -> DateSpan | None:
    """The day of a head: the one that follows it at once (`kỳ họp diễn ra ngày 8-1`), else the nearest in its sentence,
    one before it counting as nearer than one behind."""
    start, end = line.start + head.start, line.start + head.name_end
    spans = days.get(line.position, [])
    at = bisect_right(spans, start, key=lambda day: day.end)
    near = [
        day for day in spans[max(0, at - 1):at + 2]
        if not (announced_on(day, head, line) if head.noun else _since(day, line) or _told_on(day, head, line))]
    near = [day for day in near if not _of_what_comes(day, head, line)] or near
    for day in near:
        if follows_at_once(day, head, line):
            return day
    return min(
        near, key=lambda day: start - day.end if day.end <= start else 2 * max(0, day.start - end), default=None)


def follows_at_once(day: DateSpan, head: Head, line: Line) -> bool:
    """`kỳ họp thứ 8 diễn ra tại Sơn Trà từ ngày 8-1`."""
    at = day.start - line.start
    return head.name_end <= at and _ATTACHED.fullmatch(line.text, head.name_end, at) is not None


_COMES = re.compile(r"\([^()]*\b(?:dự\s+kiến|sẽ)\b[^()]*$", re.IGNORECASE)


def _of_what_comes(day: DateSpan, head: Head, line: Line) -> bool:
    """`họp báo về Đại hội … (dự kiến từ ngày 14 đến 17/10) hôm 9/10`: the day of what the head is about."""
    return _COMES.search(line.text, head.end, max(head.end, day.start - line.start)) is not None


def _told_on(day: DateSpan, head: Head, line: Line) -> bool:
    """Whether somebody tells of the deed on that day."""
    return day.end - line.start < head.start and _TELLS.search(line.text, day.end - line.start, head.start) is not None


# `Ngày 5/5, ủy ban cho biết kỳ họp thứ 35 đã …`, `Sáng 1/11, văn phòng ra thông báo kết luận hội nghị`: when the notice came; not
# `ông A cho biết tại buổi tiếp xúc cử tri …`, and not the name of an office (`Sở Thông tin`).
_ANNOUNCES = re.compile(
    r"\b(?:cho\s+(?:biết|hay)|xác\s+nhận|(?:vừa|đã|ra|phát|có)\s+thông\s+(?:báo|cáo)|thông\s+báo\s+(?:kết|nội|đã|về))\b"
    r"(?!\s+(?:điều\s+này\s+|như\s+vậy\s+)?(?:tại|trong|ở)\s+$)[^“”\"]*$")


def announced(head: Head, line: Line, at: int = 0) -> bool:
    """Whether a meeting is what somebody tells of, in the words from an offset on."""
    told = _ANNOUNCES.search(line.lower, at, head.start) is not None or line.lower.endswith(_NOTICES, at, head.start)
    return told and "họp báo" not in head.kind and _PUT_OFF.search(line.lower, max(0, head.start - 20), head.start) is None


_PUT_OFF = re.compile(r"\b(?:hoãn|lùi|dời)\s")      # then the news is the new day
_NOTICES = ("thông báo ", "thông báo về ", "thông báo nội dung ", "thông báo kết quả ", "thông cáo ", "thông cáo về ")


def announced_on(day: DateSpan, head: Head, line: Line) -> bool:
    """Whether that day is only the day on which somebody told of a meeting."""
    at = day.end - line.start
    return at < head.start and announced(head, line, at)


def _since(day: DateSpan, line: Line) -> bool:
    """`nghỉ hưu từ 1/9`: when a thing takes effect, not when it was done."""
    at = day.start - line.start
    return "/" not in day.date and _SINCE.search(line.text[max(0, at - 8):at]) is not None
