"""The first store: built from the packaged seed articles where there is none yet."""

from __future__ import annotations

import sys
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

from store.errors import StoreError
from store.ingest import ingest

__all__ = ["ensure_store"]


def _seeds() -> Traversable | Path:
    """The packaged seeds, or those of the checkout."""
    packaged = files("bot") / "seeds"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parent.parent / "seeds"


def ensure_store(path: Path) -> None:
    """Builds the store from the seeds if it is missing and says so on stderr."""
    if path.exists():
        return
    with as_file(_seeds()) as folder:
        sources = sorted(str(file) for file in Path(folder).glob("*.txt"))
        if not sources:
            raise StoreError(f"no store at {str(path)!r} and no seed articles: run `hoitin ingest SOURCE --db {path}`")
        print(f"hoitin: no store at {str(path)!r}, building one from {len(sources)} seed articles …", file=sys.stderr)
        report = ingest(sources, path)
    if report.count("failed"):
        raise StoreError(f"the store {str(path)!r} could not be built from the seeds: see `hoitin ingest {sources[0]}`")
