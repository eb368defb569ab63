"""Rows of titles, `Phó Bí thư Huyện ủy, Chủ tịch UBND huyện`, and what the titles of a row or a line lend each other.

A bare post has the body of the next one (`Chủ tịch kiêm giám đốc Công ty …`) or of its chief (`Chủ tịch UBND huyện A và
hai Phó chủ tịch …`); `nguyên` reaches the next title where both share a body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from store.annotate.page import Line
from store.annotate.positions_titles import Title
from store.types import Mention

__all__ = ["ACTS", "TERM", "TERMS", "Chain", "chains_of", "deputies"]

# `… khóa X`, `… nhiệm kỳ 2016 - 2021`, `(2010-2015)`: terms may stand between a post and a name
TERMS = (
    r"(?: ?[(,]? ?(?:(?:các )?khóa|nhiệm kỳ) (?:trước|này|mới|qua|[\dIVXL]+)(?:, [\dIVXL]+)*(?: ?(?:[-–]|và) ?[\dIVXL]+)?\)?"
    r"| \([^()]{1,60}\)| từ năm \d{4}"
    # `phường Hòa Trung, | quận 1`: the greater area
    r"|, (?:quận|huyện|thị xã|thành phố|tỉnh|TP\.?) (?-i:[A-ZĐ\d][^\W_]*(?: [A-ZĐ][^\W\d_]*){0,3}))*"
)
TERM = re.compile(r"(?:nhiệm kỳ|giai đoạn|khóa)[^.;,()]{0,12}?(\d{4}) ?[-–] ?(\d{4})")
# `Bí thư Đảng ủy, Chính ủy Quân chủng …`: of the same troops
_ARMY = re.compile(r"chính ủy|tư lệnh|chỉ huy trưởng|chỉ huy phó")
# title → title
_CHAIN = re.compile(
    rf"{TERMS} ?(?:,|;| -| –| kiêm| và| đồng thời| kiêm nhiệm| rồi| là)+ ?"
    r"(?:(?:đồng thời|kiêm|và|rồi|hiện là|là|kiêm giữ chức|kiêm chức vụ|kiêm chức|giữ chức|kiêm nhiệm|hiện|khi đó là|sau đó là) )*"
    r"(?:(?:nguyên|cựu|tân|đương kim) )*", re.IGNORECASE,
)
# `…; Chủ tịch UBND tỉnh | đã ký …`: another clause, of somebody else
ACTS = re.compile(r" (?:đã|cũng|sẽ|vừa|có|ký|ra|ban hành|chỉ đạo|yêu cầu|quyết định|đề nghị|giao)(?!\w)")
# … between a post and that of a deputy
_BESIDE = re.compile(
    r"(?:(?!(?<!\w)(?:nói|cho|của|yêu cầu|đề nghị|chỉ đạo|khẳng định|ký|giao|gặp|tiếp)(?!\w))[^.:!?]){4,90}?(?:,|;|và|cùng|–|-)"
    r"(?: (?:với|các|cả|ông|bà|hai|ba|bốn|\d))* ?"
)


@dataclass(slots=True)
class Chain:
    titles: list[Title]
    left: Mention | None = None
    right: Mention | None = None
    left_bracket: bool = False
    right_next: bool = False
    colon: bool = False

    @property
    def start(self) -> int:
        return self.titles[0].start

    @property
    def end(self) -> int:
        return self.titles[-1].end


def chains_of(line: Line, titles: Sequence[Title]) -> list[Chain]:
    """The titles of a line in rows: `Phó Bí thư Huyện ủy, Chủ tịch UBND huyện`."""
    chains = [Chain([titles[0]])] if titles else []
    for one, other in pairwise(titles):
        gap = line.text[one.end:other.start]
        if ";" in gap and ACTS.match(line.text, other.end):
            chains.append(Chain([other]))
        elif _CHAIN.fullmatch(gap) or (one.rank and gap in (" ", ", ")):
            chains[-1].titles.append(other)
        else:
            chains.append(Chain([other]))
    for chain in chains:
        _spread_former(line, chain)
        _share_tail(line, chain)
    return chains


def _spread_former(line: Line, chain: Chain) -> None:
    """`nguyên` reaches the next title too where the two share a body: `nguyên Bí thư, Chủ tịch UBND huyện Đồng Phú`."""
    for one, other in pairwise(chain.titles):
        gap = line.text[one.end:other.start].strip()
        alone = one.proper or one.whole or other.rank or "hiện" in gap or ";" in gap
        if one.former and not other.former and not alone:
            other.former = True


_AREA_OF = re.compile(r"(?:UBND|[ỦU][yỷ] ban nhân dân) ((?:xã|phường|thị trấn|huyện|quận|thị xã|TP\.?|thành phố|tỉnh) ?[A-ZĐ\d].*)")


def _share_tail(line: Line, chain: Chain) -> None:
    """`Chủ tịch kiêm giám đốc Công ty …`, `Phó giám đốc, rồi Giám đốc Sở …`: the first has the second's body."""
    for one, other in reversed(list(pairwise(chain.titles))):
        one.led = not one.tail
        gap = line.text[one.end:other.start]
        party = ("bí thư" in one.head.lower()) != ("bí thư" in other.head.lower())      # no Bí thư of a UBND
        if not one.tail and _ARMY.search(one.head.lower()) and other.tail.startswith("Đảng ủy "):
            one.tail, one.organization = other.tail.removeprefix("Đảng ủy "), other.organization
            one.name = f"{one.name} {one.tail}"
        if not one.proper and one.tail.lower() == "đảng ủy" and _ARMY.search(other.head.lower()) and not one.organization:
            one.tail, one.organization = f"{one.tail} {other.tail}".strip(), other.organization
            one.name = f"{one.name} {other.tail}".strip()
        if party and not one.tail and "kiêm" in gap and (area := _AREA_OF.match(other.tail)):      # `bí thư kiêm chủ tịch UBND xã X`
            one.tail, one.organization, one.name = area[1], other.organization, f"{one.name} {area[1]}"
        joined = re.search("kiêm|rồi|và|sau đó| [-–] ", gap) or _deputy(one, other) or _secretary(one, other)
        if not one.tail and not one.whole and other.tail and not party and joined:
            one.tail, one.organization = other.tail, one.organization or other.organization
            one.name = f"{one.name} {other.tail}"


def deputies(line: Line, titles: Sequence[Title]) -> None:
    """`Chủ tịch UBND huyện Đồng Phú Lê Thu Cúc và hai Phó chủ tịch …`: the deputies are those of the same body."""
    for one, other in pairwise(titles):
        bare = one.tail and not other.tail and not other.whole
        if bare and _deputy(other, one) and _BESIDE.fullmatch(line.text, one.end, other.start):
            other.tail, other.organization = one.tail, one.organization
            other.name = f"{other.name} {one.tail}"


def _deputy(title: Title, chief: Title) -> bool:
    """Whether the one is the post right below the other: `Phó chủ tịch` and `Chủ tịch`."""
    return title.head.lower() == f"phó {chief.head.lower()}"


def _secretary(title: Title, other: Title) -> bool:
    """`Phó chủ tịch, Tổng thư ký Hội Luật gia`: both of the association."""
    return title.head.lower().endswith("chủ tịch") and other.head.lower().endswith("tổng thư ký")
