"""README says what is so: its blocks are current, its SQL runs, every command, view and variable is named."""

from __future__ import annotations

import pathlib
import re
import sqlite3

import docs
import pytest

TEXT = docs.README.read_text(encoding="utf-8")
SQL = re.findall(r"```sql\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return docs.seed_store(tmp_path_factory.mktemp("readme"))


def test_blocks_are_current(tmp_path: pathlib.Path) -> None:
    assert docs.made(TEXT, tmp_path) == TEXT, "python tests/docs.py --write"


@pytest.mark.parametrize("question", SQL, ids=[q.split("\n")[0][:40] for q in SQL])
def test_sql_runs_in_plain_sqlite(store: pathlib.Path, question: str) -> None:
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as db:
        rows = db.execute(question).fetchall()
    assert bool(rows) != ("offsets" in TEXT[: TEXT.index(question)].rsplit("\n\n", 2)[-2])


def test_ten_questions() -> None:
    assert len(SQL) == 10


def test_names_every_part(store: pathlib.Path) -> None:
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as db:
        views = [row[0] for row in db.execute("select name from sqlite_schema where type = 'view'")]
    commands = [f"/{c.name}" for c in docs.COMMANDS if c.menu] + [f"hoitin {s.name}" for s in docs.SUBCOMMANDS]
    variables = re.findall(r"^#? ?([A-Z_]+)=", (docs.ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    missing = [name for name in (*views, *commands, *variables) if name not in TEXT]
    assert not missing
