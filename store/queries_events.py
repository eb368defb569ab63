"""What happened when, and who took part in which role."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from store.queries import id_list, rows

__all__ = [
    "EventRow", "ParticipantRow", "event_texts", "events", "events_between", "events_in_article",
    "events_naming", "events_of", "events_perhaps_in", "events_yearly", "participants",
]


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event an article reports; `date` is EDTF, `earliest` and `latest` are null where the year is unknown."""

    id: int
    article_id: int
    source: str
    article_title: str | None
    published: str | None
    kind: str
    name: str
    date: str | None
    earliest: str | None
    latest: str | None
    time_of_day: str | None
    date_basis: str
    place_id: int | None
    place: str | None
    sentence_id: int


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """Who took part in an event; `name` as the article gives it, `position` the post they had there."""

    event_id: int
    entity_id: int
    entity_kind: str
    name: str
    role: str
    position_id: int | None
    position: str | None
    sentence_id: int
    rule: str


EVENT_COLUMNS = """
select
    e.id,
    e.article_id,
    a.source,
    a.title,
    a.published,
    e.kind,
    e.name,
    e.date,
    e.earliest,
    e.latest,
    e.time_of_day,
    e.date_basis,
    e.place_id,
    p.name,
    e.sentence_id
from events e
join articles a on a.id = e.article_id
left join entities p on p.id = e.place_id
"""
BY_DATE = "order by e.earliest is null, e.earliest, e.date, a.source, e.id"
EVENTS = EVENT_COLUMNS + "where e.id in (select value from json_each(:ids))"
EVENTS_IN_ARTICLE = EVENT_COLUMNS + "where e.article_id = :article_id order by e.sentence_id, e.id"
EVENTS_BETWEEN = EVENT_COLUMNS + "where e.earliest <= :last and e.latest >= :first " + BY_DATE
EVENTS_OF = EVENT_COLUMNS + """
where e.id in (select event_id from participations where entity_id = :entity_id)
or e.place_id = :entity_id
""" + BY_DATE


# where the sentence that reports the event names the entity
EVENTS_NAMING = EVENT_COLUMNS + """
where e.sentence_id in (select sentence_id from mentions where entity_id = :entity_id)
""" + BY_DATE
# `2019-10-14`, `XXXX-10-14?`, `XXXX-10-14/XXXX-10-16`: some day of this month, whatever the year
EVENTS_YEARLY = EVENT_COLUMNS + """
where e.date glob '????-' || :month || '*'
or e.date glob '*/????-' || :month || '*'
""" + BY_DATE


# a day without its year, in an article that prints the year somewhere, most often first
EVENTS_PERHAPS_IN = EVENT_COLUMNS + """
join (
    select s.article_id, count(*) as times
    from sentences_fts f
    join sentences s on s.id = f.rowid
    where sentences_fts match '"' || :year || '"'
    group by s.article_id
) y on y.article_id = e.article_id
where e.earliest is null
and e.date is not null
order by y.times desc, e.date, e.id
limit :limit
"""


def events(connection: sqlite3.Connection, ids: Iterable[int]) -> list[EventRow]:
    """The events with these ids, in the order asked for."""
    wanted = list(ids)
    found = {row.id: row for row in rows(connection, EventRow, EVENTS, {"ids": id_list(wanted)})}
    return [found[i] for i in dict.fromkeys(wanted) if i in found]


def events_in_article(connection: sqlite3.Connection, article_id: int) -> list[EventRow]:
    """What an article reports, in its order."""
    return rows(connection, EventRow, EVENTS_IN_ARTICLE, {"article_id": article_id})


def events_between(connection: sqlite3.Connection, first: str, last: str) -> list[EventRow]:
    """Events that may have been between two ISO days, in order of date; those of unknown year are not among them."""
    return rows(connection, EventRow, EVENTS_BETWEEN, {"first": first, "last": last})


def events_of(connection: sqlite3.Connection, entity_id: int) -> list[EventRow]:
    """Events an entity took part in, or that were held at it."""
    return rows(connection, EventRow, EVENTS_OF, {"entity_id": entity_id})


def events_naming(connection: sqlite3.Connection, entity_id: int) -> list[EventRow]:
    """Events whose own sentence names an entity, in whatever role."""
    return rows(connection, EventRow, EVENTS_NAMING, {"entity_id": entity_id})


def events_yearly(connection: sqlite3.Connection, month: str) -> list[EventRow]:
    """Events of this month (`01` … `12`) in any or an unknown year."""
    return rows(connection, EventRow, EVENTS_YEARLY, {"month": month})


def events_perhaps_in(connection: sqlite3.Connection, year: str, limit: int = 4) -> list[EventRow]:
    """Events of an unknown year whose article names this year: perhaps then, perhaps not."""
    return rows(connection, EventRow, EVENTS_PERHAPS_IN, {"year": year, "limit": limit})


PARTICIPANTS = """
select
    r.event_id,
    r.entity_id,
    x.kind,
    r.name,
    r.role,
    r.position_id,
    q.name,
    r.sentence_id,
    r.rule
from participations r
join entities x on x.id = r.entity_id
left join positions q on q.id = r.position_id
where r.event_id in (select value from json_each(:ids))
order by r.event_id, instr('chair organizer signatory speaker attendee', r.role), r.id
"""


def participants(connection: sqlite3.Connection, event_ids: Iterable[int]) -> list[ParticipantRow]:
    """Who took part in these events: chairs, organizers, signatories, speakers, attendees."""
    return rows(connection, ParticipantRow, PARTICIPANTS, {"ids": id_list(event_ids)})


EVENT_TEXTS = """
select
    e.id,
    e.kind || ' ' || e.name || ' ' || s.text || ' ' || coalesce(p.name, ''),
    coalesce(a.title, '') || ' ' || coalesce((
        select group_concat(r.name, ' ') from participations r where r.event_id = e.id
    ), '')
from events e
join sentences s on s.id = e.sentence_id
join articles a on a.id = e.article_id
left join entities p on p.id = e.place_id
order by e.id
"""


def event_texts(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """Of every event its id, its own words, and those of its article's title and participants."""
    return [(int(row[0]), str(row[1]), str(row[2])) for row in connection.execute(EVENT_TEXTS)]
