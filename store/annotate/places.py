"""Named places: administrative units with or without their unit word, countries, streets, rivers, buildings.

Two passes over an article: first what the words before it or the gazetteer make sure (`huyện Đức Cơ`, `Gia Lai`, `sông Hồng`), then
the bare names that the first pass has licensed (`Đức Cơ` after `huyện Đức Cơ`). Then every name gets its fullest form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from store.annotate.page import Page
from store.annotate.places_gazetteer import CAPITAL, LOWER, RUN, gazetteer, units
from store.annotate.places_lists import enumerations, no_name
from store.annotate.places_names import Found, fullest_names
from store.annotate.places_scan import Scan
from store.annotate.places_units import with_units
from store.annotate.places_ways import addresses
from store.annotate.wordtree import alternatives
from store.types import Mention

__all__ = ["annotate"]

_HCM = re.compile(r"(?:(?<!\w)(?:[Tt]hành phố|TP|Tp|T\.P|tp)\.? ?(?:HCM|Hồ Chí Minh)|\bTPHCM)(?!\w)")
_PROVINCE_PAIR = re.compile(r"Bà Rịa ?[-–] ?Vũng Tàu|Thừa Thiên ?[-–]? ?Huế|Phan Rang ?[-–] ?Tháp Chàm")
_UNIT_OF_PAIR = re.compile(r"(?:tỉnh|TP\.?|thành phố) $", re.IGNORECASE)
_LAST_TWO = re.compile(r"((?:\w+ )?(\w+)) $")
_LAST_WORD = re.compile(r"(\w+) $")
_WORD_AFTER = re.compile(rf" ([{LOWER}]+)")


@cache
def _fixed_names() -> re.Pattern[str]:
    """Sites and regions whose names are not all capitals: `đồng bằng sông Hồng`, `Phủ Chủ tịch`."""
    names = [n for n, level in gazetteer().level.items() if level in ("site", "region", "country") and not RUN.fullmatch(n)]
    return re.compile(rf"(?<!\w)(?:{alternatives(names)})(?!\w)")


@cache
def _before_bare() -> re.Pattern[str]:
    """Words that make the bare name of a district a place: `ở Củ Chi`."""
    return re.compile(rf"(?:^|\W)(?:{alternatives(gazetteer().words['before_bare'])}) $")


# -- names without a unit ----------------------------------------------------------------------------------------------


def _fixed(scan: Scan) -> None:
    """`TP. HCM`, `Bà Rịa - Vũng Tàu`, `đồng bằng sông Cửu Long`, `Dinh Độc Lập`: spelled in their own way."""
    for match in _HCM.finditer(scan.text):
        scan.add(*match.span(), "Hồ Chí Minh", "thành phố", "place-city")
    for match in _PROVINCE_PAIR.finditer(scan.text):
        unit = _UNIT_OF_PAIR.search(scan.text, max(0, match.start() - 12), match.start())
        core = re.sub(r" ?[-–] ?", " - ", match.group()).replace("Thiên - Huế", "Thiên Huế")
        spelled = unit.group().strip().lower() if unit else None
        scan.add(
            unit.start() if unit else match.start(),
            match.end(),
            core,
            units().classes[spelled] if spelled else None,
            "place-unit" if unit else "place-name",
        )
    for match in _fixed_names().finditer(scan.text):
        before = _LAST_WORD.search(scan.text, max(0, match.start() - 12), match.start())
        if before and before.group(1) in gazetteer().words["not_after_title"]:
            continue
        scan.add(*match.span(), match.group(), None, "place-name")


def _short_country(scan: Scan, start: int, end: int, names: set[str]) -> bool:
    """Whether a one-syllable word is the country: not `ông Nga`, `tiếng Anh`, `Pháp luật`."""
    word, text = scan.text[start:end], scan.text
    words = gazetteer().words
    before, after = _LAST_WORD.search(text, max(0, start - 12), start), _WORD_AFTER.match(text, end)
    if (before and before.group(1) in words["not_after"]) or (after and after.group(1) in words["not_before"]):
        return False
    at_start = start == 0 or text[start - 1] in "“\"'" or text[max(0, start - 2)] in ".?!:"
    if (at_start and word in words["doubtful_at_start"]) or word in names:
        return False
    joined = (text[end : end + 1] in "-–'’" and text[end : end + 1]) or (start and text[start - 1] in "-–")
    return not (joined and word in words["doubtful_at_start"])


def _bare(scan: Scan, licensed: dict[str, str], names: set[str]) -> None:
    """Names of the gazetteer inside runs of capitals; districts and wards only where context or the article backs them."""
    table = gazetteer()
    for run in RUN.finditer(scan.text):
        at = run.start()
        words = run.group().split(" ")
        index = 0
        while index < len(words):
            count, level = table.longest(words, index)
            alone = len(words) == 1 or (index == 0 and scan.people[at + len(words[0]) + 1])      # `nhà nghề Mỹ Dennis Rodman`
            if not count and alone and words[index] in table.words["short_countries"]:
                count, level = 1, "short"
            if not count:
                at += len(words[index]) + 1
                index += 1
                continue
            core = " ".join(words[index : index + count])
            end = at + len(core)
            if _accept_bare(scan, at, end, core, level, index == 0, index + count == len(words), licensed, names):
                scan.add(at, end, core, None, "place-name")
            at = end + 1
            index += count


def _accept_bare(
    scan: Scan, start: int, end: int, core: str, level: str, first: bool, last: bool, licensed: dict[str, str], names: set[str]
) -> bool:
    text = scan.text
    if level == "not" or not scan.free(start, end):
        return False
    if level == "short":
        return _short_country(scan, start, end, names)
    if level == "site":
        return True
    if " " not in core and level in ("district", "ward"):
        return core in licensed and first and last
    title = _LAST_TWO.search(text, max(0, start - 16), start)
    if (
        title
        and level in ("country", "region")
        and (title.group(1) in gazetteer().words["not_after_title"] or title.group(2) in gazetteer().words["not_after_title"])
    ):
        return False
    if level in ("province", "country", "city"):
        return core != "HCM" and (first or last or not scan.persons)
    if level == "region":
        before = _LAST_WORD.search(text, max(0, start - 12), start)
        return not (before and before.group(1).lower() in gazetteer().words["not_after_direction"])
    after_person = start > 1 and scan.people[start - 2] == 1
    if (not first and not scan.found) or after_person:
        return False
    if core in licensed:
        return last or scan.person_from(end, end + 2) == end + 1
    return level == "district" and last and _district_context(scan, start, end, core)


def _district_context(scan: Scan, start: int, end: int, core: str) -> bool:
    """`ở Củ Chi`, `Bình Chánh, Nhà Bè`, `Cẩm Xuyên (Hà Tĩnh)`."""
    text = scan.text
    joint = 2 if text.startswith(", ", start - 2) else 4 if text.startswith(" và ", start - 4) else 0
    listed = joint and start > joint and scan.taken[start - joint - 1]
    if listed:
        return True
    bracket = (
        text.startswith((" (", ", "), end)
        and (run := RUN.match(text, end + 2)) is not None
        and gazetteer().longest(run.group().split())[1] == "province"
    )
    if bracket:
        return True
    return core not in gazetteer().words["doubtful_districts"] and _before_bare().search(text, max(0, start - 14), start) is not None


def _by_context(scan: Scan) -> None:
    """Names the gazetteer does not know: `ở Bắc Đới Hà`, `Hoằng Phụ, huyện Hoằng Hóa`."""
    for run in RUN.finditer(scan.text):
        start, end = run.span()
        words = run.group().split()
        if not 2 <= len(words) <= 4 or not scan.free(start, end) or any(not w.istitle() for w in words) or no_name(scan, start, words):
            continue
        if words[0] in gazetteer().words["never_first"] or gazetteer().longest(words)[1] == "not":
            continue
        known = gazetteer().longest(words)[0] == len(words)
        if known and _PROJECT.search(scan.text, max(0, start - 12), start):
            scan.add(start, end, run.group(), None, "place-context")
            continue
        located = _AT.search(scan.text, max(0, start - 10), start) and not _IN_WORD.match(scan.text, end)
        unit = None if _OF_BODY.search(scan.text, max(0, start - 10), start) else _COMMA_UNIT.match(scan.text, end)
        if located or (unit and scan.taken[unit.end() - 1]):
            scan.add(start, end, run.group(), None, "place-context")


_AT = re.compile(r"(?:^|[^\w])(?:[ởỞ]|[tT]ại|khu vực|quê|ngụ|đi) $")
_PROJECT = re.compile(r"(?:^|\W)(?:dự án|nước thải|thoát nước|cấp nước|điểm nóng|công trường) $")
_FROM_TO = re.compile(
    rf"(?<!\w)từ ((?:[{CAPITAL}]\w+ ){{2,3}})(?:về|đến|tới|đi|ra|vào|lên|xuống|sang) ((?:[{CAPITAL}]\w+(?: |(?=\W|$))){{2,3}})"
)
_ABROAD = re.compile(
    rf"(?<!\w)(?:sang|đến|tới|từ|về|thăm|ở|tại|rời|thành phố|thị trấn) ([{CAPITAL}][\w'-]+(?: [{CAPITAL}][\w'-]+){{0,2}}), "
)
_IN_BRACKET = re.compile(rf"\(((?:[{CAPITAL}]\w+ ?){{2,4}})(?:\)|, )")


def _by_neighbours(scan: Scan) -> None:
    """`từ Yên Nghĩa về Kim Mã`, `sang Berne, Thụy Sĩ`, `(Sóc Sơn)`, `số 70 Bạch Đằng`."""
    for match in _FROM_TO.finditer(scan.text):
        for group in (1, 2):
            name = match.group(group).strip()
            if not no_name(scan, match.start(group), name.split()) and gazetteer().longest(name.split())[1] != "not":
                scan.add(match.start(group), match.start(group) + len(name), name, None, "place-context")
    for match in _ABROAD.finditer(scan.text):
        following = RUN.match(scan.text, match.end())
        if following and scan.taken[match.end()] and gazetteer().longest(following.group().split())[1] in ("country", "province"):
            scan.add(*match.span(1), match.group(1), None, "place-context")
    for match in _IN_BRACKET.finditer(scan.text):
        name = match.group(1).strip()
        inside = RUN.match(scan.text, match.end()) if match.group().endswith(", ") else None      # `(Liễu Giai, Ba Đình)`
        levels = ("district", "city", "ward") if inside and gazetteer().level.get(inside.group()) in _HIGHER else ("district", "city")
        if gazetteer().level.get(name) in levels:
            scan.add(match.start(1), match.start(1) + len(name), name, None, "place-name")
            if inside and "ward" in levels:
                scan.add(*inside.span(), inside.group(), None, "place-name")
    addresses(scan)


_HIGHER = ("province", "district", "country")
_OF_BODY = re.compile(r"(?:học|THPT|THCS|thục|trường|viện|ty|đoàn|non|đồng bào) $")
_IN_WORD = re.compile(r"[-/’']|\d| \d")
_COMMA_UNIT = re.compile(r" ?[,(] ?(?:xã|phường|quận|huyện|TP|thành phố|thị xã|tỉnh)")


# -- the article -------------------------------------------------------------------------------------------------------


def _scan_all(page: Page) -> Iterator[Scan]:
    for line in page.lines:
        scan = Scan(page, line)
        _fixed(scan)
        with_units(scan)
        yield scan


def annotate(page: Page) -> None:
    """Adds a mention for every place, all forms of one place under its fullest name in the article."""
    scans = list(_scan_all(page))
    licensed = {found.core: found.unit for scan in scans for found in scan.found if found.unit}
    names = {m.name.split()[-1] for m in page.of("person")}
    for scan in scans:
        enumerations(scan)
        _bare(scan, licensed, names)
        _by_context(scan)
        _by_neighbours(scan)
    found = sorted((f for scan in scans for f in scan.found if not _in_title(page, scan, f)), key=lambda f: f.start)
    _drop_streets_from_persons(page, found)
    for place, name in fullest_names(page, found):
        page.add("place", place.start, place.end, place.line, place.rule, name)


def _in_title(page: Page, scan: Scan, place: Found) -> bool:
    """`Việt Nam` in `Chiến lược biển Việt Nam`, `Cebu` in `Kế hoạch hành động Cebu`: they only name the document."""
    if gazetteer().level.get(place.core) not in ("country", "city") or place.core in _TOWNS:
        return False
    return any(m.kind == "document" and m.start < place.start for m in page.covering(scan.line, place.start, place.end))


_TOWNS = frozenset({"Hà Nội", "Hồ Chí Minh", "Đà Nẵng", "Hải Phòng", "Cần Thơ"})


def _drop_streets_from_persons(page: Page, found: list[Found]) -> None:
    """`đường Lê Lợi` is no person there."""
    taken = [(f.start, f.end) for f in found if f.rule in ("place-way", "place-feature", "place-unit")]

    def wanted(mention: Mention) -> bool:
        return mention.kind != "person" or not any(a <= mention.start and mention.end <= b for a, b in taken)

    if taken:
        page.keep(wanted)
