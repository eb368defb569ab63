"""Near-duplicates: articles that share most of their runs of words.

Of all runs of five syllables a fixed sample (by hash) is stored; articles that share enough of it are compared in full. Both
steps are symmetric and know nothing of the order of ingest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import accumulate
from zlib import crc32

from store.text import syllables
from store.types import Article

__all__ = ["SIMILAR", "components", "own_text", "sample", "similar", "word_runs"]

_RUN = 5                            # syllables; shorter runs are shared by articles on one topic
_EVERY = 32                         # of so many runs one is stored: about 20 an article
SIMILAR = 0.6
"""Share of common runs from which two texts count as one; reprints with another headline and caption have 0.7 and more."""


def own_text(article: Article) -> str:
    """What the article itself says: no menus, forms, credits."""
    return "\n".join(s.text for s in article.sentences if s.kind in ("title", "body", "caption"))


def word_runs(text: str) -> set[int]:
    """The hashes of all runs of five syllables."""
    words = syllables(text)
    if len(words) <= _RUN:
        return {crc32(" ".join(words).encode())} if words else set()
    joined = memoryview(" ".join(words).encode())
    ends = list(accumulate(len(word.encode()) + 1 for word in words))
    starts = [0, *ends]
    return {crc32(joined[start:end - 1]) for start, end in zip(starts, ends[_RUN - 1:], strict=False)}


def sample(text: str) -> list[int]:
    """The stored part of a text's runs; at least one."""
    runs = word_runs(text)
    return sorted({run for run in runs if run % _EVERY == 0} | {min(runs)}) if runs else []


def similar(one: set[int], other: set[int]) -> bool:
    """Whether two texts share most of their word runs."""
    few, many = sorted((len(one), len(other)))
    return few >= SIMILAR * many > 0 and len(one & other) >= SIMILAR * len(one | other)


def components(start: Iterable[int], neighbours: Callable[[int, set[int]], Iterable[int]]) -> list[set[int]]:
    """The groups of similar articles that the given ones belong to, single ones too. `neighbours` tells of an article those that are
    not known yet."""
    seen: set[int] = set()
    groups = []
    for article in sorted(set(start)):
        if article in seen:
            continue
        group, waiting = {article}, [article]
        while waiting:
            found = set(neighbours(waiting.pop(), group)) - group
            group |= found
            waiting += sorted(found)
        seen |= group
        groups.append(group)
    return groups
