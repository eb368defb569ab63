"""`hoitin export`: the whole store as csv, jsonl, graphml or FollowTheMoney entities."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.settings import load
from store.export import FORMATS, default_target, export
from store.queries import connect

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("--format", choices=sorted(FORMATS), required=True, help="what for: spreadsheets (csv), "
                        "scripts (jsonl), graph programs (graphml), Aleph and its kin (ftm)")
    parser.add_argument("--db", type=Path, metavar="FILE", help="the store (default: HOITIN_DB, else hoitin.db)")
    parser.add_argument("--to", metavar="PATH", help="the file to write, `-` for standard output; csv: a .zip or a "
                        "folder (default: named after the store)")


def run(args: argparse.Namespace) -> int:
    """Writes the export and says where it is."""
    store = args.db or load().db
    target = Path(args.to) if args.to else default_target(store, args.format)
    connection = connect(store)
    try:
        lines = export(connection, args.format, target)
    finally:
        connection.close()
    if str(target) != "-":
        print(f"{target}: {lines} lines", file=sys.stderr)
    return 0
