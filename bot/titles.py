"""What an article is called: its title; else the beginning of its first sentence in quotes, then the file in brackets."""

from __future__ import annotations

from dataclasses import replace

from bot.types import Answer, Quote
from store.queries import Connection
from store.queries_articles import first_sentence

__all__ = ["called", "file_of", "with_titles"]

LONGEST = 70


def file_of(source: str) -> str:
    """The last part of a path or address."""
    return source.rstrip("/").rsplit("/", 1)[-1]


def called(connection: Connection, article_id: int, title: str | None, source: str) -> str:
    """`Sáng nay, thành phố khởi công …` (bai-01.txt) for an article that prints no title."""
    if title:
        return title
    text = " ".join(first_sentence(connection, article_id).split())
    if not text:
        return file_of(source)
    short = text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:-–") + "…"
    return f"“{short}” ({file_of(source)})"


def with_titles(answer: Answer, connection: Connection) -> Answer:
    """The answer with every source called something."""
    if all(quote.title for quote in answer.quotes):
        return answer
    return replace(answer, quotes=tuple(_titled(quote, connection) for quote in answer.quotes))


def _titled(quote: Quote, connection: Connection) -> Quote:
    return quote if quote.title else replace(quote, title=called(connection, quote.article_id, None, quote.source))
