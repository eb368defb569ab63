"""What an article says that tells namesakes apart: provinces and bodies of a person's posts, provinces it speaks of."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from store.annotate.organizations_names import CITIES, same_key
from store.annotate.places_gazetteer import gazetteer
from store.link_keys import written_out
from store.text import nfc, plain

__all__ = [
    "CENTRAL", "COMMON_SURNAMES", "areas", "bare_body", "completed", "is_central", "is_leader", "is_rank", "near", "unit_of_place",
    "unit_rank",
]

CENTRAL = "trung ương"
"""The mark of posts of the whole country, beside the names of provinces."""

_LINK = tomllib.loads((files("store") / "lexicon" / "link.toml").read_text(encoding="utf-8"))
_IS_CENTRAL = re.compile("|".join(re.escape(word) for word in _LINK["central"]))
_NOT_CENTRAL = re.compile("|".join(re.escape(word) for word in _LINK["not_central"]))
_NO_AREA = re.compile("|".join(re.escape(word) for word in _LINK["no_area"]))
_UNITS: list[str] = _LINK["units"]
_SAME_UNIT: dict[str, str] = _LINK["same_unit"]
COMMON_SURNAMES = frozenset(_LINK["common_surnames"])
_RANKS: tuple[str, ...] = tuple(_LINK["ranks"])
_LEADERS: tuple[str, ...] = tuple(_LINK["leaders"])
_BARE: dict[str, list[str]] = _LINK["bare_bodies"]
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


def is_rank(post: str) -> bool:
    """Whether a written-out post is a rank of the whole country that heads of provinces have too: `ủy viên bộ chính trị`."""
    return post.startswith(_RANKS)


def is_leader(post: str) -> bool:
    """Whether a written-out post is at the head of a province."""
    return post.startswith(_LEADERS)


def _ends(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:.+ )?(?:{'|'.join(sorted(words, key=len, reverse=True))})")


_OF_PROVINCE, _OF_CITY, _OF_LESS = (_ends(_BARE[name]) for name in ("of_province", "of_city", "of_less"))
_OF_EITHER = re.compile(rf"(?:{'|'.join(_BARE['of_either'])}) .+")
_ONLY_THESE = frozenset(_BARE["only_these"])
_NOT_BARE = tuple(_BARE["not_bare"])


@lru_cache(maxsize=65536)
def bare_body(name: str) -> str:
    """Of what a body is that its name leaves open: `province` (`Tỉnh ủy`), `city` (`UBND TP`), `either` (`Sở Y tế`), `less`
    (`Huyện ủy`); empty for a name that says it."""
    key = same_key(" ".join(plain(nfc(name)).split()))
    if areas(written_out(name)) or key.endswith(_NOT_BARE):
        return ""
    for kind, pattern in (("province", _OF_PROVINCE), ("city", _OF_CITY), ("less", _OF_LESS)):
        if pattern.fullmatch(key):
            return kind
    if _OF_EITHER.fullmatch(key):
        return "" if any(word[:1].isupper() for word in _named_tail(name)) else "either"
    return "less" if key in _ONLY_THESE else ""


def _named_tail(name: str) -> list[str]:
    """What may be a place at the end of a department's name: the capitals behind a unit (`Sở Y tế thành phố Nam Lạc`)."""
    match = re.search(r"\b(?:tỉnh|thành phố|TP\.?|huyện|quận)\s+(.+)$", name)
    return match[1].split() if match else []


def completed(name: str, provinces: Iterable[str]) -> str | None:
    """A bare name with the one province that its article speaks of: `Sở Y tế` → `Sở Y tế An Giang`; None where that fits not."""
    found, kind = list(provinces), bare_body(name)
    if len(found) != 1 or kind not in ("province", "city", "either") or (kind != "either" and (found[0] in CITIES) != (kind == "city")):
        return None
    return f"{name} {found[0].title()}"


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
