"""Words of `store/lexicon/` that tell persons and posts: read once, in the working form of text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from store.annotate.wordtree import alternatives
from store.text import nfc, plain

__all__ = ["UPPER", "alternation", "listed", "syllable_set", "table"]

UPPER = "".join(chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper())
"""All capital letters, for character classes: `re` has no \\p{Lu}."""


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file of the lexicon, its strings in the working form."""
    text = (files("store") / "lexicon" / name).read_text(encoding="utf-8")
    return tomllib.loads(plain(nfc(text)))


def listed(text: str) -> tuple[str, ...]:
    """The entries of a list written `one | two` over one or more lines."""
    return tuple(dict.fromkeys(" ".join(part.split()) for part in re.split(r"[|\n]", text) if part.strip()))


def syllable_set(text: str) -> frozenset[str]:
    """The syllables of a list written with spaces."""
    return frozenset(text.split())


def alternation(entries: Iterable[str]) -> str:
    """A regex that matches any entry, the longest first; spaces match any run of spaces."""
    return f"(?:{alternatives(entries, either_case=False)})"
