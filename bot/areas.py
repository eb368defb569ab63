"""Places as people type them: does a phrase end in one, or break off in the middle of one.

    ends_in_area(("chủ", "tịch", "hội", "an"))                    True
    cut(("chủ", "tịch", "quảng", "ninh"), 3)                      True: `chủ tịch quảng` says not which
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bot.matching import bare, canon
from store.annotate.places_gazetteer import gazetteer

__all__ = ["cut", "ends_in_area", "is_area", "precedes_south", "without_city"]

_LEVELS = frozenset({"province", "city", "district", "country", "region"})
_LONGEST = 5
_NUMBERED = frozenset({"quan", "phuong"})


@lru_cache(maxsize=1)
def _areas() -> frozenset[tuple[str, ...]]:
    """Provinces, cities, districts and countries of two words and more, folded, and the well-known single ones."""
    table = gazetteer()
    return frozenset(bare(canon(name)) for name, level in table.level.items() if level in _LEVELS)


@lru_cache(maxsize=1)
def _before_south() -> frozenset[str]:
    """The words before `Nam` in names of places: `Quảng`, `Hà`, `Việt`, `miền`."""
    return frozenset(area[-2] for area in _areas() if len(area) > 1 and area[-1] == "nam") | {"mien", "phia", "dong", "tay"}


def precedes_south(word: str) -> bool:
    """Whether `nam` after this word is a direction or part of a name rather than a year: `quang nam 2018`."""
    return bare([word])[0] in _before_south()


def is_area(words: Sequence[str]) -> bool:
    """Whether the words are a place and nothing else: `hà nội`, `quận 1`, `huyện châu thành`."""
    folded = bare(words)
    if len(folded) == 2 and folded[0] in _NUMBERED and folded[1].isdigit():
        return True
    if folded and folded[0] in ("quan", "huyen", "phuong", "xa") and len(folded) > 1:
        return True
    if folded[:2] in (("thi", "xa"), ("thi", "tran")):
        return len(folded) > 2
    return folded in _areas()


def ends_in_area(words: Sequence[str]) -> bool:
    """Whether the last words are a place."""
    return any(is_area(words[-size:]) for size in range(1, min(_LONGEST, len(words) - 1) + 1))


def cut(words: Sequence[str], at: int) -> bool:
    """Whether a place lies across this point of a name, so that what stands before it names another one or none."""
    folded = bare(words)
    for start in range(max(0, at - _LONGEST + 1), at):
        for end in range(at + 1, min(len(folded), start + _LONGEST) + 1):
            if folded[start:end] in _areas():
                return True
    return False


def without_city(words: tuple[str, ...]) -> tuple[str, ...]:
    """`ủy ban nhân dân quận 1 hồ chí minh` → `ủy ban nhân dân quận 1`."""
    folded = bare(words)
    for at in range(1, len(words) - 2):
        if folded[at] == "quan" and is_area(words[at + 2:]) and folded[at + 1].isdigit():
            return words[:at + 2]
        if folded[at] == "quan" and at + 3 < len(words) and is_area(words[at + 3:]):
            return words[:at + 3]
    return words
