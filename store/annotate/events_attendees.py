"""Who is present at a reported event: listed (`Dự buổi lễ có ông A`, `Về phía tỉnh có bà B`), told with a verb (`ông A và bà B
cùng dự`, `đoàn do ông A dẫn đầu`), or seen in a picture of it."""

from __future__ import annotations

import re
from bisect import bisect_right

from store.annotate.events_chairs import joined, up_to
from store.annotate.events_heads import Head
from store.annotate.events_scene import Scene
from store.annotate.events_speech import AT_EVENT, EVENT_WORD
from store.annotate.page import Line, Page
from store.types import Mention

__all__ = ["attendees", "listed_before"]

# What one attends beside those: `dự họp`, `dự khai mạc triển lãm`, `dự Ngày hội Đại đoàn kết`.
_ATTENDED = (rf"(?:{EVENT_WORD}|họp|khai\s+(?:mạc|giảng|trương)|bế\s+mạc|kỷ\s+niệm|khánh\s+thành|khởi\s+công|"
             r"ngày\s+hội|hội\s+(?:thi|chợ|diễn|trại)|triển\s+lãm|đêm|tiệc|tổng\s+kết|mít\s+tinh|giao\s+lưu)")
_TEXT = r"(?:TP\.|T\.Ư|[^:.;“”\"])"
_SIDE = rf"(?:,?\s(?:về\s+)?phía\s{_TEXT}{{2,60}}?)?"
# `Dự buổi lễ có …`, `Tham dự hội nghị, về phía tỉnh có …`, `…, cùng dự còn có …`, `Đón đoàn tại sân bay có …`, `Về phía công ty có …`.
_ATTEND_LIST = re.compile(
    rf"(?:(?:^\W*|[,;]\s)(?:(?:cùng|cũng|tới|đến|về)\s+)*(?:(?:tham\s+)?(?:dự|gia)|đi|có\s+mặt|tiếp(?=\s+đoàn)|làm\s+việc(?=\s+với))(?:\s+và\s+\w+\s+\w+)?"
    rf"(?:\s+(?:tại\s+|trong\s+)?(?:{_ATTENDED}|đoàn|đây){_TEXT}{{0,90}}?|\s+(?:với|cùng)\s{_TEXT}{{2,60}}?)?{_SIDE}|"
    rf"^\W*(?:đón|tiếp|tiễn)(?:\s+(?:và\s+)?(?:đón|tiếp|xã\s+giao))*\s+(?:đoàn|phái\s+đoàn|khách|tổng\s+thống|thủ\s+tướng|chủ\s+tịch|tổng\s+bí\s+thư)\b"
    rf"{_TEXT}{{0,60}}?{_SIDE}|"
    rf"^\W*(?:còn\s+)?(?:về\s+)?phía\s{_TEXT}{{2,60}}?)"
    r",?\s+(?:còn\s+)?(?:có|gồm)\b(?!\s+(?:ý|thể|được|mặt)\b)", re.IGNORECASE)
_WELCOMES = re.compile(
    rf"^\W*{EVENT_WORD}\b{_TEXT}{{0,60}}?\s(?:vinh\s+dự|vui\s+mừng|hân\s+hạnh|trân\s+trọng)\s(?:được\s+)?(?:chào\s+)?đón\b", re.IGNORECASE)
_LIST_BEGINS = 110      # characters from `có` to the first name, with the posts before it
_PRESENCE_OF = re.compile(
    r"\b(?:sự\s+)?(?:tham\s+dự|tham\s+gia|hiện\s+diện|có\s+mặt|chứng\s+kiến|góp\s+mặt)\s+của\b|"
    r"\bcùng\s+(?:dự|đi|tham\s+dự)\s+(?:còn\s+)?(?:có|với)\b", re.IGNORECASE)
_ATTENDS = re.compile(
    r"(?<!\bkhông )(?<!\bkhông thể )(?<!\bchưa )\b(?:tham\s+dự|đến\s+dự|tới\s+dự|về\s+dự|cùng\s+dự|chứng\s+kiến(?!\s+cơ\s+quan)|"
    r"dẫn\s+đầu(?!\s+(?:danh\s+sách|về|cả\s+nước|trong|với))|"
    r"làm\s+trưởng\s+đoàn(?=,?\s+(?:đã|đến|tới|về|sang|thăm|vào|cùng|đi)\b|\s+có\b)|"
    r"(?:đón|đón\s+tiếp|tiếp)(?=\s+đoàn\s+(?:tại|ở|trong|là|công\s+tác|đại\s+biểu))|"
    r"(?:bấm|nhấn)\s+nút|cắt\s+băng|(?:đến|vào|tới)\s+viếng(?=[,.;]|\s*$)|"
    rf"(?:dự|tham\s+gia)(?=\s+{_ATTENDED}))\b", re.IGNORECASE)
# `ông A và bà B cùng có mặt để trao đổi …`; not `ông A yêu cầu các đại biểu có mặt tại …`, `không có mặt`.
_IS_THERE = re.compile(
    r"(?:\s*\([^()]{0,60}\)|\s*[,–-]\s(?:TP\.|[^.;:“”\"]){2,120}?[,–-]?)?\s*(?:(?:đã|cũng|cùng|đều|lãnh\s+đạo|các|tỉnh|thành\s+phố|TP)\s+){0,6}"
    r"có\s+mặt\s+(?:tại|trong|ở|để|từ)\b", re.IGNORECASE)
_CAPTION_AT = re.compile(rf"\b(?:tại|trong|dự|ở|cùng)\s+[^,.;]{{0,30}}?{EVENT_WORD}\b|\bđại\s+biểu\b", re.IGNORECASE)


def attendees(scene: Scene, line: Line) -> None:
    """Adds who is said or seen to be there."""
    people = scene.page.of("person", line)
    if not people:
        return
    listed = _ATTEND_LIST.search(line.text) or _WELCOMES.match(line.text)
    if listed is not None:
        behind = people[bisect_right(people, line.start + listed.end(), key=lambda p: p.start):]
        if behind and behind[0].start - line.start - listed.end() <= _LIST_BEGINS:
            _add_all(scene, behind, "attend-list")
            return
    for match in _PRESENCE_OF.finditer(line.text):
        _add_all(scene, people[bisect_right(people, line.start + match.end(), key=lambda p: p.start):], "presence-of")
        break
    for match in _ATTENDS.finditer(line.text):
        before = up_to(people, line.start + match.start())
        if before and line.start + match.start() - before[-1].end < 120:
            _add_all(scene, listed_before(scene.page, before), "attends")
    if "có mặt" in line.lower:
        _there(scene, line, people)
    if line.kind == "caption":
        _pictured(scene, line, people)
    _handed(scene, line, people)


def _there(scene: Scene, line: Line, people: list[Mention]) -> None:
    for index, person in enumerate(people):
        if _IS_THERE.match(scene.page.text[person.end:min(line.end, person.end + 200)]):
            _add_all(scene, listed_before(scene.page, people[:index + 1]), "is-there")


_OTHER_CLAUSE = re.compile(
    r"\b(?:đã|sẽ|được|bị|do|với|cho|về|để|khi|thay|gặp|tiếp|mời|là)\b|(?<!\bTP)(?<!T\.Ư)[.;:“”\"]\s", re.IGNORECASE)


def listed_before(page: Page, people: list[Mention]) -> list[Mention]:
    """The last of some persons and those listed with him: `bà A, chủ tịch HĐND, và ông B, phó chủ tịch UBND, tới dự`."""
    first = len(people) - 1
    while first and _OTHER_CLAUSE.search(page.text, people[first - 1].end, people[first].start) is None:
        first -= 1
    return people[first:]


def _add_all(scene: Scene, people: list[Mention], rule: str) -> None:
    for person in people:
        scene.add(person, "attendee", rule)


# ---- pictures ------------------------------------------------------------------------------------------------------

_FROM_LEFT = re.compile(r"\W*(?:[Tt]ừ|[Bb]ìa|[Tt]hứ)\s+(?:\w+\s+){0,3}?(?:trái|phải)\b")
_STANDS = re.compile(
    r"\((?:(?:đứng|ngồi|bìa|bên|ngoài cùng|thứ \w+|hàng đầu),?\s+)*(?:từ\s+)?(?:trái|phải|giữa)(?:\s+(?:sang|qua))?\)",
    re.IGNORECASE)
_LINES_UP = ("lễ", "quyết định", "hội nghị")      # not the portraits of those a notice speaks of
_VISITS = frozenset({
    "thăm", "thị sát", "khảo sát", "kiểm tra", "dâng hương", "dâng hoa", "buổi làm việc", "tiếp xúc cử tri", "gặp gỡ",
    "nhận quyết định", "đối thoại", "hội đàm", "tiếp", "buổi tiếp", "cuộc gặp", "lễ viếng",
})


def _pictured(scene: Scene, line: Line, people: list[Mention]) -> None:
    if _CAPTION_AT.search(line.text) or _same_deed(scene.head, line) or _lined_up(scene, line):
        _add_all(scene, people, "caption")


def _same_deed(head: Head, line: Line) -> bool:
    """A picture of the visit itself: `ông A thăm khu vườn`."""
    return head.kind in _VISITS and head.kind.split()[-1] in line.lower.split()


def _lined_up(scene: Scene, line: Line) -> bool:
    """A picture of those at a ceremony: `Từ trái qua: ông A, bà B`; `Ông A (giữa)` where a decision is handed to him, not the portrait
    of one whom a conference expels."""
    kind, name = scene.head.kind, scene.line.text[scene.head.start:scene.head.name_end].lower()
    if _FROM_LEFT.match(line.text):
        return any(word in kind for word in _LINES_UP)
    return _STANDS.search(line.text) is not None and (kind.startswith("lễ") or "quyết định" in name or "quyết định" in kind)


_GIVEN = r"(?:các\s+)?(?:quyết\s+định|bằng|huân\s+chương|huy\s+hiệu|hoa|quà|cờ|giấy|kỷ\s+niệm|danh\s+hiệu|bảng|giải|học\s+bổng|thưởng)"
_HANDS = re.compile(
    r"\s*(?:\([^)]{0,40}\))?(?:\s*[,–-][^.;:“”\"]{0,120}?[,–-]|\s*[^.;:,“”\"]{0,5}?)?\s*(?:(?:đã|trực\s+tiếp|cũng|được|lên)\s+)*"
    rf"(?:(?:trao(?!\s+đổi)|tặng)\s+(?:tặng\s+)?(?:[^\s,.;:“”\"]+\s+){{0,14}}?{_GIVEN}|"
    rf"(?:đón\s+)?nhận\s+{_GIVEN})", re.IGNORECASE)


def _handed(scene: Scene, line: Line, people: list[Mention]) -> None:
    """Who hands over or is given something there: `ông A trao quyết định cho bà B`, `trong buổi lễ, ông A được trao tặng …`."""
    if line.kind != "caption" and not AT_EVENT.search(line.text):
        return
    for index, person in enumerate(people):
        if _HANDS.match(scene.page.text[person.end:min(line.end, person.end + 240)]):
            both = index > 0 and joined(scene.page.text[people[index - 1].end:person.start])
            _add_all(scene, people[index - both:] if line.kind == "caption" else people[index - both:index + 1], "hands-over")
            return
