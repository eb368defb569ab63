"""Source file → RawArticles: a reader per file suffix, each in a file of its own.

A reader takes a path and yields articles; what it cannot read it raises as SourceError, or, where the rest of the file can go on,
yields as a SourceError. To add a format, write `store/readers/FORMAT.py` with `read` and add a row to `READERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from store.errors import SourceError
from store.readers import docx, html, jsonl, pdf, text
from store.types import RawArticle

__all__ = ["READERS", "Reader", "read", "reader_of"]

Reader = Callable[[Path], Iterator[RawArticle | SourceError]]

READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".jsonl": jsonl.read,
    ".jsonl.gz": jsonl.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".pdf": pdf.read,
    ".docx": docx.read,
}


def reader_of(path: Path) -> Reader | None:
    """The reader for a path's suffix (`.jsonl.gz` before `.gz`), None where there is none."""
    name = path.name.lower()
    fitting = [suffix for suffix in READERS if name.endswith(suffix)]
    return READERS[max(fitting, key=len)] if fitting else None


def read(path: Path) -> Iterator[RawArticle | SourceError]:
    """The articles of a file; SourceError where no reader takes it."""
    reader = reader_of(path)
    if reader is None:
        raise SourceError(f"{path.as_posix()!r}: no reader for this kind of file; known are {', '.join(sorted(READERS))}")
    yield from reader(path)
