"""The file itself: made, brought up to date, refused with one clear line."""

from __future__ import annotations

import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from store.backup import backup
from store.db import open_for_writing, schema_sql, statements, transaction
from store.errors import StoreError
from store.ingest import ingest
from store.queries import connect, time_limit
from store.queries_check import counts, integrity
from store.types import SCHEMA_VERSION


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


def older(path: Path) -> None:
    open_for_writing(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"pragma user_version = {SCHEMA_VERSION - 1}")


@pytest.mark.parametrize(("make", "message"), [
    (newer, "newer hoitin"),
    (older, "older hoitin.* --reannotate"),
    (foreign, "no hoitin store"),
    (lambda path: path.write_text("no database " * 100), "not a database"),
    (lambda path: path.mkdir(), "no store at"),
    (lambda path: None, "no store at"),
])
def test_not_read(tmp_path: Path, make: object, message: str) -> None:
    make(tmp_path / "a.db")  # type: ignore[operator]
    with pytest.raises(StoreError, match=message) as raised:
        connect(tmp_path / "a.db")
    assert "\n" not in str(raised.value)


@contextmanager
def full_disk(limit: int) -> Iterator[None]:
    """No file may grow beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_no_half_made_store(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Một câu ngắn. " * 5000)
    with full_disk(300_000), pytest.raises(StoreError, match="cannot be written"):
        ingest([tmp_path], tmp_path / "a.db")
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_a_full_disk_leaves_an_old_store_sound(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    (tmp_path / "a.txt").write_text("Một câu ngắn.")
    ingest([tmp_path], path)
    (tmp_path / "b.txt").write_text("Một câu dài hơn. " * 5000)
    with full_disk(300_000), pytest.raises(StoreError, match="cannot be written"):
        ingest([tmp_path], path)
    assert ingest([tmp_path], path).count("new") == 1
    with closing(open_for_writing(path)) as db:
        assert integrity(db) == []


def test_a_damaged_page_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    (tmp_path / "a.txt").write_text("Một câu ngắn. " * 500)
    ingest([tmp_path], path)
    with closing(sqlite3.connect(path)) as db:
        root = db.execute("select rootpage from sqlite_master where name = 'sentences'").fetchone()[0]
        size = db.execute("pragma page_size").fetchone()[0]
    content = bytearray(path.read_bytes())
    content[(root - 1) * size:root * size] = b"\xff" * size
    path.write_bytes(content)
    connection = connect(path)
    with closing(connection), pytest.raises(StoreError, match="damaged"), time_limit(connection, 5):
        connection.execute("select count(text) from sentences").fetchall()


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


def test_the_last_day_of_a_holder_is_a_known_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sáng 14/10/2019, Bí thư Huyện ủy Tân Phong Trần Văn Bình chủ trì hội nghị.")
    (tmp_path / "b.txt").write_text("Sáng 30/12, Bí thư Huyện ủy Tân Phong Trần Văn Bình làm việc với Sở Y tế.")
    ingest([tmp_path], tmp_path / "a.db")
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        days = db.execute("select first_attested, last_attested, articles from position_holders").fetchall()
    assert days == [("2019-10-14", "2019-10-14", 2)]
