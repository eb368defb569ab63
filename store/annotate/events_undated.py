"""Main events of articles that do not say on which day they were held, and what all rules of main events share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from store.annotate.events_days import announced
from store.annotate.events_heads import Head, first_is_background, heads, is_press
from store.annotate.page import DateSpan, Line, Page

__all__ = [
    "LEAD", "NEAR", "NOT_THEN", "TODAY", "WHOLE", "Found", "concluded", "given_notice", "has_met", "lately", "reports", "today",
    "undated",
]

LEAD = 5            # body sentences in which a news item names its event: nine of ten do in four
_UNDATED_LEAD = 3
WHOLE = frozenset({"kỳ họp", "đại hội"})       # their sittings are parts: `buổi chất vấn tại kỳ họp thứ 8`
NEAR = 200          # characters before a head in which the words that introduce it are looked for


@dataclass(frozen=True, slots=True)
class Found:
    """A head chosen as an event, with the line it stands in and its day."""

    head: Head
    line: Line
    day: DateSpan | None
    rule: str
    run: DateSpan | None = None     # all its days, where the article gives them: `từ ngày 10 đến 12/7`


def reports(line: Line) -> bool:
    """Whether a sentence tells the news itself, not what was before, not a talk with the press."""
    return not first_is_background(line) and not is_press(line)


_CONCLUSION = re.compile(r"\bkết\s+luận\s+của\b[^.;]*\btại\s+$", re.IGNORECASE)


def concluded(lines: list[Line]) -> Found | None:
    """A notice of conclusions reports its meeting: `thông báo kết luận của … tại phiên họp thứ năm …`."""
    for line in lines[:_UNDATED_LEAD]:
        for head in heads(line):
            if head.noun and _CONCLUSION.search(line.text[max(0, head.start - NEAR):head.start]):
                return Found(head, line, None, "conclusions")
    return None


_WHICH = re.compile(r"\s(?:lần\s+)?(?:thứ\s+)?(?:\d+|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|đầu\s+tiên)\b")
_AHEAD = re.compile(r"[^.;]{0,80}?\b(?:dự\s+kiến|sẽ|sắp|tới)\b")


def given_notice(lines: list[Line]) -> Found | None:
    """A notice of a numbered sitting does not say when that was: `Ngày 5/5, ủy ban cho biết kỳ họp thứ 35 đã …`."""
    for line in lines[:LEAD]:
        for head in heads(line) if reports(line) else ():
            if head.kind not in ("kỳ họp", "phiên họp", "hội nghị") or not _WHICH.match(line.lower, head.end):
                continue
            if announced(head, line) and _AHEAD.match(line.lower, head.end) is None:
                return Found(head, line, None, "notice")
    return None


def undated(page: Page, lines: list[Line]) -> Found | None:
    """No day is given, but the lead names an event that the article comes back to or that is held today."""
    titles = [line for line in page.lines if line.kind == "title"]
    for line in [*lines[:_UNDATED_LEAD], *titles]:
        if not reports(line) or _LONG_AGO.search(line.lower):
            continue
        today = TODAY.search(line.lower) is not None
        for head in heads(line):
            before = line.text[max(0, head.start - NEAR):head.start]
            told = head.noun and head.named and (
                _HELD.search(before) or (_UNDATED_AT.search(before) and _comes_back(head, line, lines)))
            opens = line.kind != "title" and (_opens(head, line) or _said_there(head, line) or _decides(head, line))
            if told or (today and not head.aside) or opens:
                return Found(head, line, None, "undated-head")
    return None


def today(lines: list[Line]) -> Found | None:
    """Held today, whenever that was: `mở đầu phiên làm việc của kỳ họp thứ 11 lúc 8h sáng nay`."""
    for line in lines[:_UNDATED_LEAD]:
        if not TODAY.search(line.lower) or not reports(line) or _LONG_AGO.search(line.lower):
            continue
        held = [head for head in heads(line) if not head.aside]
        if held:
            return Found(next((head for head in held if head.kind in WHOLE), held[0]), line, None, "today")
    return None


_HAS_MET = re.compile(r"\s(?:vừa\s+qua,?\s+)?(?:đã|vừa|cũng\s+đã)\s+(?:vừa\s+)?$")
_TO_DECIDE = re.compile(
    r"\s+(?:để|và|kỳ|phiên|xem xét|nghe|bàn|quyết định|cho ý kiến|thi hành|thống nhất|dưới sự|kỷ luật|kiểm điểm|đánh giá|bầu|bỏ phiếu)\b")


def has_met(page: Page, lines: list[Line]) -> Found | None:
    """A body told to have met, nobody says when: `Ban Thường vụ Huyện ủy đã họp và thống nhất …`."""
    for line in lines[:_UNDATED_LEAD]:
        for head in heads(line) if " họp " in line.lower and reports(line) else ():
            met = None if head.noun else _HAS_MET.search(line.lower, 0, head.start)
            if met is None or _TO_DECIDE.match(line.lower, head.end) is None:
                continue
            if any(body.end == line.start + met.start() for body in page.of("organization", line)):
                return Found(head, line, None, "has-met")
    return None


_LATELY = re.compile(r"\W*(?:mới\s+đây|vừa\s+qua|gần\s+đây)\b")


def lately(lines: list[Line]) -> Found | None:
    """`Mới đây, Huyện ủy đã tổ chức hội nghị … Tại hội nghị, …`: the next sentence is told from there."""
    for line, following in pairwise(lines[:LEAD + 1]):
        for head in heads(line) if _LATELY.match(line.lower) else ():
            held = head.noun and head.named and _HELD.search(line.text[max(0, head.start - NEAR):head.start])
            if held and following.lower.lstrip().startswith(f"tại {head.kind}"):
                return Found(head, line, None, "lately")
    return None


TODAY = re.compile(r"\b(?:(?P<part>sáng|trưa|chiều|tối)|hôm)\s+nay\b")
_HELD = re.compile(
    r"(?<!sẽ )(?<!việc )(?<!cách )(?<!về )(?<!công tác )\b(?:tổ\s+chức|diễn\s+ra|khai\s+mạc|bế\s+mạc)"
    r"(?:\s+\w+)?\s+$", re.IGNORECASE)
_LONG_AGO = re.compile(r"\b(?:mới\s+đây|năm\s+ngoái|trước\s+đây|hồi\s+(?:tháng|năm|đầu|cuối)|nguồn\s+tin)\b")
_OPENING = re.compile(r"\W*(?:phát\s+biểu\s+)?(?:tại|trong|chỉ\s+đạo|khai\s+mạc|bế\s+mạc)\s+")


# `tại cuộc họp mới đây`, `tại Đại hội Đảng bộ xã (nhiệm kỳ 2015-2020)`: some other time.
NOT_THEN = re.compile(
    r"[^,.;:“”\"]{0,60}?\s(?:mới\s+đây|vừa\s+qua|vừa\s+rồi|gần\s+đây|trước\s+đó|trước\s+đây)\b|"
    r"[^,.;:“”\"]{0,80}?\s\((?:nhiệm\s+kỳ|năm)\s+\d{4}\b")


def _opens(head: Head, line: Line) -> bool:
    """Whether a sentence opens with an event of a full name: `Phát biểu tại Hội nghị Ban Chấp hành …, bà A cho hay`."""
    full = len(line.text[head.end:head.name_end].split()) >= _FULL_NAME
    then = head.noun and full and NOT_THEN.match(line.lower, head.end) is None
    return then and _OPENING.fullmatch(line.lower, 0, head.start) is not None


_FULL_NAME = 3
# `Đó là nhận định của ông A tại buổi sơ kết …`, behind a title or lead that says what.
_SAID_THERE = re.compile(
    r"\W*(?:đó|đây)\s+(?:cũng\s+)?là\s+(?:một\s+trong\s+những\s+)?(?:nội\s+dung|nhận\s+định|khẳng\s+định|ý\s+kiến|yêu\s+cầu|phát\s+biểu|"
    r"chia\s+sẻ|đề\s+nghị|đề\s+xuất|kiến\s+nghị|thông\s+tin|chỉ\s+đạo|lời|quan\s+điểm|trăn\s+trở|mong\s+muốn|câu\s+hỏi|đánh\s+giá)\b"
    r"[^;:“”\"]{0,160}?\s(?:tại|trong|ở)\s+")


def _said_there(head: Head, line: Line) -> bool:
    return head.noun and head.named and _SAID_THERE.fullmatch(line.lower, 0, head.start) is not None


_NUMBERED = re.compile(r"\s(?:thứ\s+(?:\d+|[a-zà-ỹ]+)|lần\s+thứ\s+\S+|bất\s+thường|chuyên\s+đề)\b")
_DECIDES = re.compile(
    r"[^.;:“”\"]{0,80}?\s(?:đã|vừa)\s+(?:vừa\s+)?(?:thông\s+qua|biểu\s+quyết|bầu|miễn\s+nhiệm|quyết\s+định|quyết\s+nghị|thống\s+nhất|"
    r"bế\s+mạc|khai\s+mạc|xem\s+xét|thảo\s+luận)\b")


def _decides(head: Head, line: Line) -> bool:
    """`Kỳ họp thứ 5 HĐND tỉnh đã thông qua …`: a numbered sitting that is itself what the sentence speaks of."""
    return (
        head.kind in ("kỳ họp", "phiên họp", "hội nghị") and not line.lower[:head.start].strip()
        and _NUMBERED.match(line.lower, head.end) is not None and _DECIDES.match(line.lower, head.end) is not None)


_UNDATED_AT = re.compile(
    r"\b(?:tại|trong|dự|tổ chức|chủ trì|khai mạc|chứng kiến|vừa có|đã có|diễn ra|hôm nay|phát biểu)"
    r"(?:\s+\w+)?\s+$", re.IGNORECASE)


def _comes_back(head: Head, line: Line, lines: list[Line]) -> bool:
    last = head.kind.split()[-1]
    return sum(last in other.text.lower() for other in lines if other is not line) >= 2
