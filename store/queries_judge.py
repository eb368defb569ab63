"""What curators' judgements read and write in the corpus while it is linked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from store.ids import SENTENCES_PER_ARTICLE
from store.text import syllables

__all__ = [
    "applied", "articles_judged", "articles_with", "drop_name", "ensure_entity", "keys_of", "note_articles", "note_keys",
    "point_elsewhere", "stored_article", "touch", "touched",
]

Key = tuple[str, str]


def applied(db: sqlite3.Connection) -> dict[int, frozenset[Key]]:
    """The judgements this store was linked by, with their keys."""
    found: dict[int, set[Key]] = {}
    for judgement, kind, key in db.execute("select judgement, kind, key from judged_keys"):
        found.setdefault(judgement, set()).add((kind, key))
    return {judgement: frozenset(keys) for judgement, keys in found.items()}


def note_keys(db: sqlite3.Connection, keys: dict[int, frozenset[Key]]) -> None:
    """From now on the store is linked by these judgements."""
    wanted = {(judgement, kind, key) for judgement, pairs in keys.items() for kind, key in pairs}
    found = set(db.execute("select judgement, kind, key from judged_keys").fetchall())
    db.executemany("delete from judged_keys where judgement = ? and kind = ? and key = ?", found - wanted)
    db.executemany("insert into judged_keys (judgement, kind, key) values (?, ?, ?)", sorted(wanted - found))


def note_articles(db: sqlite3.Connection, judgements: Iterable[int], articles: Iterable[int]) -> None:
    """These judgements changed what these articles' names mean."""
    listed = list(articles)
    db.executemany(
        "insert or ignore into judged_articles (judgement, article_id) values (?, ?)",
        ((judgement, article) for judgement in judgements for article in listed))


def articles_judged(db: sqlite3.Connection, judgements: Iterable[int]) -> list[int]:
    """The articles touched by these judgements, in order of their source."""
    rows = db.execute("""
        select distinct
            a.id,
            a.source
        from judged_articles j
        join articles a on a.id = j.article_id
        where j.judgement in (select value from json_each(?))
        order by a.source""", (json.dumps(list(judgements)),))
    return [row[0] for row in rows]


def stored_article(db: sqlite3.Connection, article: int) -> tuple[str, str, str]:
    """Source, text and what the source stated, of one article."""
    row: tuple[str, str, str] = db.execute("select source, text, stated from articles where id = ?", (article,)).fetchone()
    return row


def touch(db: sqlite3.Connection, keys: Iterable[Key]) -> None:
    """These keys wait for linking."""
    db.executemany("insert or ignore into unlinked (kind, key) values (?, ?)", keys)


def touched(db: sqlite3.Connection, keys: Iterable[Key]) -> bool:
    """Whether one of these keys waits for linking."""
    sql = "select 1 from unlinked where kind = ? and key = ?"
    return any(db.execute(sql, pair).fetchone() for pair in keys)


def ensure_entity(db: sqlite3.Connection, entity: int, kind: str, name: str) -> None:
    """The row that others may refer to; it goes again where no article names it."""
    db.execute("insert or ignore into entities (id, kind, name) values (?, ?, ?)", (entity, kind, name))


def point_elsewhere(db: sqlite3.Connection, old: int, new: int) -> None:
    """What refers to one entity as a post's body, an event's place or a document's issuer now refers to another."""
    for table, column in (("positions", "organization_id"), ("events", "place_id"), ("documents", "issuer_id")):
        db.execute(f"update {table} set {column} = :new where {column} = :old", {"old": old, "new": new})


def drop_name(db: sqlite3.Connection, article: int, entity: int) -> None:
    """Takes out all that one article says of one entity."""
    first = article * SENTENCES_PER_ARTICLE
    span = {"entity": entity, "article": article, "first": first, "last": first + SENTENCES_PER_ARTICLE - 1}
    for table, column in (("mentions", "entity_id"), ("attestations", "person_id"), ("participations", "entity_id")):
        db.execute(f"delete from {table} where {column} = :entity and sentence_id between :first and :last", span)
    db.execute("delete from local_names where article_id = :article and entity_id = :entity", span)


def keys_of(db: sqlite3.Connection, entity: int) -> list[str]:
    """The keys under which an entity's names are linked."""
    return [row[0] for row in db.execute(
        "select distinct key from local_names where entity_id = ? order by key", (entity,))]


def articles_with(db: sqlite3.Connection, entity: int, phrase: str) -> list[int]:
    """The articles that name an entity and have a phrase somewhere (every one that names it where the phrase is empty)."""
    words = syllables(phrase)
    return [row[0] for row in db.execute("""
        select distinct l.article_id
        from local_names l
        where l.entity_id = :entity
        and (:match = '' or l.article_id in (
            select s.article_id
            from sentences_fts f
            join sentences s on s.id = f.rowid
            where sentences_fts match :match
        ))
        order by l.article_id""", {"entity": entity, "match": f'folded: "{" ".join(words)}"' if words else ""})]
