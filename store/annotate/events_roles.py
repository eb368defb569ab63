"""Who took part in a reported event: organizers, chairs, speakers, attendees, signatories.

Each rule reads one sentence and names the persons or organizations there; context decides whether the sentence speaks
of the event at all: not of an earlier day (`Trước đó, …`), not of a talk with a newspaper.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from store.annotate.events_heads import WORDS, Head, any_of, begins_aside, first_is_background, is_press
from store.annotate.page import Line, Page
from store.text import fold
from store.types import EntityKind, Mention, Participation, Role

__all__ = ["participations"]


@dataclass(slots=True)
class _Scene:
    """The event under study: its page, sentence and head, and who has been found in which role."""

    page: Page
    head: Head
    line: Line
    main: bool
    day: str | None
    found: dict[tuple[EntityKind, str, Role], tuple[int, str]] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)        # persons who speak at another occasion in this article
    titles: dict[str, set[str]] = field(default_factory=dict)   # folded posts → who holds them in this article
    known: dict[str, Mention] = field(default_factory=dict)     # a mention of every person

    def add(self, mention: Mention, role: Role, rule: str) -> None:
        """Notes a participant once per role."""
        self.found.setdefault((mention.kind, mention.name, role), (mention.sentence, rule))


def participations(
    page: Page, head: Head, line: Line, lines: list[Line], main: bool, day: str | None,
) -> tuple[Participation, ...]:
    """The participants of one event; those of a further event only from its own sentence and those that name it."""
    scene = _Scene(page, head, line, main, day)
    scene.known = {mention.name: mention for mention in page.of("person")}
    for post in page.attestations:
        if post.status == "held":
            scene.titles.setdefault(fold(post.position), set()).add(post.person)
    _organizers(scene)
    if _is_planned(scene):
        return tuple(_records(scene))
    for other in _scene_lines(scene, lines):
        _chairs(scene, other)
        _speakers(scene, other)
        _attendees(scene, other)
    _subject(scene)
    return tuple(_records(scene))


# Not held yet: nobody has spoken there.
_PLANNED = re.compile(
    r"\b(?:hoãn|dự\s+kiến|sẽ\s+(?:được\s+)?(?:tổ\s+chức|diễn\s+ra|khai\s+mạc)|lùi|dời)\b", re.IGNORECASE)


def _is_planned(scene: _Scene) -> bool:
    """Announced on an earlier day, or with a word like `dự kiến`, `hoãn`."""
    text, head = scene.line.text, scene.head
    if _PLANNED.search(text[max(0, head.start - 60):head.name_end + 100]):
        return True
    if any(d.date == scene.day and d.rule in ("today+1", "today+2") for d in scene.page.dates):
        return True
    at = scene.line.start + head.start
    days = [d.date for d in scene.page.dates if d.sentence == scene.line.position and d.end <= at]
    told = re.search(r"\b(?:cho biết|cho hay|thông tin)\b", text[:head.start])
    return bool(days) and scene.day not in days and told is not None


def _scene_lines(scene: _Scene, lines: list[Line]) -> Iterator[Line]:
    """The sentences that may tell of the event; those that tell of another occasion only teach who was elsewhere."""
    if not scene.main:
        yield from (line for line in lines if line.position == scene.line.position or _names_again(scene, line))
        return
    at = next((i for i, line in enumerate(lines) if line.position == scene.line.position), 0)
    elsewhere = _lines_elsewhere(scene)
    told_aside = 0      # `Trước đó, …` and the sentence behind it, unless that names the event or one of its speakers
    for index, line in enumerate(lines):
        speakers = {m.name for m, _ in _speaking(scene, line)}
        if line.position in elsewhere or is_press(line.text) or _earlier(scene, line):
            told_aside = 1 if begins_aside(line.text) and _earlier(scene, line) else 0
            scene.elsewhere.update(speakers)
        elif told_aside and not (_AT_EVENT.search(line.text) or line.kind == "caption" or _known(scene, speakers)):
            told_aside = 0
            scene.elsewhere.update(speakers)
        elif index >= at - 2:
            told_aside = 0
            yield line


def _known(scene: _Scene, names: set[str]) -> bool:
    return any(("person", name, "speaker") in scene.found for name in names)


_LONG = frozenset({"kỳ họp", "đại hội"})        # `Trước đó, … đề nghị trong kỳ họp` is still that session


def _earlier(scene: _Scene, line: Line) -> bool:
    """`Trước đó, …`: earlier than the event."""
    return first_is_background(line.text) and not (scene.head.kind in _LONG and _names_again(scene, line))


def _lines_elsewhere(scene: _Scene) -> set[int]:
    """Sentences about another day than the event's, or that begin with a month or year: `Đầu tháng 2/2019, …`."""
    days: dict[int, set[str]] = {}
    begun: set[int] = set()
    for span in scene.page.dates:
        if len(span.date.split("/")[0].rstrip("?")) == 10:
            days.setdefault(span.sentence, set()).add(span.date)
        elif span.rule in _MONTH_OR_YEAR and span.start - _line_start(scene.page, span.sentence) < 12:
            begun.add(span.sentence)
    other = {position for position, dates in days.items() if scene.day and scene.day not in dates}
    return (other | begun) - {scene.line.position}


_MONTH_OR_YEAR = frozenset({"month", "month-year", "year"})


def _line_start(page: Page, position: int) -> int:
    return page.article.sentences[position].start


def _names_again(scene: _Scene, line: Line) -> bool:
    return re.search(rf"\b(?:tại|trong)\s+{re.escape(scene.head.kind)}\b", line.text, re.IGNORECASE) is not None


def _records(scene: _Scene) -> Iterator[Participation]:
    """Attendees who have another role there are not named twice."""
    active = {(kind, name) for kind, name, role in scene.found if role != "attendee"}
    for (kind, name, role), (sentence, rule) in scene.found.items():
        if role != "attendee" or (kind, name) not in active:
            post = _position(scene.page, name) if kind == "person" else None
            yield Participation(kind, name, role, sentence, rule, post)


def _position(page: Page, person: str) -> str | None:
    """The post the person holds in this article, as first attested."""
    return next((a.position for a in page.attestations if a.person == person and a.status == "held"), None)


# ---- organizers ----------------------------------------------------------------------------------------------------

_HOLDS = re.compile(
    r"\s*(?:\([^)]{1,40}\)\s*)?,?\s*(?:(?:đã|sẽ|vừa|cùng|long trọng|chính thức|bắt đầu|cũng)\s+)*(?:phối\s+hợp\s+)?"
    r"(?:tổ\s+chức|tiến\s+hành|khai\s+mạc|bế\s+mạc|đăng\s+cai|triệu\s+tập|mở|có|thực\s+hiện|đã)?\s*(?:một\s+)?",
    re.IGNORECASE)
_JOIN = re.compile(
    r"\s*(?:\([^)]{1,40}\))?\s*(?:,|và|-|–|cùng\s+với|cùng|(?:đã\s+)?phối\s+hợp\s+(?:với|cùng)|với)\s*(?:của\s+)?",
    re.IGNORECASE)
_ORDINAL = re.compile(
    r"\s*(?:(?:lần\s+)?thứ\s+[\w\s]{1,12}?|bất\s+thường|thường\s+kỳ|định\s+kỳ|chuyên\s+đề|quý\s+\w+|tháng\s+\d+|trực\s+tuyến|"
    r"\([^)]{1,30}\)|khóa\s+\w+|của|,|\s)*\s*", re.IGNORECASE)
_BY = re.compile(r"\bdo\s+$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bgiữa\s+$", re.IGNORECASE)
_OWN_SITTING = frozenset({
    "kỳ họp", "phiên họp", "hội nghị", "buổi giao ban báo chí", "giao ban báo chí", "buổi tiếp xúc cử tri",
    "lễ khai giảng", "phiên làm việc", "cuộc họp",
})
_BOTH_SIDES = frozenset({"lễ ký kết", "buổi làm việc"})


def _organizers(scene: _Scene) -> None:
    bodies = scene.page.of("organization", scene.line)
    start, end = scene.line.start + scene.head.start, scene.line.start + scene.head.end
    for body in _holding(scene.page, bodies, start):
        scene.add(body, "organizer", "holds")
    _behind(scene, bodies, end)


def _holding(page: Page, bodies: list[Mention], start: int) -> list[Mention]:
    """`A và B tổ chức hội nghị`: the row of bodies that ends right before the verb."""
    before = [body for body in bodies if body.end <= start and not _in_post(page, body)]
    if not before or _HOLDS.fullmatch(page.text[before[-1].end:start]) is None:
        return []
    row = [before[-1]]
    for body in reversed(before[:-1]):
        if body.end > row[-1].start:
            continue
        if _JOIN.fullmatch(page.text[body.end:row[-1].start]) is None:
            break
        row.append(body)
    return row


_POST_BEFORE = re.compile(
    rf"(?:\b(?:{any_of(WORDS['speech']['posts'])}|lãnh đạo|đại diện)\b|trưởng|thư|tịch|viên|đốc|nhiệm)"
    r"(?:\s+(?:thường\s+trực|thứ\s+nhất|ban|đoàn))*\s+$", re.IGNORECASE)


def _in_post(page: Page, body: Mention) -> bool:
    """Whether a body is only named in someone's post: `Bí thư Thành ủy …, đã tiếp xúc cử tri`."""
    return _POST_BEFORE.search(page.text[max(0, body.start - 40):body.start]) is not None


def _behind(scene: _Scene, bodies: list[Mention], end: int) -> None:
    """`kỳ họp thứ 8 HĐND tỉnh`, `do A tổ chức`, `giữa A và B`, `làm việc với B`."""
    text = scene.page.text
    after = [body for body in bodies if body.start >= end]
    if after and scene.head.kind in _OWN_SITTING and _ORDINAL.fullmatch(text[end:after[0].start]):
        scene.add(after[0], "organizer", "own-sitting")
    for index, body in enumerate(after):
        lead = text[max(end, body.start - 12):body.start]
        if _BY.search(lead) and re.match(r"[^.;]{0,120}?\btổ\s+chức\b", text[body.end:body.end + 140]):
            scene.add(body, "organizer", "held-by")
        if _BETWEEN.search(lead) and scene.head.kind in _BOTH_SIDES:
            scene.add(body, "organizer", "between")
            for other in after[index + 1:index + 2]:
                scene.add(other, "organizer", "between")
    if scene.head.kind == "buổi làm việc":
        _works_with(scene, after, end)


_WITH = re.compile(r"(?:\s*với)?\s*|[^.;]{0,120}\bvới\s+")      # `buổi làm việc của … với …`
_DELEGATION = re.compile(r"\bđoàn\s[^.;]*$", re.IGNORECASE)


def _works_with(scene: _Scene, after: list[Mention], end: int) -> None:
    """The other side of a working session: an organizer beside a body or delegation, else present."""
    if not after or _WITH.fullmatch(scene.page.text[end:after[0].start]) is None:
        return
    before = scene.line.text[:scene.head.start]
    bodies = any(role == "organizer" for _, _, role in scene.found)
    both = bodies or (not scene.head.noun and _DELEGATION.search(before) is not None)
    scene.add(after[0], "organizer" if both else "attendee", "works-with")


# ---- chairs --------------------------------------------------------------------------------------------------------

_CHAIR = re.compile(
    r"\b(?P<joint>đồng\s+)?chủ\s+(?:trì|tọa)\b(?!\s*,?\s*(?:và\s+)?(?:phối\s+hợp|xây\s+dựng|tham\s+mưu|nghiên\s+cứu|"
    r"thực\s+hiện|giải\s+quyết|rà))", re.IGNORECASE)
_TASK = re.compile(r"\b(?:giao|giao\s+cho|yêu\s+cầu|đề\s+nghị|phân\s+công)\b[^.;]{0,120}$", re.IGNORECASE)
_LIST_FOLLOWS = re.compile(
    r"(?:\s+(?:hội\s+nghị|buổi\s+\w+|phiên\s+\w+|lễ|cuộc\s+\w+))?\s+(?:có|gồm|là|của)\b|\s+của\b", re.IGNORECASE)
_AND = re.compile(r"(?:TP\.|[^.;])*?(?:\bvà\b|\bcùng\b)(?:TP\.|[^.;])*")


def _up_to(people: list[Mention], at: int) -> list[Mention]:
    """The last few persons named before an offset; more are never looked at."""
    index = bisect_right(people, at, key=lambda person: person.end)
    return people[max(0, index - 8):index]


def _chairs(scene: _Scene, line: Line) -> None:
    people = scene.page.of("person", line) if "chủ t" in line.text.lower() else []
    for match in _CHAIR.finditer(line.text) if people else ():
        if _TASK.search(line.text[max(0, match.start() - 140):match.start()]):
            continue
        before = _up_to(people, line.start + match.start())
        if _LIST_FOLLOWS.match(line.text, match.end()) and not before:
            for person in people:
                scene.add(person, "chair", "chair-list")
        elif before:
            scene.add(before[-1], "chair", "chairs")
            for one, two in zip(before[-2::-1], before[:0:-1], strict=False):
                if not match["joint"] and _AND.fullmatch(scene.page.text[one.end:two.start]) is None:
                    break
                scene.add(one, "chair", "chairs-too")


# ---- speakers ------------------------------------------------------------------------------------------------------

_SPEECH = any_of(WORDS["speech"]["verbs"])
_WEAK = any_of(WORDS["speech"]["weak"])
_AIDS = any_of(WORDS["speech"]["aids"])
_DOES = rf"\s*(?:(?:{_AIDS})\s+)*(?:{_SPEECH}|(?P<weak>{_WEAK}))\b"
_THERE = r"(?:\s+(?:tại|trong)\s+(?:đây|cuộc|buổi|phiên|hội\s+nghị|kỳ\s+họp|lễ|bài)\b[^,.;:“”\"]{0,50}?,?)?"
_SPEAKS = re.compile(rf"(?:\s*\([^)]{{0,60}}\))?{_THERE}{_DOES}")
# `ông A, Giám đốc Sở X, cho biết`; `” – ông A – bí thư huyện ủy hứa`.
_SPEAKS_AFTER_POST = re.compile(
    rf"(?:\s*\([^)]{{0,60}}\))?\s*(?:[,–-]\s*|\s)(?:(?i:{any_of(WORDS['speech']['posts'])})\b)"
    r"(?:(?!\b(?:bị|được|từng|chờ|vi\s+phạm|để|do|là|mà|vì|khi|phải|sẽ)\b)[^.;:“”\"]){0,170}?"
    rf"(?:\s*[,–-]|(?<=\w)(?=\s)){_THERE}{_DOES}")
# Not the one who acts: `đối với ông A, các bộ đề xuất …`.
_OBJECT = re.compile(
    r"\b(?:đối với|với|của|cho|thay|kỷ luật|về|gặp|tiếp|gồm|bị|khởi tố|bắt|giới thiệu|bầu|mời)\s+"
    r"(?:[^\s,.;]+\s+){0,5}$")
_ACCORDING = re.compile(
    r"(?:^|[,;:.–-]\s|[“”\"]\s?)(?:cũng\s+)?theo\s+(?!cách|lời|như)(?:[^\s,.;]+\s+){0,8}$", re.IGNORECASE)
_ASKED_BY = re.compile(
    r"\b(?:chất\s+vấn|câu\s+hỏi|phát\s+biểu|ý\s+kiến|tham\s+luận|kết\s+luận)\s+của\s+(?:[^\s,.;]+\s+){0,6}$",
    re.IGNORECASE)
_QUOTES = re.compile(r"[:“”\"]")
_WINDOW = 80


def _speaking(scene: _Scene, line: Line) -> Iterator[tuple[Mention, str]]:
    """The persons who speak in a sentence, with the rule that says so."""
    page = scene.page
    people = page.of("person", line)
    yield from _speaking_by_post(scene, line, people)
    for index, person in enumerate(people):
        stop = people[index + 1].start if index + 1 < len(people) else line.end
        behind = page.text[person.end:min(stop, person.end + 260)]
        before = page.text[max(line.start, person.start - _WINDOW):person.start]
        spoke = _SPEAKS.match(behind) or (None if _OBJECT.search(before) else _SPEAKS_AFTER_POST.match(behind))
        if spoke is not None and (not spoke["weak"] or _AT_EVENT.search(line.text) or _QUOTES.search(behind)):
            yield person, "speaks"
            continue
        if _ACCORDING.search(before):
            yield person, "according-to"
        elif _ASKED_BY.search(before):
            yield person, "speech-of"


_POST_SPEAKS = re.compile(
    rf"(?:^\W*|[,;:”\"]\s+|\btheo\s+)(?P<post>[A-ZĐ][^,.;:“”\"()]{{2,70}}?){_DOES}")


def _speaking_by_post(scene: _Scene, line: Line, people: list[Mention]) -> Iterator[tuple[Mention, str]]:
    """`Bí thư Thành ủy nhấn mạnh …`: the one person of the article who holds that post."""
    for match in _POST_SPEAKS.finditer(line.text):
        start, end = line.start + match.start("post"), line.start + match.end("post")
        if any(person.start < end and start < person.end for person in people):
            continue
        holders = _holders(scene.titles, fold(match["post"]))
        if len(holders) == 1 and (mention := scene.known.get(next(iter(holders)))) is not None:
            yield replace(mention, sentence=line.position), "post-speaks"


def _holders(titles: dict[str, set[str]], post: str) -> set[str]:
    """Who holds a post or one that goes on where it stops: `Bí thư Thành ủy` + `Hà Nội`."""
    return {
        person for title, people in titles.items() for person in people
        if f"{title} ".startswith(f"{post} ") or f"{post} ".startswith(f"{title} ")
    }


def _speakers(scene: _Scene, line: Line) -> None:
    for person, rule in _speaking(scene, line):
        if person.name not in scene.elsewhere or _AT_EVENT.search(line.text):
            scene.add(person, "speaker", rule)


# ---- attendees -----------------------------------------------------------------------------------------------------

_EVENT_WORD = r"(?:hội\s+nghị|buổi|lễ|phiên|kỳ\s+họp|cuộc|đại\s+hội|hội\s+thảo|tọa\s+đàm|chuyến|họp\s+báo)"
_AT_EVENT = re.compile(rf"\b(?:tại|trong|dự|kết\s+luận|chỉ\s+đạo|bế\s+mạc|khai\s+mạc)\s+{_EVENT_WORD}", re.IGNORECASE)
_ATTEND_FIRST = re.compile(
    r"\W*(?:(?:cùng|tới|đến|về)\s+)*(?:tham\s+)?(?:dự|gia|đi)(?:\s+và\s+\w+\s+\w+)?\s+"
    rf"(?:{_EVENT_WORD}[^:,.]{{0,60}}?\s+)?(?:còn\s+)?(?:có|gồm)\b", re.IGNORECASE)
_PRESENCE_OF = re.compile(
    r"\b(?:sự\s+)?(?:tham\s+dự|tham\s+gia|hiện\s+diện|có\s+mặt|chứng\s+kiến|góp\s+mặt)\s+của\b|"
    r"\bcùng\s+(?:dự|đi|tham\s+dự)\s+(?:còn\s+)?(?:có|với)\b", re.IGNORECASE)
_ATTENDS = re.compile(
    r"\b(?:tham\s+dự|đến\s+dự|tới\s+dự|về\s+dự|cùng\s+dự|chứng\s+kiến|dẫn\s+đầu|"
    rf"(?:dự|tham\s+gia)(?=\s+{_EVENT_WORD}))\b", re.IGNORECASE)
_CAPTION_AT = re.compile(rf"\b(?:tại|trong|dự|ở|cùng)\s+[^,.;]{{0,30}}?{_EVENT_WORD}\b|\bđại\s+biểu\b", re.IGNORECASE)


def _attendees(scene: _Scene, line: Line) -> None:
    people = scene.page.of("person", line)
    if not people:
        return
    if _ATTEND_FIRST.match(line.text):
        _add_all(scene, people, "attend-list")
        return
    for match in _PRESENCE_OF.finditer(line.text):
        _add_all(scene, people[bisect_right(people, line.start + match.end(), key=lambda p: p.start):], "presence-of")
        break
    for match in _ATTENDS.finditer(line.text):
        before = _up_to(people, line.start + match.start())
        if before and line.start + match.start() - before[-1].end < 120:
            scene.add(before[-1], "attendee", "attends")
    if line.kind == "caption" and people and (_CAPTION_AT.search(line.text) or _same_deed(scene.head, line)):
        _add_all(scene, people, "caption")


def _same_deed(head: Head, line: Line) -> bool:
    """A picture of the visit itself: `ông A thăm khu vườn`."""
    return head.kind in _VISITS and head.kind.split()[-1] in line.text.lower().split()


def _add_all(scene: _Scene, people: list[Mention], rule: str) -> None:
    for person in people:
        scene.add(person, "attendee", rule)


_VISITS = frozenset({
    "thăm", "thị sát", "khảo sát", "kiểm tra", "dâng hương", "dâng hoa", "buổi làm việc", "tiếp xúc cử tri", "gặp gỡ",
    "nhận quyết định", "đối thoại", "hội đàm", "tiếp", "buổi tiếp", "cuộc gặp", "lễ viếng",
})


def _subject(scene: _Scene) -> None:
    """Who visits, inspects or works with someone is there: `ông A đến thăm …`, `buổi làm việc của ông A với …`."""
    people = scene.page.of("person", scene.line)
    start = scene.line.start + scene.head.start
    if not scene.head.noun and scene.head.kind in _VISITS:
        before = [p for p in people if p.end <= start]
        if before and start - before[-1].end < 160:
            scene.add(before[-1], "attendee", "subject")
    elif scene.head.aside:
        for person in [p for p in people if p.start > start][:1]:
            scene.add(person, "attendee", "attended-before")
    elif re.match(r"\s+của\b", scene.line.text[scene.head.end:]):
        for person in [p for p in people if start < p.start][:1]:
            scene.add(person, "attendee", "meeting-of")
