"""`hoitin search`: ranked passages, as `/find` and plain questions rank them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.settings import load
from store.queries import Connection, connect, time_limit
from store.search import Passage, search
from store.text import storable

__all__ = ["configure", "run"]

SECONDS = 10.0


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `hoitin search`."""
    parser.add_argument("query", metavar="QUERY", help="words, a \"phrase\", a code; - reads a query a line from stdin")
    parser.add_argument("--db", type=Path, metavar="FILE", help="the store (HOITIN_DB, else hoitin.db)")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="passages a query (default: 10)")
    parser.add_argument("--json", action="store_true", help="one line of JSON a query")


def run(args: argparse.Namespace) -> int:
    """Prints the passages; 0 also where none is found."""
    connection = connect(args.db or load().db)
    try:
        for query in _queries(args.query):
            with time_limit(connection, SECONDS):
                _print(connection, storable(query), args)
    finally:
        connection.close()
    return 0


def _queries(argument: str) -> Iterator[str]:
    if argument != "-":
        yield argument
        return
    yield from (line.rstrip("\n") for line in sys.stdin)


def _print(connection: Connection, query: str, args: argparse.Namespace) -> None:
    found = search(connection, query, args.limit)
    if args.json:
        results = [_result(passage) for passage in found]
        print(json.dumps({"query": query, "results": results}, ensure_ascii=False), flush=True)
        return
    for number, passage in enumerate(found, 1):
        print(f"{number}. {passage.title or passage.source}\n   {' '.join(passage.text.split())}\n   {passage.source}")
    if not found:
        print("—")


def _result(passage: Passage) -> dict[str, object]:
    return {
        "source": passage.source,
        "title": passage.title,
        "sentence": passage.text,
        "start": passage.start,
        "end": passage.end,
        "score": passage.score,
    }
