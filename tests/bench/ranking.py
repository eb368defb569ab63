"""Ranked search, measured: at which place comes the article that answers a question, beside other engines.

    python tests/bench/ranking.py QUESTIONS.json[.gz] [ARTICLES …] [--sample N] [--titles] [--peers]

QUESTIONS is any file in SQuAD form: every context becomes an article, every question is asked as typed and again
without diacritics. ARTICLES are files or folders as `hoitin ingest` takes them, among which the right one must be
found. Odd and even questions are reported apart: weights were fitted on the even ones of ViNewsQA.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from store.clean import clean
from store.db import open_for_writing, transaction
from store.queries import connect
from store.queries_write import insert_article
from store.readers import read
from store.rows import rows_of
from store.search import search
from store.search_words import accented_words, folded_words
from store.sources import expand
from store.text import fold
from store.types import Annotations, RawArticle

Ranker = Callable[[str], list[str]]


def squad(path: Path, titles: bool) -> tuple[list[RawArticle], list[tuple[str, str]]]:
    """The contexts as articles, and (question, source) pairs."""
    content = path.read_bytes()
    data = json.loads(gzip.decompress(content) if path.suffix == ".gz" else content)["data"]
    articles, questions = [], []
    for number, entry in enumerate(data):
        for part, paragraph in enumerate(entry["paragraphs"]):
            source = f"squad/{number}-{part}"
            articles.append(RawArticle(source, paragraph["context"], entry.get("title") if titles else None))
            questions += [(qa["question"], source) for qa in paragraph["qas"]]
    return articles, questions


def others(sources: list[str]) -> Iterator[RawArticle]:
    """The articles the right ones hide among."""
    for path in expand(sources).paths if sources else ():
        yield from (item for item in read(path) if isinstance(item, RawArticle))


def fill(path: Path, articles: list[RawArticle]) -> None:
    """Cleans, splits and indexes the articles; annotations, which search does not read, are left out."""
    db = open_for_writing(path)
    with transaction(db):
        for raw in articles:
            insert_article(db, rows_of(raw, clean(raw), Annotations()), indexed=True)
    db.execute("pragma wal_checkpoint(truncate)")
    db.close()


def report(name: str, ranker: Ranker, questions: list[tuple[str, str]]) -> None:
    """Mean reciprocal rank among ten of the even and the odd questions, typed and bare, and milliseconds a question."""
    for form, change in (("typed", str), ("bare", fold)):
        scores: list[float] = []
        times = []
        for question, source in questions:
            start = time.perf_counter()
            found = ranker(change(question))
            times.append(1000 * (time.perf_counter() - start))
            scores.append(next((1 / i for i, other in enumerate(found[:10], 1) if other == source), 0.0))
        times.sort()
        even, odd = scores[::2], scores[1::2]
        print(f"{name:26} {form:6} MRR@10 {sum(scores) / len(scores):.4f}  (even {sum(even) / len(even):.4f}, "
              f"odd {sum(odd) / max(1, len(odd)):.4f})  p50 {times[len(times) // 2]:6.1f} ms  "
              f"p99 {times[int(len(times) * 0.99)]:6.1f} ms", flush=True)


def peers(articles: list[RawArticle]) -> Iterator[tuple[str, Ranker]]:
    """Other engines over the same texts, each as its documentation starts."""
    yield "FTS5 bm25, accented", _fts5(articles, accented_words)
    yield "FTS5 bm25, folded", _fts5(articles, folded_words)
    try:
        yield "bm25s, accented", _bm25s(articles)
    except ImportError:
        print("bm25s is not installed")
    try:
        yield "tantivy, folded", _tantivy(articles)
    except ImportError:
        print("tantivy is not installed")


def _fts5(articles: list[RawArticle], words: Callable[[str], list[str]]) -> Ranker:
    db = sqlite3.connect(":memory:")
    db.execute("create virtual table t using fts5 (source unindexed, body, tokenize = 'unicode61 remove_diacritics 0')")
    texts = ((a.source, " ".join(words(f"{a.title or ''} {a.text}"))) for a in articles)
    db.executemany("insert into t values (?, ?)", texts)

    def rank(query: str) -> list[str]:
        match = " OR ".join(f'"{word}"' for word in words(query)) or '""'
        return [row[0] for row in db.execute("select source from t where t match ? order by rank limit 10", (match,))]

    return rank


def _bm25s(articles: list[RawArticle]) -> Ranker:
    import bm25s

    index = bm25s.BM25()
    index.index([accented_words(f"{a.title or ''} {a.text}") for a in articles], show_progress=False)

    def rank(query: str) -> list[str]:
        found, _ = index.retrieve([accented_words(query)], k=10, show_progress=False)
        return [articles[int(i)].source for i in found[0]]

    return rank


def _tantivy(articles: list[RawArticle]) -> Ranker:
    import tantivy

    schema = tantivy.SchemaBuilder().add_text_field("source", stored=True, tokenizer_name="raw").add_text_field(
        "body", tokenizer_name="whitespace").build()
    index = tantivy.Index(schema)
    writer = index.writer()
    for a in articles:
        writer.add_document(tantivy.Document(source=a.source, body=" ".join(folded_words(f"{a.title or ''} {a.text}"))))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def rank(query: str) -> list[str]:
        words = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "body", word)) for word in folded_words(query)]
        hits = searcher.search(tantivy.Query.boolean_query(words), 10).hits
        return [searcher.doc(address)["source"][0] for _, address in hits]

    return rank


def main() -> None:
    """Everything asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("questions", type=Path)
    parser.add_argument("articles", nargs="*")
    parser.add_argument("--sample", type=int, help="ask only about so many questions")
    parser.add_argument("--titles", action="store_true", help="the titles of the file are the articles' titles")
    parser.add_argument("--peers", action="store_true", help="ask the other engines too")
    parser.add_argument("--db", type=Path, help="keep the store in this file; one that is there is used as it is")
    args = parser.parse_args()
    articles, questions = squad(args.questions, args.titles)
    if args.sample:
        questions = questions[::max(1, len(questions) // args.sample) | 1]
    articles += others(args.articles)
    with tempfile.TemporaryDirectory() as folder:
        path = args.db or Path(folder) / "ranking.db"
        start = time.perf_counter()
        if not path.exists():
            fill(path, articles)
        seconds = time.perf_counter() - start
        print(f"{len(articles):,} articles, {len(questions):,} questions, indexed in {seconds:.0f} s")
        connection = connect(path)
        report("hoitin", lambda query: [p.source for p in search(connection, query, 10)], questions)
        connection.close()
        for name, ranker in peers(articles) if args.peers else ():
            report(name, ranker, questions)


if __name__ == "__main__":
    main()
