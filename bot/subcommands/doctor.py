"""`hoitin doctor`: is everything in order? One line each; exit code 1 if something that is needed is not."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from bot import settings
from bot.settings import Settings
from store.errors import HoitinError, SettingsError

__all__ = ["Finding", "configure", "findings", "run"]

_EXTRAS = {
    "charts": ("matplotlib", "networkx"), "pdf": ("pypdf",), "docx": ("docx",), "html": ("trafilatura", "lxml"),
}
_CHECK_SECONDS = 300.0              # 20,000 articles: 5
_MARKS = {"ok": "ok  ", "note": "note", "wrong": "!!  "}


@dataclass(frozen=True, slots=True)
class Finding:
    """`level` is ok, note (worth knowing) or wrong (needed, and not in order)."""

    level: str
    text: str


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--db", type=Path, help="the store (HOITIN_DB, else hoitin.db)")


def run(args: argparse.Namespace) -> int:
    """Prints what is found."""
    found = []
    for finding in findings(args.db):
        print(_MARKS[finding.level], finding.text, flush=True)
        found.append(finding)
    return 1 if any(finding.level == "wrong" for finding in found) else 0


def findings(db: Path | None = None) -> Iterator[Finding]:
    """Everything that was looked at, in order; nothing is changed."""
    yield _python()
    yield from _sqlite()
    try:
        chosen = settings.load()
    except SettingsError as error:
        yield Finding("wrong", str(error))
        return
    if db is not None:
        chosen = replace(chosen, db=db)
    yield _guarded(_store, chosen)
    yield _guarded(_state, chosen)
    yield from _extras()
    yield _guarded(_telegram, chosen)


def _guarded(look: Callable[[Settings], Finding], chosen: Settings) -> Finding:
    try:
        return look(chosen)
    except HoitinError as error:
        return Finding("wrong", str(error))


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("ok" if sys.version_info >= (3, 11) else "wrong", f"Python {version} (3.11 or newer is needed)")


def _sqlite() -> Iterator[Finding]:
    """Version, full text, and a rare bug of write-ahead logs."""
    from store.queries_doctor import NEEDED, sqlite_facts

    facts = sqlite_facts()
    needed = ".".join(map(str, NEEDED))
    yield Finding("ok" if facts.new_enough else "wrong", f"SQLite {facts.version} ({needed} or newer is needed)")
    if facts.wal_reset_bug:
        yield Finding("note", "this SQLite is older than 3.51.3, which mends a bug that may, very rarely, damage a file "
                              "that two processes write at the same instant: run one `hoitin ingest` at a time")
    yield Finding("ok" if facts.fts5 else "wrong", "full-text search (FTS5)" + (
        "" if facts.fts5 else " is missing in this Python's SQLite: install a Python that has it"))


def _store(chosen: Settings) -> Finding:
    from store.queries import connect, statistics, time_limit
    from store.queries_check import integrity

    if not chosen.db.exists():
        return Finding("note", f"no store at {str(chosen.db)!r} yet: `hoitin run` makes one from the seed articles")
    connection = connect(chosen.db)
    try:
        with time_limit(connection, _CHECK_SECONDS):
            counts, wrong = statistics(connection), integrity(connection)
    finally:
        connection.close()
    if wrong:
        return Finding("wrong", f"store {str(chosen.db)!r} is damaged: {' '.join(wrong[0].split())}; go back to a copy (`hoitin backup` "
                                "makes them), or ingest anew into another file")
    return Finding("ok", f"store {str(chosen.db)!r}: {counts.articles} articles, {counts.persons} persons, "
                         f"{counts.events} events, sound")


def _state(chosen: Settings) -> Finding:
    from store.state import State

    shown = str(chosen.state_db)
    if chosen.state_db.exists():
        State(chosen.state_db).close()
        return Finding("ok", f"state file {shown!r} can be read and written")
    try:
        with tempfile.TemporaryFile(dir=chosen.state_db.resolve().parent):
            return Finding("ok", f"state file {shown!r} does not exist yet and can be made")
    except OSError as error:
        return Finding("wrong", f"state file {shown!r} cannot be made: {error.strerror}; set HOITIN_STATE_DB")


def _extras() -> Iterator[Finding]:
    for extra, modules in _EXTRAS.items():
        missing = [module for module in modules if find_spec(module) is None]
        if missing:
            yield Finding("note", f"extra {extra!r} is not installed: pip install '.[{extra}]' in the folder of hoitin's source")
        else:
            yield Finding("ok", f"extra {extra!r} is installed")


def _telegram(chosen: Settings) -> Finding:
    if not chosen.token:
        return Finding("note", f"TELEGRAM_BOT_TOKEN is not set; only `hoitin run` needs it: {settings.TOKEN_HELP}")
    return asyncio.run(_ask_telegram(chosen))


async def _ask_telegram(chosen: Settings) -> Finding:
    """Who the token belongs to, as Telegram says."""
    from telegram import Bot
    from telegram.error import InvalidToken, TelegramError

    from bot.transport import AiohttpRequest

    bot = Bot(chosen.require_token(), base_url=chosen.base_url or "https://api.telegram.org/bot",
              request=AiohttpRequest(5.0), get_updates_request=AiohttpRequest(5.0))
    try:
        await bot.initialize()
    except InvalidToken:
        return Finding("wrong", f"TELEGRAM_BOT_TOKEN: Telegram does not know this token: {settings.TOKEN_HELP}")
    except TelegramError as error:
        return Finding("wrong", f"the Bot API cannot be reached: {error}; check the network, a proxy (HTTPS_PROXY), "
                                "TELEGRAM_BASE_URL")
    finally:
        await bot.shutdown()
    inline = "" if bot.supports_inline_queries else "; inline mode is off: /setinline at @BotFather"
    return Finding("note" if inline else "ok", f"Telegram knows this token: @{bot.username}{inline}")
