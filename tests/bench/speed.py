#!/usr/bin/env python3
"""How fast ingest is: sentences per second of the whole way (read, clean, annotate, write, link; one core, a fresh store on
disk) beside `underthesea.ner` on sentences of the same articles in the same run, the share of each stage, and peak memory.

    python tests/bench/speed.py ARTICLES.jsonl[.gz] [--sentences 5000] [--ner 300] [--seed 1]

Both are warmed up first: compiling the lexicons takes a second, loading the model as long.
CPU time is measured, so that other work on the machine does not count. `ARTICLES` may also be a folder of text files.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import random
import resource
import sqlite3
import sys
import tempfile
from pathlib import Path
from time import process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

_FIRST = "Sáng 3/4, ông Lê Thu Cúc, Giám đốc Sở Y tế Cần Thơ, chủ trì hội nghị về Nghị quyết 12."
TARGET = 12.0           # times underthesea.ner
MEMORY = 400.0          # MB


def articles(path: Path) -> list[dict[str, str]]:
    """All articles of a JSON Lines file or of a folder."""
    if path.is_dir():
        files = sorted(path.rglob("*.txt"))
        return [{"source": f.name, "title": "", "text": f.read_text(encoding="utf-8")} for f in files]
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def sample(rows: list[dict[str, str]], sentences: int, seed: int) -> list[dict[str, str]]:
    """Articles drawn by lot until they hold about so many sentences (one per 150 characters)."""
    random.Random(seed).shuffle(rows)
    drawn, size = [], 0
    while rows and size < sentences * 150:
        drawn.append(rows.pop())
        size += len(drawn[-1]["text"])
    return drawn


def whole(folder: str) -> dict[str, float]:
    """CPU seconds, sentences and peak memory of one ingest after a warm-up; runs in a process of its own."""
    from store.ingest import ingest

    with tempfile.TemporaryDirectory() as other:        # the lexicons are compiled, as the tagger's model is loaded
        (Path(other) / "first.txt").write_text(_FIRST, encoding="utf-8")
        ingest([Path(other)], Path(other) / "store.db")
    began = process_time()
    ingest([Path(folder) / "sample.jsonl"], Path(folder) / "store.db")
    seconds = process_time() - began
    with sqlite3.connect(Path(folder) / "store.db") as db:
        count = db.execute("select count(*) from sentences").fetchone()[0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "sentences": count, "articles": len(db.execute("select 1 from articles").fetchall()), "peak": peak}


def stages(folder: str) -> dict[str, float]:
    """CPU seconds of cleaning and of each annotator, over the same articles."""
    from store.annotate import ANNOTATORS
    from store.annotate.page import Page
    from store.clean import clean
    from store.types import RawArticle

    spent: dict[str, float] = {"clean": 0.0}
    rows = [json.loads(line) for line in (Path(folder) / "sample.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in rows:
        began = process_time()
        page = Page(clean(RawArticle(row["source"], row["text"], row.get("title") or None)))
        spent["clean"] += process_time() - began
        for name, annotate in ANNOTATORS:
            began = process_time()
            annotate(page)
            spent[name] = spent.get(name, 0.0) + process_time() - began
    return spent


def tagger(folder: str, count: int) -> dict[str, float]:
    """CPU seconds of underthesea.ner on sentences of the same articles, after a warm-up."""
    from underthesea import ner

    with sqlite3.connect(Path(folder) / "store.db") as db:
        found = [row[0] for row in db.execute("select text from sentences where kind = 'body' order by id")]
    random.Random(1).shuffle(found)
    ner(found[0])
    began = process_time()
    for sentence in found[:count]:
        ner(sentence)
    return {"seconds": process_time() - began, "sentences": min(count, len(found))}


def in_child(function: Any, *arguments: Any) -> Any:
    """The function's result, from a fresh process: imports and memory of one measurement do not colour another."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def main() -> int:
    """Prints the figures; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--sentences", type=int, default=5_000)
    parser.add_argument("--ner", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        drawn = sample(articles(args.articles), args.sentences, args.seed)
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in drawn)
        (Path(folder) / "sample.jsonl").write_text("".join(lines), encoding="utf-8")
        ours, spent = in_child(whole, folder), in_child(stages, folder)
        theirs = in_child(tagger, folder, args.ner)
    return report(ours, spent, theirs)


def report(ours: dict[str, float], spent: dict[str, float], theirs: dict[str, float]) -> int:
    """The table, and whether the targets are met."""
    speed, peer = ours["sentences"] / ours["seconds"], theirs["sentences"] / theirs["seconds"]
    print(f"ingest            {speed:8.0f} sentences/s   {ours['sentences']:.0f} sentences, {ours['articles']:.0f} articles, "
          f"{ours['seconds']:.2f} s CPU")
    print(f"underthesea.ner   {peer:8.0f} sentences/s   {theirs['sentences']:.0f} sentences, {theirs['seconds']:.2f} s CPU")
    print(f"ratio             {speed / peer:8.1f}               target {TARGET:.0f}")
    print(f"peak memory       {ours['peak']:8.0f} MB            target under {MEMORY:.0f}")
    print("\nshare of the whole, ms per 1,000 sentences")
    rest = ours["seconds"] - sum(spent.values())
    for name, seconds in [*sorted(spent.items(), key=lambda row: -row[1]), ("read, write, link", rest)]:
        print(f"  {name:18} {seconds / ours['seconds']:5.0%} {1e6 * seconds / ours['sentences']:8.0f}")
    return 0 if speed / peer >= TARGET and ours["peak"] < MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
