"""What stands beside an answer at the console: its picture and its file, saved in the working folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot import charts
from bot.engine import Engine
from bot.phrases import phrases
from bot.types import Message
from store.errors import HoitinError
from store.text import syllables

__all__ = ["saved"]


def saved(message: Message, engine: Engine, language: str, folder: Path) -> Iterator[str]:
    """Writes the files of an answer; a line about each, with its path or why there is none."""
    answer, say = message.answer, phrases(language)
    if answer is None:
        return
    if answer.picture is not None and charts.available():
        path = folder / ("-".join(["hoitin", *syllables(answer.picture.caption)])[:60] + ".png")
        try:
            png = charts.draw(answer.picture, engine.library.connection, say)
            yield _written(path, png)
        except HoitinError as error:
            yield str(error)
    elif answer.picture is not None:
        yield say("charts.missing")
    if answer.attachment is not None:
        yield _written(folder / answer.attachment.filename, answer.attachment.content)


def _written(path: Path, content: bytes) -> str:
    try:
        path.write_bytes(content)
    except OSError as error:
        return f"{path}: {error.strerror or error}"
    return f"→ {path}"
