"""Who took part in a reported event: organizers, chairs, speakers, attendees, signatories.

Each rule reads one sentence and names the persons or organizations there; context decides whether the sentence speaks
of the event at all: not of an earlier day (`Trước đó, …`), not of a talk with a newspaper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.annotate.events_attendees import attendees
from store.annotate.events_background import beside_the_news
from store.annotate.events_chairs import chairs, joined
from store.annotate.events_heads import Head, begins_aside, confirms, first_is_background, is_press
from store.annotate.events_meetings import meeting
from store.annotate.events_organizers import organizers, told_later
from store.annotate.events_scene import Scene
from store.annotate.events_speech import AT_EVENT, speaking
from store.annotate.page import DateSpan, Line, Page
from store.text import fold
from store.types import Participation

__all__ = ["participations"]


def participations(
    page: Page, head: Head, line: Line, lines: list[Line], main: bool, day: str | None,
) -> tuple[Participation, ...]:
    """The participants of one event; those of a further event only from its own sentence and those that name it."""
    scene = Scene(page, head, line, main, day)
    scene.known = {mention.name: mention for mention in page.of("person")}
    for post in page.attestations:
        if post.status == "held":
            scene.titles.setdefault(fold(post.position), set()).add(post.person)
    organizers(scene)
    if _is_planned(scene):
        return tuple(_records(scene))
    if beside_the_news(head, line):
        _on_the_fringe(scene)
        return tuple(_records(scene))
    nearby = [other for other in lines if 0 < other.position - line.position <= 3] if main else []
    for other in nearby if not any(role == "organizer" for _, _, role in scene.found) else ():
        told_later(scene, other)
    for other in _scene_lines(scene, lines):
        chairs(scene, other)
        _speakers(scene, other)
        attendees(scene, other)
        _signatories(scene, other)
    meeting(scene)
    return tuple(_records(scene))


def _on_the_fringe(scene: Scene) -> None:
    """`Bên lề kỳ họp, ông A cho biết …`: who talks there attends, and has not spoken at it."""
    people = scene.page.of("person", scene.line)
    for person in [m for m, _ in speaking(scene, scene.line)] or people[:1]:
        scene.add(person, "attendee", "on-the-fringe")


# Not held yet: nobody has spoken there.
_PLANNED = re.compile(
    r"\b(?:hoãn|dự\s+kiến(?!\s+(?:sẽ\s+)?(?:làm\s+việc|kéo\s+dài|bế\s+mạc|kết\s+thúc|xem\s+xét|thông\s+qua))|"
    r"sẽ\s+(?:được\s+)?(?:tổ\s+chức|diễn\s+ra|khai\s+mạc)|lùi|dời)\b|"
    r"[,)]\s(?:HĐND|hội\s+đồng\s+nhân\s+dân|quốc\s+hội)\b[^,.;:“”\"]{0,40}?\ssẽ\b", re.IGNORECASE)


# `tại họp báo sáng 3/7, ông A cho hay kỳ họp sẽ diễn ra …`: what is announced there is another event.
_SAYS = re.compile(r",\s[^.;]*\b(?:cho\s+(?:biết|hay)|thông\s+(?:tin|báo)|nói|công\s+bố)\b", re.IGNORECASE)


def _is_planned(scene: Scene) -> bool:
    """Announced on an earlier day, or with a word like `dự kiến`, `hoãn`."""
    text, head = scene.line.text, scene.head
    planned = _PLANNED.search(text, max(0, head.start - 60), head.name_end + 100)
    if planned is not None and not (_in_brackets_before_day(scene, planned.start()) or _SAYS.search(text, head.end, planned.start())):
        return True
    if any(d.date == scene.day and d.rule in ("today+1", "today+2") for d in scene.page.dates):
        return True
    at = scene.line.start + head.start
    days = [d.date for d in scene.page.dates if d.sentence == scene.line.position and d.end <= at]
    told = re.search(r"\b(?:cho biết|cho hay|thông tin)\b", text[:head.start])
    return bool(days) and scene.day not in days and told is not None


def _in_brackets_before_day(scene: Scene, at: int) -> bool:
    """`họp báo về Đại hội … (dự kiến từ ngày 14/10) hôm 9/10`: what is planned is not the event."""
    text, line = scene.line.text, scene.line
    close = text.find(")", at)
    return text.rfind("(", 0, at) > text.rfind(")", 0, at) and close > 0 and any(
        d.date == scene.day and d.sentence == line.position and d.start > line.start + close for d in scene.page.dates)


def _scene_lines(scene: Scene, lines: list[Line]) -> Iterator[Line]:
    """The sentences that may tell of the event; those that tell of another occasion only teach who was elsewhere."""
    if not scene.main:
        yield from (line for line in lines if line.position == scene.line.position or _names_again(scene, line))
        return
    at = next((i for i, line in enumerate(lines) if line.position == scene.line.position), 0)
    elsewhere = _lines_elsewhere(scene, lines)
    before: list[Line] = []     # the lead: read last, when it is known who speaks elsewhere
    to_the_press = False    # whom the sentences behind a talk with a newspaper cite was asked there
    told_aside = 0      # `Trước đó, …` and the sentence behind it, unless that names the event or one of its speakers
    for index, line in enumerate(lines):
        speakers = {m.name for m, _ in speaking(scene, line)}
        to_the_press = (to_the_press or (is_press(line) and line.kind != "caption")) and AT_EVENT.search(line.text) is None
        if to_the_press:
            scene.elsewhere.update(m.name for m, rule in speaking(scene, line) if rule == "according-to" and not _known(scene, {m.name}))
        earlier = line.position != scene.line.position and _earlier(scene, line)    # `Trước đó, tại hội nghị …` may be the news itself
        if line.position in elsewhere or _is_aside(scene, line) or earlier:
            told_aside = 1 if begins_aside(line) and earlier else 0
            scene.elsewhere.update(speakers)
        elif told_aside and not (AT_EVENT.search(line.text) or line.kind == "caption" or _known(scene, speakers)):
            told_aside = 0
            scene.elsewhere.update(speakers)
        elif index >= at - 2:
            told_aside = 0
            if index < at:
                before.append(line)
            else:
                yield line
    yield from before


_TO_THE_PRESS = re.compile(r"\bbáo\s+chí\b|\bhọp\s+báo\b", re.IGNORECASE)


def _is_aside(scene: Scene, line: Line) -> bool:
    """Whether someone talks to a newspaper, and not at a meeting with the press: `Trả lời báo chí, ông A cho biết`."""
    if not is_press(line):
        return confirms(line)
    name = scene.line.text[scene.head.start:scene.head.name_end]
    return _TO_THE_PRESS.search(name) is None or "bên lề" in line.lower


def _known(scene: Scene, names: set[str]) -> bool:
    return any(("person", name, "speaker") in scene.found for name in names)


_LONG = frozenset({"kỳ họp", "đại hội"})        # `Trước đó, … đề nghị trong kỳ họp` is still that session


def _earlier(scene: Scene, line: Line) -> bool:
    """`Trước đó, …`: earlier than the event; but `Trước đó, ông A cho biết …` is earlier in it."""
    if not first_is_background(line) or (scene.head.kind in _LONG and _names_again(scene, line)):
        return False
    if re.search(rf"\b(?:mở\s+đầu|khai\s+mạc|bế\s+mạc|kết\s+luận)\s+{re.escape(scene.head.kind)}\b", line.lower):
        return False
    first = next((m for m, _ in speaking(scene, line)), None)
    if first is None or first.sentence != line.position or first.start < line.start:
        return True
    return _SAME_OCCASION.fullmatch(line.lower, 0, first.start - line.start) is None or "từng" in line.lower


_SAME_OCCASION = re.compile(r"trước đó,\s[^,.;:]{0,90}")      # no place, no day, no other clause before the name


def _lines_elsewhere(scene: Scene, lines: list[Line]) -> set[int]:
    """Sentences about another day than the event's, or that begin with a month or year: `Đầu tháng 2/2019, …`; not those that begin
    at the event, and of what a speaker says no day counts: `ông A cho biết đêm 4-11 …`."""
    days: dict[int, set[str]] = {}
    begun: set[int] = set()
    by_position = {line.position: line for line in lines}
    for span in scene.page.dates:
        line = by_position.get(span.sentence)
        if line is None or _AT_ITS_HEAD.match(line.text) or _of_what_is_said(scene, line, span):
            continue
        if len(span.date.split("/")[0].rstrip("?")) == 10:
            days.setdefault(span.sentence, set()).add(span.date)
        elif span.rule in _MONTH_OR_YEAR and _TIME_FIRST.fullmatch(line.text, 0, span.start - line.start):
            begun.add(span.sentence)
    other = {position for position, dates in days.items() if scene.day and scene.day not in dates}
    return (other | begun) - {scene.line.position}


_ON = re.compile(r"\s*(?:\([^()]{0,60}\)\s*)?(?:(?:vào|hôm|ngày|sáng|trưa|chiều|tối)\s+)*", re.IGNORECASE)


def _of_what_is_said(scene: Scene, line: Line, span: DateSpan) -> bool:
    """A day behind the name of who speaks; but in `ông A hôm 19/7 cho biết` it is the day of the speaking."""
    before = [m for m, _ in speaking(scene, line) if m.end <= span.start]
    return bool(before) and _ON.fullmatch(scene.page.text, before[-1].end, span.start) is None


_AT_ITS_HEAD = re.compile(r"\W*(?:phát\s+biểu\s+)?(?:tại|trong)\s+(?:hội\s+nghị|buổi\s+\w+|lễ|phiên\s+\w+|kỳ\s+họp|cuộc\s+\w+|đại\s+hội|"
                          r"hội\s+thảo|họp\s+báo|tọa\s+đàm)(?:\s+(?:này|trên))?,", re.IGNORECASE)
_TIME_FIRST = re.compile(r"\W*(?:(?:vào|từ|đầu|cuối|giữa|hồi|khoảng|trong|đến|riêng|cụ thể,?)\s+)*", re.IGNORECASE)


_MONTH_OR_YEAR = frozenset({"month", "month-year", "year"})


def _names_again(scene: Scene, line: Line) -> bool:
    """`Tại hội nghị, …`; a `lễ kỷ niệm` is called `buổi lễ` as well, behind the sentence that tells of it."""
    again = re.escape(scene.head.kind)
    if scene.head.kind.startswith("lễ") and 0 < line.position - scene.line.position <= 4:
        again += r"|buổi\s+lễ"
    return re.search(rf"\b(?:tại|trong)\s+(?:{again})\b", line.text, re.IGNORECASE) is not None


def _records(scene: Scene) -> Iterator[Participation]:
    """Attendees who have another role there are not named twice; the dead are not there."""
    active = {(kind, name) for kind, name, role in scene.found if role != "attendee"}
    mourned = _mourned(scene)
    for (kind, name, role), (sentence, rule) in scene.found.items():
        if (role != "attendee" or (kind, name) not in active) and name not in mourned:
            post = _position(scene.page, name, sentence) if kind == "person" else None
            yield Participation(kind, name, role, sentence, rule, post)


_MOURNING = re.compile(r"\b(?:tang|viếng|truy\s+điệu|an\s+táng|tưởng\s+niệm|tưởng\s+nhớ)\b", re.IGNORECASE)
_MOURNED_WITHIN = 90    # `lễ viếng nguyên Chủ tịch Hội đồng nhân dân tỉnh Hải Giang A`


def _mourned(scene: Scene) -> set[str]:
    """`lễ viếng nguyên Bí thư Tỉnh ủy A`: whom a funeral is for, the first one named behind it."""
    head, line = scene.head, scene.line
    if _MOURNING.search(line.text, head.start, head.end) is None:
        return set()
    at = line.start + head.end
    return {m.name for m in scene.page.of("person", line) if at <= m.start <= at + _MOURNED_WITHIN
            and not re.search(r"[,;:]", scene.page.text[at:m.start])}


def _position(page: Page, person: str, sentence: int) -> str | None:
    """The post that tells most of a person there: an office rather than a rank, of the same sentence, with its body."""
    held = [a for a in page.attestations if a.person == person and a.status == "held"]
    best = min(held, key=lambda a: (
        _RANK.match(a.position.lower()) is not None, a.sentence != sentence, a.organization is None,
        a.title.lower().startswith("phó"), a.start), default=None)
    return best.position if best is not None else None


# Membership, military rank and honour say less than the office: `Ủy viên Bộ Chính trị, Bí thư Thành ủy …`.
_RANK = re.compile(
    r"ủy viên|đại biểu|đbqh|thành viên|(?:tỉnh|thành|huyện|quận|thị|đảng) ủy viên|"
    r"(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy)|nhà giáo|nghệ sĩ|anh hùng|chuyên viên cao cấp")


# ---- speakers --------------------------------------------------------------------------------------------------

def _speakers(scene: Scene, line: Line) -> None:
    for person, rule in speaking(scene, line):
        if person.name not in scene.elsewhere or (rule != "according-to" and AT_EVENT.search(line.text)):
            scene.add(person, "speaker", rule)


# ---- signatories ---------------------------------------------------------------------------------------------------

_SIGNS = re.compile(
    r"(?:\s*[,–-]\s[^.;:]{0,120}?[,–-]?)?\s*(?:(?:đã|cùng|lần\s+lượt)\s+)*"
    r"(?:(?:thay\s+mặt|đại\s+diện)\s[^.;:]{0,80}\s)?"
    r"ký\s+(?:kết\s+)?(?:vào\s+)?(?:biên\s+bản|chương\s+trình|thỏa\s+thuận|bản\s+ghi\s+nhớ|quy\s+chế|hợp\s+đồng|kế\s+hoạch)")


def _signatories(scene: Scene, line: Line) -> None:
    """`ông A và bà B ký biên bản ghi nhớ` at a signing."""
    if "ký" not in scene.head.kind or "ký" not in line.text:
        return
    people = scene.page.of("person", line)
    signing = [i for i, person in enumerate(people) if _SIGNS.match(scene.page.text[person.end:person.end + 240])]
    for index in signing:
        scene.add(people[index], "signatory", "signs")
        before = people[index - 1] if index else None
        if before is not None and joined(scene.page.text[before.end:people[index].start]):
            scene.add(before, "signatory", "signs-too")
