#!/usr/bin/env python3
"""Precision, recall and F1 of extraction per kind, against hand-read articles.

    python tests/bench/extraction.py GOLD [--articles FOLDER] [--errors] [--kind KIND …]

GOLD is a folder of JSON files, one per article (`article`, `persons`, `organizations`, `places`, `documents`, `authors`, `events`;
tests/data/seeds_gold.json shows the form), or one JSON file with a list of them. The texts lie beside it or in FOLDER.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "store")]


def answers(gold: Path) -> Iterator[dict[str, Any]]:
    """What was written down, article by article."""
    files = sorted(gold.glob("*.json")) if gold.is_dir() else [gold]
    for file in files:
        data = json.loads(file.read_text(encoding="utf-8"))
        yield from (row for row in (data if isinstance(data, list) else [data]) if isinstance(row, dict) and "persons" in row)


def main() -> int:
    """Prints the table."""
    from evaluation import KINDS, figures_of

    from store.types import RawArticle

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--kind", nargs="*", default=KINDS)
    args = parser.parse_args()
    folder = args.articles or (args.gold if args.gold.is_dir() else args.gold.parent)
    tallies = figures_of(
        (row, RawArticle(row["article"], (folder / row["article"]).read_text(encoding="utf-8"))) for row in answers(args.gold)
    )
    if args.errors:
        print("\n".join(f"{kind:17} {error}" for kind in args.kind for error in tallies[kind].errors))
    print(f"{'kind':17} {'gold':>5} {'found':>5} {'precision':>9} {'recall':>7} {'f1':>7}")
    for kind in args.kind:
        tally = tallies[kind]
        print(f"{kind:17} {tally.hit + tally.missed:5} {tally.hit + tally.wrong:5} {tally.precision:9.3f} {tally.recall:7.3f} "
              f"{tally.f1:7.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
