"""What an article says that tells namesakes apart: provinces and bodies of a person's posts, provinces it speaks of."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from store.annotate.organizations_names import CITIES
from store.annotate.places_gazetteer import gazetteer
from store.link_keys import written_out

__all__ = ["CENTRAL", "COMMON_SURNAMES", "areas", "is_central", "near", "unit_of_place", "unit_rank"]

CENTRAL = "trung ương"
"""The mark of posts of the whole country, beside the names of provinces."""

_LINK = tomllib.loads((files("store") / "lexicon" / "link.toml").read_text(encoding="utf-8"))
_IS_CENTRAL = re.compile("|".join(re.escape(word) for word in _LINK["central"]))
_NOT_CENTRAL = re.compile("|".join(re.escape(word) for word in _LINK["not_central"]))
_NO_AREA = re.compile("|".join(re.escape(word) for word in _LINK["no_area"]))
_UNITS: list[str] = _LINK["units"]
_SAME_UNIT: dict[str, str] = _LINK["same_unit"]
COMMON_SURNAMES = frozenset(_LINK["common_surnames"])
_SPELLINGS: dict[str, str] = _LINK["spellings"]


@lru_cache(maxsize=1)
def _provinces() -> re.Pattern[str]:
    names = {name.lower() for name, level in gazetteer().level.items() if level == "province"} | {"hồ chí minh"}
    return re.compile(rf"\b(?:{'|'.join(sorted((re.escape(name) for name in names), key=len, reverse=True))})\b")


@lru_cache(maxsize=65536)
def areas(text: str) -> tuple[str, ...]:
    """The provinces that a written-out name speaks of, in small letters."""
    found = _provinces().findall(_NO_AREA.sub("", text))
    return tuple(dict.fromkeys(_one_spelling(name) for name in found))


def _one_spelling(name: str) -> str:
    words = " ".join(name.replace("-", " ").split())
    return _SPELLINGS.get(words, words)


def is_central(post: str) -> bool:
    """Whether a written-out post is one of the whole country."""
    return bool(_IS_CENTRAL.search(post)) and not _NOT_CENTRAL.search(post)


def near(names: Iterable[str]) -> list[str]:
    """The provinces that an article names most, at most two, the most frequent first."""
    count = Counter(area for name in names for area in areas(written_out(name)))
    return [area for area, _ in sorted(count.items(), key=lambda item: (-item[1], item[0]))[:2]]


def unit_of_place(name: str) -> str:
    """The unit before a place's name (`tỉnh`), empty for none."""
    key = written_out(name)
    unit = next((unit for unit in _UNITS if key.startswith(unit + " ")), "")
    if unit and key[len(unit) + 1:] in CITIES:
        return "thành phố"
    return _SAME_UNIT.get(unit, unit)


def unit_rank(unit: str) -> int:
    """0 for the highest unit."""
    return _UNITS.index(unit) if unit in _UNITS else len(_UNITS)
