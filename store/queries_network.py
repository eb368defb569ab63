"""Who appears with whom: sentences and events in common, for the network picture."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from store.queries import id_list, rows

__all__ = ["Companion", "Tie", "companions", "shared_sentence", "ties"]


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody who appears together with the one asked about."""

    entity_id: int
    name: str
    sentences: int                  # in which both are named
    events: int                     # in which both took part


@dataclass(frozen=True, slots=True)
class Tie:
    """Two of a group, and how many sentences name both."""

    left: int
    right: int
    sentences: int


# An event counts three sentences: who sits at one table has more in common than who stands in one enumeration.
COMPANIONS = """
with together as (
    select
        other.entity_id as entity_id,
        count(distinct other.sentence_id) as sentences,
        0 as events
    from mentions here
    join mentions other on other.sentence_id = here.sentence_id and other.entity_id <> here.entity_id
    where here.entity_id = :entity_id
    group by other.entity_id
    union all
    select
        other.entity_id,
        0,
        count(distinct other.event_id)
    from participations here
    join participations other on other.event_id = here.event_id and other.entity_id <> here.entity_id
    where here.entity_id = :entity_id
    group by other.entity_id
)
select
    e.id,
    e.name,
    sum(t.sentences),
    sum(t.events)
from together t
join entities e on e.id = t.entity_id
where e.kind = :kind
group by e.id
order by sum(t.sentences) + 3 * sum(t.events) desc, e.name, e.id
limit :limit
"""


def companions(
    connection: sqlite3.Connection, entity_id: int, kind: str = "person", limit: int = 12
) -> list[Companion]:
    """Those who appear most often with an entity, most often first."""
    return rows(connection, Companion, COMPANIONS, {"entity_id": entity_id, "kind": kind, "limit": limit})


SHARED_SENTENCE = """
select min(here.sentence_id)
from mentions here
join mentions other on other.sentence_id = here.sentence_id
where here.entity_id = :left
and other.entity_id = :right
"""


def shared_sentence(connection: sqlite3.Connection, left: int, right: int) -> int | None:
    """A sentence that names both; None where they only took part in the same events."""
    row = connection.execute(SHARED_SENTENCE, {"left": left, "right": right}).fetchone()
    return None if row[0] is None else int(row[0])


TIES = """
select
    a.entity_id,
    b.entity_id,
    count(distinct a.sentence_id) as sentences
from mentions a
join mentions b on b.sentence_id = a.sentence_id and b.entity_id > a.entity_id
where a.entity_id in (select value from json_each(:ids))
and b.entity_id in (select value from json_each(:ids))
group by a.entity_id, b.entity_id
order by sentences desc, a.entity_id, b.entity_id
"""


def ties(connection: sqlite3.Connection, ids: Iterable[int]) -> list[Tie]:
    """The pairs among these entities that are named in one sentence."""
    return rows(connection, Tie, TIES, {"ids": id_list(ids)})
