"""The state file: remembered, forgotten, refused."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from store.errors import StoreError
from store.state import STATE_VERSION, State


def test_what_is_remembered_outlives_the_process(tmp_path: Path) -> None:
    with State(tmp_path / "state.db") as state:
        state.set_language(1, "en")
        state.set_blocked(2, True)
        state.remember_text("h4sh", "một câu hỏi dài " * 20)
    with State(tmp_path / "state.db") as state:
        assert state.language(1) == "en"
        assert state.language(3) is None
        assert state.blocked(2)
        assert not state.blocked(1)
        assert state.recall_text("h4sh") == "một câu hỏi dài " * 20
        assert state.recall_text("nope") is None


def test_forget_empties_every_table_with_a_user_id() -> None:
    state = State()
    state.set_language(1, "en")
    state.set_language(2, "vi")
    with state.transaction() as connection:
        connection.execute("create table later (user_id integer, what text)")
        connection.execute("insert into later values (1, 'a'), (1, 'b'), (2, 'c')")
    assert state.forget(1) == 3
    assert state.language(1) is None
    assert [row["what"] for row in state.read("select what from later")] == ["c"]
    assert state.language(2) == "vi"


def test_unblocking_leaves_no_row_of_somebody_who_chose_nothing() -> None:
    state = State()
    for user, language in ((1, None), (2, "en")):
        if language:
            state.set_language(user, language)
        state.set_blocked(user, True)
        state.set_blocked(user, False)
    assert [row["user_id"] for row in state.read("select user_id from users")] == [2]


def test_old_texts_go() -> None:
    state = State()
    state.remember_text("h4sh", "x" * 100)
    state.write("update texts set used_on = '2001-01-01'")
    state.remember_text("h4sh", "x" * 100)          # shown again: used today
    assert state.drop_old_texts() == 0
    state.write("update texts set used_on = '2001-01-01'")
    assert state.drop_old_texts() == 1


def test_a_failed_block_changes_nothing() -> None:
    state = State()

    def fails() -> None:
        with state.transaction():
            state.set_language(1, "en")
            raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        fails()
    assert state.language(1) is None


def test_threads_share_it(tmp_path: Path) -> None:
    with State(tmp_path / "state.db") as state:
        threads = [threading.Thread(target=state.set_language, args=(n, "en")) for n in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert state.read("select count(*) as n from users")[0]["n"] == 50


@pytest.mark.parametrize(("make", "said"), [
    (lambda path: path.write_bytes(b"nonsense" * 1000), "not a database"),
    (lambda path: path.mkdir(), "check the path"),
    (lambda path: sqlite3.connect(path).executescript("create table articles (id)").close(), "no state file"),
    (lambda path: sqlite3.connect(path).executescript(
        f"create table users (user_id); pragma user_version = {STATE_VERSION + 1}").close(), "newer hoitin"),
], ids=["garbage", "folder", "corpus", "newer"])
def test_a_file_that_is_no_state_file_is_one_clear_line(tmp_path: Path, make, said: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "state.db"
    make(path)
    with pytest.raises(StoreError, match=said) as caught:
        State(path)
    assert "\n" not in str(caught.value)
