"""`hoitin ingest`: articles into the store, with a progress bar and a closing table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from bot.settings import load
from store.errors import SourceError
from store.ingest import Progress as Tell
from store.ingest import Report, ingest, reannotate
from store.state_judgements import judgements_at

__all__ = ["configure", "run"]

_ROWS = ("new", "changed", "unchanged", "near-duplicate", "reannotated", "vanished", "pruned", "failed")
_ALWAYS = ("new", "changed", "unchanged", "failed")
_EXAMPLES = 20                      # reasons shown; all of them are in the table ingest_files


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="files, folders, globs; - for JSON Lines on standard input")
    parser.add_argument("--db", type=Path, metavar="FILE", help="the store (HOITIN_DB, else hoitin.db)")
    parser.add_argument("--workers", type=_workers, default=1, metavar="N", help="processes that annotate; 0: one a core")
    parser.add_argument("--prune", action="store_true", help="take out articles that vanished from the folders named")
    parser.add_argument("--reannotate", action="store_true", help="derive everything anew from the stored articles")


def _workers(text: str) -> int:
    if not text.isdigit() or int(text) > 64:
        raise argparse.ArgumentTypeError(f"{text!r}: a number from 0 to 64")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Reads the sources; 1 if any failed."""
    if not args.sources and not args.reannotate:
        raise SourceError("name what to read: files, folders, globs, or - for JSON Lines on standard input")
    if args.sources and args.reannotate:
        raise SourceError("--reannotate reads the stored articles; leave the sources out")
    settings = load()
    path, judged = args.db or settings.db, judgements_at(settings.state_db)
    with _bar() as tell:
        if args.reannotate:
            report = reannotate(path, workers=args.workers, progress=tell, judgements=judged)
        else:
            report = ingest(args.sources, path, workers=args.workers, prune=args.prune, progress=tell, judgements=judged)
    _show(report)
    return 1 if report.count("failed") else 0


@contextmanager
def _bar() -> Iterator[Tell | None]:
    """A progress bar on a terminal; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("articles", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _show(report: Report) -> None:
    """The closing line and table, then the reasons."""
    counts = {status: report.count(status) for status in _ROWS}
    print(", ".join(f"{counts[status]} {status}" for status in _ROWS if counts[status] or status in _ALWAYS))
    reasons = [outcome for outcome in report.outcomes if outcome.reason]
    if not reasons:
        return
    table = Table("status", "source", "reason", show_edge=False, pad_edge=False)
    for outcome in reasons[:_EXAMPLES]:
        table.add_row(outcome.status, Text(outcome.source, overflow="fold"), Text(outcome.reason or "", overflow="fold"))
    Console(width=None if sys.stdout.isatty() else 160, highlight=False).print(table)
    if len(reasons) > _EXAMPLES:
        print(f"… and {len(reasons) - _EXAMPLES} more: select * from ingest_files where reason is not null")
