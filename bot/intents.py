"""Message text → Intent. Pure: nothing here looks into the store.

    parse("/who dinh tien dung")      Intent("who", "dinh tien dung")
    parse("who #9f3k2c|2")            Intent("who", "#9f3k2c", page=2)
    parse("Ai chủ trì hội nghị 21/2?") Intent("ask", "Ai chủ trì hội nghị 21/2?")
"""

from __future__ import annotations

import re

from bot.commands import COMMAND_OF
from bot.types import Intent
from store.text import nfc

__all__ = ["LONGEST", "parse"]

LONGEST = 1000                      # characters of a message that are read; nobody types more as a question
_SLASH = re.compile(r"/([a-zA-Z_]\w{0,31})(?:@\w+)?(?:\s+|$)(.*)", re.S)
_DATA = re.compile(r"([a-z]+)(?: +(#[0-9a-z]{1,13}(?:\.\d+)?|~\w{1,32}|.{1,64}?))?(\|\d{1,4})?", re.S)
_PAGE = re.compile(r"\|(\d{1,4})\s*$")
_SPACES = re.compile(r"\s+")


def parse(text: str) -> Intent:
    """The command and argument of a message; `ask` for one without a command."""
    message = _SPACES.sub(" ", nfc(text)[:LONGEST]).strip()
    return _slash(message) or _pressed(message) or Intent("ask" if message else "help", message)


def _paged(argument: str) -> tuple[str, int]:
    match = _PAGE.search(argument)
    return (argument[: match.start()].strip(), max(1, int(match[1]))) if match else (argument.strip(), 1)


def _slash(message: str) -> Intent | None:
    """`/who@bot dinh tien dung|2`."""
    match = _SLASH.fullmatch(message)
    if match is None:
        return None
    row = COMMAND_OF.get(match[1].lower())
    argument, page = _paged(match[2])
    return Intent(row.name, argument, page) if row else Intent("unknown", f"/{match[1]}")


def _pressed(message: str) -> Intent | None:
    """A button's data: a command without its slash, with an id, a hash or a page: `who #9f3k2c`, `find thanh uy|2`."""
    match = _DATA.fullmatch(message)
    row = COMMAND_OF.get(match[1]) if match else None
    if match is None or row is None:
        return None
    argument = match[2] or ""
    if match[3] or argument[:1] in ("#", "~") or not argument:
        return Intent(row.name, argument, int(match[3][1:]) if match[3] else 1)
    return None
