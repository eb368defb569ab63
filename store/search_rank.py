"""How well an article answers a query: the candidates of the full text, read word by word.

The features and their weights come from a logistic regression over half of the questions of ViNewsQA (each against the
fifty best candidates); `tests/bench/ranking.py` prints what they reach on any questions.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from store.search_query import SearchQuery
from store.search_words import bare, exact, printed_words
from store.text import fold

__all__ = ["Fit", "Weights", "features", "fit", "weights_of"]

_K1, _B = 1.2, 0.75                 # BM25's usual ones; (.9, .4) was .01 worse
_TYPICAL = 450.0                    # syllables of an article, to which lengths are compared
_NEAR = 6                           # words between two that count as near each other
_FEATURES = ("words", "pairs", "accented", "accented_pairs", "best", "window", "first", "order", "accents", "length")
_TYPED = (0.16, 0.05, 0.20, 0.04, 1.6, 0.28, 0.63, 1.46, 5.2, -1.0)
_BARE = (0.35, 0.15, 0.0, 0.0, 3.6, 0.41, 0.72, 2.15, 0.0, -1.0)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each word and pair of a query says: rare ones more."""

    words: Mapping[str, float]
    pairs: Mapping[str, float]
    accented: Mapping[str, float]
    accented_pairs: Mapping[str, float]
    near: frozenset[tuple[str, str]]            # pairs of words of the query, up to three apart, in its order
    all_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fit:
    """What an article is worth, and which of its sentences says so best (index into those given)."""

    score: float
    sentence: int
    coverage: float                 # of the query's words, weighed, in that sentence: 0 … 1
    article_coverage: float         # the same in the whole article


def weights_of(
    query: SearchQuery, documents: Mapping[str, int], spelled: Mapping[str, float], total: int
) -> Weights:
    """The weights of a query's terms, from the number of articles each stands in among all. `spelled`: what share of the
    occurrences of a word without diacritics is spelled as typed; a rare spelling says more."""

    def rarity(term: str, share: float = 1.0) -> float:
        count = documents.get(term, 0) * share
        return math.log(1 + (total - count + 0.5) / (count + 0.5))

    def pair_share(pair: str) -> float:
        return min(spelled.get(word, 1.0) for word in pair.split("_"))

    words = query.words
    return Weights(
        words={word: rarity(word) for word in words},
        pairs={pair: rarity(pair) for pair in query.pairs},
        accented={word: rarity(bare(word), spelled.get(word, 1.0)) for word in query.accented},
        accented_pairs={pair: rarity(fold(pair), pair_share(pair)) for pair in query.accented_pairs},
        near=frozenset((a, b) for i, a in enumerate(words) for b in words[i + 1:i + 4]),
        all_words=frozenset(words).union(*(pair.split("_") for pair in query.pairs)),
    )


@dataclass(slots=True)
class _Read:
    """A sentence as far as the query is concerned."""

    words: Mapping[str, int]
    pairs: Mapping[str, int]
    accented: Mapping[str, int]
    accented_pairs: Mapping[str, int]
    near: frozenset[tuple[str, str]]
    length: int


_NONE: Mapping[str, int] = {}


def _read(text: str, weights: Weights) -> _Read:
    words = printed_words(text)
    folded = list(map(bare, words))
    places = [i for i, word in enumerate(folded) if word in weights.all_words]
    if not places:
        return _Read(_NONE, _NONE, _NONE, _NONE, frozenset(), len(words))
    beside = [i for i, j in pairwise(places) if j == i + 1]
    near = {
        (folded[i], folded[j])
        for n, i in enumerate(places) for j in places[n + 1:n + _NEAR] if j - i <= _NEAR
    }
    typed = {i: exact(words[i]) for i in places} if weights.accented else {}
    return _Read(
        words=_count((folded[i] for i in places), weights.words),
        pairs=_count((f"{folded[i]}_{folded[i + 1]}" for i in beside), weights.pairs),
        accented=_count(typed.values(), weights.accented),
        accented_pairs=_count((f"{typed[i]}_{typed[i + 1]}" for i in beside if typed), weights.accented_pairs),
        near=weights.near & near,
        length=len(words),
    )


def _count(terms: Iterable[str], weights: Mapping[str, float]) -> dict[str, int]:
    found: dict[str, int] = {}
    for term in terms:
        if term in weights:
            found[term] = found.get(term, 0) + 1
    return found


def features(sentences: Sequence[str], weights: Weights) -> tuple[list[float], list[float], list[float], float]:
    """An article's features; of each sentence its value and its coverage; the coverage of the article."""
    read = [_read(text, weights) for text in sentences]
    length = sum(part.length for part in read)
    norm = _K1 * (1 - _B + _B * length / _TYPICAL)
    word_total, pair_total = _sum(weights.words), _sum(weights.pairs)
    accent_total, accent_pair_total = _sum(weights.accented), _sum(weights.accented_pairs)
    covered = [_share(part.words, weights.words, word_total) for part in read]
    values = [c + _share(part.pairs, weights.pairs, pair_total) for c, part in zip(covered, read, strict=True)]
    accents = [
        0.5 * _share(part.accented, weights.accented, accent_total)
        + 0.5 * _share(part.accented_pairs, weights.accented_pairs, accent_pair_total)
        for part in read
    ]
    words = _added(part.words for part in read)
    row = [
        _bm25(words, weights.words, norm),
        _bm25(_added(part.pairs for part in read), weights.pairs, norm),
        _bm25(_added(part.accented for part in read), weights.accented, norm),
        _bm25(_added(part.accented_pairs for part in read), weights.accented_pairs, norm),
        max(values, default=0.0),
        max((a + b for a, b in pairwise(values)), default=values[0] if values else 0.0),
        max(values[:2], default=0.0),
        len(set().union(*(part.near for part in read))) / max(1, len(weights.near)),
        max(accents, default=0.0),
        math.log(max(1, length)),
    ]
    worth = [value + accent for value, accent in zip(values, accents, strict=True)]
    return row, worth, covered, _share(words, weights.words, word_total)


def fit(sentences: Sequence[str], favour: Sequence[float], weights: Weights) -> Fit:
    """What an article is worth for a query; `favour` says how gladly each of its sentences is quoted."""
    row, worth, covered, coverage = features(sentences, weights)
    factors = _TYPED if weights.accented else _BARE
    score = sum(value * factor for value, factor in zip(row, factors, strict=True))
    order = [w + f - 0.001 * i for i, (w, f) in enumerate(zip(worth, favour, strict=True))]
    best = max(range(len(order)), key=order.__getitem__, default=0)
    return Fit(score, best, covered[best] if covered else 0.0, coverage)


def _sum(weights: Mapping[str, float]) -> float:
    return sum(weights.values()) or 1.0


def _share(found: Mapping[str, int], weights: Mapping[str, float], total: float) -> float:
    return sum(weights[term] for term in found) / total if found else 0.0


def _added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for part in counts:
        for term, count in part.items():
            total[term] = total.get(term, 0) + count
    return total


def _bm25(found: Mapping[str, int], weights: Mapping[str, float], norm: float) -> float:
    return sum(weights[term] * count * (_K1 + 1) / (count + norm) for term, count in found.items())
