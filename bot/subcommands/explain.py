"""`hoitin explain`: what the annotators see in a sentence, each find with its span and the rule that decided."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from store.annotate import ANNOTATORS
from store.annotate.page import Page
from store.clean import clean
from store.edtf import is_valid
from store.errors import SourceError
from store.text import storable
from store.types import RawArticle

__all__ = ["configure", "explained", "run"]

_SPAN = 11                          # width of `[1234:1240]`
_KIND = 12                          # width of `organization`


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("sentence", metavar="SENTENCE", help="a sentence or a whole article; - reads it from standard input")
    parser.add_argument("--published", metavar="DATE", help="day of publication (EDTF), to which `hôm nay` and bare days refer")


def run(args: argparse.Namespace) -> int:
    """Prints one line a find."""
    text = sys.stdin.read() if args.sentence == "-" else args.sentence
    if not text.strip():
        raise SourceError("nothing to explain: give a sentence")
    if args.published and not is_valid(args.published):
        raise SourceError(f"--published {args.published!r} is no date; write 2019-10-14")
    print("\n".join(explained(RawArticle("explain", storable(text), published=args.published))))
    return 0


def explained(raw: RawArticle) -> Iterator[str]:
    """The sentences, then what was found in them: mentions, dates, posts, documents, events."""
    article = clean(raw)
    page = Page(article)
    for _, annotator in ANNOTATORS:
        annotator(page)
    for sentence in article.sentences:
        yield _line(sentence.kind, sentence.start, sentence.end, " ".join(sentence.text.split()), "sentence")
    for author in article.authors:
        yield _line("author", author.start, author.end, author.name, author.role)
    if page.published:
        yield _line("published", 0, 0, page.published, "page")
    for mention in page.mentions:
        name = mention.surface if mention.surface == mention.name else f"{mention.surface} = {mention.name}"
        yield _line(mention.kind, mention.start, mention.end, " ".join(name.split()), mention.rule)
    yield from _facts(page)


def _facts(page: Page) -> Iterator[str]:
    text = page.article.text
    for date in page.dates:
        words = " ".join(text[date.start:date.end].split())
        yield _line("date", date.start, date.end, f"{words} = {date.date} ({date.basis})", date.rule)
    for post in page.attestations:
        organization = f" @ {post.organization}" if post.organization else ""
        yield _line("post", post.start, post.end, f"{post.person}: {post.position}{organization} ({post.status})", post.rule)
    for fact in page.documents:
        known = [f"{name} {value}" for name in ("number", "issuer", "issued", "term", "title") if (value := getattr(fact, name))]
        yield _line("document", None, None, f"{fact.name}: {', '.join((fact.kind, *known))}", fact.rule)
    for event in page.events:
        when = f"{event.date} ({event.date_basis})" if event.date else "no date"
        place = f", {event.place}" if event.place else ""
        yield _line("event", event.start, event.end, f"{event.name}: {event.kind}, {when}{place}", event.rule)
        for part in event.participations:
            position = f", {part.position}" if part.position else ""
            yield _line(part.role, None, None, f"{part.name}{position}", part.rule)


def _line(kind: str, start: int | None, end: int | None, what: str, rule: str) -> str:
    span = f"[{start}:{end}]" if start is not None else ""
    return f"{span:{_SPAN}} {kind:{_KIND}} {what}  ← {rule}"
