"""The words of a topic: what is left of a question when the words that say nothing about it are gone."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from bot.matching import bare, canon
from store.text import fold

__all__ = ["alternatives", "grammar", "topic_words"]


@lru_cache(maxsize=1)
def grammar() -> dict[str, str]:
    """The tables of the questions' grammar."""
    text = (files("store") / "lexicon" / "question_grammar.toml").read_text(encoding="utf-8")
    return {key: value for key, value in tomllib.loads(text).items() if isinstance(value, str)}


@lru_cache(maxsize=64)
def alternatives(name: str) -> tuple[tuple[str, ...], ...]:
    """The entries of a table, folded, longest first."""
    entries = [part.strip() for line in grammar()[name].splitlines() for part in line.split("|")]
    folded = {tuple(fold(entry).split()) for entry in entries if entry}
    return tuple(sorted(folded, key=lambda entry: (-len(entry), entry)))


def topic_words(text: str | Sequence[str], *, or_all: bool = True) -> tuple[str, ...]:
    """The words of a text, abbreviations in full, without fillers; all of them where nothing else would be left."""
    words = canon(text) if isinstance(text, str) else tuple(text)
    folded = bare(words)
    kept: list[str] = []
    at = 0
    while at < len(words):
        size = _filler(words, folded, at)
        if size:
            at += size
        else:
            kept.append(words[at])
            at += 1
    return tuple(kept) or (words if or_all else ())


def _filler(words: Sequence[str], folded: Sequence[str], at: int) -> int:
    """How many words from here on say nothing; `vé` typed with its accent is no `về`, `thi` without one no `thì`."""
    for entry in alternatives("fillers"):
        size = len(entry)
        if tuple(folded[at:at + size]) == entry:
            typed = tuple(words[at:at + size])
            if typed == entry or " ".join(typed) in _spelt("fillers"):
                return size
    return int(words[at] in _spelt("fillers_spelt"))


@lru_cache(maxsize=8)
def _spelt(name: str) -> frozenset[str]:
    """The entries of a table with their diacritics."""
    entries = (part.strip() for line in grammar()[name].splitlines() for part in line.split("|"))
    return frozenset(entry for entry in entries if entry)
