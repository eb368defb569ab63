"""Bodies named in an article: party, state, courts, police, companies, schools, newspapers as actors, foreign bodies.

Runs after persons and places: a name ends where a person's begins, and an area is a place already found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from store.annotate.organizations_grammar import body_at
from store.annotate.organizations_heads import CONGRESS, other_word
from store.annotate.organizations_lexicon import words
from store.annotate.organizations_names import with_area
from store.annotate.organizations_scan import UNITS_LISTED, Scan, area, field_end
from store.annotate.organizations_tails import is_syllable
from store.annotate.page import Line, Page
from store.annotate.places_gazetteer import CAPITAL, RUN, gazetteer
from store.text import plain
from store.types import Mention

__all__ = ["SHORT", "annotate"]

SHORT = "organization-short"
"""Rule of a mention that counts only if the article has a fuller form; `shortforms_organizations` decides."""

_PLURAL = re.compile(r"(?:\b[Cc]ác|[Nn]hững|một số|[Mm]ỗi|[Tt]ừng|[Nn]hiều|[Hh]ai|[Mm]ọi|[Mm]ột) $")
_COMMITTEES = re.compile(
    r"(?<!\w)(?:[Cc]ác (?:bí thư )?(?:(?:tỉnh|thành|huyện|quận|thị|đảng) ủy(?:, | và ))+|(?:(?:tỉnh|thành|huyện|quận|thị)(?:, | và ))+)$"
)
_LIST_JOINT = re.compile(r"(?:, | và | - |/)")
_ABBREVIATION = re.compile(r" ?\(([^()]{2,40})\)")
_OF_ALL = re.compile(r" (?:các|cấp|cùng cấp|hai|ba|nhiều)(?!\w)")


_POST = re.compile(
    r"(?<!\w)([Bb]ộ|[Tt]hứ|[Cc]ục|[Vv]ụ|[Tt]ổng cục|[Cc]hi cục|[Đđ]ội|[Hh]ạt) trưởng (?:Bộ )?(?=\w)|[Cc]ác ([Bb]ộ|[Ss]ở|[Cc]ục)"
    r":? (?=\w)"
)
_BODY_OF_POST = {
    "bộ": "Bộ", "thứ": "Bộ", "cục": "Cục", "vụ": "Vụ", "tổng cục": "Tổng cục", "chi cục": "Chi cục", "sở": "Sở", "đội": "Đội",
    "hạt": "Hạt",
}
_CENTRAL_ACTS = re.compile(
    r"(?:^|[\"“] ?|(?:do|được|[Ss]ắp tới|của|với|theo|báo cáo|xin ý kiến|trình) )(Trung ương)(?= (?:đã|sẽ|cũng|chấp|xem|bầu|giới|"
    r"phân|điều|giao|quyết|thống|yêu|chỉ|lấy|chưa|tiếp|đồng)|[,.;]|$)"
)
_MEMBER = re.compile(
    r"(?:[Ủủ]y viên(?: dự khuyết)?(?: BCH)?|khỏi|vào) ((?:Trung ương|TƯ|T\.Ư|TW)(?: Đảng)?)(?!\w| (?:Mặt|Hội|"
    r"Đoàn|MTTQ))"
)


_OF_A_KIND = re.compile(      # `các ủy ban của Quốc hội`
    r"(?:[Ủủ]y ban|ban|vụ|cục|đơn vị|phòng|chi hội|chi bộ|đảng bộ) (?:của |thuộc )?(?:Quốc hội|HĐND|Đảng|Bộ|Chính phủ|Hội)(?!\w)"
)
_ANY_TEAM = re.compile(
    r"(?:đoàn|tổ|ban) (?:công tác|kiểm tra|giám sát|khảo sát|thanh tra|liên ngành|liên lạc|vận động|đại biểu|giúp việc|tư vấn)(?!\w)"
)


_SMALL_SHORT = frozenset({"ban chỉ đạo", "tiểu ban", "hội đồng thi", "hội đồng nhân dân", "ủy ban nhân dân"})


@dataclass(frozen=True, slots=True)
class _Body:
    start: int
    end: int
    rule: str
    name: str


def _of_all(text: str, at: int) -> bool:
    """`HĐND các cấp`, `UBND huyện, xã`: any of many."""
    return _OF_ALL.match(text, at) is not None or UNITS_LISTED.match(text, at) is not None


def _bare(scan: Scan, head: re.Match[str]) -> _Body | None:
    """A head alone: a body (`Thành ủy`), a short form (`Ban Chỉ đạo`, `Bộ`), or a common noun (`công an`)."""
    text = head.group()
    if _PLURAL.search(scan.text, max(0, head.start() - 8), head.start()) or _of_all(scan.text, head.end()):
        return None
    small = text.lower()
    if other_word(scan, head):
        return None
    if text == "Bộ" and scan.text.endswith(("Nam ", "Bắc ", "Trung "), 0, head.start()):
        return None  # `miền Tây Nam Bộ`
    if text.islower() and small.endswith("ủy") and _COMMITTEES.search(scan.text, max(0, head.start() - 60), head.start()):
        return None  # `các huyện ủy, thị ủy`, `bí thư tỉnh, thành ủy`
    if words().not_short_before.match(scan.text, head.end()):
        return None
    if small in CONGRESS and scan.text.endswith("viên ", 0, head.start()):
        return None  # `Ủy viên Đoàn Chủ tịch` of an association
    if small in words().bare and (text[0].isupper() or " " in text or small.endswith("ủy")):
        return _Body(head.start(), head.end(), "organization-area", text)
    if small in words().short and (text[0].isupper() or small in _SMALL_SHORT):
        return _Body(head.start(), head.end(), SHORT, text)
    return None


def _bodies(scan: Scan) -> Iterator[_Body]:
    """The bodies of a line from left to right, none inside another."""
    at = 0
    while (head := words().head.search(scan.text, at)) is not None:
        if scan.in_place(head.start()):
            at = head.start() + 1
            continue
        end, rule = body_at(scan, head)
        if end is not None:
            surface = scan.text[head.start() : end]
            nobody = rule == "topic" and surface.islower() and surface.startswith(("ban quản lý", "khu", "hội đồng"))      # any of many
            nobody = nobody and not surface.endswith((" tỉnh", " huyện", " thành phố"))
            body: _Body | None = _Body(head.start(), end, SHORT if nobody else f"organization-{rule}", surface)
        else:
            body = _bare(scan, head)
        if body and _wanted(scan, body):
            yield body
            at = body.end
        else:
            at = head.end() if body or _of_all(scan.text, head.end()) else head.start() + 1


def _wanted(scan: Scan, body: _Body) -> bool:
    """Whether it names one body: not `các Bộ Y tế …` without a name, not `chính phủ` in small letters."""
    if body.rule == "organization-fixed":
        return True
    if words().generic_name.fullmatch(body.name) or (body.name[0].islower() and _ANY_TEAM.match(body.name) and body.name.islower()):
        return False  # `các trường ĐH`, `công ty Nhà nước`, `đoàn kiểm tra liên ngành`
    any_of_many = body.name.islower() or _OF_A_KIND.match(body.name)
    return not (any_of_many and _PLURAL.search(scan.text, max(0, body.start - 8), body.start))


def _mask(scan: Scan, taken: list[_Body]) -> bytearray:
    """One byte per character, set where a body stands."""
    mask = bytearray(len(scan.text))
    for body in taken:
        mask[body.start : body.end] = b"\1" * (body.end - body.start)
    return mask


def _behind_posts(scan: Scan, taken: list[_Body]) -> Iterator[_Body]:
    """`Thứ trưởng Tài chính`, `Cục trưởng Hàng không`, `các bộ Nội vụ, Tư pháp`: the body is named by its field alone."""
    mask = _mask(scan, taken)
    for match in _POST.finditer(scan.text):
        head, at = _BODY_OF_POST[(match.group(1) or match.group(2)).lower()], match.end()
        while (end := field_end(scan.text, at)) is not None and _field_named(scan.text, at, end, head) and end <= scan.limit(at):
            whole = area(scan, end) if "trưởng" in match.group() else end
            if not any(mask[at:whole]):
                yield _Body(at, whole, "organization-post", f"{head} {scan.text[at:whole]}")
            joint = _LIST_JOINT.match(scan.text, whole) if "trưởng" not in match.group() else None
            if not joint:
                break
            at = joint.end()


def _field_named(text: str, at: int, end: int, head: str) -> bool:
    """`Bộ trưởng Tài chính`, `Chi cục trưởng quản lý thị trường`: a capital, or a field no other post has."""
    return text[at].isupper() or (head in ("Chi cục", "Cục", "Hạt") and len(text[at:end].split()) > 1)


def _central(scan: Scan, taken: list[_Body]) -> Iterator[_Body]:
    """`Ủy viên Trung ương`: the Central Committee."""
    mask = _mask(scan, taken)
    for match in (*_MEMBER.finditer(scan.text), *_CENTRAL_ACTS.finditer(scan.text)):
        start, end = match.span(1)
        if not any(mask[start:end]):
            yield _Body(start, end, "organization-fixed", match.group(1))


def _share_area(scan: Scan, found: list[_Body]) -> list[_Body]:
    """`Thành ủy, HĐND, UBND TP. HCM`: the area of the last is that of all."""
    shared: list[_Body] = []
    tail = ""
    for index in range(len(found) - 1, -1, -1):
        body = found[index]
        following = found[index + 1] if index + 1 < len(found) else None
        linked = following is not None and _LIST_JOINT.fullmatch(scan.text, body.end, following.start)
        if not linked:
            tail = ""
        bare = body.name.lower() in words().bare | words().short and "area" in words().kinds.get(body.name.lower(), ())
        if bare and tail and linked and (named := with_area(body.name, tail)):
            body = replace(body, name=named, rule="organization-area")
        elif body.rule == "organization-area":
            tail = _area_of(scan, body)
        shared.append(body)
    return shared[::-1]


def _area_of(scan: Scan, body: _Body) -> str:
    """The area at the end of a body's name: `TP. HCM` of `UBND TP. HCM`."""
    head = words().head.match(scan.text, body.start)
    if not head or head.end() >= body.end:
        return ""
    if area(scan, head.end()) != body.end:
        return ""
    return scan.text[head.end() : body.end].strip().removeprefix("Việt Nam ").removeprefix("VN ")


def _newspapers(scan: Scan, taken: list[_Body]) -> Iterator[_Body]:
    """`trả lời Tuổi Trẻ`, `báo Lao Động đưa tin`, `tạp chí Nắng Mới`; not `Theo Tuổi Trẻ`, `Ảnh: Dân Trí`."""
    table = words()
    mask = _mask(scan, taken)
    found = [body for body in _after_press_word(scan) if not any(mask[body.start : body.end])]
    for body in found:
        mask[body.start : body.end] = b"\1" * (body.end - body.start)
    for match in table.press.finditer(scan.text):
        start, end = match.span()
        if any(mask[start:end]) or table.press_not_after.search(scan.text, max(0, start - 24), start):
            continue
        before = table.press_before.search(scan.text, max(0, start - 18), start)
        if before or table.press_after.match(scan.text, end):
            found.append(_Body(start, end, "organization-press", match.group()))
    yield from found


_PRESS_WORD = re.compile(
    r"(?<!\w)(?:[Tt]òa soạn )?(?:[Bb]áo(?: điện tử)?|[Tt]ờ báo|[Tt]ạp chí|[Nn]hật báo|[Tt]uần báo|[Tt]hời báo)"
    rf" [“\"']?(?=[{CAPITAL}])"
)
_NO_PAPER = re.compile(
    r"(?:^|\W)(?:[Tt]heo|[Ảả]nh:?|[Nn]guồn:?|họp|Thời|thông|cảnh|tình|điện|trình|nhà|khai|quảng|dự|mật|loan|bẩm|[Bb]ài|tờ|cấp|cáo) ?$"
)


def _after_press_word(scan: Scan) -> Iterator[_Body]:
    """A paper that is called one: `báo Giác Ngộ`, `Tạp chí Cộng sản`. Its name is printed with the word, the mention is the name alone."""
    table = words()
    for word in _PRESS_WORD.finditer(scan.text):
        start = word.end()
        if _NO_PAPER.search(scan.text, max(0, word.start() - 9), word.start()) or table.head.match(scan.text, start):
            continue
        known = table.press_small.match(scan.text[start : start + 40].lower())
        run = RUN.match(scan.text, start)
        end = start + known.end() if known else min(run.end(), scan.limit(start)) if run else start
        text = scan.text[start:end].strip()
        if not text or (not known and (len(text.split()) > 4 or text in _NO_TITLES or text.split()[0] in table.not_a_name)):
            continue
        if not known and (is_syllable(text) or text == "TP"):
            continue  # the beginning of a name that goes on: `báo Khăn` + ` quàng đỏ`
        label = " ".join(word.group().strip(' “"\'').removeprefix("tòa soạn ").removeprefix("Tòa soạn ").split())
        if not (known is None and start in scan.places and label.lower() not in ("báo", "tạp chí")):
            yield _Body(start, start + len(text), "organization-press", f"{label} {text}")


_NO_TITLES = frozenset(
    {"Việt Nam", "Mỹ", "Nga", "Anh", "Pháp", "Đức", "Nhật", "Trung Quốc", "Hàn Quốc", "Nhật Bản", "Chí", "Đảng", "Tết", "Xuân"}
)


def _scan(page: Page, line: Line) -> Scan:
    base = line.start
    places = {m.start - base: m.end - base for m in reversed(page.of("place", line))}
    codes = [(m.start - base, m.end - base) for m in page.of("document", line) if m.rule.startswith("document-code")]
    return Scan(line.text, {**places, **dict(codes)}, {m.start - base: m.end - base for m in page.of("person", line)})


def annotate(page: Page) -> None:
    """Adds a mention for every body; places that are only part of its name go, areas it alone shows are added."""
    for line in page.lines:
        scan = _scan(page, line)
        found = _share_area(scan, list(_bodies(scan)))
        for more in (_newspapers, _behind_posts, _central):
            found += list(more(scan, found))
        for body in found:
            page.add(
                "organization",
                body.start + line.start,
                body.end + line.start,
                line.position,
                body.rule,
                " ".join(_ABBREVIATION.sub("", body.name).split()),
            )
        _settle_places(page, line, scan, found)


def _settle_places(page: Page, line: Line, scan: Scan, found: list[_Body]) -> None:
    """`Việt Nam` in `Hội Nông dân Việt Nam` is no place; `Trảng Bàng` in `Huyện ủy Trảng Bàng` is one."""
    mask, base = _mask(scan, found), line.start
    drop = {m for m in page.of("place", line) if all(mask[m.start - base : m.end - base]) and not _administrative(m)}
    starts = {b.start + base for b in found}
    drop |= {m for m in page.of("person", line) if all(mask[m.start - base : m.end - base]) and m.start not in starts}
    if drop:
        page.by_line[line.position] = [m for m in page.by_line[line.position] if m not in drop]
    known = {m.name.lower().split(" ", 1)[-1]: m.name for m in page.of("place")} | {m.name.lower(): m.name for m in page.of("place")}
    for start, end in scan.areas:
        a, b = start + line.start, end + line.start
        name = scan.text[start:end]
        inside = all(mask[start:end]) and name != "Việt Nam"      # `Liên minh hợp tác xã Việt Nam`
        if inside and not any(m.kind == "place" for m in page.covering(line, a, b)):
            page.add("place", a, b, line.position, "place-in-organization", known.get(name.lower(), name))


def _administrative(place: Mention) -> bool:
    """Provinces, districts, wards and foreign countries; `Việt Nam`, continents and regions only name the body."""
    if place.rule in ("place-unit", "place-city", "place-in-organization"):
        return True
    core = plain(" ".join(place.surface.split()))       # the page may print `Thanh Hoá`
    if core in gazetteer().districts:
        return True     # `Ba Vì` is a region and a district
    level = gazetteer().level.get(core, "country" if place.rule == "place-country" or " " not in core else "")
    return level in ("province", "district", "ward", "city") or (level == "country" and core != "Việt Nam")
