"""What ranked search finds an article by: its folded syllables and the pairs of neighbouring ones, as FTS5 terms.

Pairs do what word segmentation should, need no segmenter, and work without diacritics nearly as well as with them.
The table has no copy of its text, so a row is taken out by giving FTS5 the same terms again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import pairwise

from store.search_words import folded_words
from store.types import SentenceKind

__all__ = ["SEARCHED", "index_all", "index_article", "search_terms", "unindex_article"]

SEARCHED: frozenset[SentenceKind] = frozenset({"title", "body", "caption"})
"""Kinds of sentences that may be found; page furniture and repeated headlines never are."""


def search_terms(title: str | None, sentences: Iterable[tuple[str, str]]) -> str:
    """The terms of an article, from its title and the (kind, text) of its sentences."""
    return " ".join(_terms(title, sentences))


def _terms(title: str | None, sentences: Iterable[tuple[str, str]]) -> Iterator[str]:
    lines = [text for kind, text in sentences if kind in SEARCHED]
    if title and title not in lines[:3]:
        lines.insert(0, title)
    for line in lines:
        words = folded_words(line)
        yield from words
        yield from map("_".join, pairwise(words))


ARTICLE = """
select
    a.title,
    s.kind,
    s.text
from articles a
left join sentences s on s.article_id = a.id
where a.id = :article_id
order by s.position
"""


def _stored_terms(db: sqlite3.Connection, article_id: int) -> str:
    rows = db.execute(ARTICLE, {"article_id": article_id}).fetchall()
    return search_terms(rows[0][0], [(kind, text) for _, kind, text in rows if text is not None]) if rows else ""


def index_article(db: sqlite3.Connection, article_id: int, terms: str | None = None) -> None:
    """Makes an article searchable that is not yet; its terms are made from the stored rows where they are not given."""
    db.execute(
        "insert into articles_fts (rowid, terms) values (?, ?)",
        (article_id, _stored_terms(db, article_id) if terms is None else terms))


def unindex_article(db: sqlite3.Connection, article_id: int) -> None:
    """Takes an article out of the search; to be called before its rows go. Nothing where there is none."""
    terms = _stored_terms(db, article_id)
    if terms:
        db.execute("insert into articles_fts (articles_fts, rowid, terms) values ('delete', ?, ?)", (article_id, terms))


def index_all(db: sqlite3.Connection) -> None:
    """Writes the whole index anew."""
    db.execute("insert into articles_fts (articles_fts) values ('delete-all')")
    for (article_id,) in db.execute("select id from articles").fetchall():
        index_article(db, article_id)
