"""Sources → store: read, clean, annotate, write, link. One bad source is reported and the rest goes on.

    report = ingest(["seeds"], Path("hoitin.db"))
    report.count("new")
"""

from __future__ import annotations

import glob
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from store import queries_write as sql
from store.annotate import annotate
from store.clean import clean
from store.db import open_for_writing, transaction
from store.errors import SourceError
from store.ids import article_id
from store.link import link
from store.readers import jsonl, read, reader_of
from store.rows import ArticleRows, rows_of, stated_of
from store.text import nfc
from store.types import ANNOTATION_VERSION, RawArticle

__all__ = ["Outcome", "Report", "derive", "ingest"]

BATCH = 64
"""Articles a transaction; a killed run loses at most these, and reads them again the next time."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source."""

    source: str
    status: str                     # a status of ingest_files
    reason: str | None = None


@dataclass(slots=True)
class Report:
    """What a run did."""

    outcomes: list[Outcome] = field(default_factory=list)

    def count(self, status: str) -> int:
        """How many sources ended so."""
        return sum(outcome.status == status for outcome in self.outcomes)


def derive(raw: RawArticle) -> ArticleRows:
    """All rows of one article. Pure."""
    article = clean(raw)
    return rows_of(raw, article, annotate(article))


def ingest(sources: Sequence[str], path: Path) -> Report:
    """Reads the sources into the store."""
    items = list(expand(sources))
    db = open_for_writing(path)
    report = Report()
    try:
        for item in read_all(items):
            report.outcomes.append(_take(db, item))
        with transaction(db):
            link(db)
    finally:
        db.close()
    return report


def _take(db: sqlite3.Connection, item: RawArticle | tuple[str, SourceError]) -> Outcome:
    if not isinstance(item, RawArticle):
        return Outcome(item[0], "failed", str(item[1]))
    rows = derive(item)
    known = sql.article_digest(db, rows.id)
    if known and known[1:3] == (rows.article[6], rows.article[7]):
        return Outcome(item.source, "unchanged")
    with transaction(db):
        sql.delete_article(db, rows.id)
        sql.insert_article(db, rows)
    return Outcome(item.source, "changed" if known else "new")


def expand(sources: Sequence[str]) -> Iterator[Path]:
    """Files, folders (all that a reader takes, recursively) and globs as paths, in order."""
    for source in sources:
        path = Path(source)
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and reader_of(p))
        elif path.exists() or source == "-":
            yield path
        else:
            yield from sorted(Path(p) for p in glob.glob(source, recursive=True))


def read_all(paths: Iterable[Path]) -> Iterator[RawArticle | tuple[str, SourceError]]:
    """Every article of every file."""
    for path in paths:
        try:
            for item in (jsonl.read_stdin() if str(path) == "-" else read(path)):
                yield item if isinstance(item, RawArticle) else (path.as_posix(), item)
        except SourceError as error:
            yield path.as_posix(), error
