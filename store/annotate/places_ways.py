"""Ways: `đường Lê Lợi`, `quốc lộ 1A`, `cao tốc Hà Nội - Hải Phòng`, `số 70 Bạch Đằng`. A street may bear a person's name."""

from __future__ import annotations

import re

from store.annotate.places_gazetteer import CAPITAL, LOWER, RUN, gazetteer
from store.annotate.places_lists import DASH, NEXT_IN_LIST, no_name, plural, surnames
from store.annotate.places_scan import Scan

__all__ = ["addresses", "junction", "more_streets", "way"]

_ROAD_NUMBER = re.compile(r"(?:số )?\d{1,3}[A-Z]?(?:[-/]\d{1,2}|,\d(?!\d))?(?![\w%])|N\d{1,3}\b|[IVX]{1,4}\b")
_DAY_NUMBER = re.compile(r"\d{1,2} ?[-/] ?\d{1,2}(?![\w%/-])|\d{1,2} [tT]háng \d{1,2}\b")
_MEASURE = re.compile(rf" (?:km|m|ha|làn|tỷ|tỉ|triệu|người|năm|tuyến|đồng)(?![{LOWER}])")
_CITY = re.compile(r"T[Pp]\. ?HCM")
_STATION = re.compile(r" ?[-–] ?ga ")
_BETWEEN_ENDS = frozenset({"cao tốc", "metro", "đường sắt"})
"""Ways that are named after their ends: `metro Bến Thành - Suối Tiên`."""


def way(scan: Scan, match: re.Match[str], unit: str) -> None:
    """`đường Lê Lợi`, `quốc lộ 1A`, `vành đai 3`, `đường sắt Cát Linh - Hà Đông`."""
    at = match.end()
    day = _DAY_NUMBER.match(scan.text, at) if unit in ("đường", "phố") else None
    number = day or _ROAD_NUMBER.match(scan.text, at)
    if number:
        if (unit in ("đường", "phố", "đường sắt") and not day) or _MEASURE.match(scan.text, number.end()):
            return
        scan.add(match.start(1), number.end(), number.group(), unit, "place-way")
        return
    run = (_CITY.match(scan.text, at) if unit == "cao tốc" else None) or RUN.match(scan.text, at)
    if not run:
        return
    words = run.group().split()[:5]
    joint = (DASH.match(scan.text, run.end()) or _STATION.match(scan.text, run.end())) if unit in _BETWEEN_ENDS else None
    if joint is None and (unit == "đường sắt" or (words[0].isupper() and len(words[0]) > 1) or no_name(scan, at, words)):
        return
    end = at + len(" ".join(words))
    if joint:
        scan.clear(at, run.end())
        if other := RUN.match(scan.text, joint.end()):
            end = other.end()
    person = scan.person_from(at, end)
    if at < person < end:
        end = len(scan.text[:person].rstrip(" ,"))
    scan.nobody(at, end)
    scan.add(match.start(1), end, scan.text[at:end], unit, "place-way")
    if unit in ("đường", "phố") and (plural(scan, match.start()) or _STREETS.match(scan.text, end) or _street_row(scan, end)):
        more_streets(scan, end, unit)


_STREETS = re.compile(rf"(?:, (?:[{CAPITAL}]\w+ ?){{2,5}}){{1,8}}(?:…|\.\.\.| và (?:[{CAPITAL}]\w+ ?){{2,5}}(?:[,.;)]|$))")


def _street_row(scan: Scan, at: int) -> bool:
    """Whether streets follow, not the rest of an address: `đường A, Trần Phú, Lê Lợi`, not `đường A, Gò Vấp, TP. HCM`."""
    count = 0
    while (joint := NEXT_IN_LIST.match(scan.text, at)) and (run := RUN.match(scan.text, joint.end())):
        words = run.group().split()
        if gazetteer().longest(words)[1] in ("province", "country") or words[0].isupper():
            return False
        count += words[0] in surnames() and len(words) > 1
        at = run.end()
    return count > 1


def more_streets(scan: Scan, at: int, unit: str) -> None:
    """`các đường Lê Lợi, Võ Thị Sáu và Hàm Nghi`: the streets that share the word."""
    while (joint := NEXT_IN_LIST.match(scan.text, at)) and (run := RUN.match(scan.text, joint.end())):
        if no_name(scan, joint.end(), run.group().split()):
            return
        at = joint.end() + len(" ".join(run.group().split()[:5]))
        scan.nobody(joint.end(), at)
        scan.add(joint.end(), at, scan.text[joint.end() : at], unit, "place-way")


def junction(scan: Scan, at: int) -> None:
    """`giao lộ Lê Lợi – Nguyễn Huệ`: two streets."""
    joint: re.Match[str] | None = None
    while (run := RUN.match(scan.text, joint.end() if joint else at)) is not None:
        end = run.start() + len(" ".join(run.group().split()[:5]))
        scan.nobody(run.start(), end)
        scan.add(run.start(), end, scan.text[run.start() : end], "đường", "place-way")
        joint = DASH.match(scan.text, end) or _WITH.match(scan.text, end)
        if not joint:
            return


_WITH = re.compile(r" (?:và|với|giao với) (?:đường )?")

_HOUSE = r"\d{1,4}[A-Z]?(?: ?[-/] ?\d{1,4}[A-Z]?){0,3}"
_STREET = rf"((?:[{CAPITAL}]\w+(?: (?=[{CAPITAL}])|(?=\W|$))){{2,5}})"
_ADDRESS = re.compile(rf"{_HOUSE} (đường )?{_STREET}")
_NEXT_ADDRESS = re.compile(rf"(?:,| và) {_HOUSE} (đường )?{_STREET}")
_SURE = re.compile(
    r"(?:(?<!\w)số(?: nhà)? |(?<!\w)(?:nhà|tòa nhà|công trình|chung cư|địa chỉ|khách sạn|trụ sở|ngõ|ngách|hẻm|kiệt)(?: số)? |\()$"
)
_LIKELY = re.compile(r"(?<!\w)(?:[Tt]ại|[Ởở]|khu đất|lô đất|dự án|nhà đất|nhà, đất|biệt thự|đất|cho thuê) $")


def addresses(scan: Scan) -> None:
    """`số 70 Bạch Đằng`, `khu đất 23 Lê Duẩn`, `tại 12 Tôn Đản và 8 Lê Lợi`: the street of a house with a number."""
    for match in _ADDRESS.finditer(scan.text):
        since = max(0, match.start() - 16)
        sure = _SURE.search(scan.text, since, match.start()) is not None
        following: re.Match[str] | None = match if sure or _LIKELY.search(scan.text, since, match.start()) else None
        while following and _street(scan, *following.span(2), sure):
            sure = False
            following = _NEXT_ADDRESS.match(scan.text, following.end())


def _street(scan: Scan, start: int, end: int, sure: bool) -> bool:
    """Notes the street of an address; where only a number stands before it, it must be a name streets have."""
    words = scan.text[start:end].split()
    count, level = gazetteer().longest(words)
    if level in ("province", "country", "not", "region") or (not count and no_name(scan, start, words)):
        return False
    if not sure and words[0] not in surnames() and count != len(words) and (len(words) < 3 or not all(w.istitle() for w in words)):
        return False
    scan.nobody(start, end)
    scan.add(start, end, scan.text[start:end].strip(), "đường", "place-way")
    return True
