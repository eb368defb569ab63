"""Word documents (`.docx`, extra `docx`): paragraphs and table cells in their order, a paragraph a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from store.errors import SourceError
from store.readers.sandbox import Parsed, missing_extra, read_apart
from store.types import RawArticle

__all__ = ["parse", "read"]

UNPACKED_LIMIT = 256 << 20      # bytes; a page of text unpacks to 20 kB, pictures hardly at all
PARTS_LIMIT = 10_000
_OLD_WORD = b"\xd0\xcf\x11\xe0"     # the container of .doc, and of a .docx locked with a password


def read(path: Path) -> Iterator[RawArticle]:
    """One article."""
    yield read_apart("store.readers.docx", path)


def parse(path: Path) -> Parsed:
    """A document's paragraphs; SourceError for what is locked, damaged or a bomb."""
    try:
        from docx import Document
    except ImportError:
        missing_extra("docx", "DOCX")
    _check(path)
    document = Document(str(path))
    title = (document.core_properties.title or "").strip()
    return Parsed("\n".join(_lines(document)), title or None)


def _check(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(4) == _OLD_WORD:
            raise SourceError("locked with a password, or an old .doc: save it as an open .docx")
    try:
        with ZipFile(path) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
            count = len(parts.infolist())
            names = set(parts.namelist())
    except BadZipFile as error:
        raise SourceError("damaged, or no Word document") from error
    if unpacked > UNPACKED_LIMIT or count > PARTS_LIMIT:
        raise SourceError(f"unpacks to {unpacked >> 20} MB in {count} parts, more than is read")
    if "[Content_Types].xml" not in names:
        raise SourceError("no Word document")


def _lines(block: Any) -> Iterator[str]:
    """The paragraphs of a document or cell; a table row by row, a merged cell once."""
    from docx.table import Table

    for item in block.iter_inner_content():
        if not isinstance(item, Table):
            yield from item.text.replace("\t", " ").split("\n")
            continue
        seen: set[Any] = set()
        for row in item.rows:
            for cell in row.cells:
                if cell._tc not in seen:
                    seen.add(cell._tc)
                    yield from _lines(cell)
