"""`hoitin chat` with piped input."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from bot.cli import main
from bot.engine import Engine


def chat(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, store: Path, *lines: str
) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    assert main(["chat", "--db", str(store)]) == 0
    return capsys.readouterr().out


def test_a_conversation(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, seed_db: Path
) -> None:
    out = chat(capsys, monkeypatch, seed_db, "Ai là Bí thư Thành ủy Hà Nội?", "còn năm 2019?", "1", "", "/quit", "/who ngo")
    assert "/quit" in out.splitlines()[0]
    assert "Hoàng Trung Hải (2019)" in out
    assert "Dòng thời gian" in out              # the button chosen by its number
    assert "Ngô" not in out.split("Dòng thời gian")[-1]


def test_it_ends_with_its_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, seed_db: Path
) -> None:
    assert chat(capsys, monkeypatch, seed_db, "/stats")


def test_it_outlives_a_mishap(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, seed_db: Path
) -> None:
    respond = Engine.respond

    def sometimes(self: Engine, text: str, conversation: object) -> object:
        if text == "hỏng":
            raise RuntimeError("a bug")
        return respond(self, text, conversation)    # type: ignore[arg-type]  # passed through

    monkeypatch.setattr(Engine, "respond", sometimes)
    out = chat(capsys, monkeypatch, seed_db, "hỏng", "/stats")
    assert "trục trặc" in out
    assert "5 bài" in out
    assert "Traceback" not in out
