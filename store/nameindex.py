"""Names by an index over syllables, in memory: exact, unaccented, misspelt, swapped, shortened, within milliseconds.

    index = NameIndex.build([("Lê Thu Cúc", 7, 12)])    # name, entity, how often it is mentioned
    index.search("le thu kuc")                          # [Hit(7, 'Lê Thu Cúc', …, how='fuzzy', edits=1)]

A name's key is the sum of a 64-bit number per folded syllable, so their order does not matter. A query's syllables are
replaced by their neighbours in the vocabulary, at most two letters away in all, and every combination is looked up in
one sorted array. Shortened names come from the lists of names a syllable stands in. Names are numbered by how often
they are mentioned, so whatever comes in order of number comes in order of frequency.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from store.nameindex_judge import How, compare
from store.nameindex_syllables import Ids, Vocabulary, rejoined, words
from store.text import fold

__all__ = ["Hit", "How", "NameIndex"]

_KEY_SEED = 20_190_114
_LOWEST = 0.3                       # a hit below it shares a syllable by chance
_JUDGED = 48                        # candidates of one stage that are compared letter by letter
_LOOKED_INTO = 3_000                # names whose other syllables are compared
_POSTINGS = 20_000                  # of a frequent syllable only the most mentioned names are looked through
_MASK = (1 << 22) - 1               # of the filter that spares most searches in the sorted keys: 4 MB


@dataclass(frozen=True, slots=True)
class Hit:
    """A name that fits. `score` is 1 for the name as typed, ≥ .9 for the whole name, ≤ .88 where only a part of the
    name was typed; `edits` counts wrong letters, `missing` the syllables of the name that were not typed."""

    entity_id: int
    name: str
    score: float
    how: How
    edits: int = 0
    missing: int = 0
    weight: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """A candidate: its number and what it took to reach it."""

    number: int
    edits: int


@dataclass(frozen=True, slots=True)
class _Postings:
    """Per syllable the numbers of the names it stands in, ascending."""

    starts: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.int32]

    def of(self, syllable: int) -> npt.NDArray[np.int32]:
        return self.numbers[self.starts[syllable]:self.starts[syllable + 1]]


@dataclass(frozen=True, slots=True)
class _Names:
    """The names in order of weight; their spellings stand in one string of bytes, in the order given."""

    blob_ends: npt.NDArray[np.int32]
    rows: npt.NDArray[np.int32]     # number of a name → its row as given
    entities: npt.NDArray[np.int64]
    weights: npt.NDArray[np.int32]
    flat: npt.NDArray[np.int32]     # accented syllables of all names, one after the other
    ends: npt.NDArray[np.int32]     # where each name's syllables end


class NameIndex:
    """Immutable once built; safe to search from several threads."""

    def __init__(self, vocabulary: Vocabulary, blob: bytearray, names: _Names) -> None:
        self._vocabulary = vocabulary
        self._blob = blob
        self._names = names
        self._flat = names.flat
        self._ends = names.ends
        self._fold_of = np.array(vocabulary.fold_of, dtype=np.int32)
        self._numbers = np.random.default_rng(_KEY_SEED).integers(
            0, 2**63, size=max(1, len(vocabulary.folded)), dtype=np.uint64)
        self._make_keys()
        self._by_accented = self._make_postings(self._flat, len(vocabulary.accented))
        self._by_folded = self._make_postings(self._fold_of[self._flat], len(vocabulary.folded))

    def __len__(self) -> int:
        return len(self._names.entities)

    @property
    def nbytes(self) -> int:
        """Bytes held in arrays and names."""
        names = self._names
        held = (names.blob_ends, names.rows, names.entities, names.weights, names.flat, names.ends, self._keys,
                self._key_order, self._filter, self._last, self._first, self._by_accented.numbers,
                self._by_folded.numbers)
        return len(self._blob) + sum(part.nbytes for part in held)

    @classmethod
    def build(cls, rows: Iterable[tuple[str, int, int]], reading: Callable[[str], str] = str) -> NameIndex:
        """An index over (name, entity id, weight) rows; the result does not depend on their order. `reading` is how a
        name is compared, for example with its abbreviations written out; hits have it as it was given."""
        vocabulary = Vocabulary()
        blob = bytearray()
        blob_ends, entities, weights, ends, flat = array("q"), array("q"), array("q"), array("q"), array("i")
        seen = vocabulary.accented
        for name, entity, weight in rows:
            syllables = words(reading(name))
            if not syllables:
                continue
            for syllable in syllables:
                number = seen.get(syllable)
                flat.append(vocabulary.add(syllable) if number is None else number)
            blob += name.encode()
            blob_ends.append(len(blob))
            entities.append(entity)
            weights.append(weight)
            ends.append(len(flat))
        return cls(vocabulary, blob, _ordered(blob_ends, entities, weights, ends, flat))

    # ---------------------------------------------------------------------------------------------------- the arrays

    def _make_keys(self) -> None:
        starts = self._ends - np.diff(self._ends, prepend=0)
        folded = self._fold_of[self._flat]
        keys = np.add.reduceat(self._numbers[folded], starts) if len(self) else np.zeros(0, np.uint64)
        self._key_order = np.argsort(keys, kind="stable").astype(np.int32)
        self._keys = keys[self._key_order]
        self._filter = np.zeros(_MASK + 1, dtype=np.bool_)
        self._filter[(keys & np.uint64(_MASK)).astype(np.int64)] = True
        self._last = folded[self._ends - 1]
        self._first = folded[starts]

    def _make_postings(self, syllables: npt.NDArray[np.int32], size: int) -> _Postings:
        starts = np.zeros(size + 1, dtype=np.int64)
        np.cumsum(np.bincount(syllables, minlength=size), out=starts[1:])
        order = np.argsort(syllables, kind="stable")
        lengths = np.diff(self._ends, prepend=0)
        return _Postings(starts, np.repeat(np.arange(len(self), dtype=np.int32), lengths)[order])

    def _name(self, number: int) -> str:
        row = int(self._names.rows[number])
        start = int(self._names.blob_ends[row - 1]) if row else 0
        return self._blob[start:int(self._names.blob_ends[row])].decode()

    def _syllables(self, number: int) -> list[str]:
        start = int(self._ends[number - 1]) if number else 0
        return [self._vocabulary.spelling(int(i)) for i in self._flat[start:int(self._ends[number])]]

    # ------------------------------------------------------------------------------------------------------ searching

    def search(self, query: str, limit: int = 5) -> list[Hit]:
        """The best names for a query, one per entity: best score first, at equal score the more mentioned first."""
        typed = words(query)[:16]
        if not typed or not len(self):
            return []
        folded = [str(fold(word)) for word in typed]
        best: dict[int, Hit] = {}
        for stage in (self._whole, self._rejoined, self._shortened, self._misspelt_part, self._without_one,
                      self._covered):
            if _enough(best, stage.__name__, limit, len(typed)):
                continue
            for found in stage(typed, folded, limit):
                hit = self._judge(typed, folded, found)
                if hit is not None and (hit.entity_id not in best or best[hit.entity_id].score < hit.score):
                    best[hit.entity_id] = hit
        return sorted(best.values(), key=lambda hit: (-hit.score, -hit.weight, hit.name))[:limit]

    def _whole(self, typed: list[str], folded: list[str], limit: int) -> Iterator[_Found]:
        """All syllables typed, in whatever order, up to two letters wrong in all."""
        given = 0
        for edits in (0, 1, 2):
            # the second wrong letter only where few names are nearer, and not in long names (its cost is squared)
            if edits == 2 and (given >= limit or len(folded) > 5):
                return
            for number in self._with_keys(self._combinations(folded, edits)):
                given += 1
                yield _Found(number, edits)

    def _combinations(self, folded: list[str], edits: int) -> npt.NDArray[np.uint64]:
        """The keys of all syllable combinations exactly so many letters away."""
        found = []
        for spread in _spreads(len(folded), edits):
            keys = np.zeros(1, dtype=np.uint64)
            for word, distance in zip(folded, spread, strict=True):
                near = self._numbers[self._vocabulary.near(word, distance)]
                if not len(near):
                    break
                keys = (keys[:, None] + near[None, :]).ravel()
            else:
                found.append(keys)
        return np.concatenate(found) if found else np.zeros(0, np.uint64)

    def _with_keys(self, keys: npt.NDArray[np.uint64]) -> list[int]:
        """The numbers of the names with these keys, the most mentioned first, not more than can be judged."""
        keys = keys[self._filter[(keys & np.uint64(_MASK)).astype(np.int64)]]
        if not len(keys):
            return []
        keys = np.unique(keys)
        left = np.searchsorted(self._keys, keys, "left")
        right = np.searchsorted(self._keys, keys, "right")
        runs = [self._key_order[a:b] for a, b in zip(left, right, strict=True) if a < b]
        return [int(i) for i in np.sort(np.concatenate(runs))[:_JUDGED * 2]] if runs else []

    def _rejoined(self, typed: list[str], folded: list[str], limit: int) -> Iterator[_Found]:
        """Syllables typed together or apart."""
        readings = list(rejoined(folded, self._vocabulary.folded))
        given = 0
        for edits in (0, 1):
            for syllables in readings if not given else ():
                for number in self._with_keys(self._combinations(syllables, edits)):
                    given += 1
                    yield _Found(number, edits + 1)

    def _shortened(self, typed: list[str], folded: list[str], limit: int) -> Iterator[_Found]:
        """A part of the name typed: the given name, the last two syllables, the family name, some in the middle."""
        accented = [self._vocabulary.accented.get(word) for word in typed]
        given = 0
        if typed != folded and None not in accented:
            lists = [self._by_accented.of(i) for i in accented if i is not None]
            for number in self._nearest_the_end(_common(lists), folded):
                given += 1
                yield _Found(number, 0)
        if given < limit:
            numbers = [self._vocabulary.folded.get(word) for word in folded]
            if None not in numbers:
                shared = _common([self._by_folded.of(i) for i in numbers if i is not None])
                yield from (_Found(number, 0) for number in self._nearest_the_end(shared, folded))

    def _nearest_the_end(self, numbers: npt.NDArray[np.int32], folded: list[str]) -> list[int]:
        """Of many names those first in which the last syllable typed is the last one, then the family name."""
        last = self._vocabulary.folded[folded[-1]]
        first = self._vocabulary.folded[folded[0]]
        at_end = self._last[numbers] == last
        at_start = self._first[numbers] == first
        rank = np.where(at_end, 0, np.where(at_start, 1, 2))
        if len(folded) > 1:
            before = self._ends[numbers] - 2
            joined = at_end & (self._fold_of[self._flat[before]] == self._vocabulary.folded[folded[-2]])
            rank = np.where(joined, 0, np.where(at_end & at_start, 1, rank + 2))
        return list(islice((int(i) for place in range(5) for i in numbers[rank == place][:_JUDGED]), _JUDGED))

    def _misspelt_part(self, typed: list[str], folded: list[str], limit: int) -> Iterator[_Found]:
        """A part of the name typed with a wrong letter or two in one of its syllables."""
        if len(folded) > 6:
            return
        known = [self._vocabulary.near(word, 0) for word in folded]
        for edits in (1, 2):
            for i, word in enumerate(folded):
                near = self._vocabulary.near(word, edits)
                others = [self._by_folded.of(int(k[0])) for j, k in enumerate(known) if j != i and len(k)]
                if len(near) and len(others) == len(folded) - 1:
                    found = self._also_with(_common(others)[:_LOOKED_INTO], near) if others else self._with_any(near)
                    yield from (_Found(int(number), edits) for number in found[:_JUDGED])

    def _with_any(self, syllables: Ids) -> npt.NDArray[np.int32]:
        """The most mentioned names of each of these syllables."""
        return np.unique(np.concatenate([self._by_folded.of(int(s))[:_JUDGED] for s in syllables]))

    def _also_with(self, numbers: npt.NDArray[np.int32], syllables: Ids) -> npt.NDArray[np.int32]:
        """Those of the names that have one of these syllables too."""
        if not len(numbers):
            return numbers
        starts = np.where(numbers > 0, self._ends[numbers - 1], 0)
        lengths = self._ends[numbers] - starts
        before = np.cumsum(lengths) - lengths
        places = np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
        wanted = np.zeros(len(self._vocabulary.folded), dtype=np.bool_)
        wanted[syllables] = True
        return numbers[np.logical_or.reduceat(wanted[self._fold_of[self._flat[places]]], before)]

    def _without_one(self, typed: list[str], folded: list[str], limit: int) -> Iterator[_Found]:
        """One of the syllables typed is none of the name's: `bà Hoài`, or wrong beyond recognition."""
        if len(folded) < 2:
            return
        lists = [self._by_folded.of(n) if (n := self._vocabulary.folded.get(word)) is not None else None
                 for word in folded]
        for i in range(len(folded)):
            rest = [numbers for j, numbers in enumerate(lists) if j != i and numbers is not None]
            if len(rest) == len(folded) - 1:
                left = folded[:i] + folded[i + 1:]
                yield from (_Found(number, 0) for number in self._nearest_the_end(_common(rest), left)[:_JUDGED // 2])

    def _covered(self, typed: list[str], folded: list[str], limit: int) -> Iterator[_Found]:
        """Long names of which several words differ: those that share the rarest words with the query."""
        known = [self._by_folded.of(n) for word in dict.fromkeys(folded)
                 if (n := self._vocabulary.folded.get(word)) is not None]
        lists = [numbers for numbers in sorted(known, key=len)[:8] if len(numbers) <= _POSTINGS]
        if len(folded) < 3 or len(lists) < 2:
            return
        worth = np.concatenate([np.full(len(n), np.log(1 + len(self) / len(n))) for n in lists])
        numbers, places = np.unique(np.concatenate(lists), return_inverse=True)
        total = np.bincount(places, weights=worth)
        for i in np.argsort(-total, kind="stable")[:_JUDGED]:
            yield _Found(int(numbers[i]), 0)

    # ------------------------------------------------------------------------------------------------------- judging

    def _judge(self, typed: list[str], folded: list[str], found: _Found) -> Hit | None:
        """What a candidate is worth; None where it is too far from the query."""
        syllables = self._syllables(found.number)
        bare = [str(fold(word)) for word in syllables]
        score, edits, how = compare(typed, folded, syllables, bare, found.edits)
        if score < _LOWEST or edits > max(2, sum(map(len, folded)) // 4):
            return None
        if edits:                   # at equal distance the one whose diacritics are nearer to those typed
            score -= 0.01 * OSA.normalized_distance(" ".join(typed), " ".join(syllables[-len(typed):]))
        return Hit(
            entity_id=int(self._names.entities[found.number]),
            name=self._name(found.number),
            score=round(score, 4),
            how=how,
            edits=edits,
            missing=max(0, len(syllables) - len(typed)),
            weight=int(self._names.weights[found.number]),
        )


def _ordered(
    blob_ends: array[int], entities: array[int], weights: array[int], ends: array[int], flat: array[int]
) -> _Names:
    """The rows as arrays, names in order of weight."""
    weight = np.frombuffer(weights, dtype=np.int64)
    entity = np.frombuffer(entities, dtype=np.int64)
    old_ends = np.frombuffer(ends, dtype=np.int64).astype(np.int32)
    order = np.lexsort((entity, -weight)).astype(np.int32)
    lengths = np.diff(old_ends, prepend=0)[order]
    new_ends = np.cumsum(lengths, dtype=np.int32)
    source = np.repeat(old_ends[order] - new_ends, lengths)
    source += np.arange(len(flat), dtype=np.int32)
    return _Names(
        blob_ends=np.frombuffer(blob_ends, dtype=np.int64).astype(np.int32),
        rows=order,
        entities=entity[order],
        weights=weight[order].astype(np.int32),
        flat=np.frombuffer(flat, dtype=np.int32)[source],
        ends=new_ends,
    )


def _spreads(syllables: int, edits: int) -> list[tuple[int, ...]]:
    """All ways to spread wrong letters over syllables: (2, 1) → (1, 0), (0, 1)."""
    if edits == 0:
        return [(0,) * syllables]
    if edits == 1:
        return [tuple(int(i == j) for i in range(syllables)) for j in range(syllables)]
    return [spread for spread in product((0, 1, 2), repeat=syllables) if sum(spread) == edits]


def _common(lists: Sequence[npt.NDArray[np.int32]]) -> npt.NDArray[np.int32]:
    """The numbers in all lists, ascending; of a list longer than `_POSTINGS` the lower (more mentioned) ones."""
    ordered = sorted(lists, key=len)
    shared = ordered[0][:_POSTINGS]
    if len(shared) > 1:             # ascending already; a name that has a syllable twice stands there twice
        shared = shared[np.concatenate([[True], shared[1:] != shared[:-1]])]
    for other in ordered[1:]:
        if not len(shared):
            break
        places = np.searchsorted(other, shared)
        places[places == len(other)] = len(other) - 1
        shared = shared[other[places] == shared]
    return shared


def _enough(best: dict[int, Hit], stage: str, limit: int, typed: int) -> bool:
    """Whether a stage can be spared, given what the stages before it found."""
    if not best or stage == "_whole":
        return False
    top = max(hit.score for hit in best.values())
    if stage == "_shortened":       # two syllables are as often a short form as a whole name
        return typed > 2 and top >= 0.9
    if stage == "_rejoined":
        return top >= 0.95
    return any(hit.score >= 0.9 or (hit.edits == 0 and hit.how == "partial") for hit in best.values())
