"""The article under annotation: what every annotator reads and adds to.

Annotators run in the order of `store.annotate.ANNOTATORS`; each reads `page.lines` and what earlier ones found, and
calls `page.add`. Only lines whose kind may state facts are in `page.lines` (title, body, caption).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from store.text import plain
from store.types import Article, Attestation, DocumentFact, EntityKind, Event, Mention, SentenceKind

__all__ = ["FACTUAL", "DateSpan", "Line", "Page", "Token"]

FACTUAL: frozenset[SentenceKind] = frozenset({"title", "body", "caption"})

# A word with inner hyphens, dots or slashes kept apart: `01-CTr/TU` is five tokens, `TP.` two; rules glue them.
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a punctuation mark; offsets in the article."""

    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


@dataclass(slots=True)
class Line:
    """A sentence in its working form (`store.text.plain`); offsets are the article's."""

    position: int
    kind: SentenceKind
    start: int
    end: int
    text: str
    _tokens: list[Token] | None = None
    _lower: str | None = None

    @property
    def lower(self) -> str:
        """The text in lower case, of the same length, made once: patterns without IGNORECASE run twice as fast on it."""
        if self._lower is None:
            low = self.text.lower()
            self._lower = low if len(low) == len(self.text) else self.text      # `İ` becomes two characters
        return self._lower

    @property
    def tokens(self) -> list[Token]:
        """The line's tokens, made once."""
        if self._tokens is None:
            base = self.start
            self._tokens = [Token(m.group(), base + m.start(), base + m.end()) for m in _TOKEN.finditer(self.text)]
        return self._tokens


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date expression: EDTF, how it was decided, and the words it stands in."""

    start: int
    end: int
    sentence: int
    date: str                       # EDTF
    basis: str                      # a store.types.DateBasis
    time_of_day: str | None
    rule: str


def _order(mention: Mention) -> tuple[int, int]:
    return mention.start, -mention.end


@dataclass(slots=True)
class Page:
    """An article's working text with all that has been found so far."""

    article: Article
    text: str = ""
    lines: list[Line] = field(default_factory=list)
    by_line: dict[int, list[Mention]] = field(default_factory=dict)   # Sentence.position → mentions
    dates: list[DateSpan] = field(default_factory=list)
    documents: list[DocumentFact] = field(default_factory=list)
    attestations: list[Attestation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    published: str | None = None    # EDTF; anchors `hôm nay`, `sáng qua`

    def __post_init__(self) -> None:
        self.text = plain(self.article.text)
        self.published = self.article.published
        self.lines = [
            Line(s.position, s.kind, s.start, s.end, self.text[s.start:s.end].replace("\n", " "))   # `TP.` ⏎ `HCM`
            for s in self.article.sentences if s.kind in FACTUAL
        ]

    def add(self, kind: EntityKind, start: int, end: int, sentence: int, rule: str, name: str | None = None) -> Mention:
        """Adds a mention; its name is the working text of the span unless a fuller one is given."""
        surface = self.article.text[start:end]
        mention = Mention(kind, start, end, sentence, name or " ".join(self.text[start:end].split()), surface, rule)
        self.by_line.setdefault(sentence, []).append(mention)
        return mention

    @property
    def mentions(self) -> list[Mention]:
        """All mentions, in order of their start."""
        return sorted((m for line in self.by_line.values() for m in line), key=_order)

    def of(self, kind: EntityKind, line: Line | None = None) -> list[Mention]:
        """The mentions of one kind, in the whole page or in one line, in order of their start."""
        if line is None:
            found = [m for mentions in self.by_line.values() for m in mentions if m.kind == kind]
        else:
            found = [m for m in self.by_line.get(line.position, ()) if m.kind == kind]
        if len(found) > 1:
            found.sort(key=_order)
        return found

    def covering(self, line: Line, start: int, end: int) -> Iterator[Mention]:
        """The mentions of a line that overlap a span."""
        return (m for m in self.by_line.get(line.position, []) if m.start < end and start < m.end)

    def rename(self, kind: EntityKind, names: Mapping[str, str]) -> None:
        """Gives mentions of one kind their fuller name: `{'Thành ủy': 'Thành ủy Hà Nội'}`."""
        for position, found in self.by_line.items():
            self.by_line[position] = [
                replace(m, name=names[m.name]) if m.kind == kind and m.name in names else m for m in found
            ]

    def keep(self, wanted: Callable[[Mention], bool]) -> None:
        """Drops the mentions that are not wanted."""
        for position, found in self.by_line.items():
            self.by_line[position] = [m for m in found if wanted(m)]

    def line_at(self, offset: int) -> Line | None:
        """The factual line an offset lies in."""
        index = bisect_left(self.lines, offset + 1, key=lambda line: line.start) - 1
        return self.lines[index] if index >= 0 and offset < self.lines[index].end else None
