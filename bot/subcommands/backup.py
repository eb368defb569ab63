"""`hoitin backup`: verified copies of the corpus and of the state."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.settings import load
from store.backup import backup
from store.errors import StoreError

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--db", type=Path, metavar="FILE", help="the corpus (HOITIN_DB, else hoitin.db)")
    parser.add_argument("--state", type=Path, metavar="FILE", help="the state (HOITIN_STATE_DB, else hoitin-state.db)")
    parser.add_argument("--to", type=Path, default=Path("backup"), metavar="DIR", help="where the copies go (default: backup)")


def run(args: argparse.Namespace) -> int:
    """One line a file: where the copy is and that it was opened, checked and counted."""
    settings = load()
    files = [args.db or settings.db, args.state or settings.state_db]
    present = [file for file in files if file.is_file()]
    if not present:
        raise StoreError(f"neither {files[0].as_posix()!r} nor {files[1].as_posix()!r} exists: nothing to back up")
    for file in files:
        if file in present:
            copy = backup(file, args.to)
            print(f"{file.as_posix()} → {copy.path.as_posix()}: {copy.size:,} bytes, {copy.rows:,} rows, opened, sound, "
                  f"sha256 {copy.digest[:16]}")
        else:
            print(f"{file.as_posix()}: not there, so not copied")
    return 0
