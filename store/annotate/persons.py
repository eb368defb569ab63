"""Persons named in full: surname-led runs, titled and foreign names, lists, names in capitals.

First every capital run is cut into pieces (`persons_names`), then what stands around a piece decides
(`persons_context`); a name once found with evidence is a person wherever it stands in the article. Short forms
(`ông Cúc`) come later, in `shortforms_persons`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from store.annotate.page import Line, Page
from store.annotate.persons_context import (
    Evidence,
    after,
    before,
    begins_body,
    head_spans,
    lowered,
    namesake,
    of_a_place,
    president,
    title_near,
)
from store.annotate.persons_lexicon import UPPER, alternation, listed, syllable_set, table
from store.annotate.persons_names import Piece, decode, is_country, is_syllable, name_score, place_weight, plausible, usual_case

__all__ = ["annotate"]

_PARTICLE = alternation(listed(table("foreign_names.toml")["particles"]))
_CAPITAL = rf"[{UPPER}][^\W\d_]*(?:[-'’][^\W\d_]+)*"
# `Kim Jong - un`: hyphens that a page prints with spaces
_KOREAN = rf"{alternation(table('foreign_names.toml')['korean'].split())} [{UPPER}][a-z]+ - [a-z]{{2,6}}(?!\w)"
_PART = rf"(?:{_PARTICLE}(?: - | ))?{_CAPITAL}"
_RUN = re.compile(rf"(?<![\w/])(?<!\d-)(?:{_KOREAN}|{_CAPITAL})(?: (?:{_KOREAN}|{_PART}))*(?![\w/]|-\d)")
_WORD = re.compile(rf"(?<=[a-z] )[{UPPER}][a-z]+ - [a-z]{{2,6}}(?!\w)|{_PART}")
_AREA_LEFT = re.compile(
    r"(?<!\w)(?<!văn )(?:tỉnh|huyện|quận|xã|phường|thôn|ấp|bản|làng|buôn|xóm|thành phố|thị xã|thị trấn) $"
)
_BODY_LEFT = re.compile(
    r"(?<!\w)(?:ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân|mttq|hđnd - ubnd|chủ tịch|bí thư) (?:tỉnh|huyện|quận|thành phố|thị xã) $")
_WAY_LEFT = re.compile(r"(?<!\w)(?<!môi )(?<!thị )(?<!thành )(?<!yêu )(?:đường|phố|trường|sông|đảo|cầu|chợ) $")
_ADDRESS_LEFT = re.compile(r"(?<!\w)(?:ông|bà|anh|chị) $")
_JOINT = re.compile(r"(?:,|;| và| cùng| với|/| -| –)(?: (?:và|cùng|ông|bà|anh|chị|đồng chí|cả))* ?$")
_ADDRESSED = syllable_set(
    "Ông Bà Anh Chị Cô Chú Bác Thầy Cụ Em Cháu Ngài Cố Tướng Nhà Vợ Chồng Cựu Nguyên Tân Theo Cùng"
)
# `Bí thư Trung ương Đoàn Lê Thu Cúc`: the youth union, no surname
_UNION = re.compile(r"(?:t\.ư|tư|tw|trung ương|thành|tỉnh|quận|huyện|xã|bí thư) $")
_UNIONS = [[area, "Đoàn"] for area in ("Tỉnh", "Thành", "Huyện", "Quận", "Thị", "Xã")]
_PRESIDENT = ("Hồ", "Chí", "Minh")
# `ông Nguyễn Văn Quận`: no name ends so, the word of an area that closes the run is the given name
_MIDDLE_ONLY, _AREA_WORDS = ("Văn", "Thị"), (["Quận"], ["Huyện"], ["Xã"], ["Tỉnh"], ["Phường"], ["Sở"], ["Bộ"], ["Khu"])
_INITIAL = re.compile(r"(?: [A-ZĐ][a-zđ]?\.|\.[A-ZĐ]| [A-ZĐ](?!\w))")

# A name without any evidence needs this score; `Nguyễn Thu Cúc` has 4.5, `Mai Thu Cúc` 3.5, `Hà Thu Cúc` 2.
_SAFE = 3.2


@dataclass(slots=True)
class _Candidate:
    line: Line
    start: int              # offsets in the line
    end: int
    words: tuple[str, ...]
    score: float
    foreign: bool
    evidence: Evidence
    followed: bool
    rule: str = ""

    @property
    def name(self) -> str:
        return " ".join(self.words).replace(" - ", "-")


def annotate(page: Page) -> None:
    """Adds a mention for each full name of a person."""
    found = [candidate for line in page.lines for candidate in _candidates(line)]
    found = [c for c in found if not _printed_by(page, c)]
    _ways(found)
    _areas(found)
    for candidate in found:
        candidate.rule = _rule(candidate)
    _repeat(found)
    _coordinate(found)
    _repeat(found)
    names = {c.name for c in found if c.rule}
    aliases = _aliases([c for c in found if c.rule])
    for candidate in found:
        if candidate.rule:
            base, name = candidate.line.start, _fuller(candidate.name, names)
            page.add("person", base + candidate.start, base + candidate.end, candidate.line.position,
                     candidate.rule, aliases.get(name, name))


def _candidates(line: Line) -> Iterator[_Candidate]:
    text = line.text
    runs = [run for run in _RUN.finditer(text) if " " in run.group()]
    if not runs:
        return
    low = lowered(text)
    heads = head_spans(low)
    for run in runs:
        spans = [(run.start() + m.start(), run.start() + m.end()) for m in _WORD.finditer(run.group())]
        words = [usual_case(text[a:b]) for a, b in spans]
        if words[0] in _ADDRESSED and not place_weight(" ".join(words[:2])):     # `Ông Lê Thu Cúc`, but `Bà Rịa`
            spans, words = spans[1:], words[1:]
        if words[0] == "Đoàn" and len(words) > 3 and _UNION.search(low[max(0, run.start() - 14):run.start()]):
            spans, words = spans[1:], words[1:]
        if words[:2] in _UNIONS:                         # `Bí thư Tỉnh Đoàn Trà Giang`
            spans, words = spans[2:], words[2:]
        if not words:
            continue
        taken = _taken(spans, heads)
        left = low[max(0, run.start() - 14):run.start()]
        unit = 3.0 if _WAY_LEFT.search(left) else 1.5 if _AREA_LEFT.search(left) else 0.0
        if unit == 1.5 and _after_its_body(low, run.start(), words):
            unit = 0.0
        cut = decode(words, unit, taken)
        if not taken and _is_addressed(low, spans[0][0]) and _one_name(words, cut):
            cut = [Piece("person", 0, len(words), max(name_score(words), 1.0))]
        yield from _pieces(line, low, spans, words, cut, bool(taken))


def _after_its_body(low: str, start: int, words: list[str]) -> bool:
    """`Chủ tịch UBND thành phố | Lê Thanh Liêm`: a city has no such name, although a district has its end."""
    if not 2 < len(words) <= 4 or place_weight(" ".join(words)) or name_score(words) < 2.2:
        return False
    body = _BODY_LEFT.search(low, max(0, start - 40), start)
    return body is not None and (body[0].startswith(("chủ tịch", "bí thư")) or title_near(low, body.start()))


def _is_addressed(low: str, start: int) -> bool:
    return _ADDRESS_LEFT.search(low[max(0, start - 4):start]) is not None


def _one_name(words: list[str], cut: list[Piece]) -> bool:
    """Whether a run right after `ông`, `bà` is one name with a rare surname: `ông Hà Lê Ân`, no `Hà` and a `Lê Ân`."""
    short = 2 < len(words) <= 4 and all(map(is_syllable, words)) and plausible(words)
    inner = any(piece.kind == "person" and piece.first for piece in cut) and all(piece.kind != "place" for piece in cut)
    return short and inner and cut[0].last == 1


def _taken(spans: list[tuple[int, int]], heads: list[tuple[int, int]]) -> frozenset[int]:
    """The words of a run that belong to the head of a post; both lists are in order of their start."""
    taken = set()
    at = bisect_left(heads, spans[0][0], key=lambda head: head[1]) if spans else 0
    for index, (start, end) in enumerate(spans):
        while at < len(heads) and heads[at][1] <= start:
            at += 1
        if at < len(heads) and heads[at][0] < end:
            taken.add(index)
    return frozenset(taken)


def _pieces(
    line: Line, low: str, spans: list[tuple[int, int]], words: list[str], cut: list[Piece], titled: bool,
) -> Iterator[_Candidate]:
    persons = [piece for piece in cut if piece.kind == "person"]
    for piece in cut:
        last = piece.last + (words[piece.last - 1] in _MIDDLE_ONLY and words[piece.last:] in _AREA_WORDS)
        start, end = spans[piece.first][0], spans[last - 1][1]
        name = tuple(words[piece.first:last])
        if piece.kind == "person":
            yield _Candidate(line, start, end, name, piece.score, piece.foreign,
                             before(line.text, low, start, end), after(low, end))
        elif name == _PRESIDENT and president(low, start):
            yield _Candidate(line, start, end, name, 3.0, False, "title", False)
    if not persons and len(words) > 1 and not titled:
        yield from _addressed(line, low, spans, words)


def _addressed(line: Line, low: str, spans: list[tuple[int, int]], words: list[str]) -> Iterator[_Candidate]:
    """A whole run after `ông`, `bà` that is no Vietnamese surname's: `bà Mỹ Hoài`, `ông Ivan Petrov`."""
    start, end = spans[0][0], spans[-1][1]
    if len(words) <= 4 and plausible(words) and before(line.text, low, start, end) == "address":
        country = 2 if place_weight(" ".join(words[:2])) == 5.0 else int(is_country(words[0]))
        if country and len(words) == country + 1 and (country == 2 or not is_syllable(words[1])):
            return                                          # `Thủ tướng Nhật Bản Abe`: a short form, no name
        if country and len(words) > country + 1:            # `Thủ tướng Campuchia Hun Sen`
            start, words = spans[country][0], words[country:]
        yield _Candidate(line, start, end, tuple(words), 0.5, not all(map(is_syllable, words)), "address", False)


def _printed_by(page: Page, candidate: _Candidate) -> bool:
    """Whether the name is a byline or a photo credit."""
    start, end = candidate.line.start + candidate.start, candidate.line.start + candidate.end
    return any(author.start < end and start < author.end for author in page.article.authors)


def _rule(candidate: _Candidate) -> str:
    """The rule that makes a candidate a person by itself, or nothing."""
    text, evidence, score = candidate.line.text, candidate.evidence, candidate.score
    if evidence == "credit" or _INITIAL.match(text, candidate.end):
        return ""
    if len(candidate.words) == 2 and begins_body(candidate.words[1], text[candidate.end:candidate.end + 20]):
        return ""
    if evidence == "called":
        return "person_called" if score >= 2.3 or candidate.foreign else ""
    if candidate.foreign:
        return _foreign_rule(candidate)
    if evidence == "address":
        placed = place_weight(candidate.name) and of_a_place(_left(candidate), len(_left(candidate)))
        return "" if placed else "person_address"
    if evidence == "title" and score >= 0.5 and (score >= 2.0 or not place_weight(candidate.name)):
        return "person_title"
    if evidence == "unit" or (evidence == "body" and not candidate.followed):
        return ""
    if namesake(candidate.name) or place_weight(candidate.name) >= 3:
        return ""
    if candidate.followed and score >= 2.4:
        return "person_apposition"
    return "person_surname" if score >= _SAFE and not place_weight(candidate.name) else ""


def _foreign_rule(candidate: _Candidate) -> str:
    if candidate.evidence in ("unit", "body"):
        return ""
    if candidate.evidence == "address" or (candidate.evidence == "title" and _title_near(candidate)):
        return f"foreign_{candidate.evidence}"
    if (candidate.followed and candidate.score >= 1.0) or candidate.score >= 2.4:
        return "foreign_given"
    return ""


def _left(candidate: _Candidate) -> str:
    """The words right before a candidate, in lower case."""
    return lowered(candidate.line.text[max(0, candidate.start - 60):candidate.start])


def _title_near(candidate: _Candidate) -> bool:
    return title_near(_left(candidate), len(_left(candidate)))


def _repeat(found: list[_Candidate]) -> None:
    """A name found with a reason is the same person elsewhere, but for streets and credits."""
    names = {c.name for c in found if c.rule}
    for candidate in found:
        if not candidate.rule and candidate.name in names and candidate.evidence not in ("unit", "credit"):
            candidate.rule = "person_again"


def _ways(found: list[_Candidate]) -> None:
    """`các tuyến đường Lê Lợi, Lê Thu Cúc – Hàm Nghi`: what is joined to a street is one."""
    for pairs in (pairwise(found), pairwise(reversed(found))):
        for one, other in pairs:
            first, second = (one, other) if one.start <= other.start else (other, one)
            street = one.evidence == "unit" or (one.evidence == "none" and namesake(one.name))
            if street and other.evidence == "none" and _joined(first, second):
                other.evidence = "unit"


def _areas(found: list[_Candidate]) -> None:
    """`Đảng ủy xã Lê Thu Cúc`, where the article has a `xã Lê Thu Cúc (huyện Trà Giang)`: the same place."""
    areas = {candidate.name for candidate in found if candidate.evidence == "unit"}
    for candidate in found:
        if candidate.evidence == "title" and candidate.name in areas and _AREA_LEFT.search(_left(candidate)):
            candidate.evidence = "unit"


def _coordinate(found: list[_Candidate]) -> None:
    """`gồm A, B và C`: a likely name beside a sure one is a name too."""
    for one, other in pairwise(found):
        if _joined(one, other):
            _lend(one, other)
    for other, one in pairwise(reversed(found)):
        if _joined(one, other):
            _lend(other, one)


def _joined(one: _Candidate, other: _Candidate) -> bool:
    return one.line is other.line and _JOINT.fullmatch(one.line.text, one.end, other.start) is not None


def _lend(sure: _Candidate, likely: _Candidate) -> None:
    if sure.rule and not likely.rule and likely.evidence not in ("unit", "credit") and likely.score >= 0.5:
        likely.rule = "person_list"


def _aliases(found: list[_Candidate]) -> dict[str, str]:
    """`Wu Wei Min (Ngô Vĩ Mẫn, 57 tuổi)`, `Lê Đăng Khôi (tức Năm Khôi)`: two names of one person → the first."""
    aliases: dict[str, str] = {}
    for one, other in pairwise(found):
        if one.line is not other.line or one.name == other.name:
            continue
        gap = one.line.text[one.end:other.start]
        if _ALSO.fullmatch(gap) or (gap == " (" and one.foreign != other.foreign):
            aliases.setdefault(other.name, aliases.get(one.name, one.name))
    return aliases


_ALSO = re.compile(
    r" ?[(,–-]? ?(?:(?:hay )?còn gọi là|tức(?: là)?|biệt danh|bí danh|tên thật(?: là)?|tên khác(?: là)?)(?: ông| bà)? ?:? ?"
)


_ORDER = syllable_set("Hai Ba Tư Năm Sáu Bảy Tám Chín Mười Út Cả")      # by birth: `ông Năm Khôi`


def _fuller(name: str, names: set[str]) -> str:
    """`Mỹ Hoài` is the `Lê Thị Mỹ Hoài`, `Năm Khôi` the `Lê Đăng Khôi` of the same article."""
    first, _, given = name.partition(" ")
    tail = f" {given}" if first in _ORDER and given else f" {name}"
    fuller = [other for other in names if other.endswith(tail) and other != name and name_score(other.split()) > 0]
    return fuller[0] if len(fuller) == 1 else name
