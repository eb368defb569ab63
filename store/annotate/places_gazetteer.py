"""The names of places as data: administrative units, countries, cities, regions, and the words for kinds of places.

The administrative table is the one underthesea ships (63 provinces, some 680 districts, some 7,500 wards of before July 2025);
it is read as a file, without importing underthesea, which would cost half a second and 80 MB.
"""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from store.annotate.wordtree import alternatives
from store.text import plain

__all__ = ["CAPITAL", "CUT", "LOWER", "RUN", "Gazetteer", "Units", "gazetteer", "lexicon", "units"]

_LETTERS = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))]
CAPITAL = "A-Z" + "".join(c for c in _LETTERS if c.isupper())
"""The inside of a character class of capital letters (`re` has no \\p{Lu})."""
LOWER = "a-z" + "".join(c for c in _LETTERS if c.islower())

CUT = rf"(?:(?<![^\W_][{CAPITAL}])(?<=[{CAPITAL}])’ (?=\w)\w+)?"
"""The rest of a word of the highlands that pages print in two: `Cư M’ gar`."""

RUN = re.compile(rf"(?<!\w)[{CAPITAL}]\w*(?:['’.-](?=\w)\w+)*{CUT}(?: [{CAPITAL}]\w*(?:['’-](?=\w)\w+)*{CUT})*")
"""Words with capitals, one space between them: `Hà Nội Ngô Thị Thanh Hằng`, `Nâm N’ Jang`."""

_ADMIN = re.compile(r"(thành phố|thị xã|thị trấn|đặc khu|tỉnh|huyện|quận|phường|xã) (.+)", re.IGNORECASE)


def lexicon(name: str) -> dict[str, Any]:
    """A table of store/lexicon, its strings in the working form of text."""
    return tomllib.loads(plain((files("store") / "lexicon" / name).read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Units:
    """Spellings of the words before a place, by group and class."""

    classes: dict[str, str]  # spelling → class: `q.` → `quận`
    group: dict[str, str]  # class spelling → group: `q.` → `administrative`
    pattern: re.Pattern[str]  # a unit before a capital or a number, with what may stand between: `huyện đảo Lý Sơn`
    not_after: dict[str, frozenset[str]]  # syllables that make another word of it: `nông thôn Bến Tre`, `Liên bang Nga`


@lru_cache(maxsize=1)
def units() -> Units:
    """The words that stand before places."""
    classes: dict[str, str] = {}
    group: dict[str, str] = {}
    tables = lexicon("units.toml")
    not_after = {unit: frozenset(words) for unit, words in tables.pop("not_after").items()}
    between = alternatives(tables.pop("between")["words"], either_case=False)
    for group_name, table in tables.items():
        for cls, spellings in table.items():
            for spelling in spellings:
                classes.setdefault(spelling, cls)
                group.setdefault(spelling, group_name)
    pattern = re.compile(
        rf"(?<![\w.])({alternatives([*classes, *(s.upper() for s in classes), *(s.title() for s in classes)])})(?:(?<=\.) ?| )"
        rf"(?:{between} ){{0,2}}(?=[{CAPITAL}\d]|số \d)"
    )
    return Units(classes, group, pattern, not_after)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Levels of names: `Hà Nội` → province. The strongest level counts."""

    level: dict[str, str]
    districts: frozenset[str]  # names of districts, of whatever level else
    spellings: dict[str, str]  # other spelling → usual one
    first: frozenset[str]  # first syllables of all names, to look up only where it can pay
    words: dict[str, Any]  # the rest of places.toml

    def longest(self, syllables: list[str], at: int = 0, most: int = 6) -> tuple[int, str]:
        """How many syllables from `at` on name a place (0: none), and its level."""
        if syllables[at] not in self.first:
            return 0, ""
        for count in range(min(most, len(syllables) - at), 0, -1):
            level = self.level.get(" ".join(syllables[at : at + count]))
            if level:
                return count, level
        return 0, ""


def _bare(names: Iterable[str | None]) -> set[str]:
    """Names without unit, in the working form: `Phường Hoà An` → `Hòa An`; numbered units (`Quận 1`) need no table."""
    return {bare for name in set(names) if name and not (bare := _ADMIN.sub(r"\2", plain(name)))[0].isdigit()}


def _administrative() -> tuple[set[str], set[str], set[str]]:
    """Names of provinces, districts and wards, without their unit; empty where underthesea is not installed."""
    spec = importlib.util.find_spec("underthesea")
    places = list(spec.submodule_search_locations or ()) if spec else []
    path = Path(places[0]) / "address" / "data" / "mapping.json" if places else None
    if path is None or not path.is_file():
        return set(), set(), set()
    data = json.loads(path.read_text(encoding="utf-8"))
    rows = data["ward_mapping"]
    return (
        _bare(entry["short"] for entry in data["old_province_names"].values()),
        _bare(row["old_district"] for row in rows),
        _bare(row["old_ward"] for row in rows),
    )


def _in_print(name: str) -> Iterator[str]:
    """How pages print `Cư M'gar`: `Cư M’gar`, `Cư M’Gar`, `Cư M’ gar`, `Cư M’ Gar`."""
    head, _, rest = name.rpartition("'")
    for mark in ("’", "’ ", "'"):
        yield f"{head}{mark}{rest}"
        yield f"{head}{mark}{rest[:1].upper()}{rest[1:]}"
        yield f"{head}{mark}{rest[:1].lower()}{rest[1:]}"


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """All names, read once."""
    words = lexicon("places.toml")
    provinces, districts, wards = _administrative()
    level: dict[str, str] = {}
    for name, names in (
        ("not", words["not_places"]),
        ("site", words["sites"]),
        ("province", {*provinces, *words["provinces"]}),
        ("country", words["countries"]),
        ("region", words["regions"]),
        ("city", words["cities"]),
        ("district", {*districts, *words["districts"]}),
        ("ward", wards),
    ):
        for place in names:
            level.setdefault(place, name)
            if "'" in place:
                for spelling in _in_print(place):
                    level.setdefault(spelling, name)
    for spelling, usual in words["spellings"].items():
        if spelling not in words["short_countries"]:
            level.setdefault(spelling, level.get(usual, "province"))
    of_districts = frozenset({*districts, *words["districts"]})
    return Gazetteer(level, of_districts, words["spellings"], frozenset(name.split()[0] for name in level), words)
