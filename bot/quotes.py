"""The sources of an answer: sentences collected as facts refer to them, numbered in that order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.types import Quote
from store.queries import Connection
from store.queries_articles import SentenceRow, sentences
from store.text import fold, plain

__all__ = ["Sources", "marked_phrase", "marked_words", "quote_of"]

Span = tuple[int, int]


class Sources:
    """`ref` gives a sentence its number; `quotes` are the sentences with what was marked in them."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._numbers: dict[int, int] = {}
        self._marks: dict[int, list[Span]] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, sentence_id: int) -> bool:
        return sentence_id in self._numbers

    def ref(self, sentence_id: int, start: int | None = None, end: int | None = None) -> int:
        """The number of a sentence; `start` and `end`, offsets in the article, are marked in it."""
        number = self._numbers.setdefault(sentence_id, len(self._numbers) + 1)
        if start is not None and end is not None:
            self._marks.setdefault(sentence_id, []).append((start, end))
        return number

    def quotes(self, words: Iterable[str] = ()) -> tuple[Quote, ...]:
        """The sentences in order of their numbers; the folded `words` are marked as well."""
        wanted = frozenset(words)
        return tuple(self._quote(row, wanted) for row in sentences(self.connection, self._numbers))

    def _quote(self, row: SentenceRow, words: frozenset[str]) -> Quote:
        marks = [(a - row.start, b - row.start) for a, b in self._marks.get(row.id, []) if row.start <= a < b <= row.end]
        return quote_of(row, [*marks, *(marked_words(row.text, words) if words else ())])


def quote_of(row: SentenceRow, marks: Sequence[Span] = ()) -> Quote:
    """A sentence of the store as a source."""
    return Quote(row.article_id, row.source, row.title, row.published, row.position, row.text, row.start, row.end,
                 _joined(row.text, marks))


def _joined(text: str, marks: Sequence[Span]) -> tuple[Span, ...]:
    """Marks in order; those that touch or have only a space between them become one."""
    out: list[Span] = []
    for start, end in sorted(marks):
        if out and (start <= out[-1][1] or not text[out[-1][1]:start].strip(" \u00a0-–/")):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def marked_words(text: str, words: Iterable[str]) -> list[Span]:
    """Where these folded words stand in a text; where some stand together, a syllable by itself (`thành` far from `ủy`) is
    another word, and a number is not."""
    wanted = frozenset(words)
    found = _words(text)
    at = [n for n, (word, _, _) in enumerate(found) if word in wanted]
    paired = {n for n in at for m in (n - 1, n + 1) if 0 <= m < len(found) and found[m][0] in wanted - {found[n][0]}}
    return [found[n][1:] for n in at if not paired or n in paired or found[n][0].isdigit()]


def marked_phrase(text: str, phrase: Sequence[str]) -> list[Span]:
    """Where these folded words stand in a row."""
    found, size = _words(text), len(phrase)
    return [(found[i][1], found[i + size - 1][2]) for i in range(len(found) - size + 1)
            if [word for word, _, _ in found[i:i + size]] == list(phrase)]


def _words(text: str) -> list[tuple[str, int, int]]:
    """The folded words of a text with their offsets."""
    found: list[tuple[str, int, int]] = []
    start: int | None = None
    for at, letter in enumerate(plain(text) + " "):
        if letter.isalnum():
            start = at if start is None else start
        elif start is not None:
            found.append((fold(text[start:at]), start, at))
            start = None
    return found
