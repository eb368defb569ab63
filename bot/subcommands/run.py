"""`hoitin run`: the Telegram bot."""

from __future__ import annotations

import argparse
import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from bot import logs, settings

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--db", type=Path, help="the store (HOITIN_DB, else hoitin.db)")


def run(args: argparse.Namespace) -> int:
    """Runs until SIGTERM or Ctrl-C; 0 after a clean stop."""
    chosen = settings.load()
    if args.db is not None:
        chosen = replace(chosen, db=args.db)
    token = chosen.require_token()
    logs.setup(chosen.log_level, token, *([chosen.webhook.secret] if chosen.webhook else []))
    # The rest takes half a second to import, and a missing token should not.
    from bot.app import serve
    from bot.engine import Engine
    from bot.seed import ensure_store
    from store.state import State

    sys.setswitchinterval(0.001)    # the event loop gets its turn within a millisecond while threads answer
    ensure_store(chosen.db)
    state = State(chosen.state_db)
    asyncio.run(serve(chosen, Engine(chosen.db, state), state))
    return 0
