"""What ingest writes: an article's rows in, an article's rows out. One function, one or a few statements."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from store.ids import SENTENCES_PER_ARTICLE
from store.rows import ArticleRows
from store.text import fold, plain

__all__ = [
    "article_digest", "begin_run", "delete_article", "empty_full_text", "end_run", "insert_article", "note_file", "sources_under",
    "stored_articles",
]

_INSERTS = (
    ("sentences", """
        insert into sentences (id, article_id, position, start, end, kind, text)
        values (?, ?, ?, ?, ?, ?, ?)"""),
    ("full_texts", """
        insert into sentences_fts (rowid, text, folded)
        values (?, ?, ?)"""),
    ("authors", """
        insert or ignore into authors (article_id, name, role, start, end)
        values (?, ?, ?, ?, ?)"""),
    ("entities", """
        insert or ignore into entities (id, kind, name)
        values (?, ?, ?)"""),
    ("local_names", """
        insert into local_names (article_id, kind, name, key, entity_id, surfaces, evidence)
        values (?, ?, ?, ?, ?, ?, ?)"""),
    ("keys", """
        insert or ignore into unlinked (kind, key)
        values (?, ?)"""),
    ("mentions", """
        insert into mentions (sentence_id, entity_id, start, end, surface, rule)
        values (?, ?, ?, ?, ?, ?)"""),
    ("positions", """
        insert or ignore into positions (id, name, title, organization_id, folded)
        values (?, ?, ?, ?, ?)"""),
    ("attestations", """
        insert into attestations (person_id, position_id, status, attested_on, earliest, latest, sentence_id, start, end, rule)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""),
    ("events", """
        insert into events (id, article_id, kind, name, date, earliest, latest, time_of_day, date_basis, place_id, sentence_id)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""),
    ("participations", """
        insert into participations (event_id, entity_id, name, role, position_id, sentence_id, rule)
        values (?, ?, ?, ?, ?, ?, ?)"""),
    ("shingles", """
        insert or ignore into shingles (hash, article_id)
        values (?, ?)"""),
)


def insert_article(db: sqlite3.Connection, rows: ArticleRows) -> None:
    """Adds an article that is not there."""
    db.execute("""
        insert into articles (id, source, title, publisher, published, text, sha256, stated, annotation_version)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)""", rows.article)
    for field, statement in _INSERTS:
        db.executemany(statement, getattr(rows, field))


def delete_article(db: sqlite3.Connection, article: int) -> None:
    """Takes out an article with all its rows; the keys of its names wait for linking. Nothing where there is none."""
    first = article * SENTENCES_PER_ARTICLE
    sentences = db.execute("""
        select id, text
        from sentences
        where id between ? and ?""", (first, first + SENTENCES_PER_ARTICLE - 1)).fetchall()
    db.executemany("""
        insert into sentences_fts (sentences_fts, rowid, text, folded)
        values ('delete', ?, ?, ?)""", ((id_, plain(text), fold(text)) for id_, text in sentences))
    db.execute("""
        insert or ignore into unlinked (kind, key)
        select kind, key
        from local_names
        where article_id = ?""", (article,))
    db.execute("delete from articles where id = ?", (article,))


def article_digest(db: sqlite3.Connection, article: int) -> tuple[str, str, str, int] | None:
    """Source, hash, what the source stated and annotation version of an article; None where it is not there."""
    row: tuple[str, str, str, int] | None = db.execute("""
        select source, sha256, stated, annotation_version
        from articles
        where id = ?""", (article,)).fetchone()
    return row


def stored_articles(db: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Source, text and what the source stated, of every article; ids first, so that rows may change meanwhile."""
    for (article,) in db.execute("select id from articles order by source").fetchall():
        row = db.execute("select source, text, stated from articles where id = ?", (article,)).fetchone()
        if row is not None:
            yield row


def sources_under(db: sqlite3.Connection, prefix: str) -> list[str]:
    """The sources that begin with a folder's name, in order."""
    return [row[0] for row in db.execute("""
        select source
        from articles
        where substr(source, 1, length(:prefix)) = :prefix
        order by source""", {"prefix": prefix})]


def empty_full_text(db: sqlite3.Connection) -> None:
    """Empties the full-text index of sentences, for writing all of it anew."""
    db.execute("insert into sentences_fts (sentences_fts) values ('delete-all')")


def begin_run(db: sqlite3.Connection, started: str, version: str, annotation_version: int) -> int:
    """Notes that a run began; its id."""
    cursor = db.execute("""
        insert into ingest_runs (started, version, annotation_version)
        values (?, ?, ?)""", (started, version, annotation_version))
    return int(cursor.lastrowid or 0)


def end_run(db: sqlite3.Connection, run: int, finished: str) -> None:
    """Notes that a run came to its end."""
    db.execute("update ingest_runs set finished = ? where id = ?", (finished, run))


def note_file(db: sqlite3.Connection, run: int, outcomes: Iterable[tuple[str, str, str | None]]) -> None:
    """Notes source, status and reason of what was read."""
    db.executemany("""
        insert or replace into ingest_files (run_id, source, status, reason)
        values (?, ?, ?, ?)""", ((run, *outcome) for outcome in outcomes))
