"""Who holds a reported event: `A và B tổ chức`, `kỳ họp thứ 8 HĐND tỉnh`, `do A tổ chức`, `giữa A và B`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.annotate.events_heads import WORDS, any_of
from store.annotate.events_scene import Scene
from store.annotate.page import Line, Page
from store.types import Mention, Role

__all__ = ["organizers", "told_later"]

_HOLDS = re.compile(
    r"\s*(?:\([^)]{1,40}\)\s*)?(?:khóa\s+\w+\s*)?,?\s*(?:(?:đã|sẽ|vừa|cùng|long trọng|chính thức|bắt đầu|cũng)\s+)*(?:phối\s+hợp\s+)?"
    r"(?:(?:đồng\s+)?tổ\s+chức|tiến\s+hành|họp|khai\s+mạc|bế\s+mạc|đăng\s+cai|triệu\s+tập|mở|có|(?:phát|ra)\s+thông\s+(?:cáo|báo)(?:\s+báo\s+chí)?\s+về(?:\s+kết\s+quả)?|thực\s+hiện|đã)?\s*(?:một\s+)?"
    r"(?:(?:chương\s+trình|chuỗi\s+sự\s+kiện)\s+[“\"]?)?",
    re.IGNORECASE)
_JOIN = re.compile(
    r"\s*(?:\([^)]{1,40}\))?\s*(?:,|và|-|–|cùng\s+với|cùng|(?:đã\s+)?(?:phối\s+hợp|liên\s+kết)(?:\s+(?:với|cùng))?|với)\s*(?:của\s+)?",
    re.IGNORECASE)
_ORDINAL = re.compile(
    r"\s*(?:(?:lần\s+)?thứ\s+[\w\s]{1,12}?|bất\s+thường|thường\s+kỳ|định\s+kỳ|toàn\s+thể|mở\s+rộng|cuối\s+năm|giữa\s+năm|chuyên\s+đề|quý\s+\w+|tháng\s+\d+|trực\s+tuyến|"
    r"\([^)]{1,30}\)|khóa\s+\w+|của|,|\s)*\s*", re.IGNORECASE)
# `Đại hội đại biểu toàn quốc lần thứ X Hội Y`; not `Hội nghị đại biểu Quốc hội tiếp xúc cử tri`.
_CONGRESS = re.compile(rf"(?:\s+(?:đại\s+biểu|toàn\s+quốc|toàn\s+thể))*{_ORDINAL.pattern}", re.IGNORECASE)
_FRONT = re.compile(r"mttq|mặt\s+trận", re.IGNORECASE)       # its committee holds its congress
_BY = re.compile(r"\bdo\s+$", re.IGNORECASE)
_HELD_BY = re.compile(
    r"\W*(?:(?:hội\s+nghị|buổi|lễ|phiên|kỳ\s+họp|cuộc|đại\s+hội|hội\s+thảo|tọa\s+đàm|diễn\s+đàn|chương\s+trình|họp\s+báo)\b[^.;:]{0,80}?\s)"
    r"do\s+(?:[^\s,.;]+\s+){0,2}$", re.IGNORECASE)
_HOLD = re.compile(r"[^.;:“”\"]{0,70}?\btổ\s+chức\b", re.IGNORECASE)       # `do A, B cùng một số đơn vị phối hợp tổ chức`
_BETWEEN = re.compile(r"\bgiữa\s+$", re.IGNORECASE)
_OWN_SITTING = frozenset({
    "kỳ họp", "phiên họp", "hội nghị", "đại hội", "buổi giao ban", "buổi giao ban báo chí", "giao ban báo chí", "buổi tiếp xúc cử tri",
    "lễ khai giảng", "phiên làm việc", "cuộc họp", "họp", "họp tổ", "phiên thảo luận", "phiên chất vấn", "buổi chất vấn",
})
_BOTH_SIDES = frozenset({"lễ ký kết", "buổi làm việc"})


def organizers(scene: Scene) -> None:
    """Adds the bodies that hold the event, from its own sentence."""
    bodies = scene.page.of("organization", scene.line)
    start, end = scene.line.start + scene.head.start, scene.line.start + scene.head.end
    for body in _holding(scene.page, bodies, start, visit=scene.head.kind.startswith(("thăm", "viếng", "chuyến", "dâng"))):
        scene.add(body, "organizer", "holds")
    _behind(scene, bodies, end)
    if scene.head.kind == "hội nghị" and _OF_THE_PARTY.match(scene.page.text, end):
        for body in [b for b in scene.page.of("organization") if _CENTRAL.fullmatch(b.name)][:1]:
            scene.add(body, "organizer", "whose-sitting")
    if scene.head.kind == "kỳ họp" and not any(role == "organizer" for _, _, role in scene.found):
        _whose_sitting(scene, bodies)


# `Hội nghị Trung ương 8` is that of the Central Committee.
_OF_THE_PARTY = re.compile(r"\s+trung\s+ương\s+(?:lần\s+thứ\s+)?\d", re.IGNORECASE)
_CENTRAL = re.compile(r"ban\s+chấp\s+hành\s+trung\s+ương(?:\s+đảng.*)?", re.IGNORECASE)
# Only these sit in `kỳ họp`; not their offices (`Văn phòng Quốc hội`), not their members.
_SITS = re.compile(r"(?:quốc hội|(?:hđnd|hội đồng nhân dân|ủy ban kiểm tra)\b.*)", re.IGNORECASE)


def _whose_sitting(scene: Scene, bodies: list[Mention]) -> None:
    """`Trong kỳ họp khai mạc ngày 23/10, Quốc hội sẽ …`: the one body of its sentence, else of the article, that holds such."""
    for near in (bodies, scene.page.of("organization")):
        sitting = {body.name: body for body in reversed(near) if _SITS.fullmatch(body.name)}
        if len(sitting) == 1:
            scene.add(next(iter(sitting.values())), "organizer", "whose-sitting")
        if sitting:
            return


def _holding(page: Page, bodies: list[Mention], start: int, *, visit: bool = False) -> list[Mention]:
    """`A và B tổ chức hội nghị`: the row of bodies that ends right before the verb; who is led on a visit holds nothing."""
    before = [body for body in bodies if body.end <= start and not _in_brackets(page, body)]
    held = bool(before) and "tổ chức" in page.text[before[-1].end:start]
    before = [body for body in before if not _in_post(page, body) or (held and _led_by(page, body))]
    if before and _HOLDS.fullmatch(page.text, before[-1].end, start) is None:
        before = [] if visit else _led(page, before, start)
    if not before:
        return []
    row = [before[-1]]
    for body in reversed(before[:-1]):
        if body.end > row[-1].start:
            continue
        if _JOIN.fullmatch(page.text[body.end:row[-1].start]) is None:
            break
        row.append(body)
    return row


# `Đoàn đại biểu Quốc hội do ông A, Bí thư Tỉnh ủy, làm trưởng đoàn đã tiếp xúc …`, `Ban Thường vụ dưới sự chủ trì của bà B đã họp`.
_LED_BY = re.compile(
    r"\s*(?:\([^)]{1,40}\)\s*)?,?\s*(?:do|(?:dưới|với)\s+sự\s+(?:chủ\s+trì|chủ\s+tọa|điều\s+hành|dẫn\s+đầu)\s+của)\s", re.IGNORECASE)
_LED_HOLDS = re.compile(
    rf"(?:TP\.|(?!\s(?:tổ\s+chức|phối\s+hợp|ký|trình|ban\s+hành|thực\s+hiện)\b)[^.;:“”\"]){{5,200}}?{_HOLDS.pattern}", re.IGNORECASE)


def _led(page: Page, bodies: list[Mention], start: int) -> list[Mention]:
    """The bodies up to the one whose leader is named between it and the verb."""
    for index in range(len(bodies) - 1, -1, -1):
        led = _LED_BY.match(page.text, bodies[index].end, start)
        if led is not None:
            return bodies[:index + 1] if _LED_HOLDS.fullmatch(page.text, led.end(), start) else []
    return []


_POST_BEFORE = re.compile(
    rf"(?:\b(?:{any_of(WORDS['speech']['posts'])}|lãnh đạo|đại diện|trụ sở|tại|ở|hội trường|văn phòng|đến|tới)\b|"
    r"trưởng|thư|tịch|viên|đốc|nhiệm|tổ\s+đại\s+biểu(?:\s+(?:đơn\s+vị|số|\d+))*)"
    r"(?:\s+(?:thường\s+trực|thứ\s+nhất|ban|đoàn))*\s+$", re.IGNORECASE)


def _in_post(page: Page, body: Mention) -> bool:
    """Whether a body is only named in someone's post: `Bí thư Thành ủy …, đã tiếp xúc cử tri`."""
    return _POST_BEFORE.search(page.text[max(0, body.start - 40):body.start]) is not None


def _in_brackets(page: Page, body: Mention) -> bool:
    """Whether a body is only the abbreviation of the one before it: `Ủy ban Thường vụ Quốc hội (TVQH) đã họp`."""
    return page.text[body.start - 1:body.start] == "(" and page.text[body.end:body.end + 1] == ")"


def _led_by(page: Page, body: Mention) -> bool:
    """`lãnh đạo UBND tỉnh tổ chức lễ …`: who leads a body acts for it."""
    return page.text[max(0, body.start - 9):body.start].lower() == "lãnh đạo "


def _behind(scene: Scene, bodies: list[Mention], end: int) -> None:
    """`kỳ họp thứ 8 HĐND tỉnh`, `do A tổ chức`, `giữa A và B`, `làm việc với B`."""
    text = scene.page.text
    after = [body for body in bodies if body.start >= end]
    own = _CONGRESS if scene.head.kind == "đại hội" else _ORDINAL
    if after and scene.head.kind in _OWN_SITTING and own.fullmatch(text[end:after[0].start]) and not (
            own is _CONGRESS and _FRONT.match(after[0].name)):
        scene.add(after[0], "organizer", "own-sitting")
    for body in _held_by(scene.page, after, end):
        scene.add(body, "organizer", "held-by")
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
    elif scene.head.kind in _MET:
        _meets_with(scene, after, end)


def _held_by(page: Page, bodies: list[Mention], start: int) -> list[Mention]:
    """`do A, B và C phối hợp tổ chức`: the row of bodies between the two."""
    row: list[Mention] = []
    for body in bodies:
        lead = page.text[row[-1].end:body.start] if row else page.text[max(start, body.start - 12):body.start]
        if row and body.start < row[-1].end:
            continue
        if not (_JOIN.fullmatch(lead) if row else _BY.search(lead)):
            if row:
                break
            continue
        row.append(body)
    return row if row and _HOLD.match(page.text, row[-1].end) else []


def told_later(scene: Scene, line: Line) -> None:
    """`Hội thảo do A và B phối hợp tổ chức`: told in a sentence of its own behind the event's."""
    bodies = scene.page.of("organization", line) if "tổ chức" in line.lower else []
    row = _held_by(scene.page, bodies, line.start)
    if row and _HELD_BY.fullmatch(scene.page.text, line.start, row[0].start):
        for body in row:
            scene.add(body, "organizer", "held-by")


_LED = r"(?:(?:lãnh\s+đạo|đại\s+diện|tập\s+thể|các|thường\s+trực|cán\s+bộ|thành\s+viên)\s+)*"
_WITH = re.compile(rf"(?:\s*(?:với|cùng))?\s*{_LED}|[^.;]{{0,120}}\bvới\s+{_LED}")      # `buổi làm việc của … với lãnh đạo …`
_MET = frozenset({
    "buổi gặp gỡ", "cuộc gặp", "buổi gặp", "gặp gỡ", "buổi gặp mặt", "cuộc họp", "buổi họp", "họp",
    "buổi đối thoại", "đối thoại", "buổi trao đổi",
})
_WITH_BODY = re.compile(
    rf"(?:\s+(?:khẩn|gấp|kín|riêng|nhanh|liên\s+tịch|trực\s+tuyến))*(?:\s+và\s+làm\s+việc)?\s+(?:với|cùng)\s+{_LED}")
_AND_BODY = re.compile(rf"\s*(?:\([^()]{{1,40}}\)\s*)?(?:,|và|cùng)\s+{_LED}")
_DELEGATION = re.compile(r"\bđoàn\s[^.;]*$", re.IGNORECASE)


def _works_with(scene: Scene, after: list[Mention], end: int) -> None:
    """The other side of a working session: an organizer beside a body or delegation, else present."""
    index = next((i for i, body in enumerate(after[:3]) if _WITH.fullmatch(scene.page.text, end, body.start)), None)
    if index is None:
        return
    before = scene.line.text[:scene.head.start]
    bodies = any(role == "organizer" for _, _, role in scene.found)
    both = bodies or (not scene.head.noun and _DELEGATION.search(before) is not None)
    role: Role = "organizer" if both else "attendee"
    scene.add(after[index], role, "works-with")
    for body in _row_behind(scene.page, after[index:]):
        scene.add(body, role, "works-with")


def _row_behind(page: Page, bodies: list[Mention]) -> Iterator[Mention]:
    """Those joined to the first: `Quận ủy, HĐND và lãnh đạo UBND quận`."""
    end = bodies[0].end
    for body in bodies[1:]:
        if body.start < end:
            continue
        if _AND_BODY.fullmatch(page.text, end, body.start) is None:
            return
        yield body
        end = body.end


def _meets_with(scene: Scene, after: list[Mention], end: int) -> None:
    """`cuộc họp với Sở X và Công ty Y`, `buổi gặp gỡ với lãnh đạo Hiệp hội Z`: the bodies met are present."""
    if after and _WITH_BODY.fullmatch(scene.page.text, end, after[0].start):
        for body in (after[0], *_row_behind(scene.page, after)):
            scene.add(body, "attendee", "meets-with")
