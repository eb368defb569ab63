"""What kind of SQLite this Python has, for `hoitin doctor`."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

__all__ = ["NEEDED", "SqliteFacts", "sqlite_facts"]

NEEDED = (3, 38, 0)
"""The first with JSON functions built in and `unixepoch`; older ones lack `json_each` in some builds."""

_WAL_FIXED = (3, 51, 3)             # https://www.sqlite.org/wal.html: the WAL-reset bug, in every version since 3.7.0


@dataclass(frozen=True, slots=True)
class SqliteFacts:
    """`wal_reset_bug`: this version may have it; distributions may have mended it without a new number."""

    version: str
    new_enough: bool
    fts5: bool
    wal_reset_bug: bool


def sqlite_facts() -> SqliteFacts:
    """Looks, in memory only."""
    found = sqlite3.sqlite_version_info
    return SqliteFacts(sqlite3.sqlite_version, found >= NEEDED, _has_fts5(), (3, 7, 0) <= found < _WAL_FIXED)


def _has_fts5() -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("create virtual table probe using fts5 (text)")
    except sqlite3.OperationalError:
        return False
    else:
        return True
    finally:
        connection.close()
