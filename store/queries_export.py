"""The whole store row by row, for export; nothing is held in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from store.queries import Connection, raise_if_damaged

__all__ = [
    "Row", "article_mentions", "article_positions", "article_sentences", "articles", "documents", "entities",
    "event_roles", "events", "mentions", "names_of", "occupancies", "pairs", "positions", "snapshot", "table", "views",
]

Row = sqlite3.Row


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """All queries within see the store as it is now, whatever an ingest writes meanwhile."""
    connection.execute("begin")
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise_if_damaged(error)
        raise
    finally:
        connection.rollback()


VIEWS = """
select m.name
from sqlite_schema m
where m.type = 'view'
order by m.name
"""


def views(connection: Connection) -> list[str]:
    """The names of the views for people."""
    return [str(row[0]) for row in connection.execute(VIEWS)]


def table(connection: Connection, view: str) -> tuple[list[str], Iterator[Row]]:
    """The columns and rows of a view; only one that exists."""
    if view not in views(connection):
        raise ValueError(f"no view {view!r}")
    cursor = connection.execute(f'select * from "{view}"')
    return [column[0] for column in cursor.description], cursor


ARTICLES = """
select
    a.id,
    a.source,
    a.title,
    a.publisher,
    a.published,
    a.near_duplicate_of,
    a.sha256,
    a.text,
    (select json_group_array(w.name) from authors w where w.article_id = a.id and w.role = 'text') as authors,
    (select json_group_array(w.name) from authors w where w.article_id = a.id and w.role = 'photo') as photographers
from articles a
order by a.source
"""


def articles(connection: Connection) -> Iterator[Row]:
    """Every article with its text and, as JSON, its authors."""
    return connection.execute(ARTICLES)


# A sentence's id is its article's times 65536 plus its position, so an article's facts lie in one stretch of ids.
OF_ARTICLE = "between :article * 65536 and :article * 65536 + 65535"
ARTICLE_SENTENCES = f"""
select
    s.start,
    s.end,
    s.kind
from sentences s
where s.id {OF_ARTICLE}
order by s.id
"""
ARTICLE_MENTIONS = f"""
select
    e.kind,
    e.name,
    e.id as entity,
    m.start,
    m.end
from mentions m
join entities e on e.id = m.entity_id
where m.sentence_id {OF_ARTICLE}
order by m.start, m.end desc
"""
ARTICLE_POSITIONS = f"""
select
    p.name as person,
    q.name as position,
    o.name as organization,
    t.status,
    t.attested_on,
    t.start,
    t.end
from attestations t
join entities p on p.id = t.person_id
join positions q on q.id = t.position_id
left join entities o on o.id = q.organization_id
where t.sentence_id {OF_ARTICLE}
order by t.start, t.id
"""


def article_sentences(connection: Connection, article: int) -> Iterator[Row]:
    """Where each sentence of an article stands, and its kind."""
    return connection.execute(ARTICLE_SENTENCES, {"article": article})


def article_mentions(connection: Connection, article: int) -> Iterator[Row]:
    """What an article names, place by place."""
    return connection.execute(ARTICLE_MENTIONS, {"article": article})


def article_positions(connection: Connection, article: int) -> Iterator[Row]:
    """Which posts an article states."""
    return connection.execute(ARTICLE_POSITIONS, {"article": article})


ENTITIES = """
select
    e.id,
    e.kind,
    e.name,
    e.distinction,
    e.parent_id,
    (select count(*) from mentions m where m.entity_id = e.id) as mentions
from entities e
order by e.kind, e.name, e.id
"""


def entities(connection: Connection) -> Iterator[Row]:
    """Every person, organization, place and document."""
    return connection.execute(ENTITIES)


NAMES_OF = """
select
    n.name,
    n.kind
from names n
where n.entity_id = :entity_id
and n.kind <> 'canonical'
order by n.name
"""


def names_of(connection: Connection, entity_id: int) -> list[tuple[str, str]]:
    """The other names of an entity, each with its kind (alias, abbreviation, short)."""
    return [(row[0], row[1]) for row in connection.execute(NAMES_OF, {"entity_id": entity_id})]


POSITIONS = """
select
    q.id,
    q.name,
    q.title,
    q.organization_id,
    o.kind as organization_kind,    -- organization, or the place a post belongs to: `Chủ tịch nước`
    o.name as organization
from positions q
left join entities o on o.id = q.organization_id
order by q.name, q.id
"""


def positions(connection: Connection) -> Iterator[Row]:
    """Every post."""
    return connection.execute(POSITIONS)


OCCUPANCIES = """
select
    t.person_id,
    t.position_id,
    t.status,
    json_group_array(distinct t.attested_on) as dates,
    json_group_array(distinct s.article_id) as articles,
    min(s.text) as sentence
from attestations t
join sentences s on s.id = t.sentence_id
group by t.person_id, t.position_id, t.status
order by t.person_id, t.position_id, t.status
"""


def occupancies(connection: Connection) -> Iterator[Row]:
    """Who is named in which post, with (as JSON) the days and articles that say so and one of the sentences."""
    return connection.execute(OCCUPANCIES)


EVENTS = """
select
    e.id,
    e.article_id,
    e.kind,
    e.name,
    e.date,
    e.earliest,
    e.latest,
    e.time_of_day,
    e.date_basis,
    p.name as place,
    s.text as sentence
from events e
join sentences s on s.id = e.sentence_id
left join entities p on p.id = e.place_id
order by e.article_id, e.id
"""


def events(connection: Connection) -> Iterator[Row]:
    """Every event with its sentence."""
    return connection.execute(EVENTS)


EVENT_ROLES = """
select
    r.event_id,
    r.entity_id,
    r.role,
    q.name as position
from participations r
left join positions q on q.id = r.position_id
order by r.event_id, r.id
"""


def event_roles(connection: Connection) -> Iterator[Row]:
    """Who took part in what, in which role, with which post."""
    return connection.execute(EVENT_ROLES)


DOCUMENTS = """
select
    d.entity_id,
    e.name,
    d.kind,
    d.number,
    d.issuer_id,
    i.name as issuer,
    d.issued,
    d.term,
    d.title
from documents d
join entities e on e.id = d.entity_id
left join entities i on i.id = d.issuer_id
order by e.name, d.entity_id
"""


def documents(connection: Connection) -> Iterator[Row]:
    """Every official document."""
    return connection.execute(DOCUMENTS)


MENTIONS = """
select
    s.article_id,
    m.entity_id,
    e.kind,
    e.name,
    json_group_array(distinct m.surface) as surfaces,
    count(*) as mentions
from mentions m
join sentences s on s.id = m.sentence_id
join entities e on e.id = m.entity_id
group by s.article_id, m.entity_id
order by s.article_id, m.entity_id
"""


def mentions(connection: Connection) -> Iterator[Row]:
    """What each article names, with (as JSON) the spellings there."""
    return connection.execute(MENTIONS)


# Sentences that name more than a dozen people are lists of those present; they say little about who works with whom.
PAIRS = """
select
    a.entity_id as one,
    b.entity_id as other,
    count(distinct a.sentence_id) as sentences
from mentions a
join mentions b on b.sentence_id = a.sentence_id and b.entity_id > a.entity_id
join entities x on x.id = a.entity_id and x.kind = 'person'
join entities y on y.id = b.entity_id and y.kind = 'person'
where (select count(*) from mentions m where m.sentence_id = a.sentence_id) <= 12
group by a.entity_id, b.entity_id
order by a.entity_id, b.entity_id
"""


def pairs(connection: Connection) -> Iterator[Row]:
    """Persons named in one sentence, with how many such sentences there are."""
    return connection.execute(PAIRS)
