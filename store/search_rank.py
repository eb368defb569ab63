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

__all__ = ["Read", "Weights", "best_sentence", "coverage", "features", "read", "score", "weights_of"]

_K1, _B = 1.2, 0.75                 # BM25's usual ones; (.9, .4) was .01 worse
_TYPICAL = 450.0                    # syllables of an article, to which lengths are compared
_OFTEN = 0.8                        # between .5 and 1 the right sentence is found about as often
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


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as far as the query is concerned: how often it has which of its terms."""

    words: Mapping[str, int]
    pairs: Mapping[str, int]
    accented: Mapping[str, int]
    accented_pairs: Mapping[str, int]
    near: frozenset[tuple[str, str]]
    length: int


_NONE: Mapping[str, int] = {}


def read(text: str, weights: Weights) -> Read:
    """Reads one sentence."""
    words = printed_words(text)
    folded = list(map(bare, words))
    places = [i for i, word in enumerate(folded) if word in weights.all_words]
    if not places:
        return Read(_NONE, _NONE, _NONE, _NONE, frozenset(), len(words))
    beside = [i for i, j in pairwise(places) if j == i + 1]
    near = {
        (folded[i], folded[j])
        for n, i in enumerate(places) for j in places[n + 1:n + _NEAR] if j - i <= _NEAR
    }
    typed = {i: exact(words[i]) for i in places} if weights.accented else {}
    return Read(
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


def features(article: Sequence[Read], weights: Weights) -> tuple[float, ...]:
    """An article's features, in the order of their weights."""
    length = sum(sentence.length for sentence in article)
    norm = _K1 * (1 - _B + _B * length / _TYPICAL)
    values = [a + b for a, b in zip(
        _shares([s.words for s in article], weights.words), _shares([s.pairs for s in article], weights.pairs),
        strict=True)]
    accents = [0.5 * a + 0.5 * b for a, b in zip(
        _shares([s.accented for s in article], weights.accented),
        _shares([s.accented_pairs for s in article], weights.accented_pairs), strict=True)]
    return (
        _bm25(_added(s.words for s in article), weights.words, norm),
        _bm25(_added(s.pairs for s in article), weights.pairs, norm),
        _bm25(_added(s.accented for s in article), weights.accented, norm),
        _bm25(_added(s.accented_pairs for s in article), weights.accented_pairs, norm),
        max(values, default=0.0),
        max((a + b for a, b in pairwise(values)), default=values[0] if values else 0.0),
        max(values[:2], default=0.0),
        len(frozenset[tuple[str, str]]().union(*(s.near for s in article))) / max(1, len(weights.near)),
        max(accents, default=0.0),
        math.log(max(1, length)),
    )


def score(article: Sequence[Read], weights: Weights) -> float:
    """What an article is worth for a query; comparable within the query."""
    factors = _TYPED if weights.accented else _BARE
    return sum(value * factor for value, factor in zip(features(article, weights), factors, strict=True))


def coverage(found: Iterable[Mapping[str, int]], weights: Weights) -> float:
    """The share of the query's words, rare ones weighing more, that stand in some sentences."""
    return sum(weights.words[word] for word in _added(found)) / _sum(weights.words)


def best_sentence(article: Sequence[Read], favour: Sequence[float], weights: Weights) -> int:
    """Which sentence answers best. What many sentences of the article have is what it is about, and says less of where
    the answer stands: with it the right sentence of a right article came first in .70 of questions, without in .67."""
    worth = [wish - 0.001 * i for i, wish in enumerate(favour)]
    for part, factor in (("words", 1.0), ("pairs", 1.0), ("accented", 0.5), ("accented_pairs", 0.5)):
        found: list[Mapping[str, int]] = [getattr(sentence, part) for sentence in article]
        for i, share in enumerate(_shares(found, _telling(found, getattr(weights, part)))):
            worth[i] += factor * share
    return max(range(len(worth)), key=worth.__getitem__, default=0)


def _telling(found: Sequence[Mapping[str, int]], weights: Mapping[str, float]) -> dict[str, float]:
    """The weights, lowered by the number of sentences a term stands in."""
    often = _added(dict.fromkeys(terms, 1) for terms in found)
    return {term: weight / max(1, often.get(term, 0)) ** _OFTEN for term, weight in weights.items()}


def _sum(weights: Mapping[str, float]) -> float:
    return sum(weights.values()) or 1.0


def _shares(found: Sequence[Mapping[str, int]], weights: Mapping[str, float]) -> list[float]:
    """Of each sentence the share of the weights that it has."""
    total = _sum(weights)
    return [sum(weights[term] for term in terms) / total if terms else 0.0 for terms in found]


def _added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for part in counts:
        for term, count in part.items():
            total[term] = total.get(term, 0) + count
    return total


def _bm25(found: Mapping[str, int], weights: Mapping[str, float], norm: float) -> float:
    return sum(weights[term] * count * (_K1 + 1) / (count + norm) for term, count in found.items())
