"""One entity per real thing across the corpus, whatever the order of ingest.

Names with one key are one thing, unless `store.link_namesakes` tells them apart. Only keys that a run touched are linked anew;
the result is that of a fresh ingest of the same articles, because it depends on nothing but the local names of a key.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator

from store import queries_link as sql
from store.ids import stable_id
from store.link_keys import key_of
from store.link_namesakes import LocalName, Thing, things
from store.text import fold, plain

__all__ = ["link"]

_ABBREVIATION = re.compile(r"\b[A-ZĐƯ]{2,}\b|\b(?:TP|T\.Ư|TƯ)\b")


def link(db: sqlite3.Connection) -> None:
    """Links the keys that wait for it; call it inside a transaction."""
    for kind, key, rows in sql.unlinked_names(db):
        for thing in things(tuple(LocalName(kind, key, a, n, e, tuple(json.loads(s)), json.loads(v), d) for a, n, e, s, v, d in rows)):
            _store(db, kind, key, thing)
    sql.drop_orphans(db)
    _hierarchy(db)
    sql.forget_unlinked(db)


def _store(db: sqlite3.Connection, kind: str, key: str, thing: Thing) -> None:
    entity = stable_id(kind, key, thing.mark)
    canonical = canonical_name(thing.names)
    sql.put_entity(db, entity, kind, canonical, thing.distinction)
    for name in thing.names:
        if name.entity != entity:
            sql.move(db, name.article, name.entity, entity)
    sql.put_names(db, entity, spellings(canonical, thing.names))
    if kind == "document":
        _store_document(db, entity, thing)


def canonical_name(names: Iterable[LocalName]) -> str:
    """The name most articles use; of equally frequent ones the longest, then the first in the alphabet."""
    count = Counter(name.name for name in names)
    return min(count, key=lambda name: (-count[name], -len(name), name))


def spellings(canonical: str, names: Iterable[LocalName]) -> Iterator[tuple[str, str, str]]:
    """Every spelling with its kind and folded form; what differs in letter case, tone placement or spaces only counts once, and a
    body's bare head (`Sở`, `Hội`) is no name."""
    seen = {canonical.lower()}
    yield canonical, "canonical", fold(canonical)
    every = {" ".join(plain(text).split()): name.kind for name in names for text in (name.name, *name.surfaces)}
    for text in sorted(every):
        bare = every[text] == "organization" and " " not in text and not text.isupper()
        if text and not bare and text.lower() not in seen:
            seen.add(text.lower())
            yield text, _kind_of(text, canonical), fold(text)


def _kind_of(text: str, canonical: str) -> str:
    short, full = fold(text), fold(canonical)
    if _ABBREVIATION.search(text) and len(short) < len(full):
        return "abbreviation"
    return "short" if len(short) < len(full) and f" {short} " in f" {full} " else "alias"


def _store_document(db: sqlite3.Connection, entity: int, thing: Thing) -> None:
    facts = [tuple(fact) for name in thing.names for fact in name.evidence.get("facts", [])]
    kind, number, issuer, issued, term, title = (_most(fact[i] for fact in facts) for i in range(6))
    issuer_id = stable_id("organization", key_of("organization", issuer), "") if issuer else None
    first = canonical_name(thing.names).split()
    sql.put_document(db, (entity, kind or (first[0] if first else ""), number, issuer_id, issued, term, title))


def _most(values: Iterable[str | None]) -> str | None:
    """The most frequent value, of equals the longest, then the first in the alphabet."""
    count = Counter(value for value in values if value)
    return min(count, key=lambda value: (-count[value], -len(value), value)) if count else None


def _hierarchy(db: sqlite3.Connection) -> None:
    """`Ban Thường vụ Thành ủy Hà Nội` is part of `Thành ủy Hà Nội`: the longest body whose name ends its own."""
    rows = list(sql.organization_keys(db))
    ids = {key: entity for entity, key, _ in rows}
    changed = []
    for entity, key, parent in rows:
        words = key.split()
        wanted = next((ids[tail] for i in range(1, len(words)) if (tail := " ".join(words[i:])) in ids), None)
        if wanted != parent:
            changed.append((wanted, entity))
    sql.set_parents(db, changed)
