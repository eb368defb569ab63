"""How common words and pairs are in a store: asked of the full text once per word, as it has to read all their places."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from store.queries import stamp
from store.search_words import bare

__all__ = ["TermCounts", "term_counts"]

DOCUMENTS_WITH = """
select
    t.term,
    t.doc
from json_each(:terms) w
join articles_fts_terms t on t.term = w.value
"""

SENTENCES_WITH = """
select
    t.term || ' ' || t.col,
    t.doc
from json_each(:terms) w
join sentences_fts_terms t on t.term = w.value
"""


@dataclass(frozen=True, slots=True)
class TermCounts:
    """Counts of one state of a store; 0 is remembered too."""

    total: int                      # articles
    documents: dict[str, int] = field(default_factory=dict)
    sentences: dict[str, int] = field(default_factory=dict)     # `ủy text`, `uy folded`

    def documents_with(self, connection: sqlite3.Connection, terms: Iterable[str]) -> dict[str, int]:
        """In how many articles each folded word or pair stands; those in none are left out."""
        wanted = list(terms)
        unknown = [term for term in wanted if term not in self.documents]
        if unknown:
            self.documents.update(_counts(connection, DOCUMENTS_WITH, unknown, unknown))
        return {term: self.documents[term] for term in wanted if self.documents[term]}

    def spelled(self, connection: sqlite3.Connection, accented: Iterable[str]) -> dict[str, float]:
        """Of each word typed with diacritics, the share of its unaccented form's sentences in which it is spelled so."""
        wanted = {word: (f"{word} text", f"{bare(word)} folded") for word in accented}
        unknown = [word for word, keys in wanted.items() if any(key not in self.sentences for key in keys)]
        if unknown:
            keys = [key for word in unknown for key in wanted[word]]
            terms = [*unknown, *map(bare, unknown)]
            self.sentences.update(_counts(connection, SENTENCES_WITH, list(dict.fromkeys(terms)), keys))
        return {
            word: self.sentences[typed] / self.sentences[folded]
            for word, (typed, folded) in wanted.items() if self.sentences[folded]
        }


def _counts(connection: sqlite3.Connection, sql: str, terms: list[str], keys: list[str]) -> Mapping[str, int]:
    found = {key: int(count) for key, count in connection.execute(sql, {"terms": json.dumps(terms)})}
    return {key: found.get(key, 0) for key in keys}


_LATEST: dict[str, tuple[tuple[int, int], TermCounts]] = {}     # by file: its state and counts
_STORES = 4
_TERMS = 200_000                    # remembered of one store, about 20 MB


def term_counts(connection: sqlite3.Connection) -> TermCounts:
    """The counts of the store as it is now; shared by all its connections, made anew after an ingest."""
    file = str(connection.execute("pragma database_list").fetchone()[2])
    state = stamp(connection)
    known = _LATEST.get(file)
    if file and known and known[0] == state and len(known[1].documents) + len(known[1].sentences) < _TERMS:
        return known[1]
    counts = TermCounts(total=state[0])
    if len(_LATEST) >= _STORES:
        _LATEST.clear()
    _LATEST[file] = state, counts
    return counts
