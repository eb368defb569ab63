"""Names that share one word or stand in a row: `các quận 1, 2`, `4 xã: Bình An, Tân Thọ`, `(Ba Đình, Tây Hồ và Đống Đa)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from store.annotate.places_gazetteer import CAPITAL, LOWER, RUN, gazetteer, lexicon
from store.annotate.places_scan import Scan

__all__ = ["DASH", "NEXT_IN_LIST", "enumerations", "listed", "no_name", "plural", "surnames"]

DASH = re.compile(rf" ?[-–] ?(?=[{CAPITAL}])")
NEXT_IN_LIST = re.compile(rf"(?:,? (?:và|hoặc|hay|cùng)| ?,|;) (?=[{CAPITAL}\d])")
_PLURAL = re.compile(r"(?:các|những|hai|ba|bốn|năm|(?<!ngõ )(?<!hẻm )(?<!số )(?<![\d/-])\d{1,2}) $", re.IGNORECASE)
_WORD_AFTER = re.compile(rf" [{LOWER}]+")
_LISTED = re.compile(   # a set of letters first: `re` then skips the rest of the line
    rf"[CcNnHhBb\d](?<!\w.)(?:ác|hững|ai|a|ốn|ăm|(?<=\d)\d?) "
    rf"(xã|phường|huyện|quận|thị trấn|thôn|tỉnh|ấp|bản|(?:tuyến )?đường|(?:tuyến )?phố)"
    rf"(?:,? [{LOWER}]+){{0,4}}?(?:: ?|,? (?:gồm|bao gồm|là|như)(?: có)?:? )(?=[{CAPITAL}])"
)
_CLASS = {"tuyến đường": "đường", "phố": "đường", "tuyến phố": "đường"}
_GOES_ON = re.compile(r"(?: \d{1,5}| \([^()]{1,30}\))?[,;]")
_ITEM_ASIDE = re.compile(r" \d{1,5}(?=[,;])| \([^()]{1,30}\)(?=[,; ])")


@cache
def surnames() -> frozenset[str]:
    """Syllables that begin persons' names, and so the names of most streets."""
    return frozenset(lexicon("surnames.toml")["strong"].split())


def plural(scan: Scan, start: int) -> bool:
    """Whether the unit that starts here stands for several: `các quận`, `3 xã`."""
    return _PLURAL.search(scan.text, max(0, start - 8), start) is not None


def no_name(scan: Scan, at: int, words: list[str]) -> bool:
    """Whether the capitals begin a body or a title (`cầu Ban Tổ chức`), unless all of them are a known place."""
    if gazetteer().longest(words)[0]:
        return False
    follows = _WORD_AFTER.match(scan.text, at + len(" ".join(words)))
    return words[0] in gazetteer().words["never_first"] and (len(words) < 3 or follows is not None)


def listed(scan: Scan) -> None:
    """`4 xã: Bình An, Tân Thọ và Suối Đá`, `các huyện ven biển gồm A, B`: the word before the colon is for all of them."""
    for match in _LISTED.finditer(scan.text):
        unit, at = match.group(1), match.end()
        unit = _CLASS.get(unit, unit)
        runs = [run for run in _items(scan, at) if unit == "đường" or len(run.group().split()) < 4]
        if len(runs) < 2:
            continue
        for run in runs:
            if unit == "đường":
                scan.nobody(*run.span())
            scan.add(*run.span(), run.group(), unit, "place-way" if unit == "đường" else "place-unit")


def _items(scan: Scan, at: int) -> Iterator[re.Match[str]]:
    """Runs of capitals with commas or `và` between them, from here on; bodies and persons end the list."""
    while run := RUN.match(scan.text, at):
        words = run.group().split()
        if len(words) > 4 or not any(c.islower() for c in run.group()) or no_name(scan, at, words):
            return
        yield run
        aside = _ITEM_ASIDE.match(scan.text, run.end())
        joint = NEXT_IN_LIST.match(scan.text, aside.end() if aside else run.end())
        if joint is None:
            return
        at = joint.end()


_AREAS = frozenset({"province", "country", "city", "region", "district", "ward"})


def enumerations(scan: Scan) -> None:
    """Three and more known names in a row name places: `Ba Đình, Hoàn Kiếm, Đống Đa`; most of them districts or higher."""
    at = 0
    for run in RUN.finditer(scan.text):
        if run.start() < at or not _GOES_ON.match(scan.text, run.end()):
            continue
        runs = list(_items(scan, run.start()))
        if len(runs) < 3:
            continue
        at = runs[-1].end()
        levels = [_level(item.group()) for item in runs]
        if all(level in _AREAS for level in levels) and sum(level != "ward" for level in levels) * 2 > len(levels):
            for item in runs:
                scan.add(*item.span(), item.group(), None, "place-name")


def _level(name: str) -> str:
    words = name.split()
    count, level = gazetteer().longest(words)
    return level if count == len(words) else ""
