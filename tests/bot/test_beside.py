"""At the console pictures and files are saved where one stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.beside import saved
from bot.engine import Engine
from bot.types import Conversation
from store.ingest import ingest


@pytest.mark.parametrize(("messages", "suffix", "starts"), [
    (["/timeline Hoàng Trung Hải"], ".png", b"\x89PNG"),
    (["/who Hoàng Trung Hải", "/export csv"], ".csv", b"\xef\xbb\xbf"),
    (["/help"], "", b""),
])
def test_what_stands_beside_an_answer_is_saved(messages: list[str], suffix: str, starts: bytes, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    ingest(["seeds/004_ddd8bc5d41115ed8.txt"], tmp_path / "tin.db")
    engine, talk, folder = Engine(tmp_path / "tin.db"), Conversation(), tmp_path / "here"
    folder.mkdir()
    for text in messages:
        message = engine.respond(text, talk)
    lines = list(saved(message, engine, "vi", folder))
    engine.close()
    assert [path.suffix for path in folder.iterdir()] == ([suffix] if suffix else [])
    assert all(path.read_bytes().startswith(starts) and str(path) in lines[0] for path in folder.iterdir())


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    ingest(["seeds/004_ddd8bc5d41115ed8.txt"], tmp_path / "tin.db")
    engine, talk = Engine(tmp_path / "tin.db"), Conversation()
    engine.respond("/who Hoàng Trung Hải", talk)
    lines = list(saved(engine.respond("/export csv", talk), engine, "vi", tmp_path / "nowhere"))
    engine.close()
    assert len(lines) == 1
    assert "No such file" in lines[0]
