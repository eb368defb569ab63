"""Curators' judgements as linking applies them: who is the same, who is another, what a thing is called, what is no thing.

    rulings = Rulings.of(standing(log))
    rulings.final(17)               # the entity that 17 is now, itself where nobody judged

Pure: the log is in the state file (`store.state_judgements`), the store is changed by `store.link` and `store.ingest`.
Judgements are about entities by id, which is the same in every store of the same sources; one about an entity that is not
there (any more) does nothing until it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from store.ids import stable_id
from store.link_namesakes import LocalName, Thing
from store.text import fold

__all__ = ["NO_RULINGS", "Action", "Judgement", "Rulings", "Subject", "split_mark", "standing"]

Action = Literal["merge", "split", "rename", "alias", "hide", "undo"]


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing that is judged: its entity, the keys its names are linked by and, for a split, the articles that go."""

    id: int
    kind: str
    name: str
    keys: tuple[str, ...]
    articles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision. merge: the second subject is the first; split: some articles mean another one, told apart by
    `argument`; rename: it is called `argument`; alias: it is also called `argument`; hide: it is no thing at all."""

    number: int                     # of the log, as `/undo 12` names it
    action: Action
    subjects: tuple[Subject, ...]
    argument: str = ""
    undoes: int | None = None
    at: str = ""
    curator: int | None = None

    @property
    def id(self) -> int:
        """A hash of all that it says: two state files may number alike."""
        said = [(s.id, s.kind, s.keys, s.articles) for s in self.subjects]
        return stable_id("judgement", self.at, self.action, json.dumps(said), self.argument)

    @property
    def keys(self) -> frozenset[tuple[str, str]]:
        """The (kind, key) of all names it is about."""
        return frozenset((subject.kind, key) for subject in self.subjects for key in subject.keys)


def standing(log: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that nobody has undone, in order."""
    rows = list(log)
    undone = {row.undoes for row in rows}
    return tuple(row for row in rows if row.action != "undo" and row.number not in undone)


def split_mark(words: str) -> str:
    """What goes into the id of a thing split off."""
    return "split:" + fold(words)


@dataclass(frozen=True, slots=True)
class Rulings:
    """Judgements, ready to be asked by entity and key."""

    judgements: tuple[Judgement, ...] = ()
    merged: dict[int, int] = field(default_factory=dict)
    renamed: dict[int, str] = field(default_factory=dict)
    also: dict[int, list[str]] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    splits: dict[tuple[str, str], list[Judgement]] = field(default_factory=dict)
    by_entity: dict[int, set[int]] = field(default_factory=dict)     # final entity → judgements about it
    moving: frozenset[int] = frozenset()    # judgements whose undoing takes more than linking anew

    @classmethod
    def of(cls, judgements: Sequence[Judgement]) -> Rulings:
        """Those that stand, later ones on top of earlier ones."""
        rulings = cls(tuple(judgements))
        for judgement in judgements:
            rulings._add(judgement)
        hidden = frozenset(rulings.final(s.id) for j in judgements if j.action == "hide" for s in j.subjects)
        by_entity: dict[int, set[int]] = {}
        for judgement in judgements:
            for subject in judgement.subjects:
                by_entity.setdefault(rulings.final(subject.id), set()).add(judgement.id)
                if judgement.action == "split":
                    for key in subject.keys:
                        other = stable_id(subject.kind, key, split_mark(judgement.argument))
                        by_entity.setdefault(rulings.final(other), set()).add(judgement.id)
        moving = frozenset(j.id for j in judgements if j.action in ("merge", "split", "hide"))
        return replace(rulings, hidden=hidden, by_entity=by_entity, moving=moving)

    def _add(self, judgement: Judgement) -> None:
        first = self.final(judgement.subjects[0].id)
        if judgement.action == "merge":
            for subject in judgement.subjects[1:]:
                if self.final(subject.id) != first:
                    self.merged[self.final(subject.id)] = first
        elif judgement.action == "rename":
            self.renamed[first] = judgement.argument
        elif judgement.action == "alias":
            self.also.setdefault(first, []).append(judgement.argument)
        elif judgement.action == "split":
            for key in judgement.subjects[0].keys:
                self.splits.setdefault((judgement.subjects[0].kind, key), []).append(judgement)

    def final(self, entity: int) -> int:
        """The entity that this one is now."""
        while entity in self.merged:
            entity = self.merged[entity]
        return entity

    def concerns(self, entity: int) -> bool:
        """Whether anybody judged about it."""
        return self.final(entity) in self.by_entity

    def name_of(self, entity: int) -> str | None:
        """The name it was given."""
        return self.renamed.get(entity)

    def called(self, entity: int, name: str) -> Rulings:
        """The same, with this name for an entity that was given none."""
        return replace(self, renamed={**self.renamed, entity: name})

    def aliases_of(self, entity: int) -> list[str]:
        """What it is also called: by judgement, and as those that were merged into it had been renamed."""
        into = [name for other, name in sorted(self.renamed.items()) if other != entity and self.final(other) == entity]
        given = [name for other, names in sorted(self.also.items()) if self.final(other) == entity for name in names]
        return [*given, *into]

    def divided(self, kind: str, key: str, things: Sequence[Thing]) -> list[Thing]:
        """The things of a key, with what was split off as things of their own."""
        found = list(things)
        for judgement in self.splits.get((kind, key), ()):
            found = [part for thing in found for part in _divided(kind, key, thing, judgement)]
        return found

    @property
    def keys(self) -> dict[int, frozenset[tuple[str, str]]]:
        """Judgement → the keys it is about."""
        return {judgement.id: judgement.keys for judgement in self.judgements}

    def together(self) -> list[frozenset[tuple[str, str]]]:
        """Keys that must be linked in one go, as their names end up in one thing."""
        groups: list[set[tuple[str, str]]] = []
        for judgement in self.judgements:
            joined = set(judgement.keys)
            apart = []
            for group in groups:
                if group & joined:
                    joined |= group
                else:
                    apart.append(group)
            groups = [*apart, joined]
        return [frozenset(group) for group in groups]


NO_RULINGS = Rulings()


def _divided(kind: str, key: str, thing: Thing, judgement: Judgement) -> list[Thing]:
    subject = judgement.subjects[0]
    if stable_id(kind, key, thing.mark) != subject.id:
        return [thing]
    going = tuple(name for name in thing.names if _goes(name, judgement))
    staying = tuple(name for name in thing.names if not _goes(name, judgement))
    if not going:
        return [thing]
    off = Thing(going, split_mark(judgement.argument), judgement.argument)
    return [Thing(staying, thing.mark, thing.distinction), off] if staying else [off]


def _goes(name: LocalName, judgement: Judgement) -> bool:
    """Whether an article's name is of the one split off: chosen by the curator, or its posts have the words."""
    if name.article in judgement.subjects[0].articles:
        return True
    said = fold(json.dumps(name.evidence, ensure_ascii=False))
    return fold(judgement.argument) in said
