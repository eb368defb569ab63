"""`hoitin say`: its JSON is a contract."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.engine import Engine
from bot.render import ON_A_TERMINAL, ONE_SCREEN
from bot.types import Conversation


def say(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert main(["say", *arguments]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_json(capsys: pytest.CaptureFixture[str], seed_db: Path) -> None:
    [answer] = say(capsys, "--db", str(seed_db), "--json", "/who Hoàng Trung Hải")
    assert list(answer) == ["answer", "text", "html", "buttons", "found", "sources"]
    assert answer["found"] is True
    sources = answer["sources"]
    assert isinstance(sources, list)
    assert all(list(source) == ["source", "sentence", "start", "end"] for source in sources)


def test_a_message_a_line_each_in_a_fresh_conversation(
    capsys: pytest.CaptureFixture[str], seed_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("/who Hoàng Trung Hải\nông ấy giữ chức gì?\n\n/who ngo\n"))
    found = [answer["found"] for answer in say(capsys, "--db", str(seed_db), "--json", "-")]
    assert found == [True, False, False, False]


def test_plain_text(capsys: pytest.CaptureFixture[str], seed_db: Path) -> None:
    assert main(["say", "--db", str(seed_db), "/who Hoàng Trung Hải"]) == 0
    assert capsys.readouterr().out.startswith("Hoàng Trung Hải: ")


def test_a_missing_store_is_built_from_the_seeds(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["say", "--db", str(tmp_path / "new.db"), "--json", "/stats"]) == 0
    captured = capsys.readouterr()
    assert "seed" in captured.err
    assert json.loads(captured.out)["found"]


def test_no_store_where_a_folder_is_missing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["say", "--db", str(tmp_path / "none" / "new.db"), "/stats"]) == 1
    assert captured_lines(capsys) <= 2


@pytest.mark.parametrize("message", [
    "", "  ", "\0", "/who \udcff\udcfe", "/find \ud800", "/event \udcff", "/doc \udcff", "/org \ud83d", "/article \udcff", "😀" * 50,
    "\u202eمرحبا", '"' * 10_000, "x" * 100_000, "Thành ủy Hà Nội " * 6_000, "/who " + "Nguyễn " * 14_000, "/find " + 'a"b ' * 20_000,
])
def test_whatever_is_said_is_answered(capsys: pytest.CaptureFixture[str], seed_db: Path, message: str) -> None:
    [answer] = say(capsys, "--db", str(seed_db), "--json", message)
    assert answer["text"]


def test_stray_bytes_and_letters_the_terminal_lacks(seed_db: Path) -> None:
    program = "from bot.cli import main; raise SystemExit(main())"
    run = subprocess.run([sys.executable, "-c", program, "say", "--db", str(seed_db), "-"], input=b"/who hoang trung hai\n\xff\n",
                         capture_output=True, env=os.environ | {"PYTHONIOENCODING": "ascii"}, check=True)
    assert run.stdout.startswith(b"Ho?ng Trung H?i: ")
    assert run.stderr == b""


def captured_lines(capsys: pytest.CaptureFixture[str]) -> int:
    return len(capsys.readouterr().err.splitlines())


def test_a_terminal_shows_the_sentences_that_a_phone_cuts(seed_db: Path) -> None:
    phone, terminal = (Engine(seed_db, screen=screen).respond("/event 29/1", Conversation()).plain
                       for screen in (ONE_SCREEN, ON_A_TERMINAL))
    assert "…" in phone
    assert "…" not in terminal
