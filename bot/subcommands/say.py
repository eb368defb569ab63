"""`hoitin say`: one message, one answer on stdout."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bot.engine import Engine
from bot.render import ON_A_TERMINAL
from bot.seed import ensure_store
from bot.settings import load
from bot.types import Conversation, Message

__all__ = ["as_json", "configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--db", type=Path, metavar="FILE", help="the store (HOITIN_DB, else hoitin.db)")
    parser.add_argument("--json", action="store_true", help="one line of JSON per answer")
    parser.add_argument("message", metavar="MESSAGE", help="- reads a message a line from stdin")


def run(args: argparse.Namespace) -> int:
    """Answers each message in a fresh conversation."""
    settings = load()
    db = args.db or settings.db
    ensure_store(db)
    engine = Engine(db, screen=ON_A_TERMINAL)
    messages = (line.rstrip("\r\n") for line in sys.stdin) if args.message == "-" else iter([args.message])
    try:
        for text in messages:
            message = engine.respond(text, Conversation(language=settings.language))
            print(as_json(message) if args.json else _as_text(message), flush=True)
    finally:
        engine.close()
    return 0


def as_json(message: Message) -> str:
    """The answer as the contract's one line of JSON."""
    answer = message.answer
    quotes = answer.quotes if answer else ()
    asserted = [answer.headline, *(fact.text for fact in answer.facts)] if answer else []
    return json.dumps({
        "answer": "\n".join(asserted),
        "text": message.plain,
        "html": message.html,
        "buttons": [[{"text": b.text, "data": b.url or b.data} for b in row] for row in message.buttons],
        "found": bool(answer and answer.found),
        "sources": [{"source": q.source, "sentence": q.text, "start": q.start, "end": q.end} for q in quotes],
    }, ensure_ascii=False)


def _as_text(message: Message) -> str:
    return message.plain + "\n"
