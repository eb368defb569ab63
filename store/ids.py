"""Stable ids: hashes of what a row names, so that links and buttons outlive every re-ingest."""

from __future__ import annotations

from hashlib import blake2b

__all__ = ["SENTENCES_PER_ARTICLE", "article_id", "sentence_id", "stable_id"]

SENTENCES_PER_ARTICLE = 1 << 16
"""sentences.id is article id * 65536 + position, which leaves 47 bits for articles in SQLite's 64."""


def stable_id(*parts: object, bits: int = 52) -> int:
    """A hash of the parts, never 0; 52 bits pass unharmed through JSON, JavaScript and spreadsheets."""
    digest = blake2b("\x1f".join("" if part is None else str(part) for part in parts).encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> (64 - bits)) or 1


def article_id(source: str) -> int:
    """The id of the article that was read from `source`."""
    return stable_id("article", source, bits=47)


def sentence_id(article: int, position: int) -> int:
    """The id of an article's sentence; sorts as the text runs."""
    return article * SENTENCES_PER_ARTICLE + position
