"""Who is meant by a typed name: one person, several, or nobody but one who is nearly called so."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from bot.library import Library
from bot.matching import SURNAMES, agrees, bare
from store.nameindex import Hit
from store.nameindex_syllables import words
from store.queries import EntityRow, entities
from store.text import fold

__all__ = ["Meant", "who_is_meant", "without_address"]

CANDIDATES = 60
DOUBTFUL = 0.80                     # score below which a misspelt name is no suggestion: two letters wrong in nine
Manner = Literal["name", "part", "doubtful", "none"]


@dataclass(frozen=True, slots=True)
class Meant:
    """`name`: the whole name was typed; `part`: a given or family name; `doubtful`: nearly so; `none`: nobody."""

    manner: Manner
    persons: tuple[EntityRow, ...] = ()


@lru_cache(maxsize=1)
def _address() -> frozenset[tuple[str, ...]]:
    """What stands before a name and is none: `ông`, `đồng chí`, `thiếu tướng`; folded."""
    lexicon = files("store") / "lexicon"
    forms = tomllib.loads((lexicon / "forms_of_address.toml").read_text(encoding="utf-8"))
    titles = tomllib.loads((lexicon / "titles.toml").read_text(encoding="utf-8"))
    listed = [forms["address"], forms["role"], titles["body"], titles["whole"], titles["rank"]]
    entries = [entry.strip() for text in listed for line in text.splitlines() for entry in line.split("|")]
    return frozenset(bare(words(entry)) for entry in entries if entry) | {("dc",), ("d", "c"), ("pho", "chu", "tich")}


def without_address(typed: Sequence[str]) -> list[str]:
    """The words after forms of address and titles; at least one word stays."""
    rest = list(typed)
    while len(rest) > 1:
        folded = bare(rest[:5])
        size = next((n for n in range(min(4, len(rest) - 1), 0, -1) if folded[:n] in _address()), 0)
        if not size:
            return rest
        rest = rest[size:]
    return rest


def who_is_meant(library: Library, query: str) -> Meant:
    """The persons a query may mean: the whole query first; then without `ông`, `đồng chí`, `Chủ tịch` before it."""
    typed = words(query)
    rest = without_address(typed)
    for form in ([typed, rest] if rest != typed else [typed]):
        meant = _meant(library, form)
        if meant.manner == "name" or (meant.manner != "none" and form == rest):
            return meant
    full = SURNAMES.get(rest[0]) if len(rest) > 1 else None
    return _meant(library, [full, *rest[1:]]) if full else Meant("none")


def _meant(library: Library, typed: list[str]) -> Meant:
    hits = library.persons.search(" ".join(typed), CANDIDATES) if typed else []
    whole = [hit for hit in hits if hit.how in ("exact", "unaccented", "swapped") and _has_all(typed, hit)]
    agreeing = [hit for hit in whole if _accents(typed, hit)]
    if agreeing:
        straight = [hit for hit in agreeing if hit.how != "swapped"]
        return _rows(library, "name", straight or agreeing)
    if whole:
        return _rows(library, "doubtful", whole)
    parts = [hit for hit in hits if hit.how == "partial" and hit.edits == 0 and _is_part(typed, hit)]
    if parts:
        return _rows(library, "part", _likeliest(typed, parts))
    near = [hit for hit in hits if hit.score >= DOUBTFUL and len(typed) > 1 and _nearly(hit)]
    if near:
        best = near[0].score
        return _rows(library, "doubtful", [hit for hit in near if hit.score >= best - 0.05][:5])
    return Meant("none")


def _has_all(typed: Sequence[str], hit: Hit) -> bool:
    """Whether no syllable is missing, typed apart (`thu cuc`) or together (`thucuc`)."""
    return hit.missing == 0 or "".join(bare(typed)) == "".join(bare(words(hit.name)))


def _nearly(hit: Hit) -> bool:
    """A letter or two wrong, or a part of the name with other diacritics; never a word that is none of the name's."""
    return 0 < hit.edits <= 2 or (hit.how == "partial" and hit.missing > 0)


def _rows(library: Library, manner: Manner, hits: Sequence[Hit]) -> Meant:
    return Meant(manner, tuple(entities(library.connection, [hit.entity_id for hit in hits])))


def _accents(typed: Sequence[str], hit: Hit) -> bool:
    """Whether each word typed with diacritics stands in the name with the same ones."""
    printed = words(hit.name)
    if len(printed) != len(typed):
        joined = "".join(printed)
        return all(word in joined or bare([word])[0] == word for word in typed)
    in_order = zip(sorted(typed, key=fold), sorted(printed, key=fold), strict=True)
    return all(agrees(a, b) for a, b in in_order)


def _is_part(typed: Sequence[str], hit: Hit) -> bool:
    """Whether every typed word is one of the name's, diacritics and all."""
    printed = words(hit.name)
    return all(any(agrees(word, other) for other in printed) for word in typed)


def _likeliest(typed: Sequence[str], parts: Sequence[Hit]) -> list[Hit]:
    """Those called so by given or family name; only where there are none, those with the word in the middle."""
    folded = bare(typed)
    outer = []
    for hit in parts:
        printed = bare(words(hit.name))
        if printed[-len(folded):] == folded or printed[:len(folded)] == folded or (
                len(folded) > 1 and (printed[0], printed[-1]) == (folded[0], folded[-1])):
            outer.append(hit)
    return outer or list(parts)
