"""`hoitin ingest`: articles into the store."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from store.ingest import ingest

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="files, folders, globs; - for JSON Lines on stdin")
    parser.add_argument("--db", type=Path, default=Path(os.environ.get("HOITIN_DB") or "hoitin.db"))


def run(args: argparse.Namespace) -> int:
    """Reads the sources; 1 if any failed."""
    report = ingest(args.sources, args.db)
    print({s: report.count(s) for s in ("new", "changed", "unchanged", "failed")})
    return 1 if report.count("failed") else 0
