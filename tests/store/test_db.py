"""The file itself: made, brought up to date, refused with one clear line."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.backup import backup
from store.db import SCHEMA_VERSION, open_for_writing, schema_sql, statements, transaction
from store.errors import StoreError
from store.queries_check import counts, integrity


def test_a_new_store_has_all_tables_and_views(tmp_path: Path) -> None:
    with closing(open_for_writing(tmp_path / "a.db")) as db:
        made = {row[0] for row in db.execute("select name from sqlite_master where type in ('table', 'view')")}
        wanted = {s.split("create ", 1)[1].split()[1] for s in statements(schema_sql("views")) if "create view" in s}
        assert {"articles", "sentences", "entities", "names", "mentions", "attestations", "events", "participations"} | wanted <= made
        assert db.execute("pragma foreign_keys").fetchone() == (1,)
        assert db.execute("pragma journal_mode").fetchone() == ("wal",)
        assert db.execute("pragma user_version").fetchone() == (SCHEMA_VERSION,)
        assert integrity(db) == []


def test_views_are_made_anew_and_tables_left_alone(tmp_path: Path) -> None:
    with closing(open_for_writing(tmp_path / "a.db")) as db:
        db.execute("insert into articles (id, source, text, sha256) values (1, 'a', 'x', 'y')")
        db.commit()
        before = dict(db.execute("select name, sql from sqlite_master where type = 'view'"))
        db.execute("drop view article_authors")
        db.execute("create view stray as select 1")
    with closing(open_for_writing(tmp_path / "a.db")) as db:
        assert dict(db.execute("select name, sql from sqlite_master where type = 'view'")) == before
        assert db.execute("select count(*) from articles").fetchone() == (1,)


def newer(path: Path) -> None:
    open_for_writing(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"pragma user_version = {SCHEMA_VERSION + 1}")


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table songs (name)")


@pytest.mark.parametrize(("make", "message"), [
    (newer, "newer hoitin"),
    (foreign, "no store of hoitin"),
    (lambda path: path.write_text("no database " * 100), "no SQLite file"),
    (lambda path: path.mkdir(), "is a folder"),
])
def test_refused(tmp_path: Path, make: object, message: str) -> None:
    path = tmp_path / "a.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreError, match=message) as raised:
        open_for_writing(path)
    assert "\n" not in str(raised.value)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        open_for_writing(tmp_path / "no" / "a.db")
    assert not (tmp_path / "no").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_stays_empty(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="cannot be written"):
        open_for_writing(tmp_path / "a.db")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    with closing(open_for_writing(tmp_path / "a.db")) as db:
        with pytest.raises(sqlite3.IntegrityError), transaction(db):
            db.executemany("insert into articles (id, source, text, sha256) values (?, 'a', 'x', 'y')", [(1,), (2,)])
        assert counts(db)["articles"] == 0


def test_backup_is_opened_and_compared(tmp_path: Path) -> None:
    with closing(open_for_writing(tmp_path / "a.db")) as db:        # still open: an online backup
        db.execute("insert into articles (id, source, text, sha256) values (1, 'a', 'x', 'y')")
        db.commit()
        copy = backup(tmp_path / "a.db", tmp_path / "copies")
    assert [path.name for path in (tmp_path / "copies").iterdir()] == [copy.path.name]
    with closing(sqlite3.connect(copy.path)) as db:
        assert db.execute("select source from articles").fetchall() == [("a",)]


def test_backup_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing to back up"):
        backup(tmp_path / "a.db", tmp_path)
