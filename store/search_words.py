"""Text → the words search compares: syllables and numbers in small letters, with and without diacritics."""

from __future__ import annotations

import re
from functools import lru_cache

from store.text import fold, plain

__all__ = ["accented_words", "bare", "exact", "folded_words", "printed_words"]

_WORD = re.compile(r"[^\W_]+")

printed_words = _WORD.findall
"""The words of an NFC text as printed. Words repeat, so their other forms are remembered rather than made each time."""


@lru_cache(maxsize=1 << 16)
def bare(word: str) -> str:
    """A word in small letters without diacritics."""
    return fold(word)


@lru_cache(maxsize=1 << 16)
def exact(word: str) -> str:
    """A word in small letters, the tone mark on its usual place: `Uỷ` → `ủy`."""
    return plain(word).lower()


def accented_words(text: str) -> list[str]:
    """The words of an NFC text in small letters, tone marks placed one way: `Thành uỷ` → `['thành', 'ủy']`."""
    return [exact(word) for word in printed_words(text)]


def folded_words(text: str) -> list[str]:
    """The same without diacritics."""
    return [bare(word) for word in printed_words(text)]
