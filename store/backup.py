"""Copies of the two files, proven by opening them: SQLite's online backup, then a restore drill."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from store.errors import StoreError
from store.queries_check import content_digest, counts, integrity

__all__ = ["Copy", "backup"]


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was opened and found whole and equal."""

    path: Path
    size: int                       # bytes
    rows: int
    digest: str


def backup(source: Path, folder: Path) -> Copy:
    """A verified copy of a SQLite file in a folder, named after the file and the second; StoreError where it is not sound. Readers
    and writers of the original are not disturbed."""
    if not source.is_file():
        raise StoreError(f"no file at {source.as_posix()!r}: nothing to back up")
    target = folder / f"{source.stem}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}{source.suffix}"
    part = target.with_name(target.name + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(_read_only(source)) as original, closing(sqlite3.connect(part)) as copy:
            original.execute("begin")                               # copied and counted is what stands at this moment
            wanted = content_digest(original)
            original.backup(copy)
            copy.execute("pragma journal_mode = delete")        # one file, no -wal beside it
        with closing(_read_only(part)) as copy:
            wrong = integrity(copy)
            if wrong:
                raise StoreError(f"{target.as_posix()!r}: the copy is not sound: {wrong[0]}")
            found = Copy(target, part.stat().st_size, sum(counts(copy).values()), content_digest(copy))
        if found.digest != wanted:
            raise StoreError(f"{target.as_posix()!r}: the copy differs from {source.as_posix()!r}; try again")
        part.replace(target)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{source.as_posix()!r} could not be backed up to {folder.as_posix()!r}: {error}") from error
    finally:
        part.unlink(missing_ok=True)
    return found


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True)
