"""Who meets whom: the one who visits, inspects or works with somebody, and those he is with (`buổi làm việc với ông A`)."""

from __future__ import annotations

import re

from store.annotate.events_attendees import listed_before
from store.annotate.events_heads import WORDS, any_of
from store.annotate.events_scene import Scene
from store.types import Mention

__all__ = ["meeting"]

_BY_DOING = frozenset({
    "thăm", "thị sát", "khảo sát", "kiểm tra", "dâng hương", "dâng hoa", "buổi làm việc", "tiếp xúc cử tri", "gặp gỡ",
    "nhận quyết định", "đối thoại", "hội đàm", "hội kiến", "tiếp", "buổi tiếp", "cuộc gặp", "lễ viếng",
})
_MEETS = frozenset({
    "buổi làm việc", "cuộc gặp", "buổi gặp", "buổi gặp gỡ", "gặp gỡ", "hội đàm", "cuộc hội đàm", "buổi hội đàm", "hội kiến", "buổi tiếp",
    "cuộc tiếp", "tiếp", "buổi tiếp xã giao", "đối thoại", "buổi đối thoại", "buổi trao đổi", "thăm",
})
_WORD = r"(?:TP\.|T\.Ư|[^\s,.;:“”\"()]+)"
_POST = any_of(WORDS["speech"]["posts"])
# Only their posts stand between: `buổi làm việc với Bí thư Huyện ủy Trà Giang Vũ Văn A`, `hội kiến Thủ tướng B, Chủ tịch Quốc hội C`,
# `đến thăm, chúc tết mẹ Việt Nam anh hùng D`; not `thăm nhà ông E`.
_NO_POST = (
    r"của|do|tại|về|để|và|khi|đã|sẽ|được|bị|cho|trong|sau|theo|vì|nhằm|không|chưa|vắng|có|vụ|dân|người|nhân\s+viên|gia\s+đình|"
    r"khu|nhà|đền|mộ|làng|trường|đường|bảo\s+tàng|tượng|lăng|quê|di\s+tích|công\s+trình")
_TO_THE_OTHER = re.compile(
    rf"(?:,?\s+(?:và\s+)?(?:với|cùng|giữa|hỏi|chúc\s+\w+|tặng\s+quà|động\s+viên|làm\s+việc\s+với))*"
    rf"(?:(?!,?\s(?:{_NO_POST})\b)(?:,(?=\s(?i:{_POST})))?\s{_WORD}){{0,24}}\s*", re.IGNORECASE)
_AND_THE_NEXT = re.compile(
    rf"(?:\s*[,–-]\s[^.;:“”\"()]{{0,120}}?)?\s*(?:,|và|cùng)(?:(?!\s(?:{_NO_POST})\b)\s{_WORD}){{0,9}}\s*", re.IGNORECASE)
_OF = re.compile(rf"(?:(?!,?\s(?:{_NO_POST})\b)\s{_WORD}){{0,8}}\s+của(?=\s)")
# Who is visited is called by a form of address or a post, unlike a street: `thăm bà A`, not `thăm phố tranh B`.
_ADDRESSED = re.compile(
    r"\b(?:ông|bà|mẹ|cụ|bác|chú|anh|chị|em|cháu|bé|thầy|cô|đồng\s+chí|hòa\s+thượng|thượng\s+tọa|đại\s+đức|ni\s+(?:sư|trưởng)|linh\s+mục|"
    r"giám\s+mục|hồng\s+y|mục\s+sư|nghệ\s+(?:sĩ|nhân)|giáo\s+sư|GS|bác\s+sĩ|anh\s+hùng|\w+\s+tướng|nguyên\s.*|tổng\s+bí\s+thư|chủ\s+tịch.*)\s+$",
    re.IGNORECASE)
# `Thủ tướng A bắt đầu chuyến thăm`, `Bí thư B và Chủ tịch C cùng các ban ngành có buổi làm việc với …`
_HAS = re.compile(
    r"(?:\s*\([^()]{0,60}\)|\s*[,–-]\s[^.;:“”\"]{2,90}?\s?[,–-])?\s*(?:[^\s,.;:“”\"]+\s+){0,9}?(?:,\s)?"
    r"(?:(?:đã|vừa|cũng|chiều|sáng|tối|nay|\d{1,2}[/-]\d{1,2})\s+)*(?:có|bắt\s+đầu|thực\s+hiện|tiến\s+hành|kết\s+thúc|hoàn\s+thành)"
    r"\s+(?:một\s+)?", re.IGNORECASE)

# `ông A, Giám đốc Sở X, tiếp xúc cử tri`: as a verb, though the words are a noun too.
_DOES_IT = re.compile(
    r"(?:\s*\([^()]{0,60}\)|\s*[,–-]\s[^.;:“”\"]{2,90}?\s?[,–-])?\s*(?:(?:đã|vừa|cũng|cùng|tiếp\s+tục|sẽ|có|chiều|sáng|tối|nay)\s+)*")


def meeting(scene: Scene) -> None:
    """Adds both sides of a visit or meeting, from its own sentence: `ông A đến thăm …`, `buổi làm việc của ông A với …`."""
    people = scene.page.of("person", scene.line)
    start, kind = scene.line.start + scene.head.start, scene.head.kind
    before = [person for person in people if person.end <= start]
    if kind in _BY_DOING and (not scene.head.noun or (before and _DOES_IT.fullmatch(scene.page.text, before[-1].end, start))):
        if before and start - before[-1].end < 160:
            for person in listed_before(scene.page, before):
                scene.add(person, "attendee", "subject")
    elif scene.head.aside:
        for person in [p for p in people if p.start > start][:1]:
            scene.add(person, "attendee", "attended-before")
    elif kind in _MEETS or kind.startswith(("chuyến", "buổi tiếp xúc")):
        _meeting_of(scene, people)
    if scene.head.noun and before and (kind in _MEETS or kind.startswith("chuyến")):
        _has_it(scene, before)
    if kind in _MEETS or kind == "lễ đón":
        _met(scene, people)


def _meeting_of(scene: Scene, people: list[Mention]) -> None:
    """`buổi làm việc của Bí thư Tỉnh ủy A với …`, `chuyến thăm Lào của Chủ tịch nước B`."""
    of = _OF.match(scene.line.text, scene.head.end)
    if of is None:
        return
    at = scene.line.start + of.end()
    for person in [p for p in people if p.start >= at][:1]:
        if _TO_THE_OTHER.fullmatch(scene.page.text, at, person.start) is not None:
            scene.add(person, "attendee", "meeting-of")


def _has_it(scene: Scene, before: list[Mention]) -> None:
    """`Tổng thống A bắt đầu chuyến thăm`, `ông B có buổi làm việc với`."""
    if _HAS.fullmatch(scene.page.text, before[-1].end, scene.line.start + scene.head.start):
        for person in listed_before(scene.page, before):
            scene.add(person, "attendee", "has-it")


def _met(scene: Scene, people: list[Mention]) -> None:
    """Whom a meeting is with: those named right behind it."""
    at = scene.line.start + scene.head.end
    between = _TO_THE_OTHER
    for person in [p for p in people if p.start >= at]:
        if between.fullmatch(scene.page.text, at, person.start) is None:
            return
        if scene.head.kind == "thăm" and not _ADDRESSED.search(scene.page.text, at, person.start):
            return
        scene.add(person, "attendee", "meeting-with")
        at, between = person.end, _AND_THE_NEXT
