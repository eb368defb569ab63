"""Pages made of a few lines, for tests of single annotators."""

from __future__ import annotations

import re
from hashlib import sha256

from store.annotate.page import Page
from store.text import nfc
from store.types import Article, Sentence, SentenceKind

__all__ = ["page_of"]

_SENTENCE = re.compile(r"\S(?:.*?[.!?…](?=\s+[A-ZĐÀ-Ỹ“\"])|.*)", re.DOTALL)


def page_of(text: str, *, kind: SentenceKind = "body", published: str | None = None) -> Page:
    """A page whose lines are the lines of the text; a body line is cut into sentences at a full stop and a capital."""
    text = nfc(text)
    sentences = []
    offset = 0
    for row in text.splitlines(keepends=True):
        for match in _SENTENCE.finditer(row.rstrip("\n")):
            start, end = offset + match.start(), offset + match.end()
            sentences.append(Sentence(len(sentences), start, end, kind, text[start:end]))
        offset += len(row)
    digest = sha256(text.encode()).hexdigest()
    return Page(Article("test.txt", None, None, published, text, digest, tuple(sentences), ()))
