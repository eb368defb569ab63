"""The read side of the store: how it is opened, and who and what is in it.

    connection = connect("hoitin.db")
    with time_limit(connection, 2.0):
        entity(connection, 42)

Every function takes a connection and plain values and returns frozen rows. Articles and sentences are in
`store.queries_articles`, people, posts and documents in `store.queries_people`, events in `store.queries_events`,
ranked passages in `store.search`, names in `store.nameindex`. Lists of ids travel as JSON (`json_each`), so no SQL is
ever put together from values.
"""

from __future__ import annotations

import json
import math
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from store.errors import QueryTimeout, StoreError
from store.types import SCHEMA_VERSION

__all__ = [
    "Clock", "Connection", "EntityCount", "EntityRow", "NameRow", "Statistics", "connect", "data_version", "entities",
    "entities_by_name", "entity", "id_list", "name_rows", "names", "raise_if_damaged", "related", "rows",
    "stamp", "statistics", "time_limit",
]

T = TypeVar("T")
Connection = sqlite3.Connection     # by this name for the bot, which knows no sqlite3
Value = str | int | float | None


def connect(path: str | Path) -> sqlite3.Connection:
    """A read-only connection with rows that know their columns; StoreError where there is no store."""
    file = Path(path)
    if not file.is_file():
        raise StoreError(f"no store at {str(path)!r}: make one with `hoitin ingest SOURCE --db {path}`")
    last: Exception | None = None
    # A store on read-only ground cannot make the `-shm` file that WAL wants; as nobody can write it, it is immutable.
    for mode in ("mode=ro", "mode=ro&immutable=1"):
        try:
            return _opened(f"file:{quote(str(file.resolve()))}?{mode}", path)
        except sqlite3.Error as error:
            last = error
    raise StoreError(f"{str(path)!r} cannot be read as a store: {last}")


def _opened(uri: str, path: str | Path) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    try:
        _check(connection, path)
    except (sqlite3.Error, StoreError):
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, path: str | Path) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute("pragma query_only = on")
    connection.execute("pragma temp_store = memory")
    found = connection.execute("select count(*) from sqlite_master where name in ('articles', 'sentences', 'entities')")
    if found.fetchone()[0] != 3:
        raise StoreError(f"{str(path)!r} is no hoitin store: make one with `hoitin ingest SOURCE --db FILE`")
    version = int(connection.execute("pragma user_version").fetchone()[0])
    if version > SCHEMA_VERSION:
        raise StoreError(f"{str(path)!r}: made by a newer hoitin (schema {version}, this one knows {SCHEMA_VERSION}); upgrade hoitin")
    if version < SCHEMA_VERSION:
        raise StoreError(f"{str(path)!r}: made by an older hoitin; bring it up to date: `hoitin ingest --reannotate --db {path}`")


class Clock:
    """The time that is left for an answer."""

    def __init__(self, seconds: float) -> None:
        self.deadline = time.monotonic() + seconds

    def is_over(self) -> int:
        """Not 0 when nothing is left."""
        return int(time.monotonic() > self.deadline)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """What is done meanwhile is not counted: an index that every later answer uses."""
        left, self.deadline = self.deadline - time.monotonic(), math.inf
        try:
            yield
        finally:
            self.deadline = time.monotonic() + left


@contextmanager
def time_limit(connection: sqlite3.Connection, seconds: float) -> Iterator[Clock]:
    """Stops whatever the connection does after that time, with QueryTimeout; one limit for a whole answer."""
    clock = Clock(seconds)
    connection.set_progress_handler(clock.is_over, 2000)
    try:
        yield clock
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        raise QueryTimeout(f"the question took longer than {seconds:g} s and was stopped: ask for less") from error
    except sqlite3.DatabaseError as error:
        raise_if_damaged(error)
        raise
    finally:
        connection.set_progress_handler(None, 0)


def raise_if_damaged(error: Exception) -> None:
    """StoreError where SQLite met a page that it cannot read."""
    if "malformed" in str(error):
        raise StoreError(f"the store is damaged ({error}): go back to a copy (`hoitin backup` makes them), or ingest anew into "
                         "another file") from error


def rows(
    connection: sqlite3.Connection, kind: type[T], sql: str, values: Mapping[str, Value] | None = None
) -> list[T]:
    """The result as records; the columns stand in the order of the fields."""
    return [kind(*row) for row in connection.execute(sql, values or {})]


def id_list(ids: Iterable[int]) -> str:
    """Ids as the JSON a query reads with `json_each(:ids)`."""
    return json.dumps(list(ids))


# ---------------------------------------------------------------------------------------------------- entities, names

@dataclass(frozen=True, slots=True)
class EntityRow:
    """A person, organization, place or document."""

    id: int
    kind: str
    name: str
    distinction: str | None
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class NameRow:
    """One spelling of an entity's name, with how often the entity is mentioned."""

    entity_id: int
    entity_kind: str
    name: str
    kind: str                       # canonical, alias, abbreviation, short
    mentions: int


ENTITIES = """
select
    e.id,
    e.kind,
    e.name,
    e.distinction,
    e.parent_id
from entities e
where e.id in (select value from json_each(:ids))
"""


def entities(connection: sqlite3.Connection, ids: Iterable[int]) -> list[EntityRow]:
    """The entities with these ids, in the order asked for; unknown ids are left out."""
    wanted = list(ids)
    found = {row.id: row for row in rows(connection, EntityRow, ENTITIES, {"ids": id_list(wanted)})}
    return [found[i] for i in dict.fromkeys(wanted) if i in found]


def entity(connection: sqlite3.Connection, entity_id: int) -> EntityRow | None:
    """One entity, None where the id is unknown."""
    return next(iter(entities(connection, [entity_id])), None)


ENTITIES_BY_NAME = """
select distinct
    e.id,
    e.kind,
    e.name,
    e.distinction,
    e.parent_id
from names n
join entities e on e.id = n.entity_id
where n.folded = :folded
and (:kind is null or e.kind = :kind)
order by e.kind, e.name, e.id
"""


def entities_by_name(connection: sqlite3.Connection, folded: str, kind: str | None = None) -> list[EntityRow]:
    """The entities one of whose names folds to exactly this."""
    return rows(connection, EntityRow, ENTITIES_BY_NAME, {"folded": folded, "kind": kind})


NAMES = """
select
    n.entity_id,
    e.kind,
    n.name,
    n.kind,
    (select count(*) from mentions m where m.entity_id = e.id)
from names n
join entities e on e.id = n.entity_id
where n.entity_id = :entity_id
order by n.kind <> 'canonical', n.name
"""


def names(connection: sqlite3.Connection, entity_id: int) -> list[NameRow]:
    """All names of one entity, the canonical one first."""
    return rows(connection, NameRow, NAMES, {"entity_id": entity_id})


NAME_ROWS = """
select
    n.entity_id,
    e.kind,
    n.name,
    n.kind,
    (select count(*) from mentions m where m.entity_id = e.id)
from entities e
join names n on n.entity_id = e.id
where e.kind in (select value from json_each(:kinds))
"""


def name_rows(connection: sqlite3.Connection, kinds: Iterable[str]) -> list[NameRow]:
    """All names of all entities of these kinds, for `store.nameindex`."""
    return rows(connection, NameRow, NAME_ROWS, {"kinds": json.dumps(list(kinds))})


def data_version(connection: sqlite3.Connection) -> int:
    """A number that changes when somebody else has written to the store; compared per connection."""
    return int(connection.execute("pragma data_version").fetchone()[0])


STAMP = """
select
    (select count(*) from articles),
    (select coalesce(max(id), 0) + count(finished) from ingest_runs)
"""


def stamp(connection: sqlite3.Connection) -> tuple[int, int]:
    """What tells one state of the store from another, whoever reads it: the articles and the runs there were."""
    articles, runs = connection.execute(STAMP).fetchone()
    return int(articles), int(runs)


@dataclass(frozen=True, slots=True)
class EntityCount:
    """An entity and how often it occurs: in an article, or together with another one."""

    entity_id: int
    kind: str
    name: str
    count: int


RELATED = """
select
    e.id,
    e.kind,
    e.name,
    count(distinct other.sentence_id) as together
from mentions here
join mentions other on other.sentence_id = here.sentence_id and other.entity_id <> here.entity_id
join entities e on e.id = other.entity_id
where here.entity_id = :entity_id
and (:kind is null or e.kind = :kind)
group by e.id
order by together desc, e.name
limit :limit
"""


def related(
    connection: sqlite3.Connection, entity_id: int, kind: str | None = None, limit: int = 20
) -> list[EntityCount]:
    """What is named in the same sentences, the most frequent first."""
    return rows(connection, EntityCount, RELATED, {"entity_id": entity_id, "kind": kind, "limit": limit})


# ---------------------------------------------------------------------------------------------------------- statistics

@dataclass(frozen=True, slots=True)
class Statistics:
    """How much the store holds."""

    articles: int
    sentences: int
    persons: int
    organizations: int
    places: int
    documents: int
    attestations: int
    events: int
    first_published: str | None
    last_published: str | None


STATISTICS = """
select
    (select count(*) from articles),
    (select count(*) from sentences),
    (select count(*) from entities where kind = 'person'),
    (select count(*) from entities where kind = 'organization'),
    (select count(*) from entities where kind = 'place'),
    (select count(*) from entities where kind = 'document'),
    (select count(*) from attestations),
    (select count(*) from events),
    (select min(published) from articles where published glob '[0-9]*'),
    (select max(published) from articles where published glob '[0-9]*')
"""


def statistics(connection: sqlite3.Connection) -> Statistics:
    """The store in numbers."""
    return rows(connection, Statistics, STATISTICS)[0]
