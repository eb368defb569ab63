"""What ingest writes: an article's rows in, an article's rows out. One function, one or a few statements."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from store.ids import SENTENCES_PER_ARTICLE
from store.rows import ArticleRows
from store.search_index import index_all, unindex_article
from store.text import fold, plain

__all__ = [
    "all_articles", "article_digest", "begin_run", "delete_article", "duplicate_group", "end_run",
    "full_text_is_left", "insert_article", "leave_full_text", "mark_duplicates", "note_file",
    "own_text_of", "rebuild_full_text", "sharing_shingles", "sources_under", "stored_articles", "was_cut_off",
]

_INSERTS = (
    ("sentences", """
        insert into sentences (id, article_id, position, start, end, kind, text)
        values (?, ?, ?, ?, ?, ?, ?)"""),
    ("full_texts", """
        insert into sentences_fts (rowid, text, folded)
        values (?, ?, ?)"""),
    ("search_terms", """
        insert into articles_fts (rowid, terms)
        values (?, ?)"""),
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
        insert into attestations
            (person_id, position_id, status, attested_on, earliest, latest, sentence_id, start, end, rule, name, title)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""),
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


_FULL_TEXT = frozenset({"full_texts", "search_terms"})
_INDEX_MARK = ("", "full text")     # a row of `unlinked`: the full-text indexes wait to be written anew


def insert_article(db: sqlite3.Connection, rows: ArticleRows, *, indexed: bool) -> None:
    """Adds an article that is not there; to the full-text indexes only where these are not to be written anew anyway."""
    db.execute("""
        insert into articles (id, source, title, publisher, published, text, sha256, stated, annotation_version)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)""", rows.article)
    for field, statement in _INSERTS:
        if indexed or field not in _FULL_TEXT:
            db.executemany(statement, getattr(rows, field))


def delete_article(db: sqlite3.Connection, article: int, *, indexed: bool) -> None:
    """Takes out an article with all its rows; the keys of its names wait for linking. Nothing where there is none."""
    if indexed:
        _unindex(db, article)
    db.execute("""
        insert or ignore into unlinked (kind, key)
        select kind, key
        from local_names
        where article_id = ?""", (article,))
    db.execute("delete from articles where id = ?", (article,))


def _unindex(db: sqlite3.Connection, article: int) -> None:
    unindex_article(db, article)
    first = article * SENTENCES_PER_ARTICLE
    sentences = db.execute("""
        select id, text
        from sentences
        where id between ? and ?""", (first, first + SENTENCES_PER_ARTICLE - 1)).fetchall()
    db.executemany("""
        insert into sentences_fts (sentences_fts, rowid, text, folded)
        values ('delete', ?, ?, ?)""", ((id_, plain(text), fold(text)) for id_, text in sentences))


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
    """The sources that begin with a folder's name, in order. Under the working folder, whose name is empty, only those that are
    relative paths and state nothing themselves: lines of a JSON file may be called anything."""
    return [row[0] for row in db.execute("""
        select source
        from articles
        where
            substr(source, 1, length(:prefix)) = :prefix
            and (:prefix <> '' or (stated = '{}' and source not like '/%' and source not like '%://%'))
        order by source""", {"prefix": prefix})]


def leave_full_text(db: sqlite3.Connection) -> None:
    """Leaves the full-text indexes as they are until `rebuild_full_text`, in this run or, if it is cut off, in the next: an index
    without a copy of its text can only forget what it is told exactly, and `fold` may have changed since it was written."""
    db.execute("insert or ignore into unlinked (kind, key) values (?, ?)", _INDEX_MARK)


def full_text_is_left(db: sqlite3.Connection) -> bool:
    """Whether the full-text indexes wait to be written anew."""
    return db.execute("select 1 from unlinked where kind = ? and key = ?", _INDEX_MARK).fetchone() is not None


def rebuild_full_text(db: sqlite3.Connection) -> None:
    """Writes the full-text indexes anew."""
    db.execute("insert into sentences_fts (sentences_fts) values ('delete-all')")
    db.executemany("""
        insert into sentences_fts (rowid, text, folded)
        values (?, ?, ?)""", (
            (id_, plain(text), fold(text)) for id_, text in db.execute("select id, text from sentences order by id")))
    index_all(db)
    db.execute("delete from unlinked where kind = ? and key = ?", _INDEX_MARK)


# ------------------------------------------------------------------------------------------------------ near-duplicates

def duplicate_group(db: sqlite3.Connection, article: int) -> set[int]:
    """The other articles that are near-duplicates of the same one as this is."""
    return {row[0] for row in db.execute("""
        select b.id
        from articles a
        join articles b on coalesce(b.near_duplicate_of, b.id) = coalesce(a.near_duplicate_of, a.id)
        where a.id = :article and b.id <> :article and (a.near_duplicate_of is not null or b.near_duplicate_of is not null)""",
        {"article": article})}


def sharing_shingles(db: sqlite3.Connection, article: int) -> list[int]:
    """The articles that share at least a third of the smaller one's sampled runs of words."""
    return [row[0] for row in db.execute("""
        select b.article_id
        from shingles a
        join shingles b on b.hash = a.hash and b.article_id <> a.article_id
        where a.article_id = :article
        group by b.article_id
        having count(*) * 3 >= min(
            (select count(*) from shingles where article_id = :article),
            (select count(*) from shingles c where c.article_id = b.article_id))
        order by b.article_id""", {"article": article})]


def own_text_of(db: sqlite3.Connection, article: int) -> str:
    """What an article itself says, a sentence a line."""
    first = article * SENTENCES_PER_ARTICLE
    return "\n".join(row[0] for row in db.execute("""
        select text
        from sentences
        where id between ? and ? and kind in ('title', 'body', 'caption')
        order by position""", (first, first + SENTENCES_PER_ARTICLE - 1)))


def mark_duplicates(db: sqlite3.Connection, group: Iterable[int]) -> dict[str, str]:
    """Marks similar articles as near-duplicates of the first published, longest, first named of them; who is one of whom."""
    rows = [db.execute("""
        select id, source, coalesce(published, '9999'), length(text)
        from articles
        where id = ?""", (article,)).fetchone() for article in group]
    present = sorted((row for row in rows if row), key=lambda row: (row[2], -row[3], row[1]))
    if not present:
        return {}
    original, *copies = present
    db.execute("update articles set near_duplicate_of = null where id = ? and near_duplicate_of is not null", (original[0],))
    db.executemany("""
        update articles
        set near_duplicate_of = ?
        where id = ?""", ((original[0], copy[0]) for copy in copies))
    return {copy[1]: original[1] for copy in copies}


# ------------------------------------------------------------------------------------------------------------------ runs

def begin_run(db: sqlite3.Connection, started: str, version: str, annotation_version: int) -> int:
    """Notes that a run began; its id."""
    cursor = db.execute("""
        insert into ingest_runs (started, version, annotation_version)
        values (?, ?, ?)""", (started, version, annotation_version))
    return int(cursor.lastrowid or 0)


def was_cut_off(db: sqlite3.Connection, run: int) -> bool:
    """Whether the run before this one did not come to its end."""
    before = db.execute("""
        select finished is null
        from ingest_runs
        where id < ?
        order by id desc
        limit 1""", (run,)).fetchone()
    return bool(before and before[0])


def all_articles(db: sqlite3.Connection) -> set[int]:
    """Their ids."""
    return {row[0] for row in db.execute("select id from articles")}


def end_run(db: sqlite3.Connection, run: int, finished: str) -> None:
    """Notes that a run came to its end."""
    db.execute("update ingest_runs set finished = ? where id = ?", (finished, run))


def note_file(db: sqlite3.Connection, run: int, outcomes: Iterable[tuple[str, str, str | None]]) -> None:
    """Notes source, status and reason of what was read."""
    db.executemany("""
        insert or replace into ingest_files (run_id, source, status, reason)
        values (?, ?, ?, ?)""", ((run, *outcome) for outcome in outcomes))
