"""`hoitin`: one table of subcommands, each in a module of its own that is imported only when it is called."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import NamedTuple, TextIO

from store.errors import HoitinError
from store.version import version

__all__ = ["SUBCOMMANDS", "main"]


class Subcommand(NamedTuple):
    """`module` has `configure(parser)` and `run(args) -> int` (the exit code)."""

    name: str
    help: str
    module: str


SUBCOMMANDS: tuple[Subcommand, ...] = (
    Subcommand("ingest", "read articles into the store", "bot.subcommands.ingest"),
    Subcommand("chat", "a conversation in the terminal", "bot.subcommands.chat"),
    Subcommand("say", "one message, one answer", "bot.subcommands.say"),
    Subcommand("search", "ranked passages", "bot.subcommands.search"),
    Subcommand("run", "the Telegram bot", "bot.subcommands.run"),
    Subcommand("explain", "what the annotators see in a sentence", "bot.subcommands.explain"),
    Subcommand("export", "the whole store as csv, jsonl, graphml or ftm", "bot.subcommands.export"),
    Subcommand("doctor", "is everything in order?", "bot.subcommands.doctor"),
    Subcommand("backup", "a verified copy of both files", "bot.subcommands.backup"),
)


def main(argv: list[str] | None = None) -> int:
    """Runs one subcommand; an error is one line on stderr and exit code 1, a wrong call exit code 2."""
    arguments = sys.argv[1:] if argv is None else argv
    _lenient(sys.stdin, sys.stdout, sys.stderr)
    parser = argparse.ArgumentParser(prog="hoitin", description="hỏi tin: ask the news")
    parser.add_argument("--version", action="version", version=f"hoitin {version()}")
    choices = parser.add_subparsers(dest="subcommand", required=True, metavar="COMMAND")
    chosen = next((a for a in arguments if not a.startswith("-")), None)
    for name, summary, module in SUBCOMMANDS:
        sub = choices.add_parser(name, help=summary, description=summary)
        if name == chosen:
            implementation = import_module(module)
            implementation.configure(sub)
            sub.set_defaults(implementation=implementation)
    args = parser.parse_args(arguments)
    try:
        return int(args.implementation.run(args))
    except HoitinError as error:
        print(f"hoitin: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("hoitin: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:         # `hoitin say … | head`
        sys.stderr.close()
        return 0


def _lenient(*streams: TextIO) -> None:
    """A stray byte that comes in and a letter that a terminal lacks are a question mark, no failure."""
    for stream in streams:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
