"""One row per post: the forms that an article gives one post of one person are brought to the fullest.

`Chủ tịch`, `Chủ tịch UBND` and `Chủ tịch UBND huyện Đồng Phú` of one person are one post. A post told as a past one
(`nguyên`) is not held as well; a career clause (`năm 2016 được bầu làm …`) gives way to the same post held today.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from store.annotate.persons_lexicon import syllable_set
from store.annotate.positions_attach import Held
from store.annotate.positions_keys import head_key, key, tail_key
from store.annotate.positions_titles import Title
from store.types import Attestation

__all__ = ["merge", "same_post"]

# The body that a bare area stands for: `Chủ tịch Hà Nội`, `Bí thư Đồng Phú`
_BODIES = syllable_set("uy ban nhan dan thanh pho tinh huyen quan xa phuong thi tran uy dang bo va cua")
# Heads that name the sort of body themselves
_OF_ONE_SORT = ("bo truong", "thu truong", "cuc truong", "vu truong", "cuc pho", "vu pho")
_COUNCILS = ("hoi dong", "mat tran", "cong doan", "hoi ", "cong ty", "quoc hoi", "nuoc", "tap doan", "ngan hang")


def merge(found: Sequence[Held], titles: Sequence[Title]) -> list[Attestation]:
    """The attestations of an article, each post of a person in its fullest form; `titles` are all it prints."""
    kept = [held for held in found if not _disputed(held, found)]
    by_person: dict[str, list[Held]] = defaultdict(list)
    for held in kept:
        by_person[held.person].append(held)
    free = _free(kept, titles)
    rows = [row for name, person in by_person.items()
            for row in _rows(person, free, [held.title for held in kept if held.person != name])]
    return sorted(rows, key=lambda row: (row.start, row.end, row.person, row.position))


def _disputed(held: Held, found: Sequence[Held]) -> bool:
    """A post of one holder that stands right beside another's name is not this one's: of `… chỉ đạo của Trưởng Ban X,
    Bí thư Huyện ủy Lê Thu Cúc …` the first belongs to whom the article names as Trưởng Ban X."""
    title = held.title
    if held.rule != "title_before" or held.near or title.shared or title.rank or not title.proper:
        return False
    return any(
        other.near and other.person != held.person and other.status == held.status
        and key(other.title.name) == key(title.name)
        for other in found
    )


def _free(found: Sequence[Held], titles: Sequence[Title]) -> list[Title]:
    """Titles that stand beside no name: they may complete a shorter one."""
    tied = {id(held.title) for held in found}
    names = {held.person for held in found}       # `tượng đài Chủ tịch Hồ Chí Minh` completes nobody's post
    return [title for title in titles if id(title) not in tied and title.tail and not title.former and title.tail not in names]


def _rows(found: Sequence[Held], free: Sequence[Title], others: Sequence[Title]) -> Iterable[Attestation]:
    for group in _groups(found):
        full = _completed(_fullest([h.title for h in group]), free, others)
        told = all(held.rule.startswith(("career", "replaced")) and held.rule != "career_by" for held in group)
        if not full.tail and not full.whole and not full.listed and told:
            continue               # `được bầu làm chủ tịch`: of what, the article does not say
        if not full.tail and full.head.lower() == "thành viên":
            continue               # of what, the article does not say
        organization = full.organization or next((h.title.organization for h in group if h.title.organization), None)
        status = _status(group)
        for held in group:
            yield Attestation(
                held.person, full.name, " ".join(f"{full.head} {full.modifiers}".split()), organization, status,
                held.sentence, held.start, held.end, held.rule,
            )


def _fullest(titles: Sequence[Title]) -> Title:
    """The fullest of a post's forms: the bare `Phó chủ tịch thường trực` has the body of a `Phó chủ tịch UBND tỉnh`."""
    full = max(titles, key=_fullness)
    if full.tail or not full.modifiers:
        return full
    other = max(titles, key=lambda title: (bool(title.tail), *_fullness(title)))
    return replace(full, tail=other.tail, name=f"{full.name} {other.tail}".strip(), organization=full.organization or other.organization)


def _completed(title: Title, free: Sequence[Title], others: Sequence[Title]) -> Title:
    """`Bí thư Huyện ủy` is the `Bí thư Huyện ủy Đồng Phú` of another sentence, where the article knows but one: a bare
    `Bộ trưởng` beside a `Bộ trưởng Bộ Y tế` and somebody else's `Bộ trưởng Bộ Tài chính` stays bare."""
    if title.proper or title.whole or title.plural or title.led:
        return title
    start = tail_key(title)
    fuller = [
        t for t in free
        if t.proper and head_key(t) == head_key(title) and tail_key(t) != start and _begins(tail_key(t), start)
    ]
    if len({tail_key(t) for t in fuller}) != 1 or (not title.tail and title.shared):
        return title
    if not title.tail and any(_another_of_its_kind(t, fuller[0]) for t in others):
        return title
    return max(fuller, key=_fullness)


def _another_of_its_kind(one: Title, other: Title) -> bool:
    """Two ministers, two directors of departments: the same head, bodies of one sort with different names."""
    a, b, head = tail_key(one), tail_key(other), head_key(one)
    one_sort = head in _OF_ONE_SORT or a.partition(" ")[0] == b.partition(" ")[0]
    return head == head_key(other) and bool(a) and a != b and one_sort


def _begins(tail: str, start: str) -> bool:
    return not start or f"{tail} ".startswith(f"{start} ")


def _status(group: Sequence[Held]) -> Literal["held", "former"]:
    """What the surest of the statements says: `nguyên`, then a title beside the name, then clauses."""
    said = {(held.status, held.rule) for held in group}
    surest = {(status, rule) for status, rule in said if rule != "title_moved"}
    if any(status == "former" and (rule.startswith("title") or rule == "career_gone") for status, rule in surest):
        return "former"
    if any(rule.startswith("title") for _, rule in surest):
        return "held"
    if ("former", "career_past") in said or surest != said:
        return "former"
    return "held" if any(status == "held" for status, _ in said) else "former"


def _groups(found: Sequence[Held]) -> list[list[Held]]:
    """The mentions of one person's posts, grouped by post; fuller forms first, so that short ones find them."""
    groups: list[list[Held]] = []
    ordered = sorted(found, key=lambda h: (not h.title.tail, tuple(-n for n in _fullness(h.title)), h.start))
    for held in ordered:
        fitting = [group for group in groups if same_post(held.title, group[0].title) and not _opposed(held, group[0])]
        if fitting:
            max(fitting, key=_weight).append(held)
        else:
            groups.append([held])
    return groups


def _opposed(one: Held, other: Held) -> bool:
    """`nguyên Phó Bí thư Thường trực Huyện ủy … được bầu làm Phó Bí thư Huyện ủy`: two posts."""
    a, b = one.title, other.title
    return one.status != other.status and a.modifiers.lower() != b.modifiers.lower() and bool(a.tail and b.tail)


def _weight(group: Sequence[Held]) -> int:
    """How often a post stands beside the name: the bare `Bí thư` is most likely that one."""
    return sum(held.rule.startswith("title") for held in group)


def _fullness(title: Title) -> tuple[int, int, int]:
    return bool(title.modifiers), len(key(title.name).split()), len(title.name)


def same_post(short: Title, full: Title) -> bool:
    """Whether two titles of one person are one post, the first in a shorter or equal form."""
    if head_key(short) != head_key(full):
        return False
    a, b = tail_key(short), tail_key(full)
    a, b = a.replace("viet nam ", ""), b.replace("viet nam ", "")
    if a == b or not a or (f" {b} ").startswith(f" {a} "):
        return True
    if _council(a) != _council(b):
        return False
    if not _levels(a, b):
        return False
    one, other = [w for w in a.split() if w not in _BODIES], [w for w in b.split() if w not in _BODIES]
    if not one:                       # `UBND TP` of `UBND thành phố Đồng Phú`
        return _council(a) == _council(b)
    return one == other[:len(one)]


def _levels(a: str, b: str) -> bool:
    """Whether two tails may be of one unit: `tỉnh` is no `UBND thị xã`."""
    one, other = _LEVEL.findall(a), _LEVEL.findall(b)
    return not one or not other or one[0] == other[0]


_LEVEL = re.compile(r"\b(?:thi xa|thi tran|tinh|huyen|quan|xa|phuong)\b")


def _council(tail: str) -> str:
    return next((body for body in _COUNCILS if tail.startswith(body)), "")
