"""Tables of marked sentences: `Bí thư [Tỉnh ủy Gia Lai] nói.` A row is an article of one sentence."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from store.annotate import dates, documents, organizations, persons, places, shortforms
from store.annotate.page import Page
from store.text import nfc
from store.types import Article, EntityKind, Sentence

__all__ = ["DATA", "annotated", "marked", "rows"]

DATA = Path(__file__).parent.parent / "data"
MARKS = {"organization": "[]", "place": "{}", "document": "<>"}
_NAME = re.compile(r"→[^\]}>]*")


def rows(name: str) -> list[str]:
    """The rows of a table in tests/data, without blank lines and comments."""
    return [line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def annotated(text: str) -> Page:
    """A page of one sentence (` || ` begins another), with persons, places, bodies, documents and short forms found."""
    parts = nfc(text).split(" || ")
    text = "\n".join(parts)
    sentences, at = [], 0
    for position, part in enumerate(parts):
        sentences.append(Sentence(position, at, at + len(part), "body", part))
        at += len(part) + 1
    page = Page(Article("row.txt", None, None, None, text, sha256(text.encode()).hexdigest(), tuple(sentences), ()))
    for annotator in (dates, documents, persons, places, organizations, shortforms):
        annotator.annotate(page)
    return page


def marked(row: str, kind: EntityKind) -> tuple[str, str]:
    """What the row expects and what is found, both as marked text; `[Thành ủy→Thành ủy Hà Nội]` also states the name."""
    left, right = MARKS[kind]
    bare = _NAME.sub("", row)
    for mark in left + right:
        bare = bare.replace(mark, "")
    page = annotated(bare)
    named = {row[m.start() + 1 : m.end()].partition("→")[0] for m in re.finditer(rf"\{left}[^\{right}]*→[^\{right}]*", row)}
    found = bare.replace(" || ", "\n")
    marks: list[tuple[int, int, str]] = []
    for m in page.of(kind):
        assert page.article.text[m.start : m.end] == m.surface
        name = f"→{m.name}" if m.surface in named else ""
        marks += [(m.start, 1, left), (m.end, 0, name + right)]
    for position, _, sign in sorted(marks, reverse=True):
        found = found[:position] + sign + found[position:]
    return row, found.replace("\n", " || ")
