"""Tables for spreadsheets: UTF-8 with a byte order mark, and no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from store.queries import Connection
from store.queries_export import articles, table, views

__all__ = ["csv_bytes", "csv_files", "safe_cell", "write_zip"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ARTICLE = ("id", "source", "title", "publisher", "published", "near_duplicate_of")


def safe_cell(value: object) -> str:
    """What a cell holds; a text that would be a formula gets an apostrophe in front, as spreadsheets write it."""
    if value is None:
        return ""
    text = str(value).replace("\0", "")
    return "'" + text if isinstance(value, str) and text.lstrip(" \n\u00a0").startswith(_FORMULA) else text


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A whole table."""
    return b"".join(_pieces(columns, rows))


def _pieces(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """A table line by line, the first with the byte order mark by which Excel knows UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for number, row in enumerate(chain([columns], rows)):
        writer.writerow([safe_cell(value) for value in row])
        yield (b"\xef\xbb\xbf" if number == 0 else b"") + buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def csv_files(connection: Connection) -> Iterator[tuple[str, Iterator[bytes]]]:
    """File name and lines of each view, and of the list of articles."""
    yield "articles.csv", _pieces(_ARTICLE, ([row[c] for c in _ARTICLE] for row in articles(connection)))
    for view in views(connection):
        columns, rows = table(connection, view)
        yield f"{view}.csv", _pieces(columns, (tuple(row) for row in rows))


def write_zip(path: Path, files: Iterable[tuple[str, Iterator[bytes]]]) -> int:
    """All files in one zip; how many lines they have together."""
    total = 0
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        for name, lines in files:
            with packed.open(name, "w", force_zip64=True) as file:
                for piece in lines:
                    file.write(piece)
                    total += 1
    return total
