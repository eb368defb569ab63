"""Is it whole, and is it the same? Integrity, row counts, a digest that no order of ingest changes."""

from __future__ import annotations

import sqlite3
from hashlib import sha256

__all__ = ["content_digest", "counts", "digest", "integrity"]

# Tables with the columns that count: running numbers and the log of runs are left out.
_CONTENT = {
    "articles": "id, source, title, publisher, published, text, sha256, stated, near_duplicate_of, annotation_version",
    "sentences": "id, article_id, position, start, end, kind, text",
    "authors": "article_id, name, role, start, end",
    "entities": "id, kind, name, distinction, parent_id",
    "names": "id, entity_id, name, kind, folded",
    "local_names": "article_id, kind, name, key, entity_id, surfaces, evidence",
    "mentions": "sentence_id, start, end, entity_id, surface, rule",
    "positions": "id, name, title, organization_id, folded",
    "attestations": "sentence_id, start, end, person_id, position_id, status, attested_on, earliest, latest, rule, name, title",
    "documents": "entity_id, kind, number, issuer_id, issued, term, title",
    "events": "id, article_id, kind, name, date, earliest, latest, time_of_day, date_basis, place_id, sentence_id",
    "participations": "event_id, sentence_id, entity_id, name, role, position_id, rule",
    "shingles": "hash, article_id",
}


def digest(db: sqlite3.Connection) -> str:
    """SHA-256 over the content of all tables; equal for stores made of the same articles by the same rules."""
    total = sha256()
    for table, columns in _CONTENT.items():
        total.update(f"{table}\n".encode())
        for row in db.execute(f"select {columns} from {table} order by {columns}"):
            total.update(repr(tuple(row)).encode())
    return total.hexdigest()


def content_digest(db: sqlite3.Connection) -> str:
    """SHA-256 over every row of every table as it is stored: equal for a file and its copy."""
    total = sha256()
    for table in counts(db):
        total.update(f"{table}\n".encode())
        for row in db.execute(f'select * from "{table}"'):
            total.update(repr(tuple(row)).encode())
    return total.hexdigest()


def counts(db: sqlite3.Connection) -> dict[str, int]:
    """Rows of every table that is no index."""
    names = [row[0] for row in db.execute("""
        select name
        from sqlite_master
        where type = 'table' and name not like '%\\_fts%' escape '\\' and name not like 'sqlite\\_%' escape '\\'
        order by name""")]
    return {name: int(db.execute(f'select count(*) from "{name}"').fetchone()[0]) for name in names}


def integrity(db: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong, with foreign keys; empty for a sound file."""
    wrong = [row[0] for row in db.execute("pragma integrity_check") if row[0] != "ok"]
    broken = [f"{row[0]} row {row[1]} refers to a missing row of {row[2]}" for row in db.execute("pragma foreign_key_check")]
    return wrong + broken
