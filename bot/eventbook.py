"""Which event a description means: `hội nghị sơ kết`, `le ky ket ngay 17/3`, `phiên họp do ông Hải chủ trì`.

Every event has a bag of words: its own sentence, name, kind and place; and, worth less, the title of its article and
who took part. A description fits as far as the bag holds its words, rare words counting more.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.matching import bare, canon
from store.queries import Connection
from store.queries_events import event_texts
from store.text import fold

__all__ = ["EventBook", "EventFit"]

CONTEXT = 0.8                       # a word that only the title or a participant has
READ = 400                          # events of which the order of the words is looked at
ORDER = 0.3                         # lost where no two of the words stand side by side: `họp báo` is no `họp … báo cáo`


def _beside(words: Sequence[str], text: str) -> float:
    """The share of neighbouring words that are neighbours in the text too."""
    pairs = list(pairwise(words))
    return sum(f" {a} {b} " in text for a, b in pairs) / len(pairs) if pairs else 1.0


@dataclass(frozen=True, slots=True)
class EventFit:
    """An event and the share of the description it holds; `missing` are the words it does not."""

    id: int
    share: float
    missing: tuple[str, ...]


class EventBook:
    """Immutable once built; safe to use from several threads."""

    def __init__(self, rows: Iterable[tuple[int, str, str]]) -> None:
        self._ids: list[int] = []
        self._texts: list[str] = []
        self._own: dict[str, array[int]] = defaultdict(lambda: array("i"))
        self._context: dict[str, array[int]] = defaultdict(lambda: array("i"))
        self._spellings: dict[str, set[str]] = defaultdict(set)
        for identifier, own, context in rows:
            number = len(self._ids)
            self._ids.append(identifier)
            in_order = canon.__wrapped__(own)
            self._texts.append(f" {' '.join(bare(in_order))} ")
            own_words = set(in_order)
            for word in own_words:
                self._own[word].append(number)
            for word in set(canon.__wrapped__(context)) - own_words:
                self._context[word].append(number)
        for word in (*self._own, *self._context):
            self._spellings[fold(word)].add(word)

    @classmethod
    def build(cls, connection: Connection) -> EventBook:
        """All events of a store."""
        return cls(event_texts(connection))

    def __len__(self) -> int:
        return len(self._ids)

    def find(self, description: Sequence[str], among: Iterable[int] | None = None) -> list[EventFit]:
        """Events with at least one of the words, best first; only those `among` these ids where given."""
        typed = list(dict.fromkeys(description))
        weights = {word: self._weight(word) for word in typed}
        scores: dict[int, float] = defaultdict(float)
        held: dict[int, set[str]] = defaultdict(set)
        for word in typed:
            for number, worth in self._numbers(word).items():
                scores[number] += worth * weights[word]
                held[number].add(word)
        total = sum(weights.values()) or 1.0
        wanted = None if among is None else set(among)
        best = sorted((n for n in scores if wanted is None or self._ids[n] in wanted), key=lambda n: -scores[n])[:READ]
        folded = bare(typed)
        fits = [
            EventFit(self._ids[n], scores[n] / total * (1 - ORDER + ORDER * _beside(folded, self._texts[n])),
                     tuple(word for word in typed if word not in held[n]))
            for n in best
        ]
        return sorted(fits, key=lambda fit: (-fit.share, fit.id))

    def _forms(self, word: str) -> Iterable[str]:
        """The spellings a typed word may mean: all with its letters where it was typed without diacritics."""
        return self._spellings.get(word, ()) if fold(word) == word else (word,)

    def _numbers(self, word: str) -> dict[int, float]:
        found: dict[int, float] = {}
        for form in self._forms(word):
            for number in self._context.get(form, ()):
                found.setdefault(number, CONTEXT)
            for number in self._own.get(form, ()):
                found[number] = 1.0
        return found

    def _weight(self, word: str) -> float:
        """Rare words weigh more; a word of no event weighs as the rarest, so that it is missed."""
        count = sum(len(self._own.get(form, ())) for form in self._forms(word))
        return math.log(1 + (len(self._ids) + 1) / (count + 0.5))
