"""Named places: administrative units with or without their unit word, countries, streets, rivers, buildings.

Two passes over an article: first what the words before it or the gazetteer make sure (`huyện Đức Cơ`, `Gia Lai`, `sông Hồng`), then
the bare names that the first pass has licensed (`Đức Cơ` after `huyện Đức Cơ`). Then every name gets its fullest form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from store.annotate.page import Line, Page
from store.annotate.places_gazetteer import CAPITAL, LOWER, RUN, alternatives, gazetteer, units
from store.annotate.places_names import Found, fullest_names
from store.types import Mention

__all__ = ["annotate"]

_HCM = re.compile(r"(?:(?<!\w)(?:[Tt]hành phố|TP|Tp|T\.P|tp)\.? ?(?:HCM|Hồ Chí Minh)|\bTPHCM)(?!\w)")
_PROVINCE_PAIR = re.compile(r"Bà Rịa ?[-–] ?Vũng Tàu|Thừa Thiên ?[-–]? ?Huế|Phan Rang ?[-–] ?Tháp Chàm")
_NUMBER = re.compile(r"\d{1,2}[A-Z]?(?![\w.,/]*\d)(?!\w)")
_ROAD_NUMBER = re.compile(r"(?:số )?\d{1,3}[A-Z]?(?:[-/]\d{1,2})?(?![\w%])|N\d{1,3}\b")
_NEXT_IN_LIST = re.compile(rf"(?: ?,| và| hoặc|;) (?=[{CAPITAL}\d])")
_PLURAL = re.compile(r"(?:các|những|hai|ba|bốn|năm|\d) $", re.IGNORECASE)
_REPUBLIC = re.compile(r"[Cc]ộng hòa(?: [Xx]ã hội [Cc]hủ nghĩa| [Dd]ân chủ [Nn]hân dân| [Hh]ồi giáo)? ")
_DASH = re.compile(rf" ?[-–] ?(?=[{CAPITAL}])")
_UNIT_OF_PAIR = re.compile(r"(?:tỉnh|TP\.?|thành phố) $", re.IGNORECASE)
_LAST_TWO = re.compile(r"((?:\w+ )?(\w+)) $")
_CAPITAL_BEFORE = re.compile(rf"(?:^|[^\w])[{CAPITAL}]\w* $")
_LAST_WORD = re.compile(r"(\w+) $")
_WORD_AFTER = re.compile(rf" ([{LOWER}]+)")
_COUNTABLE = frozenset({"người", "tuổi", "năm", "triệu", "tỷ", "tỉ", "lần", "đồng", "hộ", "đại", "cán", "phòng", "ông", "bà", "đơn", "điểm"})

Span = tuple[int, int]


@cache
def _fixed_names() -> re.Pattern[str]:
    """Sites and regions whose names are not all capitals: `đồng bằng sông Hồng`, `Phủ Chủ tịch`."""
    names = [n for n, level in gazetteer().level.items() if level in ("site", "region") and not RUN.fullmatch(n)]
    return re.compile(rf"(?<!\w)(?:{alternatives(names)})(?!\w)")


@cache
def _before_bare() -> re.Pattern[str]:
    """Words that make the bare name of a district a place: `ở Củ Chi`."""
    return re.compile(rf"(?:^|\W)(?:{alternatives(gazetteer().words['before_bare'])}) $")


class _Scan:
    """One line under way: what is found, and what is taken."""

    __slots__ = ("found", "line", "people", "persons", "taken", "text")

    def __init__(self, page: Page, line: Line) -> None:
        self.line, self.text = line, line.text
        self.persons: list[Span] = [(m.start - line.start, m.end - line.start) for m in page.of("person", line)]
        self.found: list[Found] = []
        self.taken = bytearray(len(line.text))
        self.people = bytearray(len(line.text) + 1)
        for a, b in self.persons:
            self.people[a:b] = b"\1" * (b - a)

    def free(self, start: int, end: int) -> bool:
        """Whether neither a person nor another place stands there."""
        return not any(self.people[start:end]) and not any(self.taken[start:end])

    def person_from(self, start: int, end: int) -> int:
        """Where the first person in a span begins, else its end."""
        found = self.people.find(1, start, end)
        return end if found < 0 else found

    def nobody(self, start: int, end: int) -> None:
        """Takes persons off a span that is a street's or a bridge's name."""
        self.people[start:end] = bytes(end - start)

    def add(self, start: int, end: int, core: str, unit: str | None, rule: str) -> None:
        """Notes a place where nothing stands yet."""
        if self.free(start, end):
            self.found.append(Found(self.line.position, start + self.line.start, end + self.line.start,
                                    start, end, " ".join(core.split()), unit, rule))
            self.taken[start:end] = b"\1" * (end - start)


# -- the name after a unit ---------------------------------------------------------------------------------------------


def _run_end(scan: _Scan, start: int, most: int, small: bool = False) -> int:
    """The end of the name that starts here: the longest known place, else a short run of capitals up to a person."""
    run = RUN.match(scan.text, start)
    if not run:
        return start
    end = scan.person_from(start, run.end())
    words = scan.text[start:end].split()
    if len(words) == 1 and (low := _WORD_AFTER.match(scan.text, end)) and f"{words[0]} {low.group(1).title()}" in gazetteer().level:
        return low.end()                                    # `quận Sơn trà`
    if not words or (len(words[0]) > 1 and words[0].isupper() and words[0] not in gazetteer().level):
        return start                                        # `xã NTM`, `huyện UBND`: abbreviations are no names
    count, level = gazetteer().longest(words)
    if level == "not":
        count = 0
    rest = len(words) - count
    longer = rest == 1 and (small or level == "ward") and end == run.end() and words[-1].istitle()   # `xã Bình Định Bắc`
    if count and not longer:
        words = words[:count]                               # `xã Tân Phú Ngô Văn …`: stop where the known name stops
    elif len(words) > most:
        words = words[:most]
    joined = " ".join(words)
    return start + len(joined)


def _administrative(scan: _Scan, match: re.Match[str], unit: str) -> None:
    """`huyện Đức Cơ`, `quận 1`, `các quận 1, 2 và Gò Vấp`."""
    start, at = match.start(1), match.end()
    while True:
        number = _NUMBER.match(scan.text, at)
        if unit == "tổ" and not number:
            return
        if number and unit in ("quận", "phường", "tổ", "ấp", "khu phố", "tổ dân phố", "khóm", "thôn", "tiểu khu"):
            after = _WORD_AFTER.match(scan.text, number.end())
            if after and after.group(1) in _COUNTABLE:
                return
            end = number.end()
        else:
            end = _run_end(scan, at, 3, unit in ("xã", "phường", "thị trấn", "thôn", "ấp", "làng"))
        if end == at or not scan.free(at, end):
            return
        if match.group(1).endswith(".") and not number and len(match.group(1)) == 2 and not gazetteer().longest(scan.text[at:end].split())[0]:
            return                                          # `em H.Tr`: initials
        scan.add(start, end, scan.text[at:end], unit, "place-unit")
        following = _NEXT_IN_LIST.match(scan.text, end)
        shared = _next_of_kind(scan, following.end(), unit) if following else None
        shared = shared or _PLURAL.search(scan.text, max(0, match.start() - 8), match.start()) or _NUMBER.match(scan.text, at)
        if following is None or not shared:
            return
        start = at = following.end()
        if RUN.match(scan.text, at) and not gazetteer().longest(RUN.match(scan.text, at).group().split())[0]:  # type: ignore[union-attr]
            return


def _next_of_kind(scan: _Scan, at: int, unit: str) -> bool:
    """Whether the next name in a list is a unit of the same rank: `phường Bến Nghé, Đa Kao`, not `xã Đồng Tâm, Hà Nội`."""
    run = RUN.match(scan.text, at)
    words = run.group().split() if run else []
    count, level = gazetteer().longest(words) if words else (0, "")
    return count == len(words) > 0 and level == {"phường": "ward", "xã": "ward", "quận": "district", "huyện": "district"}.get(unit)


def _country(scan: _Scan, match: re.Match[str], unit: str) -> None:
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
        end = name_at + len(" ".join(words[:count or 1]))
        scan.add(match.start(1), end, scan.text[name_at:end], "nước", "place-country")


def _way(scan: _Scan, match: re.Match[str], unit: str) -> None:
    """`đường Lê Lợi`, `quốc lộ 1A`, `cao tốc Hà Nội - Hải Phòng`. A street may bear a person's name."""
    at = match.end()
    number = _ROAD_NUMBER.match(scan.text, at)
    if number:
        if unit in ("đường", "phố") and "/" not in number.group():
            return
        scan.add(match.start(1), number.end(), number.group(), unit, "place-way")
        return
    run = RUN.match(scan.text, at)
    if not run:
        return
    words = run.group().split()[:5]
    if (words[0].isupper() and len(words[0]) > 1) or _no_name(scan, at, words):
        return
    end = at + len(" ".join(words))
    joint = _DASH.match(scan.text, end)
    if unit in ("cao tốc", "metro") and joint and (other := RUN.match(scan.text, joint.end())):
        end = other.end()
    person = scan.person_from(at, end)
    if at < person < end:
        end = len(scan.text[:person].rstrip(" ,"))
    scan.nobody(at, end)
    scan.add(match.start(1), end, scan.text[at:end], unit, "place-way")
    if unit in ("đường", "phố") and _PLURAL.search(scan.text, max(0, match.start() - 8), match.start()):
        _more_streets(scan, end, unit)


def _more_streets(scan: _Scan, at: int, unit: str) -> None:
    """`các đường Lê Lợi, Võ Thị Sáu và Hàm Nghi`: the streets that share the word."""
    while (joint := _NEXT_IN_LIST.match(scan.text, at)) and (run := RUN.match(scan.text, joint.end())):
        at = joint.end() + len(" ".join(run.group().split()[:5]))
        scan.nobody(joint.end(), at)
        scan.add(joint.end(), at, scan.text[joint.end():at], unit, "place-way")


_CAPITALISED = frozenset({"đèo", "sông", "núi", "suối", "vịnh", "đảo", "cầu", "chợ", "mũi", "thác", "kênh", "rạch", "chùa", "đền", "dinh", "cảng",
                          "đường", "phố", "cao tốc", "bản", "thôn", "ấp", "tổ", "nước", "khóm"})
_SITE_OF_UNIT = re.compile(r"(?<!\w)(([Nn]ghĩa trang|[Bb]ảo tàng|[Nn]hà hát|[Ss]ân vận động)(?: liệt [sS][ĩỹ])?) (?=[TtHhQqXxP])")
_NATURE = frozenset({"sông", "núi", "đảo", "hồ", "vịnh", "biển", "đèo", "suối", "kênh", "rạch", "cầu", "chợ", "chùa", "đền", "ga", "mũi", "thác"})


def _no_name(scan: _Scan, at: int, words: list[str]) -> bool:
    """Whether the capitals begin a body or a title (`cầu Ban Tổ chức`), unless all of them are a known place."""
    if gazetteer().longest(words)[0]:
        return False
    follows = _WORD_AFTER.match(scan.text, at + len(" ".join(words)))
    return words[0] in gazetteer().words["never_first"] and (len(words) < 3 or follows is not None)


def _feature_of_unit(scan: _Scan, match: re.Match[str], inner: re.Match[str], unit: str) -> None:
    """`nghĩa trang liệt sĩ huyện Củ Chi` is a place, and so is `huyện Củ Chi`."""
    cls = units().classes[inner.group(1).lower()]
    end = _run_end(scan, inner.end(), 3)
    if unit in ("nghĩa trang", "bảo tàng", "nhà hát", "quảng trường", "sân vận động", "công viên", "nhà tù") and end > inner.end():
        scan.add(inner.start(1), end, scan.text[inner.end():end], cls, "place-unit")
        base = scan.line.start
        scan.found.append(Found(scan.line.position, match.start(1) + base, end + base, match.start(1), end,
                                scan.text[match.end():end], unit, "place-feature"))


def _feature(scan: _Scan, match: re.Match[str], unit: str) -> None:
    """`sông Hồng`, `cảng Cát Lái`, `khách sạn Sao Mai`, `nghĩa trang liệt sĩ huyện Củ Chi`."""
    at = match.end()
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
    if not words or (words[0].isalpha() and words[0].isupper() and len(words) == 1) or _no_name(scan, at, words):
        return
    count = gazetteer().longest(words)[0]
    if words[-1] in ("Chủ", "Phó", "Tổng", "Thủ") and _WORD_AFTER.match(scan.text, at + len(" ".join(words))):
        return                                              # `đền thờ Hồ Chủ tịch`
    if len(words) == 1 and not count and unit not in _NATURE and _WORD_AFTER.match(scan.text, at + len(words[0])):
        return                                              # `Bảo tàng Điêu khắc`: only half a word
    end = at + len(" ".join(words))
    scan.nobody(at, end)
    scan.add(match.start(1), end, scan.text[at:end], unit, "place-feature")


_BY_GROUP = {"administrative": _administrative, "settlement": _administrative, "country": _country, "way": _way,
             "feature": _feature}


def _with_units(scan: _Scan) -> None:
    """Every place that a word before it announces."""
    table = units()
    for match in _SITE_OF_UNIT.finditer(scan.text):
        inner = table.pattern.match(scan.text, match.end())
        if inner:
            _feature_of_unit(scan, match, inner, table.classes[match.group(2).lower()])
    for match in table.pattern.finditer(scan.text):
        spelling = match.group(1).lower()
        before = _LAST_WORD.search(scan.text, max(0, match.start() - 8), match.start())
        if spelling == "nước" and before and before.group(1).lower() == "nhà":
            continue                                        # `Ngân hàng Nhà nước Việt Nam`
        if before and table.group[spelling] in ("way", "feature") and before.group(1).lower() in gazetteer().words["not_after_unit"]:
            continue                                        # `yêu cầu Thành ủy`
        if match.group(1)[0].isupper() and table.group[spelling] != "administrative" and " " not in spelling and (
                spelling not in _CAPITALISED or _CAPITAL_BEFORE.search(scan.text, max(0, match.start() - 12), match.start())):
            continue                                        # `quận Cầu Giấy`, `ông Hồ Văn …`
        _BY_GROUP[table.group[spelling]](scan, match, table.classes[spelling])


# -- names without a unit ----------------------------------------------------------------------------------------------


def _fixed(scan: _Scan) -> None:
    """`TP. HCM`, `Bà Rịa - Vũng Tàu`, `đồng bằng sông Cửu Long`, `Dinh Độc Lập`: spelled in their own way."""
    for match in _HCM.finditer(scan.text):
        scan.add(*match.span(), "Hồ Chí Minh", "thành phố", "place-city")
    for match in _PROVINCE_PAIR.finditer(scan.text):
        unit = _UNIT_OF_PAIR.search(scan.text, max(0, match.start() - 12), match.start())
        core = re.sub(r" ?[-–] ?", " - ", match.group()).replace("Thiên - Huế", "Thiên Huế")
        spelled = unit.group().strip().lower() if unit else None
        scan.add(unit.start() if unit else match.start(), match.end(), core, units().classes[spelled] if spelled else None,
                 "place-unit" if unit else "place-name")
    for match in _fixed_names().finditer(scan.text):
        before = _LAST_WORD.search(scan.text, max(0, match.start() - 12), match.start())
        if before and before.group(1) in gazetteer().words["not_after_title"]:
            continue
        scan.add(*match.span(), match.group(), None, "place-name")


def _short_country(scan: _Scan, start: int, end: int, names: set[str]) -> bool:
    """Whether a one-syllable word is the country: not `ông Nga`, `tiếng Anh`, `Pháp luật`."""
    word, text = scan.text[start:end], scan.text
    words = gazetteer().words
    before, after = _LAST_WORD.search(text, max(0, start - 12), start), _WORD_AFTER.match(text, end)
    if (before and before.group(1) in words["not_after"]) or (after and after.group(1) in words["not_before"]):
        return False
    at_start = start == 0 or text[start - 1] in "“\"'" or text[max(0, start - 2)] in ".?!:"
    if (at_start and word in words["doubtful_at_start"]) or word in names:
        return False
    joined = (text[end:end + 1] in "-–'’" and text[end:end + 1]) or (start and text[start - 1] in "-–")
    return not (joined and word in words["doubtful_at_start"])


def _bare(scan: _Scan, licensed: dict[str, str], names: set[str]) -> None:
    """Names of the gazetteer inside runs of capitals; districts and wards only where context or the article backs them."""
    table = gazetteer()
    for run in RUN.finditer(scan.text):
        at = run.start()
        words = run.group().split(" ")
        index = 0
        while index < len(words):
            count, level = table.longest(words, index)
            if not count and words[index] in table.words["short_countries"] and len(words) == 1:
                count, level = 1, "short"
            if not count:
                at += len(words[index]) + 1
                index += 1
                continue
            core = " ".join(words[index:index + count])
            end = at + len(core)
            if _accept_bare(scan, at, end, core, level, index == 0, index + count == len(words), licensed, names):
                scan.add(at, end, core, None, "place-name")
            at = end + 1
            index += count


def _accept_bare(scan: _Scan, start: int, end: int, core: str, level: str, first: bool, last: bool,
                 licensed: dict[str, str], names: set[str]) -> bool:
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
    if title and level in ("country", "region") and (title.group(1) in gazetteer().words["not_after_title"]
                                                     or title.group(2) in gazetteer().words["not_after_title"]):
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


def _district_context(scan: _Scan, start: int, end: int, core: str) -> bool:
    """`ở Củ Chi`, `Bình Chánh, Nhà Bè`, `Cẩm Xuyên (Hà Tĩnh)`."""
    text = scan.text
    joint = 2 if text.startswith(", ", start - 2) else 4 if text.startswith(" và ", start - 4) else 0
    listed = joint and start > joint and scan.taken[start - joint - 1]
    if listed:
        return True
    bracket = text.startswith((" (", ", "), end) and (run := RUN.match(text, end + 2)) is not None and \
        gazetteer().longest(run.group().split())[1] == "province"
    if bracket:
        return True
    return core not in gazetteer().words["doubtful_districts"] and _before_bare().search(text, max(0, start - 14), start) is not None


def _by_context(scan: _Scan) -> None:
    """Names the gazetteer does not know: `ở Bắc Đới Hà`, `Hoằng Phụ, huyện Hoằng Hóa`."""
    for run in RUN.finditer(scan.text):
        start, end = run.span()
        words = run.group().split()
        if not 2 <= len(words) <= 4 or not scan.free(start, end) or any(w.isupper() for w in words) or _no_name(scan, start, words):
            continue
        if words[0] in gazetteer().words["never_first"] or gazetteer().longest(words)[1] == "not":
            continue
        if _AT.search(scan.text, max(0, start - 10), start) and not _IN_WORD.match(scan.text, end):
            scan.add(start, end, run.group(), None, "place-context")
        elif (unit := _COMMA_UNIT.match(scan.text, end)) and scan.taken[unit.end() - 1]:
            scan.add(start, end, run.group(), None, "place-context")


_AT = re.compile(r"(?:^|[^\w])(?:[ởỞ]|[tT]ại|khu vực|quê|đi) $")
_IN_WORD = re.compile(r"[-/’']|\d| \d")
_COMMA_UNIT = re.compile(r" ?[,(] ?(?:xã|phường|quận|huyện|TP|thành phố|thị xã|tỉnh)")


# -- the article -------------------------------------------------------------------------------------------------------


def _scan_all(page: Page) -> Iterator[_Scan]:
    for line in page.lines:
        scan = _Scan(page, line)
        _fixed(scan)
        _with_units(scan)
        yield scan


def annotate(page: Page) -> None:
    """Adds a mention for every place, all forms of one place under its fullest name in the article."""
    scans = list(_scan_all(page))
    licensed = {found.core: found.unit for scan in scans for found in scan.found if found.unit}
    names = {m.name.split()[-1] for m in page.of("person")}
    for scan in scans:
        _bare(scan, licensed, names)
        _by_context(scan)
    found = sorted((f for scan in scans for f in scan.found), key=lambda f: f.start)
    _drop_streets_from_persons(page, found)
    for place, name in fullest_names(page, found):
        page.add("place", place.start, place.end, place.line, place.rule, name)


def _drop_streets_from_persons(page: Page, found: list[Found]) -> None:
    """`đường Lê Lợi` is no person there."""
    taken = [(f.start, f.end) for f in found if f.rule in ("place-way", "place-feature")]

    def wanted(mention: Mention) -> bool:
        return mention.kind != "person" or not any(a <= mention.start and mention.end <= b for a, b in taken)

    if taken:
        page.keep(wanted)
