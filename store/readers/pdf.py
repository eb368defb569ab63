"""PDF (extra `pdf`): its text with paragraphs put together again, a paragraph a line.

A PDF knows lines, not paragraphs: `paragraphs` joins a line to the one before where the page was only too narrow.
Running heads and page numbers are dropped. A scan has no text and is refused as such.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from store.errors import SourceError
from store.readers.sandbox import Parsed, missing_extra, read_apart
from store.types import RawArticle

__all__ = ["paragraphs", "parse", "read", "without_running_heads"]

PAGES_LIMIT = 500


def read(path: Path) -> Iterator[RawArticle]:
    """One article."""
    yield read_apart("store.readers.pdf", path)


def parse(path: Path) -> Parsed:
    """The text of a PDF; SourceError where it is locked, damaged, too long or a scan."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        missing_extra("pdf", "PDF")
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError("locked with a password")
        if len(reader.pages) > PAGES_LIMIT:
            raise SourceError(f"{len(reader.pages)} pages, more than the {PAGES_LIMIT} that are read")
        pages = [page.extract_text().split("\n") for page in reader.pages]
        title = _title(reader.metadata.title if reader.metadata else None)
    except PyPdfError as error:
        raise SourceError(f"damaged, or no PDF ({error})") from error
    lines = [line for page in without_running_heads(pages) for line in page]
    if not any(line.strip() for line in lines):
        raise SourceError("no text in it: a scan? Run it through OCR first")
    return Parsed("\n".join(paragraphs(lines)), title)


def _title(stated: str | None) -> str | None:
    """The title a PDF states, unless a word processor left its file name there."""
    title = " ".join((stated or "").split())
    return None if not title or re.search(r"\.\w{2,4}$|^Microsoft |^untitled", title, re.I) else title


# ------------------------------------------------------------------------------------------------------ running heads

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\s*(?:[-–—]\s*)?(?:(?:trang|page)\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*[-–—])?\s*", re.I)


def without_running_heads(pages: list[list[str]]) -> Iterator[list[str]]:
    """The pages without page numbers and without what stands first or last on most of three or more pages."""
    edges = [_edges(page) for page in pages]
    counts = Counter(key for page in edges for key in set(page.values()))
    running = {key for key, count in counts.items() if len(pages) >= 3 and count > len(pages) / 2}
    for page, keys in zip(pages, edges, strict=True):
        gone = {i for i, key in keys.items() if key in running or (len(pages) > 1 and _PAGE_NUMBER.fullmatch(page[i]))}
        yield [line for i, line in enumerate(page) if i not in gone]


def _edges(page: list[str]) -> dict[int, str]:
    """The outer lines of a page by index: the outermost with numbers masked, the next ones as they are."""
    filled = [i for i, line in enumerate(page) if line.strip()]
    inner = filled[1:2] + filled[-2:-1] if len(filled) > 4 else []
    outer = filled[:1] + filled[-1:]
    return {i: " ".join(page[i].split()) for i in inner} | {i: _same(page[i]) for i in outer}


def _same(line: str) -> str:
    """A line with its numbers masked: `Trang 3` and `Trang 4` are the same head."""
    return _DIGITS.sub("#", " ".join(line.split()))


# -------------------------------------------------------------------------------------------------------- paragraphs

_ENDS = re.compile(r"[.!?:…;]['\"”’)\]]*$")
_STARTS = re.compile(r"[-–—•*+●▪]\s|\(?\d{1,2}[.)]\s|[a-zđ]\)\s|[IVX]{1,5}\.\s|Điều \d+\.|Chương [IVX\d]+\b")


def paragraphs(lines: Iterable[str]) -> Iterator[str]:
    """Lines put together again: a line goes on in the next where it was full, or where the next begins small."""
    cleaned = [" ".join(line.split()) for line in lines]
    full = 0.8 * _measure(cleaned)
    current = ""
    before = ""                     # the last printed line of `current`
    for line in cleaned:
        if current and line and _goes_on(before, line, full):
            current += " " + line
        else:
            if current:
                yield current
            current = line
        before = line
    if current:
        yield current


def _measure(lines: list[str]) -> int:
    """How wide the page is set: what nine of ten lines stay within."""
    widths = sorted(len(line) for line in lines if line)
    return widths[int(len(widths) * 0.9)] if widths else 0


def _goes_on(before: str, line: str, full: float) -> bool:
    if not before or _STARTS.match(line):
        return False
    if line[0].islower():
        return not _ENDS.search(before) or before[-1] == ";"
    return len(before) >= full and not _ENDS.search(before)
