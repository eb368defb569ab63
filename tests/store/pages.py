"""Pages made of a few lines, for tests of single annotators."""

from __future__ import annotations

from hashlib import sha256

from store.annotate.page import Page
from store.sentences import split
from store.text import nfc
from store.types import Article, Sentence, SentenceKind

__all__ = ["page_of"]



def page_of(text: str, *, kind: SentenceKind = "body", published: str | None = None) -> Page:
    """A page whose lines are the sentences of the text, all of one kind."""
    text = nfc(text)
    sentences = []
    offset = 0
    for row in text.splitlines(keepends=True):
        for start, end in split(text, offset, offset + len(row.rstrip("\n"))):
            sentences.append(Sentence(len(sentences), start, end, kind, text[start:end]))
        offset += len(row)
    digest = sha256(text.encode()).hexdigest()
    return Page(Article("test.txt", None, None, published, text, digest, tuple(sentences), ()))
