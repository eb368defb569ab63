"""One name per body and article: spellings, abbreviations in brackets and bare forms go under the fullest name.

`UBKT Tỉnh ủy` and `Ủy ban Kiểm tra Tỉnh ủy Gia Lai`; `Sở GD-ĐT`; `Thành ủy` where the article has `Thành ủy Hà Nội`;
`MAUR` after `… (MAUR)`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from store.annotate import documents
from store.annotate.organizations import SHORT
from store.annotate.organizations_names import CENTRAL, same_key, stands_for, unit_of, with_area
from store.annotate.page import Line, Page
from store.annotate.places_gazetteer import CAPITAL, LOWER, gazetteer
from store.types import Mention

__all__ = ["annotate"]

_BRACKET = re.compile(
    rf" ?\((?:gọi tắt là |viết tắt là |gọi là |tên viết tắt |tên tiếng Anh là )?[“\"']?([{CAPITAL}][\w&./-]*(?: \d+)?)[”\"']?\)"
)
_BRACKET_PHRASE = re.compile(r" ?\((?:sau đây )?(?:gọi tắt|viết tắt|gọi chung)(?: là)?:? [“\"']?([^()”\"']{2,40})[”\"']?\)")


_LATER_NAME = re.compile(r" \((?:nay là|nay đổi (?:tên )?thành|trước đây là|trước là|tên cũ là|tiền thân là|hiện là|tức) ")


def annotate(page: Page) -> None:
    """Renames every mention of a body to the fullest name it has in the article; drops bare forms that nothing explains."""
    _abbreviations(page)
    mentions = page.of("organization")
    if not mentions:
        documents.complete(page)
        return
    names = _merge_spellings(mentions)
    page.rename("organization", names)
    mentions = page.of("organization")
    page.rename("organization", _resolve(mentions, at_home="Việt Nam" in page.text))
    _of_committee(page)
    _of_only_area(page)
    full = {m.name for m in page.of("organization") if m.rule != SHORT}
    page.keep(lambda m: m.rule != SHORT or m.name in full)
    _with_area(page)
    _parts_of_committee(page)
    documents.complete(page)


# -- abbreviations -----------------------------------------------------------------------------------------------------


def _abbreviations(page: Page) -> None:
    """`Ban quản lý dự án đường sắt đô thị (MAUR)`: later `MAUR` is that body."""
    known: dict[str, str] = {}
    renamed: dict[str, str] = {}
    for line in page.lines:
        for body in page.of("organization", line):
            short = _in_bracket(page, line, body)
            own = _own_name(body)
            if own:
                known.setdefault(own, body.name)
            if short and body.rule != SHORT and short != body.name:
                known.setdefault(short, body.name)
                renamed.setdefault(short, body.name)
        for one, other in pairwise(page.of("organization", line)):
            if _LATER_NAME.fullmatch(line.text, one.end - line.start, other.start - line.start):
                renamed.setdefault(other.name, one.name)
    page.rename("organization", renamed)
    if not known:
        return
    pattern = re.compile(rf"(?<![\w.-])(?:{'|'.join(re.escape(s) for s in sorted(known, key=len, reverse=True))})(?!\w)")
    for line in page.lines:
        for match in pattern.finditer(line.text):
            start, end = match.start() + line.start, match.end() + line.start
            over = [m for m in page.covering(line, start, end) if m.kind in ("organization", "person")]
            if not over:
                page.by_line[line.position] = [
                    m for m in page.by_line.get(line.position, []) if m.rule != "place-context" or not (m.start < end and start < m.end)
                ]
                page.add("organization", start, end, line.position, "organization-abbreviation", known[match.group()])


_COMPANY = re.compile(
    rf"(?:[Tt]ổng )?(?:[Cc]ông ty|[Tt]ập đoàn|[Nn]gân hàng)(?: (?:[{LOWER}]+|CP|TNHH|MTV|TMCP)"
    rf")* ([{CAPITAL}][\w&-]*(?: [{CAPITAL}][\w&-]*)*)"
)


def _own_name(body: Mention) -> str | None:
    """`Sao Mai` of `Công ty cổ phần Sao Mai`: the name that goes on alone; not a place, not a single everyday word."""
    match = _COMPANY.fullmatch(body.name)
    name = match.group(1) if match else ""
    brand = (len(name) > 2 and name.isupper()) or (len(name) > 5 and name.isascii() and " " not in name)
    if (" " not in name and not brand) or gazetteer().longest(name.split())[0] == len(name.split()):
        return None
    return name


def _in_bracket(page: Page, line: Line, body: Mention) -> str | None:
    at = body.end - line.start
    match = _BRACKET.match(line.text, at) or _BRACKET_PHRASE.match(line.text, at)
    if not match:
        return None
    start, end = match.start(1) + line.start, match.end(1) + line.start
    if any((m.rule != SHORT and (m.start, m.end) != (start, end)) or m.kind != "organization" for m in page.covering(line, start, end)):
        return None
    text = match.group(1)
    capitals = sum(c.isupper() for c in text)
    return text if capitals >= 2 or "tắt" in match.group() else None


# -- spellings and bare forms ------------------------------------------------------------------------------------------


def _fullest(names: Counter[str]) -> str:
    """The longest name of a body, spelled out rather than abbreviated; of equals the first."""
    return max(names, key=lambda name: (len(same_key(name)), name[0].isupper(), sum(c.islower() for c in name), names[name]))


def _merge_spellings(mentions: list[Mention]) -> dict[str, str]:
    """Names that differ in spelling only, each with the fullest of them."""
    by_key: dict[str, Counter[str]] = {}
    for mention in mentions:
        key = same_key(mention.name)
        by_key.setdefault("trung ương" if key in CENTRAL else key, Counter())[mention.name] += 1
    return {name: _fullest(names) for names in by_key.values() for name in names}


def _foreign_ministry(name: str) -> bool:
    """`Bộ Ngoại giao Mỹ`."""
    if not name.startswith(("Bộ ", "bộ ")):
        return False
    return any(gazetteer().level.get(end, "") == "country" and end != "Việt Nam"
               for end in (name.rsplit(" ", 1)[-1], " ".join(name.split()[-2:])))


def _resolve(mentions: list[Mention], *, at_home: bool) -> dict[str, str]:
    """Each bare form with the fuller name it stands for here; where Việt Nam is spoken of, a bare ministry is its own."""
    counts = Counter(m.name for m in mentions)
    first = {m.name: i for i, m in reversed(list(enumerate(mentions)))}
    keys = {name: same_key(name) for name in counts}
    firm = {m.name for m in mentions if m.rule != SHORT}
    resolved: dict[str, str] = {}
    for name in counts:
        fuller = [other for other in counts if other in firm and stands_for(keys[name], keys[other])]
        if at_home and fuller and name[:3] in ("Bộ ", "bộ ") and not _foreign_ministry(name):
            fuller = [other for other in fuller if not _foreign_ministry(other)]
        if fuller:
            best = _longest_chain(fuller, keys, counts, first)
            resolved[name] = best
    for name, target in resolved.items():
        seen = {name}
        while target in resolved and target not in seen:
            seen.add(target)
            target = resolved[target]
        resolved[name] = target
    return resolved


def _longest_chain(fuller: list[str], keys: dict[str, str], counts: Counter[str], first: dict[str, int]) -> str:
    """Of several fuller names the most frequent one, forms that stand for it counted with it."""

    def weight(name: str) -> tuple[int, int]:
        own = counts[name] + sum(counts[o] for o in fuller if o != name and stands_for(keys[o], keys[name]))
        return own, -first[name]

    return max(fuller, key=weight)


_INNER = (
    "ban thường vụ",
    "ban chấp hành đảng bộ",
    "ủy ban kiểm tra",
    "ban tổ chức",
    "ban tuyên giáo",
    "ban dân vận",
    "ban nội chính",
    "văn phòng",
)


def _of_committee(page: Page) -> None:
    """`Ban Thường vụ` in an article on one party committee is that committee's."""
    mentions = page.of("organization")
    counts = Counter(m.name for m in mentions if _COMMITTEE.match(m.name))
    if not counts:
        return
    committee = counts.most_common(1)[0][0]
    bare = {m.name for m in mentions if same_key(m.name) in _INNER[:1]}
    page.rename("organization", {name: f"{name} {committee}" for name in bare})
    for position, found in page.by_line.items():
        page.by_line[position] = [
            replace(m, rule="organization-inner")
            if m.kind == "organization" and m.rule == SHORT and m.name.endswith(committee) and m.name != committee
            else m
            for m in found
        ]


def _parts_of_committee(page: Page) -> None:
    """`Ban Dân vận Thành ủy` in an article whose only `Thành ủy` is the one of Hà Nội is that one's."""
    names = {m.name for m in page.of("organization")}
    areas: dict[str, dict[str, str]] = {}
    for name in names:
        match = _COMMITTEE.search(name)
        if match and match.end() < len(name):
            areas.setdefault(match.group().lower(), {})[same_key(name[match.start() :])] = name[match.end() :]
    renamed: dict[str, str] = {}
    for name in names:
        part = _PART.fullmatch(name)
        area = areas.get(part.group(1).lower(), {}) if part else {}
        if len(area) == 1:
            full = name + next(iter(area.values()))
            renamed[name] = next((other for other in sorted(names) if same_key(other) == same_key(full)), full)
    page.rename("organization", renamed)


_PART = re.compile(r".+ ((?:Thành|Tỉnh|Huyện|Quận|Thị) ủy)", re.IGNORECASE)
_COMMITTEE = re.compile(r"(?:Thành|Tỉnh|Huyện|Quận|Thị) ủy(?= |$)", re.IGNORECASE)


_COUNCILS = frozenset({"hội đồng nhân dân", "ủy ban nhân dân"})
_AREA_BODY = re.compile(
    r"(?:(?:Ban Thường vụ |Thường trực )?(Thành|Tỉnh|Huyện|Quận|Thị) ủy|UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân) (?:Việt Nam )?(\S.*)",
    re.IGNORECASE,
)
_UNIT_OF_COMMITTEE = {"thành": "TP", "tỉnh": "tỉnh", "huyện": "huyện", "quận": "quận", "thị": "thị xã"}


def _of_only_area(page: Page) -> None:
    """A bare `HĐND` in an article whose committees and councils are all of `TP Đà Nẵng` is the one of there; else it is nobody's."""
    bare = {m.name for m in page.of("organization") if same_key(m.name) in _COUNCILS}
    if not bare or any(_ANY_COUNCIL.search(line.text) for line in page.lines):
        return
    areas: dict[str, str] = {}
    for name in {m.name for m in page.of("organization")}:
        match = _AREA_BODY.fullmatch(name)
        if match:
            committee, area = match.groups()
            named = _UNIT_WORD.match(area) is not None
            areas.setdefault(same_key(area), area if named or not committee else f"{_UNIT_OF_COMMITTEE[committee.lower()]} {area}")
    wanted = {key for key in areas if not _UNIT_ALONE.fullmatch(key)}
    if len({key.removeprefix("tp ").removeprefix("huyện ") for key in wanted}) != 1:
        return
    renamed = {name: f"{name} {areas[sorted(wanted)[-1]]}" for name in bare}
    page.rename("organization", renamed)
    for position, found in page.by_line.items():
        page.by_line[position] = [
            replace(m, rule="organization-area") if m.kind == "organization" and m.rule == SHORT and m.name in renamed.values() else m
            for m in found
        ]


_ANY_COUNCIL = re.compile(      # where the law or an election is told of, it is any
    r"(?:HĐND|UBND|[Hh]ội đồng nhân dân|[Ủủ]y ban nhân dân)(?: và UBND)? (?:các cấp|cùng cấp|cấp|đặc khu)(?!\w)"
    r"|Quốc hội(?: khóa \w+)?(?:,| và) (?:đại biểu )?(?:HĐND|[Hh]ội đồng)|[Ll]uật [Tt]ổ chức (?:HĐND|[Hh]ội đồng)"
)
_UNIT_WORD = re.compile(r"(?:TP|thành phố|tỉnh|huyện|quận|thị xã|thị trấn|xã|phường)(?!\w)", re.IGNORECASE)
_UNIT_ALONE = re.compile(r"(?:tp|tỉnh|huyện|quận|thị xã|thị trấn|xã|phường)")


# -- bare areas --------------------------------------------------------------------------------------------------------

_BARE = re.compile(r"(.+?)(?: (TP|thành phố|tỉnh|huyện|quận|phường|xã|thị xã|thị trấn))?$", re.IGNORECASE)
_OWN_UNIT = {"thành ủy": "tp", "tỉnh ủy": "tỉnh", "huyện ủy": "huyện", "quận ủy": "quận", "thị ủy": "thị xã"}
_AREA_HEADS = (
    "ubnd",
    "hđnd",
    "ủy ban nhân dân",
    "hội đồng nhân dân",
    "đảng ủy",
    "đảng bộ",
    "công an",
    "thường trực hđnd",
    "văn phòng ubnd",
    "đoàn đại biểu quốc hội",
)
_SMALL_UNITS = ("phường", "xã")


def _with_area(page: Page) -> None:
    """`UBND TP` in an article whose only city is `TP. HCM` is `UBND TP. HCM`; `công an phường` of no ward named is nobody."""
    names = {m.name for m in page.of("organization")}
    wanted = {name: unit for name in names if (unit := _open_unit(name))}
    if not wanted:
        return
    areas: dict[str, dict[str, str]] = {}
    for mention in page.of("place"):
        key = same_key(mention.name).removeprefix("tỉnh ")
        areas.setdefault(unit_of(key) if len(key.split()) > 1 else "", {}).setdefault(key, mention.name)
    renamed: dict[str, str] = {}
    for name, unit in wanted.items():
        if unit in _SMALL_UNITS and name[0].islower():
            continue  # `công an phường`: any ward's
        candidates = areas.get(unit, {})
        if len(candidates) == 1:
            place = next(iter(candidates.values())).removeprefix("Việt Nam ")
            full = with_area(_BARE.sub(r"\1", name), place) or f"{name} {place}"
            renamed[name] = next((other for other in names if same_key(other) == same_key(full)), full)
    page.rename("organization", renamed)
    nobody = {name for name, unit in wanted.items() if name not in renamed and unit in _SMALL_UNITS}
    page.keep(lambda m: m.kind != "organization" or m.name not in nobody)


def _open_unit(name: str) -> str | None:
    """The unit whose area a bare name leaves out: `UBND TP` → tp; None where nothing is left out."""
    small = name.lower()
    committee = " ".join(small.rsplit(" ", 2)[-2:])
    if committee in _OWN_UNIT:
        return _OWN_UNIT[committee]     # of its parts too: `Ban Dân vận Thành ủy`
    match = _BARE.fullmatch(small)
    if match and match.group(2) and match.group(1) in _AREA_HEADS:
        return "tp" if match.group(2) in ("tp", "thành phố") else match.group(2)
    return None
