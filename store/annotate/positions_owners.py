"""Bare posts whose body stands before them: `Bộ Y tế có ba Thứ trưởng là A, B, C`, `Về phía UBND thành phố, Phó chủ tịch A …`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from store.annotate.page import Line, Page
from store.annotate.persons_context import lowered
from store.annotate.positions_titles import Title

__all__ = ["owned"]

# body → its post: `UBND tỉnh | hiện có bốn | Phó chủ tịch`
_HAS = re.compile(
    r"(?: \([^()]{1,20}\))?(?:,? (?:hiện|hiện nay|hiện tại|lúc đó|lúc này|khi đó|chỉ|cũng|đang|vẫn|nay|mới))*"
    r"(?: có| còn)+(?: tất cả| tổng cộng)? (?:các|hai|ba|bốn|năm|sáu|bảy|\d{1,2})(?: đồng chí| vị)? "
)
_SIDE = re.compile(r"(?:^|[,.;“\"(] ?)(?:về phía|thay mặt|đại diện|đại diện cho)(?: (?:tập thể )?lãnh đạo| thường trực)? $")
_COMMA = re.compile(r", (?:(?:ông|bà|đồng chí) )?")
# Posts of the party are no posts of a people's committee, nor the other way round
_PARTY = re.compile(r"ủy$|(?:ủy|đoàn|đảng|chi bộ|trung ương)(?!\w)")
_LEAD = re.compile(r"(?:thường trực|tập thể|lãnh đạo) ", re.IGNORECASE)
_OFFICE = re.compile(r"(?:ban|phòng|cục|vụ|viện|sở|khoa|đội)(?!\w)")


def owned(page: Page, line: Line, titles: Sequence[Title]) -> None:
    """Completes the bare posts of a line with the body that has them."""
    bare = [title for title in titles if not title.tail and not title.whole and not title.modifiers]
    if not bare:
        return
    bodies = sorted((m.end - line.start, m.start - line.start) for m in page.of("organization", line))
    low = lowered(line.text)
    for title in bare:
        index = bisect_left(bodies, (title.start + 1, 0)) - 1
        if index < 0:
            continue
        end = bodies[index][0]
        start = min(start for stop, start in bodies if stop == end)
        body, head = low[start:end], title.head.lower()
        if ("bí thư" in head) == (_PARTY.search(body.split("ubnd")[0]) is not None) and _stands_before(low, start, end, title.start):
            _complete(title, line.text[start:end])


def _stands_before(low: str, start: int, end: int, at: int) -> bool:
    if _HAS.fullmatch(low, end, at):
        return True
    return _COMMA.fullmatch(low, end, at) is not None and _SIDE.search(low[max(0, start - 40):start]) is not None


def _complete(title: Title, body: str) -> None:
    """`phó ban` of the `Ban Kinh tế` is a `phó ban Kinh tế`."""
    body = _LEAD.sub("", body, count=1) if _LEAD.match(body) else body
    unit = _OFFICE.match(body.lower())
    if unit and title.head.lower().endswith(unit.group()):
        body = body[unit.end():].strip()
    title.tail, title.name = body, f"{title.name} {body}"
