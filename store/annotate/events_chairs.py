"""Who chairs a reported event: `A và B đồng chủ trì`, `dưới sự chủ trì của A`, `Chủ trì hội nghị, bà A …`."""

from __future__ import annotations

import re
from bisect import bisect_right

from store.annotate.events_scene import Scene
from store.annotate.events_speech import EVENT_WORD, holder
from store.annotate.page import Line
from store.types import Mention

__all__ = ["chairs", "joined", "up_to"]

_CHAIR = re.compile(
    r"\b(?P<joint>đồng\s+)?chủ\s+(?:trì|tọa)\b(?!\s*,?\s*(?:và\s+)?(?:phối\s+hợp|xây\s+dựng|tham\s+mưu|nghiên\s+cứu|"
    r"thực\s+hiện|giải\s+quyết|rà)|\s+điểm\s+cầu)(?<!công việc chủ trì)|"
    r"\bđiều\s+hành\s+(?:hội\s+nghị|phiên\s+\w+|kỳ\s+họp|cuộc\s+họp|buổi\s+\w+|đại\s+hội|tọa\s+đàm)\b(?!\s+trù)", re.IGNORECASE)
_TASK = re.compile(r"\b(?:giao|giao\s+cho|yêu\s+cầu|đề\s+nghị|phân\s+công)\b[^.;]{0,120}$", re.IGNORECASE)
_LIST_FOLLOWS = re.compile(
    r"(?:\s+(?:hội\s+nghị|buổi\s+\w+|phiên\s+\w+|lễ|cuộc\s+\w+))?\s+(?:có|gồm|là|của)\b|\s+của\b", re.IGNORECASE)
_AND = re.compile(r"(?:TP\.|[^.;])*?(?:\bvà\b|\bcùng\b)(?:TP\.|[^.;])*")
_PRESIDED = re.compile(r"\b(?:dưới|với)\s+sự\s+(?:điều\s+hành|chủ\s+trì|chủ\s+tọa)\s+của\s+(?:[^\s,.;]+\s+){0,10}$")
# `Chủ trì hội nghị, Bí thư Huyện ủy A cho biết`: who is named next.
_CHAIRS_FIRST = re.compile(
    rf"\W*(?:phát\s+biểu\s+)?(?:điều\s+hành|chủ\s+trì|chủ\s+tọa)\s+(?:và\s+[^\s,.;]+\s+[^\s,.;]+\s+)?(?:tại\s+)?{EVENT_WORD}\b[^,.;:“”\"]{{0,80}},\s"
    r"(?:[^\s,.;:]+\s+){0,14}$")
# `Ban chỉ đạo do Bí thư Thành ủy chủ trì`: not the one who tells of it.
_BY_ANOTHER = re.compile(r"\bdo\s[^.;,“”\"]*$")
_PRESIDED_BY_POST = re.compile(r"\b(?:dưới|với)\s+sự\s+(?:điều\s+hành|chủ\s+trì|chủ\s+tọa)\s+của\s+(?P<post>[^,.;:]{4,60})")


def joined(between: str) -> bool:
    """Whether two names are joined by `và` or `cùng`."""
    return _AND.fullmatch(between) is not None


def up_to(people: list[Mention], at: int) -> list[Mention]:
    """The last few persons named before an offset; more are never looked at."""
    index = bisect_right(people, at, key=lambda person: person.end)
    return people[max(0, index - 8):index]


def chairs(scene: Scene, line: Line) -> None:
    """Adds who presides there."""
    told = "chủ t" in line.lower or "điều hành" in line.lower
    people = scene.page.of("person", line) if told else []
    for person in people:
        at = person.start - line.start
        if _PRESIDED.search(line.lower[max(0, at - 90):at]):
            scene.add(person, "chair", "presides")
    if people and _CHAIRS_FIRST.fullmatch(line.lower, 0, people[0].start - line.start):
        scene.add(people[0], "chair", "chairs-first")
    if told:
        _presided_by_post(scene, line, people)
    for match in _CHAIR.finditer(line.text) if people else ():
        if _TASK.search(line.text[max(0, match.start() - 140):match.start()]):
            continue
        before = up_to(people, line.start + match.start())
        if _LIST_FOLLOWS.match(line.text, match.end()) and not before:
            for person in people:
                scene.add(person, "chair", "chair-list")
        elif before and not _BY_ANOTHER.search(line.lower, before[-1].end - line.start, match.start()):
            _add_row(scene, before, joint=match["joint"] is not None)


def _add_row(scene: Scene, before: list[Mention], *, joint: bool) -> None:
    """`A và B chủ trì`; `A, B đồng chủ trì`."""
    scene.add(before[-1], "chair", "chairs")
    for one, two in zip(before[-2::-1], before[:0:-1], strict=False):
        if not joint and not joined(scene.page.text[one.end:two.start]):
            break
        scene.add(one, "chair", "chairs-too")


def _presided_by_post(scene: Scene, line: Line, people: list[Mention]) -> None:
    """`dưới sự chủ trì của Bí thư Huyện ủy`: the one person of the article who holds that post."""
    for match in _PRESIDED_BY_POST.finditer(line.text):
        start, end = line.start + match.start("post"), line.start + match.end("post")
        if any(person.start < end and start < person.end for person in people):
            continue
        person = holder(scene, match["post"], line)
        if person is not None:
            scene.add(person, "chair", "post-presides")
