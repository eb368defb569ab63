"""What a killed bot had not answered is there when it is started again."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from bot import inbox as journal
from bot.inbox import Inbox


def batch(*numbers: int) -> bytes:
    """An answer of getUpdates."""
    return json.dumps({"ok": True, "result": [
        {"update_id": n, "message": {"text": f'câu {n}\n"update_id": 99'}} for n in numbers]}, ensure_ascii=False).encode()


def left(path: Path) -> list[int]:
    """What the next process finds."""
    return [update["update_id"] for update in Inbox(path).left()]


@pytest.mark.parametrize(("came", "done", "waiting"), [
    ([(1, 2), (3,)], [], [1, 2, 3]),
    ([(1, 2), (3,)], [2], [1, 3]),
    ([(1, 2), (3,)], [1, 2, 3], []),
    ([(1, 2), (2, 3)], [2], [1, 3]),
    ([(1,)], [7], [1]),
    ([], [], []),
])
def test_what_was_not_answered_is_left(
    tmp_path: Path, came: list[tuple[int, ...]], done: list[int], waiting: list[int]
) -> None:
    inbox = Inbox(tmp_path / "inbox")
    for numbers in came:
        inbox.note(batch(*numbers))
    for number in done:
        inbox.done(number)
    assert left(tmp_path / "inbox") == waiting


def test_a_file_that_grows_is_shortened_to_what_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_LARGE", 2000)
    inbox = Inbox(tmp_path / "inbox")
    inbox.note(batch(1, 2))
    inbox.done(2)
    for number in range(10, 500):
        inbox.note(batch(number))
        inbox.done(number)
    assert (tmp_path / "inbox").stat().st_size < 4000
    assert left(tmp_path / "inbox") == [1]


def test_it_is_tried_twice_then_given_up(tmp_path: Path) -> None:
    Inbox(tmp_path / "inbox").note(batch(1))
    assert [left(tmp_path / "inbox") for _ in range(3)] == [[1], [], []]


def test_nobody_waits_for_an_hour(tmp_path: Path) -> None:
    Inbox(tmp_path / "inbox").note(batch(1), at=time.time() - journal.YOUNG - 2)
    assert left(tmp_path / "inbox") == []


@pytest.mark.parametrize("broken", [b"", b"+12", b"\xff\xfe\n-\n", b"+1 1 {}\n", b"+9999999999 1 {\"result\": [1, {}]}\n-x"])
def test_a_broken_journal_is_no_misfortune(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "inbox").write_bytes(broken)
    assert left(tmp_path / "inbox") == []


def test_nothing_waiting_leaves_no_file(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "inbox")
    inbox.note(batch(1))
    inbox.done(1)
    inbox.close()
    assert not (tmp_path / "inbox").exists()
    assert Inbox(None).left() == []
