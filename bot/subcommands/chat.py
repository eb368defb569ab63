"""`hoitin chat`: a conversation in the terminal, the same answers as on Telegram."""

from __future__ import annotations

import argparse
import logging
import sys
from contextlib import suppress
from pathlib import Path

from bot.beside import saved
from bot.engine import Engine
from bot.phrases import phrases
from bot.render import ON_A_TERMINAL
from bot.seed import ensure_store
from bot.settings import load
from bot.types import Button, Conversation, Message

__all__ = ["configure", "run"]

log = logging.getLogger(__name__)
_QUIT = ("/quit", "/exit", "/q", "quit", "exit", "thoát")


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--db", type=Path, metavar="FILE", help="the store (HOITIN_DB, else hoitin.db)")


def run(args: argparse.Namespace) -> int:
    """Talks until /quit or the end of input."""
    settings = load()
    db = args.db or settings.db
    ensure_store(db)
    _history()
    engine = Engine(db, screen=ON_A_TERMINAL)
    conversation = Conversation(language=settings.language)
    print(phrases(conversation.language)("chat.hello"), flush=True)
    buttons: list[Button] = []
    while (text := _read()) is not None:
        if text.lower() in _QUIT:
            break
        if text:
            message = _respond(engine, _chosen(text, buttons), conversation)
            buttons = [button for row in message.buttons for button in row] if message else []
            print(_shown(message, buttons) if message else phrases(conversation.language)("error.inside"), flush=True)
            for line in saved(message, engine, conversation.language, Path()) if message else ():
                print(line, flush=True)
    engine.close()
    return 0


def _history() -> None:
    """Arrow keys and earlier lines, where the terminal has them."""
    if sys.stdin.isatty():
        with suppress(ImportError):
            import readline  # noqa: F401  # importing it is what gives input() its history


def _read() -> str | None:
    """A line of input; None at its end."""
    try:
        return input("» " if sys.stdin.isatty() else "").strip()
    except EOFError:
        return None


def _chosen(text: str, buttons: list[Button]) -> str:
    """A number alone chooses a button of the last answer."""
    if text.isascii() and text.isdigit() and 0 < int(text) <= len(buttons):
        return buttons[int(text) - 1].data or text
    return text


def _respond(engine: Engine, text: str, conversation: Conversation) -> Message | None:
    """The answer; None, logged, where answering failed: a conversation outlives every mishap."""
    try:
        return engine.respond(text, conversation)
    except Exception:
        log.exception("no answer to %r", text)
        return None


def _shown(message: Message, buttons: list[Button]) -> str:
    lines = [message.plain]
    if buttons:
        lines.append("  ".join(f"({number}) {button.text}" for number, button in enumerate(buttons, 1)))
    return "\n" + "\n\n".join(lines) + "\n"
