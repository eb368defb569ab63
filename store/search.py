"""Ranked passages: the articles that answer a query best, each with the sentence that says so.

    search(connection, "chuong trinh 01-CTr/TU tong ket khi nao", limit=5)

The full text proposes articles by their rarer words and pairs (BM25); those are read and ranked anew by coverage,
nearness, order and diacritics (`store.search_rank`). Phrases in quotes and codes of documents must be there. Nothing is
ever found in page furniture.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby

from store.queries import id_list
from store.search_query import Phrase, SearchQuery, parse_query
from store.search_rank import Read, Weights, best_sentence, coverage, read, score, weights_of
from store.search_terms import term_counts
from store.search_words import accented_words, bare

__all__ = ["Passage", "SearchFilter", "search"]

_CANDIDATES = 30                    # articles read for ten results; 20 lost .003 of MRR, 60 gained .002 at twice the time
_ROWS = 4_000                       # articles the full text may have to score; rarer terms first
_FEWEST_TERMS = 4


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Only articles whose source or publisher has these letters, published between two ISO days."""

    source: str | None = None
    first: str | None = None
    last: str | None = None

    @property
    def empty(self) -> bool:
        """Whether it lets everything through."""
        return not (self.source or self.first or self.last)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with its article; `text == article.text[start:end]`."""

    article_id: int
    sentence_id: int
    source: str
    title: str | None
    published: str | None
    position: int
    kind: str
    text: str
    start: int
    end: int
    score: float                    # comparable within one query
    coverage: float                 # of the query's words, rare ones weighing more, in the sentence: 0 … 1
    article_coverage: float         # the same in the whole article


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence as it is read from the store."""

    article_id: int
    id: int
    position: int
    start: int
    end: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Article:
    """An article that was read for a query."""

    id: int
    score: float
    sentences: Sequence[_Sentence]
    reads: Sequence[Read]


CANDIDATES = """
select rowid
from articles_fts
where articles_fts match :match
order by rank
limit :limit
"""

CANDIDATES_FILTERED = """
select f.rowid
from articles_fts f
join articles a on a.id = f.rowid
where articles_fts match :match
and (:source is null or instr(lower(a.source || ' ' || coalesce(a.publisher, '')), lower(:source)) > 0)
and ((:first is null and :last is null) or a.published glob '[0-9]*')
and (:first is null or a.published >= substr(:first, 1, length(rtrim(a.published, '?'))))
and (:last is null or a.published <= :last || '~')
and (:having is null or f.rowid in (select value from json_each(:having)))
order by bm25(articles_fts)
limit :limit
"""

WITH_PHRASE = """
select distinct s.article_id
from sentences_fts f
join sentences s on s.id = f.rowid
where sentences_fts match :match
and s.kind in ('title', 'body', 'caption')
limit 5000
"""

SENTENCES_OF = """
select
    s.article_id,
    s.id,
    s.position,
    s.start,
    s.end,
    s.kind,
    s.text
from sentences s
where s.article_id in (select value from json_each(:ids))
and s.kind in ('title', 'body', 'caption')
order by s.article_id, s.position
"""

ARTICLES_OF = """
select
    a.id,
    a.source,
    a.title,
    a.published
from articles a
where a.id in (select value from json_each(:ids))
"""


def search(
    connection: sqlite3.Connection, text: str, limit: int = 10, only: SearchFilter | None = None
) -> list[Passage]:
    """The best passages for a query, one per article, best first; none where a phrase or code is nowhere."""
    query = parse_query(text)
    if not query.words or limit < 1:
        return []
    having = _with_all_phrases(connection, query.phrases)
    if having is not None and not having:
        return []
    counts = term_counts(connection)
    documents = counts.documents_with(connection, [*query.words, *query.pairs])
    candidates = _candidates(connection, query, documents, having, only or SearchFilter(), max(_CANDIDATES, limit))
    weights = weights_of(query, documents, counts.spelled(connection, query.accented), counts.total)
    return _passages(connection, query, weights, _ranked(connection, query, weights, candidates)[:limit])


def _with_all_phrases(connection: sqlite3.Connection, phrases: Sequence[Phrase]) -> set[int] | None:
    """The articles that have every phrase; None where the query has no phrase."""
    having: set[int] | None = None
    for phrase in phrases:
        match = f'{"text" if phrase.exact else "folded"}: "{" ".join(phrase.words)}"'
        found = {row[0] for row in connection.execute(WITH_PHRASE, {"match": match})}
        having = found if having is None else having & found
    return having


def _candidates(
    connection: sqlite3.Connection, query: SearchQuery, documents: Mapping[str, int], having: set[int] | None,
    only: SearchFilter, limit: int,
) -> list[int]:
    """The articles worth reading, by BM25 over the rarer terms."""
    needed = {bare(word) for phrase in query.phrases for word in phrase.words}
    terms = _rare_terms(documents, needed)
    if not terms:
        return []
    match = " OR ".join(f'"{term}"' for term in terms)
    if having is None and only.empty:
        return [row[0] for row in connection.execute(CANDIDATES, {"match": match, "limit": limit})]
    values = {"match": match, "limit": limit, "source": only.source, "first": only.first, "last": only.last,
              "having": None if having is None else id_list(having)}
    return [row[0] for row in connection.execute(CANDIDATES_FILTERED, values)]


def _rare_terms(documents: Mapping[str, int], needed: Set[str] = frozenset()) -> list[str]:
    """The terms to look for: the rarer ones first, until the full text would have too many articles to score; at least
    one of those that every article has which is wanted."""
    chosen: list[str] = []
    rows = 0
    for term, count in sorted(documents.items(), key=lambda item: (item[1], item[0])):
        rows += count
        if rows > _ROWS and len(chosen) >= _FEWEST_TERMS:
            break
        chosen.append(term)
    if needed and needed.isdisjoint(chosen):
        chosen.extend(sorted(needed & documents.keys(), key=lambda term: documents[term])[:1])
    return chosen


def _ranked(
    connection: sqlite3.Connection, query: SearchQuery, weights: Weights, candidates: Sequence[int]
) -> list[_Article]:
    """The articles read and ranked."""
    found = []
    rows = connection.execute(SENTENCES_OF, {"ids": id_list(candidates)})
    for article_id, group in groupby((_Sentence(*row) for row in rows), key=lambda s: s.article_id):
        sentences = list(group)
        reads = [read(sentence.text, weights) for sentence in sentences]
        found.append(_Article(article_id, score(reads, weights), sentences, reads))
    return sorted(found, key=lambda article: (-article.score, article.id))


def _favour(sentence: _Sentence, query: SearchQuery) -> float:
    """How gladly a sentence is quoted: one that has the phrases asked for before any other, one with a number where a
    number is asked for, a headline last."""
    value = -0.35 if sentence.kind == "title" else 0.0
    if query.asks_number and any(map(str.isdigit, sentence.text)):
        value += 0.2
    if query.phrases:
        words = accented_words(sentence.text)
        exact, folded = f" {' '.join(words)} ", f" {' '.join(map(bare, words))} "
        value += sum(f" {' '.join(p.words)} " in (exact if p.exact else folded) for p in query.phrases) * 10.0
    return value


def _passages(
    connection: sqlite3.Connection, query: SearchQuery, weights: Weights, ranked: Sequence[_Article]
) -> list[Passage]:
    ids = id_list(article.id for article in ranked)
    known = {row[0]: row for row in connection.execute(ARTICLES_OF, {"ids": ids})}
    return [_passage(article, known[article.id], query, weights) for article in ranked]


def _passage(article: _Article, row: Sequence[str | None], query: SearchQuery, weights: Weights) -> Passage:
    """The article's best sentence."""
    best = best_sentence(article.reads, [_favour(s, query) for s in article.sentences], weights)
    sentence = article.sentences[best]
    return Passage(
        article_id=article.id, sentence_id=sentence.id, source=str(row[1]), title=row[2], published=row[3],
        position=sentence.position, kind=sentence.kind, text=sentence.text, start=sentence.start, end=sentence.end,
        score=round(article.score, 4), coverage=round(coverage([article.reads[best].words], weights), 4),
        article_coverage=round(coverage((read.words for read in article.reads), weights), 4))
