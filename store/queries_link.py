"""What linking reads and writes: local names of touched keys in, entities, names and documents out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from store.ids import SENTENCES_PER_ARTICLE, stable_id

__all__ = [
    "LocalNameRow", "drop_orphans", "forget_unlinked", "move", "name_posts", "organization_keys", "post_wordings", "put_document",
    "put_entity", "put_names", "set_parents", "unlinked_names",
]

LocalNameRow = tuple[int, str, int, str, str, str]
"""article id, name, entity id, surfaces, evidence, the article's date (EDTF or empty)"""


def unlinked_names(db: sqlite3.Connection) -> Iterator[tuple[str, str, list[LocalNameRow]]]:
    """Every key that waits for linking with its local names, in an order that ids alone decide. Read key by key, as what is read
    may be changed before the next is asked for."""
    for kind, key in db.execute("select kind, key from unlinked where kind <> '' order by kind, key").fetchall():
        rows = db.execute("""
            select
                l.article_id,
                l.name,
                l.entity_id,
                l.surfaces,
                l.evidence,
                coalesce(a.published, (select min(e.date) from events e where e.article_id = a.id and e.earliest is not null), '')
            from local_names l
            join articles a on a.id = l.article_id
            where l.kind = ? and l.key = ?
            order by l.article_id, l.name""", (kind, key)).fetchall()
        if rows:
            yield kind, key, rows


def forget_unlinked(db: sqlite3.Connection) -> None:
    """Nothing waits for linking any more."""
    db.execute("delete from unlinked where kind <> ''")


def put_entity(db: sqlite3.Connection, entity: int, kind: str, name: str, distinction: str | None) -> None:
    """Makes an entity or brings it up to date."""
    db.execute("""
        insert into entities (id, kind, name, distinction)
        values (?, ?, ?, ?)
        on conflict (id) do update set
            name = excluded.name,
            distinction = excluded.distinction""", (entity, kind, name, distinction))


def move(db: sqlite3.Connection, article: int, old: int, new: int) -> None:
    """Gives what one article says of one entity to another."""
    first = article * SENTENCES_PER_ARTICLE
    span = {"old": old, "new": new, "article": article, "first": first, "last": first + SENTENCES_PER_ARTICLE - 1}
    for table, column in (("mentions", "entity_id"), ("attestations", "person_id"), ("participations", "entity_id")):
        db.execute(f"""
            update {table}
            set {column} = :new
            where {column} = :old and sentence_id between :first and :last""", span)
    db.execute("""
        update local_names
        set entity_id = :new
        where entity_id = :old and article_id = :article""", span)


def put_names(db: sqlite3.Connection, entity: int, names: Iterable[tuple[str, str, str]]) -> None:
    """Replaces an entity's names (name, kind, folded) where they differ."""
    rows = sorted(names)
    old = db.execute("select name, kind, folded from names where entity_id = ? order by name", (entity,)).fetchall()
    if sorted(old) == rows:
        return
    _drop_names(db, entity)
    numbered = [(stable_id("name", entity, name), name, kind, folded) for name, kind, folded in rows]
    db.executemany("""
        insert into names (id, entity_id, name, kind, folded)
        values (?, ?, ?, ?, ?)""", ((id_, entity, name, kind, folded) for id_, name, kind, folded in numbered))
    db.executemany("""
        insert into names_fts (rowid, entity_id, name, folded)
        values (?, ?, ?, ?)""", ((id_, entity, name, folded) for id_, name, _, folded in numbered))


def _drop_names(db: sqlite3.Connection, entity: int) -> None:
    db.execute("delete from names_fts where rowid in (select id from names where entity_id = ?)", (entity,))
    db.execute("delete from names where entity_id = ?", (entity,))


def put_document(db: sqlite3.Connection, row: tuple[int, str, str | None, int | None, str | None, str | None, str | None]) -> None:
    """Makes a document's facts or brings them up to date."""
    db.execute("""
        insert or replace into documents (entity_id, kind, number, issuer_id, issued, term, title)
        values (?, ?, ?, ?, ?, ?, ?)""", row)


def drop_orphans(db: sqlite3.Connection) -> None:
    """Takes out posts nobody holds and things no article names any more."""
    db.execute("delete from positions where id not in (select position_id from attestations)")
    orphans = db.execute("select id from entities where id not in (select entity_id from local_names)").fetchall()
    for (entity,) in orphans:
        _drop_names(db, entity)
        db.execute("delete from entities where id = ?", (entity,))


def post_wordings(db: sqlite3.Connection) -> Iterator[tuple[int, str, str, str, str, int]]:
    """Id, name and title of every post with a wording, its title and how often articles have it."""
    yield from db.execute("""
        select
            q.id,
            q.name,
            q.title,
            t.name,
            t.title,
            count(*)
        from attestations t
        join positions q on q.id = t.position_id
        where t.name <> ''
        group by q.id, t.name, t.title
        order by q.id""").fetchall()


def name_posts(db: sqlite3.Connection, rows: Iterable[tuple[str, str, str, int]]) -> None:
    """Gives posts another name: (name, title, folded, id)."""
    db.executemany("update positions set name = ?, title = ?, folded = ? where id = ?", rows)


def organization_keys(db: sqlite3.Connection) -> Iterator[tuple[int, str, int | None, str | None]]:
    """Id, key, parent and distinction of every organization."""
    yield from db.execute("""
        select distinct
            e.id,
            l.key,
            e.parent_id,
            e.distinction
        from entities e
        join local_names l on l.entity_id = e.id
        where e.kind = 'organization'""")


def set_parents(db: sqlite3.Connection, pairs: Iterable[tuple[int | None, int]]) -> None:
    """Sets the parent of organizations: (parent, child)."""
    db.executemany("update entities set parent_id = ? where id = ?", pairs)
