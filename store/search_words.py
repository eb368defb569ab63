"""Text → the words search compares: syllables and numbers in small letters, with and without diacritics."""

from __future__ import annotations

import re
from functools import lru_cache

from store.text import fold, plain

__all__ = ["accented_words", "bare", "folded_words"]

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 16)
def bare(word: str) -> str:
    """A word without diacritics."""
    return fold(word)


def accented_words(text: str) -> list[str]:
    """The words of an NFC text in small letters, tone marks placed one way: `Thành uỷ` → `['thành', 'ủy']`."""
    return _WORD.findall(plain(text).lower())


def folded_words(text: str) -> list[str]:
    """The same without diacritics."""
    return [bare(word) for word in accented_words(text)]
