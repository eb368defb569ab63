"""`hoitin doctor`: a line for everything that is looked at, and an exit code for what is needed."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from botapi import TOKEN, Server, Telegram

from bot.subcommands import doctor
from store.state import State


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without .env, an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_BASE_URL", "HOITIN_STATE_DB", "HOITIN_ADMINS", "HOITIN_DB"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "*")


def looked(capsys: pytest.CaptureFixture[str], db: Path) -> tuple[int, str]:
    """Exit code and output."""
    code = doctor.run(argparse.Namespace(db=db))
    return code, capsys.readouterr().out


def test_nothing_made_yet_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = looked(capsys, tmp_path / "hoitin.db")
    assert code == 0
    assert "SQLite" in said
    assert "TELEGRAM_BOT_TOKEN is not set" in said
    assert sorted(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "value", "said"), [
    ("HOITIN_ADMINS", "lan", "HOITIN_ADMINS"),
    ("HOITIN_STATE_DB", "/no/such/folder/state.db", "cannot be made"),
    ("TELEGRAM_BOT_TOKEN", TOKEN, "cannot be reached"),
])
def test_what_is_wrong_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv("TELEGRAM_BASE_URL", "http://127.0.0.1:9/bot")
    monkeypatch.setenv(name, value)
    code, output = looked(capsys, tmp_path / "hoitin.db")
    assert code == 1
    assert said in output
    assert TOKEN not in output


@pytest.mark.parametrize(("token", "code", "said"), [
    (TOKEN, 0, "@hoitin_bot"), (TOKEN[:-3] + "xyz", 1, "does not know this token"),
])
def test_telegram_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, token: str, code: int, said: str
) -> None:
    State(tmp_path / "hoitin-state.db").close()
    with Server(Telegram()) as root:
        monkeypatch.setenv("TELEGRAM_BASE_URL", f"{root}/bot")
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
        found = looked(capsys, tmp_path / "hoitin.db")
    assert found[0] == code
    assert said in found[1]
    assert "can be read and written" in found[1]


def test_a_foreign_store_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.db").write_bytes(b"no database" * 500)
    assert looked(capsys, tmp_path / "x.db")[0] == 1
