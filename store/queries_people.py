"""Who is said to hold which post on which day; what a document is and where it is named."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from store.queries import EntityRow, id_list, rows

__all__ = [
    "AttestationRow",
    "DocumentRow",
    "PositionRow",
    "all_documents",
    "all_positions",
    "attestations_in_article",
    "attestations_in_sentence",
    "attestations_of_organization",
    "attestations_of_person",
    "document",
    "documents_issued_by",
    "holders",
    "parts_of",
    "post_wordings",
]


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A post, with how many sentences attest it."""

    id: int
    name: str
    title: str
    organization_id: int | None
    organization: str | None
    folded: str
    attestations: int


@dataclass(frozen=True, slots=True)
class AttestationRow:
    """A sentence says that a person holds or held a post; `published` is the article's own day, for display."""

    id: int
    person_id: int
    person: str
    position_id: int
    position: str
    title: str
    organization_id: int | None
    organization: str | None
    status: str                     # held, former
    attested_on: str | None         # EDTF
    earliest: str | None
    latest: str | None
    sentence_id: int
    article_id: int
    source: str
    published: str | None
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """What the store knows of one document."""

    id: int
    name: str
    kind: str
    number: str | None
    issuer_id: int | None
    issuer: str | None
    issued: str | None
    term: str | None
    title: str | None


ATTESTATION_COLUMNS = """
select
    t.id,
    t.person_id,
    p.name,
    t.position_id,
    q.name,
    q.title,
    q.organization_id,
    o.name,
    t.status,
    t.attested_on,
    t.earliest,
    t.latest,
    t.sentence_id,
    s.article_id,
    a.source,
    a.published,
    t.start,
    t.end,
    t.rule
from attestations t
join entities p on p.id = t.person_id
join positions q on q.id = t.position_id
left join entities o on o.id = q.organization_id
join sentences s on s.id = t.sentence_id
join articles a on a.id = s.article_id
"""
BY_DATE = "order by t.earliest is null, t.earliest, a.source, t.start"
OF_PERSON = ATTESTATION_COLUMNS + "where t.person_id = :person_id " + BY_DATE
OF_POSITIONS = ATTESTATION_COLUMNS + """
where t.position_id in (select value from json_each(:ids))
and (:first is null or t.latest is null or t.latest >= :first)
and (:last is null or t.earliest is null or t.earliest <= :last)
""" + BY_DATE
OF_ORGANIZATION = ATTESTATION_COLUMNS + "where q.organization_id = :organization_id " + BY_DATE
IN_SENTENCE = ATTESTATION_COLUMNS + "where t.sentence_id = :sentence_id order by t.start"
IN_ARTICLE = ATTESTATION_COLUMNS + "where s.article_id = :article_id order by t.sentence_id, t.start"


def attestations_of_person(connection: sqlite3.Connection, person_id: int) -> list[AttestationRow]:
    """Every post a person is said to hold or have held, in order of date, undated last."""
    return rows(connection, AttestationRow, OF_PERSON, {"person_id": person_id})


def holders(
    connection: sqlite3.Connection, position_ids: Iterable[int], first: str | None = None, last: str | None = None
) -> list[AttestationRow]:
    """Who is named in these posts, in order of date; those between two ISO days, and those of unknown year."""
    return rows(connection, AttestationRow, OF_POSITIONS, {"ids": id_list(position_ids), "first": first, "last": last})


def attestations_of_organization(connection: sqlite3.Connection, organization_id: int) -> list[AttestationRow]:
    """Who is named in a post of an organization, in order of date."""
    return rows(connection, AttestationRow, OF_ORGANIZATION, {"organization_id": organization_id})


def attestations_in_sentence(connection: sqlite3.Connection, sentence_id: int) -> list[AttestationRow]:
    """Which posts a sentence states."""
    return rows(connection, AttestationRow, IN_SENTENCE, {"sentence_id": sentence_id})


def attestations_in_article(connection: sqlite3.Connection, article_id: int) -> list[AttestationRow]:
    """Which posts an article states, in its order."""
    return rows(connection, AttestationRow, IN_ARTICLE, {"article_id": article_id})


ALL_POSITIONS = """
select
    q.id,
    q.name,
    q.title,
    q.organization_id,
    o.name,
    q.folded,
    (select count(*) from attestations t where t.position_id = q.id) as attestations
from positions q
left join entities o on o.id = q.organization_id
"""


def all_positions(connection: sqlite3.Connection) -> list[PositionRow]:
    """Every post of the store, for the bot's book of posts."""
    return rows(connection, PositionRow, ALL_POSITIONS)


POST_WORDINGS = """
select distinct
    t.position_id,
    t.name
from attestations t
where t.name <> ''
order by t.position_id, t.name
"""


def post_wordings(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """The posts with every wording that articles have for them, for the bot's book of posts."""
    return connection.execute(POST_WORDINGS).fetchall()


PARTS_OF = """
select
    e.id,
    e.kind,
    e.name,
    e.distinction,
    e.parent_id
from entities e
where e.parent_id = :parent_id
order by e.name
"""


def parts_of(connection: sqlite3.Connection, organization_id: int) -> list[EntityRow]:
    """The bodies that are directly part of an organization."""
    return rows(connection, EntityRow, PARTS_OF, {"parent_id": organization_id})


DOCUMENT_COLUMNS = """
select
    d.entity_id,
    e.name,
    d.kind,
    d.number,
    d.issuer_id,
    i.name,
    d.issued,
    d.term,
    d.title
from documents d
join entities e on e.id = d.entity_id
left join entities i on i.id = d.issuer_id
"""
DOCUMENT = DOCUMENT_COLUMNS + "where d.entity_id = :entity_id"
DOCUMENTS_ISSUED_BY = DOCUMENT_COLUMNS + "where d.issuer_id = :issuer_id order by d.issued, e.name, d.entity_id"


ALL_DOCUMENTS = DOCUMENT_COLUMNS + "order by e.name, d.entity_id"


def all_documents(connection: sqlite3.Connection) -> list[DocumentRow]:
    """Every document, for the bot's table of numbers."""
    return rows(connection, DocumentRow, ALL_DOCUMENTS)


def document(connection: sqlite3.Connection, entity_id: int) -> DocumentRow | None:
    """One document, None where the id is unknown."""
    return next(iter(rows(connection, DocumentRow, DOCUMENT, {"entity_id": entity_id})), None)


def documents_issued_by(connection: sqlite3.Connection, issuer_id: int) -> list[DocumentRow]:
    """What an organization issued."""
    return rows(connection, DocumentRow, DOCUMENTS_ISSUED_BY, {"issuer_id": issuer_id})
