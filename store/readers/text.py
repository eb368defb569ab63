"""Plain text files in UTF-8, an article a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from store.errors import SourceError
from store.types import RawArticle

__all__ = ["decode", "read", "read_bytes"]


def read(path: Path) -> Iterator[RawArticle]:
    """One article."""
    yield RawArticle(path.as_posix(), decode(read_bytes(path), path.as_posix()))


def read_bytes(path: Path) -> bytes:
    """A file's bytes; SourceError where it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path.as_posix()!r}: cannot be read: {error.strerror or error}") from error


def decode(content: bytes, source: str) -> str:
    """UTF-8 text with line ends as `\\n`; SourceError for what is empty, binary or another encoding."""
    if not content.strip():
        raise SourceError(f"{source!r}: the file is empty")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(f"{source!r}: UTF-16; convert it, for example with iconv -f utf-16 -t utf-8")
    if b"\0" in content[:8192]:
        raise SourceError(f"{source!r}: a binary file, no text")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(f"{source!r}: not UTF-8 at byte {error.start}; convert it, for example with iconv -t utf-8") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")
    if not text.strip("\ufeff \n\t\u200b\u00a0"):
        raise SourceError(f"{source!r}: the file is empty")
    return text
