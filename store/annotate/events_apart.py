"""Events beside the main one that are no part of it: of the same days, held apart from it, or on the same day elsewhere."""

from __future__ import annotations

import re

from store.annotate.events_days import follows_at_once
from store.annotate.events_heads import Head
from store.annotate.events_undated import WHOLE, Found
from store.annotate.page import DateSpan, Line

__all__ = ["apart", "beside", "named_by_place", "same_day_sitting", "says_same_day"]

_PARTS = ("phiên", "buổi", "cuộc")      # of the event reported, no events of their own


def beside(head: Head, line: Line, day: DateSpan, main: Found | None) -> bool:
    """A further event of the same days that is no part of the main one."""
    if main is None or main.day is None or not _same_occasion(day, main.day) or (line is main.line and not head.aside):
        return False
    same_word = _same_word(head.kind, main.head.kind)
    same_one = head.kind == main.head.kind and head.kind in WHOLE
    if head.kind.startswith(_PARTS) or same_one or (same_word and day.date == main.day.date):
        return False
    return head.named or (day.date == main.day.date and follows_at_once(day, head, line))


# One farewell, told by its parts.
_FUNERAL = frozenset({"lễ viếng", "lễ truy điệu", "lễ an táng", "lễ tang", "lễ quốc tang", "lễ tưởng niệm"})


def _same_word(one: str, other: str) -> bool:
    """`buổi họp` and `buổi lễ`, but not `lễ khởi công` and `lễ kỷ niệm`."""
    if one.startswith("lễ ") and other.startswith("lễ "):
        return one == other or {one, other} <= _FUNERAL
    return one.split()[0] == other.split()[0]


_SAME_DAY = re.compile(r"cùng\s+ngày|cùng\s+(?:buổi\s+)?(?:sáng|chiều|tối)", re.IGNORECASE)
_HOLDS = re.compile(r"\W*[^,.;:]{0,20},\s[^.;:“”\"]{2,80}?\s(?:tổ\s+chức|tiến\s+hành|triệu\s+tập|khai\s+mạc|mở)\s+$", re.IGNORECASE)


def same_day_sitting(head: Head, line: Line, day: DateSpan, main: Found | None) -> bool:
    """`Chiều cùng ngày, HĐND tỉnh đã tiến hành phiên họp bất thường`, `buổi tiếp xúc cử tri tại huyện B vào sáng cùng ngày`: what is
    set off from the main event by these words is another, though it be a `phiên` or `buổi`; not of a session told before."""
    if main is None or main.day is None or line is main.line or not head.named or not says_same_day(line, day):
        return False
    if main.head.kind in WHOLE and head.kind.startswith(_PARTS):
        return False
    opens = day.end - line.start <= _OPENING and _HOLDS.fullmatch(line.text, 0, head.start) is not None
    return opens or named_by_place(head, line, day)


_OPENING = 24       # `Vào chiều tối cùng ngày`
_OWN_PLACE = re.compile(r"\s(?:(?:tại|ở)\s+)?(?:(?:tỉnh|thành phố|quận|huyện|thị xã|thị trấn|xã|phường|tp\.?)\s)", re.IGNORECASE)
_AT = re.compile(r"\W*(?:cũng\s+)?(?:tại|trong)\s+$", re.IGNORECASE)


def named_by_place(head: Head, line: Line, day: DateSpan) -> bool:
    """`Tại buổi tiếp xúc cử tri huyện Trà Lĩnh vào sáng cùng ngày, …`: like the one told before, in another place."""
    behind = line.text[head.end:max(head.end, day.start - line.start)]
    return (
        says_same_day(line, day) and _AT.fullmatch(line.text, 0, head.start) is not None
        and len(behind) <= _PLACE_AND_DAY and _OWN_PLACE.match(behind) is not None)


_PLACE_AND_DAY = 80


def says_same_day(line: Line, day: DateSpan) -> bool:
    """Whether a day is given by pointing back to one told before: `cùng ngày`."""
    return _SAME_DAY.search(line.text, max(0, day.start - line.start - 8), day.end - line.start) is not None


_THERE = re.compile(r"(?:^|\b(?:tại|trong|dự|khai mạc|bế mạc|tổ chức)\s+)(?:buổi\s+)?$")
# `Trước đó, sáng 8/10, tại kỳ họp bất thường, …`
_DAY_THEN_AT = re.compile(r"\s*,\s+(?:tại|trong)\s+$")
_BEFORE_THAT = re.compile(r"\W*trước\s+đó,?\s+(?:vào\s+|hôm\s+|(?:sáng|trưa|chiều|tối)\s+)*(?:ngày\s+)?$")


def apart(head: Head, line: Line, day: DateSpan, main: Found | None) -> bool:
    """An earlier or coming event whose day stands right behind its name: `Tại phiên họp bất thường ngày 17/7, …`, or before it
    behind `trước đó`."""
    if line.kind == "caption" or not head.named or not (_right_behind(head, line, day) or _told_before(head, line, day)):
        return False
    if main is None or main.day is None:
        return day.date.startswith("XXXX")
    same_one = head.kind == main.head.kind and _same_occasion(day, main.day)
    return line is not main.line and day.date[:4] == main.day.date[:4] and not same_one


def _right_behind(head: Head, line: Line, day: DateSpan) -> bool:
    return follows_at_once(day, head, line) and _THERE.search(line.lower[:head.start]) is not None


# `Ngày 18-7, tại kỳ họp thứ 9, HĐND huyện đã …`, `Trước đó, ngày 6/1, Hội nghị Ủy ban Mặt trận lần thứ tám đã …`
_NUMBERED = re.compile(r"[^,.;:“”\"()]{0,80}?\s(?:thứ\s+(?:\d+|[a-zà-ỹ]+)|lần\s+thứ\s+\S+|bất\s+thường)\b", re.IGNORECASE)
_DAY_OPENS = re.compile(r"\W*(?:(?:trước\s+đó|do\s+đó|sau\s+đó),?\s+)?(?:vào\s+|hôm\s+|(?:sáng|trưa|chiều|tối)\s+)*(?:ngày\s+)?$")
_THEN = re.compile(r"\s*,\s+(?:(?:tại|trong)\s+)?$")
_SESSIONS = frozenset({"kỳ họp", "hội nghị", "đại hội"})


def _numbered_session(head: Head, line: Line, day: DateSpan) -> bool:
    """A session by its number, told with its day at the start of a sentence: what it decided is part of the news."""
    at = day.end - line.start
    return (
        head.kind in _SESSIONS and at <= head.start and _NUMBERED.match(line.text, head.end) is not None
        and _THEN.fullmatch(line.lower, at, head.start) is not None
        and _DAY_OPENS.fullmatch(line.lower, 0, day.start - line.start) is not None)


def _told_before(head: Head, line: Line, day: DateSpan) -> bool:
    at = day.end - line.start
    return _numbered_session(head, line, day) or (
        at <= head.start and _DAY_THEN_AT.fullmatch(line.lower, at, head.start) is not None
        and _BEFORE_THAT.fullmatch(line.lower, 0, day.start - line.start) is not None)


def _same_occasion(day: DateSpan, main: DateSpan) -> bool:
    """Whether a further event belongs to what is reported: the same day or one close to it, not years ago."""
    one, two = day.date[:10], main.date[:10]
    years = {one[:4], two[:4]} - {"XXXX"}
    return len(years) < 2 and one[5:7] == two[5:7] and abs(int(one[8:10]) - int(two[8:10])) <= 3
