"""Many words as one regular expression: a tree of letters, four times as fast to look for as a row of alternatives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

__all__ = ["alternatives"]


def alternatives(words: Iterable[str], either_case: bool = True, each_word: bool = False, space: str = " ") -> str:
    """A regex of words, the longest that fits first.

    The first letter is taken in either case unless `either_case` is false; with `each_word` so is that of every word of
    a name but acronyms: `Bộ Chỉ huy quân sự`, `Bộ chỉ huy Quân sự`. `space` is what a space in a word stands for.
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in _letters(word, either_case, each_word):
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(tree, space, first=not either_case)


def _letters(word: str, either_case: bool, each_word: bool) -> list[str]:
    """The letters of a word, those in either case as two: `["hH", "ộ", "i"]`."""
    letters = list(word)
    parts = re.finditer(r"[^ ]+", word) if each_word else ()
    starts = [part.start() for part in parts if len(part[0]) > 1 and not part[0].isupper()]
    for at in ({0, *starts} if either_case else starts):
        lower, upper = letters[at].lower(), letters[at].upper()
        letters[at] = lower if lower == upper else lower + upper
    return letters


def _branches(node: dict[str, Any], space: str, first: bool = False) -> str:
    """Letters with the same words behind them share a branch: `[Bb]ệnh viện`; the first ones do not, so that the matcher can
    skip to them."""
    ends = "" in node
    letters: dict[tuple[str, str], list[str]] = {}
    for letter, rest in node.items():
        if letter:
            letters.setdefault((letter if first or letter == " " else "", _branches(rest, space)), []).extend(letter)
    branches = [_any(same, space) + rest for (_, rest), same in letters.items()]
    if not branches:
        return ""
    if len(branches) == 1 and not ends:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}"


def _any(letters: list[str], space: str) -> str:
    if letters == [" "]:
        return space
    escaped = "".join(map(re.escape, letters))
    return escaped if len(letters) == 1 else f"[{escaped}]"
