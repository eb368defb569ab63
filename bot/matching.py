"""When what was typed means a post, an organization or a document: names as words in a row, abbreviations in full.

    canon("UBND TP. Đà Nẵng") == canon("ủy ban nhân dân Đà Nẵng")

A phrase book finds names that are the query (`equal`), begin with it (`longer`) or have it within (`within`); a word
typed without diacritics fits any, one typed with them only itself.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from rapidfuzz.distance import OSA

from store.text import fold, nfc, plain

__all__ = ["SURNAMES", "Fit", "How", "Phrasebook", "agrees", "bare", "canon", "unhurried"]

How = Literal["equal", "longer", "within"]
Words = tuple[str, ...]

_DATA = tomllib.loads((files("store") / "lexicon" / "abbreviations_typed.toml").read_text(encoding="utf-8"))
_TYPED: dict[str, str] = _DATA["written_out"]
SURNAMES: dict[str, str] = _DATA["surnames"]
"""What people type for a surname: `ng hoai nam`."""
_UNITS: tuple[Words, ...] = tuple(tuple(fold(unit).split()) for unit in _DATA["units"]["dropped"])
_UNIT_STARTS = frozenset(unit[0] for unit in _UNITS)
# By the first word of an abbreviation, how many words it may have, longest first
_SIZES = {key.split()[0]: sorted({len(other.split()) for other in _TYPED if other.split()[0] == key.split()[0]},
                                 reverse=True) for key in _TYPED}
_KEPT_BEFORE = frozenset(_DATA["units"]["kept_before"])
_COLLAPSED = [(tuple(fold(word) for word in long.split()), len(short.split()))
              for long, short in _DATA["collapsed"].items()]
_JOINERS = frozenset(_DATA["units"]["joiners"])
_WORD = re.compile(r"[^\W_]+")
# `Ban Tổ chức TƯ`, `T.Ư`; in small letters it is the `tư` of `đầu tư` and `tư pháp`
_CENTRAL = re.compile(r"\bT\.?\s?Ư\b\.?")


@lru_cache(maxsize=65536)
def canon(name: str) -> Words:
    """The words of a name in small letters, tone marks in place, abbreviations in full, units and joiners left out."""
    text = _CENTRAL.sub("trung ương", plain(nfc(name)))
    words = _expanded(_WORD.findall(text.lower()))
    return _collapsed(_without_units([word for word in words if word not in _JOINERS]))


_HURRIED: dict[str, str] = _DATA["hurried"]
_HURRIED_AFTER: dict[str, dict[str, str]] = _DATA["hurried_after"]
_HURRIED_WORD = re.compile(
    r"(?<![\w/.-])(?:" + "|".join(sorted([*_HURRIED, *_HURRIED_AFTER], key=len, reverse=True)) + r")(?![\w/.-])")


def unhurried(text: str) -> str:
    """A question with its common words written out: `con bn mo` → `con bao nhiêu mo`, `ubnd hn` → `ubnd hà nội`."""
    return _HURRIED_WORD.sub(lambda match: _HURRIED.get(match.group()) or _by_what_is_before(match), text)


def _by_what_is_before(match: re.Match[str]) -> str:
    """An abbreviation of two things, by the words before it."""
    means = _HURRIED_AFTER[match.group()]
    before = f" {fold(match.string[:match.start()])}".rstrip()
    if not before:
        return means["first"]
    return means["means" if any(before.endswith(f" {word.strip()}") for word in means["after"].split("|")) else "else"]


def bare(words: Iterable[str]) -> Words:
    """The words without diacritics."""
    return tuple(map(_fold_word, words))


@lru_cache(maxsize=65536)
def _fold_word(word: str) -> str:
    return fold(word)


def _expanded(words: list[str]) -> list[str]:
    """Typed abbreviations written out, longest first."""
    out: list[str] = []
    at = 0
    while at < len(words):
        for size in _SIZES.get(words[at], ()):
            full = _TYPED.get(" ".join(words[at:at + size]))
            if full is not None:
                out += full.split()
                at += size
                break
        else:
            out += _numbered(words[at])
            at += 1
    return out


def _numbered(word: str) -> list[str]:
    """`q1` → `quận 1`, `p12` → `phường 12`; any other word is itself."""
    if word[0] in "qp" and len(word) < 4 and word[1:].isdigit():
        return ["quận" if word[0] == "q" else "phường", word[1:]]
    return [word]


def _without_units(words: list[str]) -> Words:
    """`ủy ban nhân dân thành phố đà nẵng` → without `thành phố`; `tỉnh ủy` and a trailing unit stay."""
    folded = bare(words)
    if _UNIT_STARTS.isdisjoint(folded):
        return tuple(words)
    out: list[str] = []
    at = 0
    while at < len(words):
        unit = _unit_at(folded, at)
        after = at + unit
        if unit and out and after < len(words) and folded[after] not in _FOLDED_KEPT:
            at = after
            continue
        out.append(words[at])
        at += 1
    return tuple(out)


def _unit_at(folded: Words, at: int) -> int:
    """How many words of a unit begin here."""
    if folded[at] not in _UNIT_STARTS:
        return 0
    return next((len(unit) for unit in _UNITS if folded[at:at + len(unit)] == unit), 0)


def _collapsed(words: Words) -> Words:
    """`bộ trưởng bộ công an` → `bộ trưởng công an`."""
    folded = bare(words)
    if "truong" not in folded and "tuong" not in folded:     # every row has one of them
        return words
    for long, short in _COLLAPSED:
        for start in range(len(words) - len(long) + 1):
            if folded[start:start + len(long)] == long:
                return words[:start + short] + words[start + len(long):]
    return words


_FOLDED_KEPT = frozenset(fold(word) for word in _KEPT_BEFORE)


def agrees(typed: str, printed: str) -> bool:
    """Whether a typed word may mean a printed one: equal, or typed without its diacritics."""
    return typed == printed or (fold(typed) == typed and fold(printed) == typed)


@dataclass(frozen=True, slots=True)
class Fit:
    """A name that fits a query; `accents` is False where the diacritics typed are others."""

    id: int
    name: str
    words: Words
    how: How
    accents: bool
    start: int = 0                  # of the query's words in those of the name


def _as_spoken(word: str) -> str:
    """`jao`, `fo`, `zan`: letters that Vietnamese does not have, as phones write `giao`, `phó`, `dân`."""
    for letter, meant in (("ji", "gi"), ("j", "gi"), ("f", "ph"), ("z", "d")):
        if word.startswith(letter):
            return meant + word[len(letter):]
    return word


class Phrasebook:
    """Names by their words; immutable once built."""

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        self._entries: list[tuple[int, str, Words, Words]] = []
        self._postings: dict[str, list[int]] = defaultdict(list)
        for identifier, name in names:
            words = canon.__wrapped__(name)     # a whole store's names would only push the queries out of the cache
            folded = bare(words)
            if not words:
                continue
            for word in set(folded):
                self._postings[word].append(len(self._entries))
            self._entries.append((identifier, name, words, folded))

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, query: Sequence[str]) -> list[Fit]:
        """Every name with the query's words in a row, best first: equal before longer before within."""
        typed, folded = tuple(query), bare(query)
        if not folded:
            return []
        lists = sorted((self._postings.get(word, []) for word in set(folded)), key=len)
        shared = set(lists[0]).intersection(*lists[1:]) if lists[0] else set()
        fits = [fit for number in shared if (fit := self._fit(number, typed, folded)) is not None]
        order = ("equal", "longer", "within")
        return sorted(fits, key=lambda fit: (not fit.accents, order.index(fit.how), len(fit.words), fit.name, fit.id))

    def shuffled(self, query: Sequence[str]) -> list[Fit]:
        """Every name with just the query's words in another order: `bí thư phúc thọ huyện ủy`."""
        folded = bare(query)
        lists = sorted((self._postings.get(word, []) for word in set(folded)), key=len)
        shared = set(lists[0]).intersection(*lists[1:]) if lists and lists[0] else set()
        fits = [self._entries[number] for number in sorted(shared) if sorted(self._entries[number][3]) == sorted(folded)]
        return [Fit(identifier, name, words, "equal", False) for identifier, name, words, _ in fits]

    def respelt(self, query: Sequence[str]) -> Words | None:
        """The query with the one word that no name has, of five letters or more, put right from the names that have all
        the others: `tổng thống acgentina`; or with letters that stand for others: `bộ ngoại jao`. None where none or several
        come close."""
        folded = bare(query)
        unknown = [word for word in folded if word not in self._postings]
        if unknown and all(_as_spoken(word) in self._postings for word in unknown):
            return tuple(_as_spoken(word) if word in unknown else typed for typed, word in zip(query, folded, strict=True))
        if len(unknown) != 1 or len(unknown[0]) < 5 or len(folded) < 3:
            return None
        lists = sorted((self._postings[word] for word in set(folded) - set(unknown)), key=len)
        words = {word for number in set(lists[0]).intersection(*lists[1:]) for word in self._entries[number][3]}
        most = 1 if len(unknown[0]) < 8 else 2
        near = [(OSA.distance(unknown[0], word, score_cutoff=most), word) for word in words - set(folded)]
        near = sorted((distance, word) for distance, word in near if distance <= most)
        if not near or (len(near) > 1 and near[0][0] == near[1][0]):
            return None
        return tuple(near[0][1] if word == unknown[0] else typed for typed, word in zip(query, folded, strict=True))

    def _fit(self, number: int, typed: Words, folded: Words) -> Fit | None:
        identifier, name, words, bare_words = self._entries[number]
        size = len(folded)
        for start in range(len(words) - size + 1):
            if bare_words[start:start + size] == folded:
                accents = all(agrees(a, b) for a, b in zip(typed, words[start:], strict=False))
                how: How = "within" if start else "equal" if size == len(words) else "longer"
                return Fit(identifier, name, words, how, accents, start)
        return None
