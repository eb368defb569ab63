"""The corpus file, opened for writing: migrations, views, transactions. Readers use `store.queries`."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from store.errors import StoreError
from store.search_index import index_all
from store.types import SCHEMA_VERSION

__all__ = ["migrate", "open_for_writing", "schema_sql", "statements", "transaction", "writing"]

_SCHEMA = files("store") / "schema"
_APPLICATION = 0x686F6974           # `hoit`: pragma application_id, which `file` and doctors can see
_WAIT = 60_000                      # ms to wait for another ingest that is writing
migrations = Migrations("hoitin")


def schema_sql(name: str) -> str:
    """The text of a schema file, for example `0001_corpus` or `views`."""
    return (_SCHEMA / f"{name}.sql").read_text(encoding="utf-8")


def statements(script: str) -> Iterator[str]:
    """A script's statements one by one: `executescript` would end the transaction they belong to."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""


def _run(db: Database, name: str) -> None:
    for statement in statements(schema_sql(name)):
        db.conn.execute(statement)


@migrations(name="0001_corpus")
def corpus(db: Database) -> None:
    """Articles, entities, facts, full text."""
    _run(db, "0001_corpus")


@migrations(name="0002_search")
def search(db: Database) -> None:
    """Ranked search; what the store already holds becomes searchable."""
    _run(db, "0002_search")
    index_all(db.conn)


@migrations(name="0003_judgements")
def judgements(db: Database) -> None:
    """By which judgements of curators the store is linked."""
    _run(db, "0003_judgements")


@migrations(name="0004_wording")
def wording(db: Database) -> None:
    """How each article words a post."""
    _run(db, "0004_wording")


def open_for_writing(path: Path) -> sqlite3.Connection:
    """A connection to the store, made and brought up to date where needed; StoreError says what is in the way."""
    if path.is_dir():
        raise StoreError(f"{path.as_posix()!r} is a folder; name a file for the store")
    if not path.parent.is_dir():
        raise StoreError(f"{path.parent.as_posix()!r} does not exist; make the folder first")
    fresh = _is_fresh(path)
    if not fresh and not os.access(path, os.W_OK):     # SQLite would open it, and trip over the first row
        raise StoreError(f"{path.as_posix()!r}: cannot be written: it is read-only; check the rights of the file")
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(path, timeout=_WAIT / 1000)
        _check(connection, path, fresh)
        _prepare(connection)
        migrate(connection)
    except (sqlite3.Error, OSError) as error:
        _close(connection, path, fresh)
        raise StoreError(f"{path.as_posix()!r}: cannot be written: {_why(error)}") from error
    except StoreError:
        _close(connection, path, fresh)
        raise
    return connection


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """The store for as long as the block lasts; what SQLite cannot do there is a StoreError. Of a store that was not there before
    nothing is left then; one that was there keeps the batches already written, and the next run goes on from them."""
    fresh = _is_fresh(path)
    connection = open_for_writing(path)
    try:
        yield connection
    except sqlite3.DatabaseError as error:
        _close(connection, path, fresh)
        raise StoreError(f"{path.as_posix()!r}: cannot be written: {_why(error)}") from error
    finally:
        connection.close()


def _is_fresh(path: Path) -> bool:
    return not path.exists() or not path.stat().st_size


def _why(error: Exception) -> str:
    text = str(error)
    if "is full" in text:
        return f"{text}; make room and run it again"
    if "malformed" in text:
        return f"{text}; go back to a copy (`hoitin backup` makes them) or name another file and ingest anew"
    if "locked" in text:
        return f"{text} by another process; wait for it to end"
    if "readonly" in text or "unable to open" in text:
        return f"{text}; check the rights of the file and of its folder"
    if "not a database" in text:
        return "it is no SQLite file; name another one"
    return text


def _close(connection: sqlite3.Connection | None, path: Path, fresh: bool) -> None:
    """Leaves nothing behind where nothing was before."""
    if connection is not None:
        connection.close()
    if fresh:
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def _check(connection: sqlite3.Connection, path: Path, fresh: bool) -> None:
    version = int(connection.execute("pragma user_version").fetchone()[0])
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path.as_posix()!r}: made by a newer hoitin (schema {version}, this one knows {SCHEMA_VERSION}); upgrade hoitin")
    tables = {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
    if not fresh and tables and not {"articles", "sentences", "_sqlite_migrations"} <= tables:
        raise StoreError(f"{path.as_posix()!r}: a SQLite file, but no store of hoitin; name another one")


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")   # safe against a killed process; a power cut may lose the last batch
    connection.execute("pragma foreign_keys = on")
    connection.execute(f"pragma busy_timeout = {_WAIT}")
    connection.execute("pragma cache_size = -65536")    # 64 MB; index pages of 20,000 articles stay in it


def migrate(connection: sqlite3.Connection) -> None:
    """Applies what is pending, each step in its own transaction, and makes the views anew where they changed."""
    db = Database(connection, recursive_triggers=False, execute_plugins=False)
    migrations.apply(db)
    with transaction(connection):
        if int(connection.execute("pragma user_version").fetchone()[0]) < SCHEMA_VERSION:
            connection.execute(f"pragma user_version = {SCHEMA_VERSION}")
            connection.execute(f"pragma application_id = {_APPLICATION}")
        _make_views(connection)


def _make_views(connection: sqlite3.Connection) -> None:
    wanted = {view.split("create view ", 1)[1].split()[0]: view for view in statements(schema_sql("views"))}
    wanted = {name: view[view.index("create view"):].rstrip(";") for name, view in wanted.items()}
    made = dict(connection.execute("select name, sql from sqlite_master where type = 'view'"))
    if {name: sql.lower() for name, sql in made.items()} == {name: sql.lower() for name, sql in wanted.items()}:
        return
    for name in made:
        connection.execute(f'drop view "{name}"')
    for view in wanted.values():
        connection.execute(view)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the block or none of it."""
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
