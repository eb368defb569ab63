"""Places that a word before them announces: `huyện Đức Cơ`, `các quận 1, 2`, `đường Lê Lợi`, `sông Hồng`, `nước Pháp`."""

from __future__ import annotations

import re

from store.annotate.places_gazetteer import CAPITAL, LOWER, RUN, gazetteer, units
from store.annotate.places_lists import DASH, NEXT_IN_LIST, listed, no_name, plural, surnames
from store.annotate.places_names import Found
from store.annotate.places_scan import Scan
from store.annotate.places_ways import junction, more_streets, way

__all__ = ["with_units"]

_NUMBER = re.compile(r"\d{1,2}[A-Z]?(?![\w.,/]*\d)(?!\w)")
_REPUBLIC = re.compile(r"[Cc]ộng hòa(?: [Xx]ã hội [Cc]hủ nghĩa| [Dd]ân chủ [Nn]hân dân| [Hh]ồi giáo)? ")
_CAPITAL_BEFORE = re.compile(rf"(?:^|[^\w])[{CAPITAL}]\w* $")
_LAST_WORD = re.compile(r"(\w+) $")
_WORD_AFTER = re.compile(rf" ([{LOWER}]+)")
_COUNTABLE = frozenset(
    {"người", "tuổi", "năm", "triệu", "tỷ", "tỉ", "lần", "đồng", "hộ", "đại", "cán", "phòng", "ông", "bà", "đơn", "điểm"}
)


def _run_end(scan: Scan, start: int, most: int, small: bool = False) -> int:
    """The end of the name that starts here: the longest known place, else a short run of capitals up to a person."""
    run = RUN.match(scan.text, start)
    if not run or run.group().split()[0] in ("Ủy", "Cảng", "Đảng", "Đoàn", "Hội", "Công") and run.group() not in gazetteer().level:
        return start
    end = scan.person_from(start, run.end())
    if end == start and (name := _named_after(run.group())):
        scan.nobody(start, start + len(name))
        return start + len(name)
    words = scan.text[start:end].split()
    if len(words) == 1 and (low := _WORD_AFTER.match(scan.text, end)) and f"{words[0]} {low.group(1).title()}" in gazetteer().level:
        return low.end()  # `quận Sơn trà`
    if not words or (len(words[0]) > 1 and words[0].isupper() and words[0] not in gazetteer().level):
        return start  # `xã NTM`, `huyện UBND`: abbreviations are no names
    count, level = gazetteer().longest(words)
    if level == "not":
        count = 0
    rest = len(words) - count
    longer = rest == 1 and (small or level == "ward") and end == run.end() and words[-1].istitle()  # `xã Bình Định Bắc`
    if count and not longer:
        words = words[:count]  # `xã Tân Phú Ngô Văn …`: stop where the known name stops
    elif len(words) > most:
        words = words[:most]
    joined = " ".join(words)
    return start + len(joined)


def _named_after(run: str) -> str:
    """The commune of the table that bears a person's name: `xã Hồ Thị Kỷ`; empty for none."""
    words = run.split()
    count, level = gazetteer().longest(words)
    return run if 2 < count == len(words) and level in ("ward", "district") else ""


def _administrative(scan: Scan, match: re.Match[str], unit: str) -> None:
    """`huyện Đức Cơ`, `quận 1`, `các quận 1, 2 và Gò Vấp`."""
    start, at = match.start(1), match.end()
    while True:
        number = _NUMBER.match(scan.text, at)
        if unit == "tổ" and not (number and _NEIGHBOURHOOD.match(scan.text, number.end())):
            return  # `tổ 2 do bà Lan làm tổ trưởng`
        if number and unit in ("quận", "phường", "tổ", "ấp", "khu phố", "tổ dân phố", "khóm", "thôn", "tiểu khu"):
            after = _WORD_AFTER.match(scan.text, number.end())
            if after and after.group(1) in _COUNTABLE:
                return
            end = number.end()
        else:
            end = _run_end(scan, at, 3, unit in ("xã", "phường", "thị trấn", "thôn", "ấp", "làng"))
            end = _numbered(scan, end, unit) if end > at else end
        if end == at or not scan.free(at, end) or _somebody(scan.text[at:end].split(), unit):
            return
        if match.group(1).endswith(".") and not number and not gazetteer().longest(scan.text[at:end].split())[0]:
            return  # `em H.Tr`: initials; `các sở của TP. Phóng viên …`: the full stop ends a sentence
        scan.add(start, end, scan.text[at:end], unit, "place-unit")
        following = NEXT_IN_LIST.match(scan.text, end)
        if following is None or not (
            _next_of_kind(scan, following.end(), unit)
            or plural(scan, match.start())
            or _NUMBER.match(scan.text, at)
            or _pair(scan, end, unit)
        ):
            return
        start = at = following.end()
        run = RUN.match(scan.text, at)
        if run and not gazetteer().longest(run.group().split())[0] and not _pair(scan, end, unit):
            return


_NEIGHBOURHOOD = re.compile(r"(?:(?:,| và|-)? ?(?:tổ )?\d{1,3}[A-Z]?)*,? ?(?:\(|ấp|khu|phường|xã|thôn|khóm|tổ dân|thị trấn|KP|P\.)")
_COUNTED = frozenset({"phường", "thôn", "ấp", "làng", "bản", "buôn", "xóm", "khóm", "khu phố", "tổ dân phố"}) | {
    *("nhà máy", "nhà máy điện", "khu công nghiệp", "khu đô thị", "khu biệt thự", "cầu", "cống", "chung cư", "trạm bơm"),
}
_COUNT = re.compile(
    r" (?:\d{1,2}[A-Z]?|I{1,3}|I?V)(?=[,.;:)…](?!\d)|$| \(| [-–] | (?:và|có|ở|thuộc|được|đã|tại|cho|là|với|vào|để|trên|đi|vận hành)(?!\w))"
)


def _numbered(scan: Scan, end: int, unit: str) -> int:
    """The end of the name with its number: `thôn Vân Mỹ 2`, `cầu Thanh Sơn 2`, `thủy điện Sông Mây 4`."""
    count = _COUNT.match(scan.text, end) if unit in _COUNTED else None
    return count.end() if count else end


def _somebody(words: list[str], unit: str) -> bool:
    """`Phó chủ tịch thành phố Lê Văn Tám`, `các tỉnh Tây …`: the table has all higher units, so this is no place."""
    level = gazetteer().longest(words)[1]
    if level == "country" and unit == "xã":
        return True  # `Thông tấn xã Việt Nam`
    if unit not in ("tỉnh", "thành phố", "quận", "huyện") or level not in ("", "ward"):
        return False
    return words in (["Đông"], ["Tây"], ["Nam"], ["Bắc"], ["Miền"]) or (len(words) > 2 and words[0] in surnames())


_PAIR = re.compile(rf" và ((?:[{CAPITAL}][{LOWER}]+ ){{0,2}}[{CAPITAL}][{LOWER}]+)(?=(?: \d{{1,2}})?(?:[,;).]| \(|$))")


def _pair(scan: Scan, end: int, unit: str) -> bool:
    """Whether ` và` and a second name end the phrase: `xã Phù Mỹ và Trung Mầu (…)`, `thôn Thượng và Đông Đoài, xã …`."""
    match = _PAIR.match(scan.text, end) if unit in _SMALL else None
    if match is None or not scan.free(*match.span(1)):
        return False
    words = match.group(1).split()
    return words[0] not in surnames() and not no_name(scan, match.start(1), words) and gazetteer().longest(words)[1] in ("", "ward")


_SMALL = frozenset({"xã", "phường", "thôn", "ấp", "làng", "bản", "buôn", "xóm"})


def _next_of_kind(scan: Scan, at: int, unit: str) -> bool:
    """Whether the next name in a list is a unit of the same rank: `phường Bến Nghé, Đa Kao`, not `xã Đồng Tâm, Hà Nội`."""
    run = RUN.match(scan.text, at)
    words = run.group().split() if run else []
    count, level = gazetteer().longest(words) if words else (0, "")
    return count == len(words) > 0 and level == {"phường": "ward", "xã": "ward", "quận": "district", "huyện": "district"}.get(unit)


def _country(scan: Scan, match: re.Match[str], unit: str) -> None:
    """`nước Pháp`, `bang Texas`, `nước Cộng hòa Cuba`: the name must be known."""
    at = match.end()
    republic = _REPUBLIC.match(scan.text, at)
    name_at = republic.end() if republic else at
    run = RUN.match(scan.text, name_at)
    if not run:
        return
    words = run.group().split()
    count, level = gazetteer().longest(words)
    short = not count and words[0] in gazetteer().words["short_countries"]
    if level in ("country", "city", "region") or short:
        end = name_at + len(" ".join(words[: count or 1]))
        scan.add(match.start(1), end, scan.text[name_at:end], "nước", "place-country")


_CAPITALISED = frozenset(
    {
        "đèo",
        "sông",
        "núi",
        "suối",
        "vịnh",
        "đảo",
        "cầu",
        "chợ",
        "mũi",
        "thác",
        "kênh",
        "rạch",
        "chùa",
        "đền",
        "dinh",
        "cảng",
        "đường",
        "phố",
        "cao tốc",
        "bản",
        "thôn",
        "ấp",
        "tổ",
        "nước",
        "khóm",
        "kp",
    }
)
_SITE_OF_UNIT = re.compile(r"(?<!\w)(([Nn]ghĩa trang|[Bb]ảo tàng|[Nn]hà hát|[Ss]ân vận động)(?: liệt [sS][ĩỹ])?) (?=[TtHhQqXxP])")
_NATURE = frozenset(
    {"sông", "núi", "đảo", "hồ", "vịnh", "biển", "đèo", "suối", "kênh", "rạch", "cầu", "chợ", "chùa", "đền", "ga", "mũi", "thác"}
)


_DASHED_NAMES = frozenset({"kênh", "rạch", "giao lộ", "vườn quốc gia"})
_DASHED_ZONES = frozenset({"khu công nghiệp", "khu đô thị"})
_ZONE_PART = re.compile(rf" ?[-–] ?((?:[{CAPITAL}][{LOWER}]+ )[{CAPITAL}][{LOWER}]+)(?= \(|[,.;:)]|$| [{LOWER}])")


def _zone_part(scan: Scan, match: re.Match[str]) -> bool:
    """Whether the second name after a dash is the zone's, not a person's or a province's: `khu đô thị Điện Nam - Điện Ngọc`."""
    words = match.group(1).split()
    level = gazetteer().longest(words)[1]
    return level in ("", "ward", "region") and scan.person_from(*match.span(1)) == match.end(1) and not no_name(scan, match.start(1), words)


_PLURAL_NATURE = frozenset({"sông", "cầu", "chợ", "đảo", "khu công nghiệp"})
_LONG_NAMED = frozenset({"khu", "nhà nghỉ", "lăng", "đài", "bến", "đồi", "đập", "cao nguyên", "rừng", "khu biệt thự", "ngã tư"}) | {
    *("trạm thu phí", "sân", "bãi", "trung tâm hành chính"),
}
_NAMED_AFTER_UNIT = frozenset(
    {"nghĩa trang", "bảo tàng", "nhà hát", "quảng trường", "sân vận động", "công viên", "nhà tù", "trung tâm hành chính"}
)


def _feature_of_unit(scan: Scan, match: re.Match[str], inner: re.Match[str], unit: str) -> None:
    """`nghĩa trang liệt sĩ huyện Củ Chi` is a place, and so is `huyện Củ Chi`."""
    cls = units().classes[inner.group(1).lower()]
    end = _run_end(scan, inner.end(), 3)
    if unit in _NAMED_AFTER_UNIT and end > inner.end():
        scan.add(inner.start(1), end, scan.text[inner.end() : end], cls, "place-unit")
        base = scan.line.start
        scan.found.append(
            Found(
                scan.line.position,
                match.start(1) + base,
                end + base,
                match.start(1),
                end,
                scan.text[match.end() : end],
                unit,
                "place-feature",
            )
        )


_CROSSING = re.compile(rf"(?:[{CAPITAL}]\w+ ){{2,4}}[-–] [{CAPITAL}]")
_DAY_NAME = re.compile(r"\d{1,2} ?[-/] ?\d{1,2}(?![\w%/-])|\d{1,2} [tT]háng \d{1,2}\b")


def _feature(scan: Scan, match: re.Match[str], unit: str) -> None:
    """`sông Hồng`, `cảng Cát Lái`, `khách sạn Sao Mai`, `nghĩa trang liệt sĩ huyện Củ Chi`."""
    at = match.end()
    if unit == "giao lộ" or (unit == "ngã tư" and _CROSSING.match(scan.text, at)):
        junction(scan, at)
        return
    if unit in ("công viên", "quảng trường", "chợ", "cầu") and (day := _DAY_NAME.match(scan.text, at)):
        scan.add(match.start(1), day.end(), day.group(), unit, "place-feature")
        return
    inner = units().pattern.match(scan.text, at)
    if inner and units().group[inner.group(1).lower()] == "administrative":
        _feature_of_unit(scan, match, inner, unit)
        return
    run = RUN.match(scan.text, at)
    if not run:
        return
    end = scan.person_from(at, run.end())
    if end == at and unit in ("cầu", "chợ", "sông", "công viên", "quảng trường", "nhà hát", "bảo tàng", "đền", "sân vận động"):
        end = at + len(" ".join(run.group().split()[:4]))
    words = scan.text[at:end].split()[:5]
    if not words or (words[0].isalpha() and words[0].isupper() and len(words) == 1) or no_name(scan, at, words):
        return
    count, level = gazetteer().longest(words)
    if (level == "country" or (level == "province" and unit == "biển")) and count == len(words):
        return  # `chiến lược biển Việt Nam`, `bãi biển Đà Nẵng`
    if unit in _LONG_NAMED and (len(words) < 2 or any(not w.istitle() for w in words)):
        return  # `khu A`, `quán Bia`
    if words[-1] in ("Chủ", "Phó", "Tổng", "Thủ") and _WORD_AFTER.match(scan.text, at + len(" ".join(words))):
        return  # `đền thờ Hồ Chủ tịch`
    apart = at - match.end(1) > 1
    if unit == "khu" and apart:
        return  # `khu trung tâm Sài Gòn`
    if len(words) == 1 and not count and (unit not in _NATURE or apart) and _WORD_AFTER.match(scan.text, at + len(words[0])):
        return  # `Bảo tàng Điêu khắc`: only half a word
    end = at + len(" ".join(words))
    while unit in _DASHED_NAMES and (joint := DASH.match(scan.text, end)) and (other := RUN.match(scan.text, joint.end())):
        end = other.end()  # `kênh Tân Hóa - Lò Gốm`
    if unit in _DASHED_ZONES and (other := _ZONE_PART.match(scan.text, end)) and _zone_part(scan, other):
        end = other.end()  # `khu kinh tế Chân Mây - Lăng Cô`
    end = _numbered(scan, end, unit)
    scan.nobody(at, end)
    scan.add(match.start(1), end, scan.text[at:end], unit, "place-feature")
    if unit in _PLURAL_NATURE and plural(scan, match.start()):
        more_streets(scan, end, unit)


_BY_GROUP = {"administrative": _administrative, "settlement": _administrative, "country": _country, "way": way, "feature": _feature}


_GENERAL = re.compile(r"(?:trung tâm|ven biển) $")


def _of_wide_area(scan: Scan, match: re.Match[str], group: str) -> bool:
    """`các huyện miền núi Nghệ An`, `tuyến đường trung tâm Sài Gòn`: words between tell where, the name is not the unit's own."""
    if match.end() - match.end(1) < 3:
        return False
    run = RUN.match(scan.text, match.end())
    words = run.group().split() if run else [""]
    count, level = gazetteer().longest(words)
    if level not in ("province", "country", "region") or " ".join(words[:count]) in gazetteer().districts:
        return False
    return group in ("administrative", "way") or _GENERAL.search(scan.text, match.end(1), match.end()) is not None


def with_units(scan: Scan) -> None:
    """Every place that a word before it announces."""
    table = units()
    for match in _SITE_OF_UNIT.finditer(scan.text):
        inner = table.pattern.match(scan.text, match.end())
        if inner:
            _feature_of_unit(scan, match, inner, table.classes[match.group(2).lower()])
    listed(scan)
    for match in table.pattern.finditer(scan.text):
        spelling = match.group(1).lower()
        before = _LAST_WORD.search(scan.text, max(0, match.start() - 8), match.start())
        if before and before.group(1).lower() in table.not_after.get(spelling, ()):
            continue
        if spelling == "nước" and before and before.group(1).lower() == "nhà":
            continue  # `Ngân hàng Nhà nước Việt Nam`
        mouth = spelling == "sông" and before is not None and before.group(1).lower() == "cửa"  # `cửa sông Đà Rằng`
        single = " " not in spelling and not mouth and table.group[spelling] in ("way", "feature")
        if before and single and before.group(1).lower() in gazetteer().words["not_after_unit"]:
            continue  # `yêu cầu Thành ủy`
        if (
            match.group(1)[0].isupper()
            and table.group[spelling] != "administrative"
            and " " not in spelling
            and (spelling not in _CAPITALISED or _CAPITAL_BEFORE.search(scan.text, max(0, match.start() - 12), match.start()))
        ):
            continue  # `quận Cầu Giấy`, `ông Hồ Văn …`
        if _of_wide_area(scan, match, table.group[spelling]):
            continue
        _BY_GROUP[table.group[spelling]](scan, match, table.classes[spelling])
