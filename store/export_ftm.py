"""FollowTheMoney entities, a JSON object a line, as Aleph, OpenAleph, yente and the `ftm` command read them.

Person, Organization, Position, Occupancy, Event, Article with Mention; official papers as Document, roles at events as
UnknownLink. An Occupancy has the days on which articles name its holder in `date`, and never a start or an end, as no
article states one; its status is `unknown` (held on those days) or `ended` (called former).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from store import queries_export as sql
from store.edtf import is_inferred
from store.queries import Connection

__all__ = ["ftm_lines"]

_SCHEMA = {"person": "Person", "organization": "Organization", "document": "Document"}
_NAMES = {"alias": "alias", "abbreviation": "abbreviation", "short": "weakAlias"}


def ftm_lines(connection: Connection) -> Iterator[str]:
    """Every entity of the store as a line of JSON; things come before what refers to them."""
    for entity in _entities(connection):
        yield json.dumps(entity, ensure_ascii=False)


def _entities(connection: Connection) -> Iterator[dict[str, object]]:
    yield from _articles(connection)
    yield from _things(connection)
    yield from _papers(connection)
    yield from _positions(connection)
    yield from _occupancies(connection)
    yield from _events(connection)
    yield from _mentions(connection)


def _entity(schema: str, identifier: str, **values: object) -> dict[str, object]:
    """An entity whose properties are lists of strings; empty ones are left out."""
    lists = {key: value if isinstance(value, list) else [value] for key, value in values.items()}
    filled = {key: [str(v) for v in dict.fromkeys(items) if v not in (None, "")] for key, items in lists.items()}
    return {"id": identifier, "schema": schema, "properties": {key: v for key, v in filled.items() if v}}


def _id(kind: str, *numbers: int | str) -> str:
    return "-".join(["hoitin", kind, *(str(n) for n in numbers)])


_PREFIX = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")


def _day(edtf: str | None) -> str | None:
    """A date as FollowTheMoney writes it, to the precision it can hold: `2019-10-14`, `2019-10`, `2019`; none without a
    year. A range has its ends in fields of their own."""
    found = None if not edtf or "/" in edtf else _PREFIX.match(edtf)
    return found.group() if found else None


def _doubt(edtf: str | None) -> str | None:
    """The date as EDTF where FollowTheMoney cannot hold it whole: no year, an inferred one, a quarter."""
    if not edtf:
        return None
    return f"EDTF {edtf}" if is_inferred(edtf) or _day(edtf) != edtf else None


def _articles(connection: Connection) -> Iterator[dict[str, object]]:
    for row in sql.articles(connection):
        web = urlsplit(row["source"]).scheme in ("http", "https")
        yield _entity(
            "Article", _id("article", row["id"]), title=row["title"], name=row["title"], publisher=row["publisher"],
            publishedAt=_day(row["published"]), author=json.loads(row["authors"]), bodyText=row["text"],
            fileName=row["source"], sourceUrl=row["source"] if web else None, language="vie", description=_doubt(
                row["published"]))


def _things(connection: Connection) -> Iterator[dict[str, object]]:
    for row in sql.entities(connection):
        if row["kind"] not in ("person", "organization"):
            continue
        names: dict[str, list[str]] = {}
        for name, kind in sql.names_of(connection, row["id"]):
            names.setdefault(_NAMES[kind], []).append(name)
        parent = _id("organization", row["parent_id"]) if row["parent_id"] else None
        yield _entity(_SCHEMA[row["kind"]], _id(row["kind"], row["id"]), name=row["name"], parent=parent,
                      description=row["distinction"], **names)


def _papers(connection: Connection) -> Iterator[dict[str, object]]:
    for row in sql.documents(connection):
        yield _entity("Document", _id("document", row["entity_id"]), name=row["name"], title=row["title"],
                      fileName=row["number"] or row["name"], publisher=row["issuer"], date=_day(row["issued"]),
                      keywords=row["kind"], description=[row["term"], _doubt(row["issued"])])


def _positions(connection: Connection) -> Iterator[dict[str, object]]:
    for row in sql.positions(connection):
        body = row["organization_kind"] == "organization"
        yield _entity("Position", _id("position", row["id"]), name=row["name"],
                      organization=_id("organization", row["organization_id"]) if body else None,
                      subnationalArea=row["organization"] if row["organization_kind"] == "place" else None)


def _occupancies(connection: Connection) -> Iterator[dict[str, object]]:
    for row in sql.occupancies(connection):
        days = [day for day in json.loads(row["dates"]) if day]
        yield _entity(
            "Occupancy", _id("occupancy", row["person_id"], row["position_id"], row["status"]),
            holder=_id("person", row["person_id"]), post=_id("position", row["position_id"]),
            status="unknown" if row["status"] == "held" else "ended", date=[_day(day) for day in days],
            proof=[_id("article", article) for article in json.loads(row["articles"])], summary=row["sentence"],
            description=[_doubt(day) for day in days])


def _events(connection: Connection) -> Iterator[dict[str, object]]:
    roles: dict[int, list[sql.Row]] = {}
    kinds = {row["id"]: row["kind"] for row in sql.entities(connection)}
    for row in sql.event_roles(connection):
        roles.setdefault(row["event_id"], []).append(row)
    for row in sql.events(connection):
        event = _id("event", row["id"])
        taking = [(r, _id(kinds[r["entity_id"]], r["entity_id"])) for r in roles.get(row["id"], [])]
        ranged = "/" in (row["date"] or "")
        yield _entity(
            "Event", event, name=row["name"], date=_day(row["date"]), startDate=row["earliest"] if ranged else None,
            endDate=row["latest"] if ranged else None, location=row["place"], keywords=row["kind"],
            proof=_id("article", row["article_id"]), summary=row["sentence"], description=_doubt(row["date"]),
            organizer=[who for r, who in taking if r["role"] == "organizer"], involved=[who for _, who in taking])
        for r, who in taking:
            yield _entity("UnknownLink", _id("role", row["id"], r["entity_id"], r["role"]), subject=who, object=event,
                          role=r["role"], description=r["position"], proof=_id("article", row["article_id"]))


def _mentions(connection: Connection) -> Iterator[dict[str, object]]:
    for row in sql.mentions(connection):
        if row["kind"] in ("person", "organization"):
            yield _entity(
                "Mention", _id("mention", row["article_id"], row["entity_id"]),
                document=_id("article", row["article_id"]), resolved=_id(row["kind"], row["entity_id"]),
                name=[row["name"], *json.loads(row["surfaces"])], detectedSchema=_SCHEMA[row["kind"]])
