"""The syllables of names: the vocabulary is closed (a few thousand), so a wrong one is found by comparing with all.

    vocabulary.near(vocabulary.folded["trug"], 1)    → trung, truc …
    splits("dinhtien dung")                          → dinh tien dung
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from store.search_words import accented_words
from store.text import fold, nfc

__all__ = ["Ids", "Vocabulary", "rejoined", "words"]

Ids = npt.NDArray[np.int64]

_LONGEST_SYLLABLE = 7               # `nghiêng`
_NONE: Ids = np.zeros(0, dtype=np.int64)
_CACHED = 20_000                    # misspelt syllables remembered, about 100 bytes each


def words(text: str) -> list[str]:
    """The syllables of a name in small letters, tone marks placed one way, diacritics kept."""
    return accented_words(nfc(text))


@dataclass(slots=True)
class Vocabulary:
    """Numbers for syllables: each accented one, and the folded one it stands for."""

    accented: dict[str, int] = field(default_factory=dict)
    folded: dict[str, int] = field(default_factory=dict)
    fold_of: array[int] = field(default_factory=lambda: array("q"))     # accented number → folded number
    _spellings: list[str] = field(default_factory=list)
    _near: dict[str, tuple[Ids, Ids]] = field(default_factory=dict)

    def add(self, word: str) -> int:
        """The number of an accented syllable, given at its first sight."""
        number = self.accented.get(word)
        if number is None:
            number = self.accented[word] = len(self.accented)
            bare = fold(word)
            self.fold_of.append(self.folded.setdefault(bare, len(self.folded)))
        return number

    def spelling(self, number: int) -> str:
        """The accented syllable of a number."""
        if len(self._spellings) != len(self.accented):
            self._spellings = list(self.accented)
        return self._spellings[number]

    def near(self, word: str, distance: int) -> Ids:
        """Numbers of the folded syllables exactly so many letters (OSA: wrong, missing, added, swapped) away."""
        if distance == 0:
            number = self.folded.get(word)
            return np.array([] if number is None else [number], dtype=np.int64)
        found = self._near.get(word)
        if found is None:
            if len(self._near) >= _CACHED:
                self._near.clear()
            found = self._near[word] = self._compare(word)
        return found[distance - 1]

    def _compare(self, word: str) -> tuple[Ids, Ids]:
        # of a word of one or two letters one or two wrong ones leave nothing to recognise: `an` is near everything short
        cutoff = min(2, len(word) - 1)
        if not cutoff:
            return _NONE, _NONE
        spellings = list(self.folded)
        distances = process.cdist([word], spellings, scorer=OSA.distance, score_cutoff=cutoff, dtype=np.uint8)[0]
        return np.flatnonzero(distances == 1), np.flatnonzero(distances == 2) if cutoff == 2 else _NONE


def rejoined(query: list[str], known: dict[str, int], limit: int = 32) -> Iterator[list[str]]:
    """The query with syllables typed apart joined and those typed together split, where that gives known syllables:
    `dinhtien dung` → `dinh tien dung`, `din h tien dung` → `dinh tien dung`."""
    for i in range(len(query) - 1):
        joined = query[i] + query[i + 1]
        if joined in known:
            yield [*query[:i], joined, *query[i + 2:]]
    choices = [list(_cuts(word, known, limit)) if len(word) > 3 else [[word]] for word in query]
    for i, cuts in enumerate(choices):
        for cut in cuts:
            if len(cut) > 1:
                yield [*query[:i], *cut, *query[i + 1:]]
    if sum(len(word) > _LONGEST_SYLLABLE for word in query) > 1:
        yield [part for word, cuts in zip(query, choices, strict=True) for part in (cuts[0] if cuts else [word])]


def _cuts(word: str, known: dict[str, int], limit: int) -> Iterator[list[str]]:
    """Ways to read a word as one to six known syllables, fewest syllables first."""
    if len(word) > 6 * _LONGEST_SYLLABLE:
        return
    waiting: list[tuple[list[str], str]] = [([], word)]
    given = 0
    for _ in range(500):
        if not waiting or given >= limit:
            return
        done, rest = waiting.pop(0)
        if not rest:
            given += 1
            yield done
            continue
        if len(done) < 6:
            waiting.extend(
                ([*done, rest[:size]], rest[size:])
                for size in range(min(_LONGEST_SYLLABLE, len(rest)), 0, -1)
                if rest[:size] in known and (size > 1 or len(rest) == 1)
            )
