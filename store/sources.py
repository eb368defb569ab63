"""What the user names → files → RawArticles: folders, globs, standard input; one bad source does not stop the others."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from store.errors import SourceError
from store.readers import READERS, jsonl, read, reader_of
from store.text import storable
from store.types import RawArticle

__all__ = ["Expanded", "Failure", "expand", "prefix_of", "read_all"]

STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read, and why."""

    source: str
    reason: str


@dataclass(slots=True)
class Expanded:
    """The files that were named, in order, each once."""

    paths: list[Path] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def expand(sources: Sequence[str | Path]) -> Expanded:
    """Files as they are, folders with all that a reader takes below them, globs; `-` is standard input."""
    found = Expanded()
    for source in sources:
        for item in _paths(str(source), found):
            if item not in found.paths:
                found.paths.append(item)
    return found


def _paths(source: str, found: Expanded) -> Iterable[Path]:
    path = Path(source)
    if source == "-" or path.is_file():
        return [path]
    if path.is_dir():
        found.folders.append(path)
        files = [p for p in path.rglob("*") if reader_of(p) and p.is_file()]
        if not files:
            found.failures.append(Failure(source, f"{source!r}: no articles in this folder; read are {', '.join(sorted(READERS))}"))
        return sorted(files, key=lambda p: p.as_posix())
    matches = [Path(match) for match in sorted(glob.glob(source, recursive=True))]   # noqa: PTH207 (absolute patterns too)
    files = [p for p in matches if p.is_file() and reader_of(p)]
    if not files:
        what = "nothing that can be read matches" if glob.has_magic(source) else "no such file or folder"
        found.failures.append(Failure(source, f"{source!r}: {what}"))
    return files


def read_all(paths: Iterable[Path]) -> Iterator[RawArticle | Failure]:
    """Every article of every file; what cannot be read as a failure."""
    for path in paths:
        name = storable(path.as_posix())
        if name != path.as_posix():     # a name of raw bytes, from another system; it could be neither stored nor shown
            yield Failure(name, f"{name!r}: the file's name is not UTF-8; rename it")
            continue
        try:
            for item in jsonl.read_stdin() if path == STDIN else read(path):
                yield item if isinstance(item, RawArticle) else Failure(_place(item, path), str(item))
        except SourceError as error:
            yield Failure(path.as_posix(), str(error))


def _place(error: SourceError, path: Path) -> str:
    """The line an error speaks of (`'a.jsonl#3': …`), else its file."""
    text = str(error)
    return text[1:text.index("'", 1)] if text.startswith("'") and "'" in text[1:] else path.as_posix()


def prefix_of(folder: Path) -> str:
    """What the sources of a folder's files begin with; empty for the working folder."""
    name = folder.as_posix()
    return "" if name == "." else name.rstrip("/") + "/"
