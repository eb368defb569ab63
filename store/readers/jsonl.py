"""JSON Lines, an article a line: source, title, text, published, publisher; also gzipped, also from standard input."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from store.edtf import is_valid
from store.errors import SourceError
from store.text import storable
from store.types import RawArticle

__all__ = ["parse", "read", "read_stdin"]


def read(path: Path) -> Iterator[RawArticle | SourceError]:
    """The articles of a `.jsonl` or `.jsonl.gz` file, line by line; a bad line is yielded as its error."""
    source = path.as_posix()
    try:
        with (gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb")) as lines:
            yield from parse(lines, source)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(f"{source!r}: cannot be read: {getattr(error, 'strerror', None) or error}") from error


def read_stdin() -> Iterator[RawArticle | SourceError]:
    """The articles on standard input."""
    yield from parse(sys.stdin.buffer, "-")


def parse(lines: Iterable[bytes], source: str) -> Iterator[RawArticle | SourceError]:
    """An article or an error a line; a line without `source` is called after its file and number."""
    found = False
    for number, line in enumerate(lines, 1):
        if line.strip():
            found = True
            yield _article(line, f"{source}#{number}")
    if not found:
        raise SourceError(f"{source!r}: no articles in it")


def _article(line: bytes, place: str) -> RawArticle | SourceError:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        return SourceError(f"{place!r}: not JSON: {error}")
    if not isinstance(data, dict):
        return SourceError(f"{place!r}: a JSON object is wanted, with source, title, text, published, publisher")
    for key in ("source", "title", "text", "published", "publisher"):
        if data.get(key) is not None and not isinstance(data[key], str):
            return SourceError(f"{place!r}: {key!r} is no string")
    if not (data.get("text") or "").strip():
        return SourceError(f"{place!r}: 'text' is missing or empty")
    if data.get("published") and not is_valid(data["published"]):
        return SourceError(f"{place!r}: 'published' is no date: {data['published']!r}; write 2019-10-14")
    said = {key: storable(value).strip() for key, value in data.items() if isinstance(value, str)}
    return RawArticle(
        source=said.get("source") or place,
        text=storable(data["text"]).replace("\r\n", "\n").replace("\r", "\n"),
        title=said.get("title") or None,
        publisher=said.get("publisher") or None,
        published=said.get("published") or None,
    )
