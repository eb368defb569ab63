"""The whole store as files for other programs: `csv`, `jsonl`, `graphml`, `ftm`.

    export(connection, "ftm", Path("hoitin.ftm.jsonl"))

A target appears only when it is complete; what stood there before is replaced in one step.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from store.errors import StoreError
from store.export_csv import csv_files, write_zip
from store.export_ftm import ftm_lines
from store.export_graphml import graphml_lines
from store.export_jsonl import jsonl_lines
from store.queries import Connection
from store.queries_export import snapshot

__all__ = ["FORMATS", "default_target", "export"]

FORMATS: dict[str, str] = {
    "csv": ".csv.zip",
    "jsonl": ".jsonl",
    "graphml": ".graphml",
    "ftm": ".ftm.jsonl",
}
"""Format → the suffix of its file."""

_LINES: dict[str, Callable[[Connection], Iterator[str]]] = {
    "jsonl": jsonl_lines,
    "graphml": graphml_lines,
    "ftm": ftm_lines,
}


def default_target(store: Path, kind: str) -> Path:
    """`hoitin.graphml` for `hoitin.db`, in the working folder."""
    return Path(store.stem + FORMATS[kind])


def export(connection: Connection, kind: str, target: Path) -> int:
    """Writes the store in one of FORMATS; how many lines or rows. `-` is standard output; a csv target without the
    suffix .zip is a folder with a file per view."""
    try:
        with snapshot(connection):
            if kind == "csv":
                return _csv(connection, target)
            if target.name == "-":
                return _write(sys.stdout.buffer, _LINES[kind](connection))
            with _complete(target) as part, part.open("wb") as file:
                return _write(file, _LINES[kind](connection))
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise StoreError(f"{target.as_posix()!r}: cannot be written: {error.strerror or error}") from error


@contextmanager
def _complete(target: Path) -> Iterator[Path]:
    """Where to write so that the target appears when all is there, and nothing stays behind when it cannot be."""
    part = target.with_name(target.name + ".part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _write(file: IO[bytes], lines: Iterator[str]) -> int:
    count = 0
    for line in lines:
        file.write(line.encode() + b"\n")
        count += 1
    file.flush()
    return count


def _csv(connection: Connection, target: Path) -> int:
    if target.name == "-":
        raise StoreError("csv is several files: name a .zip or a folder with --to")
    if target.suffix.lower() == ".zip":
        with _complete(target) as part:
            return write_zip(part, csv_files(connection))
    target.mkdir(parents=True, exist_ok=True)
    total = 0
    for name, lines in csv_files(connection):
        with _complete(target / name) as part, part.open("wb") as file:
            for piece in lines:
                file.write(piece)
                total += 1
    return total
