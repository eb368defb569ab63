"""The event under study while its participants are gathered."""

from __future__ import annotations

from dataclasses import dataclass, field

from store.annotate.events_heads import Head
from store.annotate.page import Line, Page
from store.types import EntityKind, Mention, Role

__all__ = ["Scene"]


@dataclass(slots=True)
class Scene:
    """The event under study: its page, sentence and head, and who has been found in which role."""

    page: Page
    head: Head
    line: Line
    main: bool
    day: str | None
    found: dict[tuple[EntityKind, str, Role], tuple[int, str]] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)        # persons who speak at another occasion in this article
    titles: dict[str, set[str]] = field(default_factory=dict)   # folded posts → who holds them in this article
    known: dict[str, Mention] = field(default_factory=dict)     # a mention of every person
    spoken: dict[int, list[tuple[Mention, str]]] = field(default_factory=dict)  # who speaks, by sentence, found once

    def add(self, mention: Mention, role: Role, rule: str) -> None:
        """Notes a participant once per role."""
        self.found.setdefault((mention.kind, mention.name, role), (mention.sentence, rule))
