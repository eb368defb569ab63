"""The state file (`hoitin-state.db`): what the bot learns from its users. The corpus never holds any of it.

    with State("hoitin-state.db") as state:
        state.set_language(4711, "en")
        state.language(4711)

One object serves all threads: a lock around one connection, as every statement here takes microseconds. Other modules
keep their own questions beside their tables and ask them through `read` and `write`. A table with a column `user_id`
is emptied by `forget` without being named anywhere.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from store.db import statements
from store.errors import StoreError

__all__ = ["STATE_VERSION", "State"]

_SCHEMA = files("store") / "schema" / "state"
# A row here and a file beside it; an applied one is never edited.
_MIGRATIONS = ("0001_users", "0002_watches", "0003_judgements")
STATE_VERSION = len(_MIGRATIONS)
"""pragma user_version of a state file; one of a newer hoitin has a higher one."""

_WAIT = 10_000                      # ms to wait for another process that is writing
_APPLICATION = 0x686F6973           # `hois`: tells a state file from a corpus
_UNUSED_TEXTS = 400                 # days after which a long text nobody pressed is dropped
Value = str | int | float | bytes | None


class State:
    """Opens the file, makes it where there is none, brings it up to date; StoreError says what is in the way."""

    def __init__(self, path: str | Path = ":memory:") -> None:
        self.path = Path(path)
        self._lock = threading.RLock()
        self._connection = _open(path)
        self.drop_old_texts()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends it; every change was on disk before."""
        with self._lock:
            self._connection.close()

    # --------------------------------------------------------------------------------------------- for other modules

    def read(self, sql: str, values: Mapping[str, Value] | None = None) -> list[sqlite3.Row]:
        """The rows of a question."""
        with self._lock:
            return self._connection.execute(sql, values or {}).fetchall()

    def write(self, sql: str, values: Mapping[str, Value] | None = None) -> int:
        """One change, on disk when this returns; how many rows it touched."""
        with self.transaction() as connection:
            return connection.execute(sql, values or {}).rowcount

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of the block or none of it; may be nested, then the outermost decides."""
        with self._lock:
            if self._connection.in_transaction:
                yield self._connection
                return
            self._connection.execute("begin immediate")
            try:
                yield self._connection
            except BaseException:
                self._connection.rollback()
                raise
            self._connection.commit()

    # ---------------------------------------------------------------------------------------------------------- users

    def language(self, user_id: int) -> str | None:
        """What the user chose with /lang, None where they did not."""
        found = self.read(LANGUAGE, {"user_id": user_id})
        return found[0]["language"] if found else None

    def set_language(self, user_id: int, language: str) -> None:
        """Remembers a choice."""
        self.write(SET_LANGUAGE, {"user_id": user_id, "language": language})

    def blocked(self, user_id: int) -> bool:
        """Whether the user has blocked the bot."""
        return bool(self.read(BLOCKED, {"user_id": user_id}))

    def set_blocked(self, user_id: int, blocked: bool) -> None:
        """Telegram said so (403, or my_chat_member); unblocking leaves no trace of somebody who chose nothing."""
        with self.transaction() as connection:
            if blocked:
                connection.execute(BLOCK, {"user_id": user_id})
            else:
                connection.execute(UNBLOCK, {"user_id": user_id})
                connection.execute(DROP_EMPTY, {"user_id": user_id})

    def forget(self, user_id: int) -> int:
        """Deletes every row with this user_id in every table; how many there were."""
        with self.transaction() as connection:
            tables = [row["name"] for row in connection.execute(TABLES_OF_USERS)]
            gone = sum(
                connection.execute(f'delete from "{table}" where user_id = :user_id', {"user_id": user_id}).rowcount
                for table in tables)
        with self._lock:
            if not self._connection.in_transaction:
                self._connection.execute("pragma wal_checkpoint(truncate)")     # the log beside the file held them too
        return gone

    # ---------------------------------------------------------------------------------------------------- long texts

    def remember_text(self, key: str, text: str) -> None:
        """Keeps a text that does not fit into a button under the hash that stands in it."""
        known = self.read(TEXT, {"key": key})
        if not known or known[0]["used_on"] != _today().isoformat():
            self.write(KEEP_TEXT, {"key": key, "text": text, "today": _today().isoformat()})

    def recall_text(self, key: str) -> str | None:
        """The text behind a hash, None where it is not known (any more)."""
        found = self.read(TEXT, {"key": key})
        return found[0]["text"] if found else None

    def drop_old_texts(self) -> int:
        """Forgets long texts that nobody was shown for over a year; how many."""
        return self.write(DROP_TEXTS, {"before": (_today() - timedelta(days=_UNUSED_TEXTS)).isoformat()})


LANGUAGE = """
select language
from users
where user_id = :user_id
"""

SET_LANGUAGE = """
insert into users (user_id, language)
values (:user_id, :language)
on conflict (user_id) do update set language = excluded.language
"""

BLOCKED = """
select 1
from users
where user_id = :user_id
and blocked
"""

BLOCK = """
insert into users (user_id, blocked)
values (:user_id, 1)
on conflict (user_id) do update set blocked = 1
"""

UNBLOCK = """
update users
set blocked = 0
where user_id = :user_id
"""

DROP_EMPTY = """
delete from users
where user_id = :user_id
and language is null
and not blocked
"""

TABLES_OF_USERS = """
select m.name
from sqlite_schema m
join pragma_table_info(m.name) c
where m.type = 'table'
and c.name = 'user_id'
order by m.name
"""

TEXT = """
select
    text,
    used_on
from texts
where key = :key
"""

KEEP_TEXT = """
insert into texts (key, text, used_on)
values (:key, :text, :today)
on conflict (key) do update set used_on = excluded.used_on
"""

DROP_TEXTS = """
delete from texts
where used_on < :before
"""


def _today() -> date:
    return datetime.now(UTC).date()


def _open(path: str | Path) -> sqlite3.Connection:
    shown = Path(path).as_posix()
    try:
        connection = sqlite3.connect(path, timeout=_WAIT / 1000, check_same_thread=False, isolation_level=None)
        connection.row_factory = sqlite3.Row
        try:
            _prepare(connection, shown)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{shown!r}: the state file cannot be used: {error}; check the path and the rights "
                         "of its folder, or name another one with HOITIN_STATE_DB") from error
    return connection


def _prepare(connection: sqlite3.Connection, shown: str) -> None:
    version = int(connection.execute("pragma user_version").fetchone()[0])
    tables = {row["name"] for row in connection.execute("select name from sqlite_schema where type = 'table'")}
    if tables and "users" not in tables:
        raise StoreError(f"{shown!r}: a SQLite file, but no state file of hoitin; set HOITIN_STATE_DB to another one")
    if version > STATE_VERSION:
        raise StoreError(f"{shown!r}: made by a newer hoitin (state {version}, this one knows {STATE_VERSION}); "
                         "upgrade hoitin")
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    connection.execute(f"pragma busy_timeout = {_WAIT}")
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma secure_delete = on")     # /forget means forgotten: freed pages are overwritten
    if version < STATE_VERSION:
        _migrate(connection)


def _migrate(connection: sqlite3.Connection) -> None:
    """Each pending step in its own transaction."""
    migrations = Migrations("hoitin-state")
    for name in _MIGRATIONS:
        migrations(name=name)(_step(name))
    migrations.apply(Database(connection, recursive_triggers=False, execute_plugins=False))
    connection.execute(f"pragma application_id = {_APPLICATION}")
    connection.execute(f"pragma user_version = {STATE_VERSION}")


def _step(name: str) -> Callable[[Database], None]:
    script = (_SCHEMA / f"{name}.sql").read_text(encoding="utf-8")

    def step(db: Database) -> None:
        for statement in statements(script):
            db.conn.execute(statement)

    return step
