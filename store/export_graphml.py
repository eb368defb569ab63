"""A graph for Gephi, Cytoscape, networkx or igraph: things and events as nodes, what connects them as edges."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from store import queries_export as sql
from store.queries import Connection

__all__ = ["graphml_lines"]

_NODE = ("kind", "label", "distinction", "mentions", "date", "date_basis", "place", "number")
_EDGE = ("kind", "label", "status", "dates", "weight")
_NUMBERS = {"mentions", "weight"}
# What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml_lines(connection: Connection) -> Iterator[str]:
    """The document line by line. Edges: `holds` (person → organization, or the post where none is known), `takes part`,
    `part of`, `issued`, `named with`; the last holds both ways, as few readers know graphs of mixed edges."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for owner, keys in (("node", _NODE), ("edge", _EDGE)):
        for key in keys:
            kind = "int" if key in _NUMBERS else "string"
            yield f'<key id="{owner}_{key}" for="{owner}" attr.name="{key}" attr.type="{kind}"/>'
    yield '<graph id="hoitin" edgedefault="directed">'
    yield from _nodes(connection)
    for number, edge in enumerate(_edges(connection)):
        yield _edge(number, *edge)
    yield "</graph>"
    yield "</graphml>"


def _nodes(connection: Connection) -> Iterator[str]:
    numbers = {row["entity_id"]: (row["number"], row["issued"]) for row in sql.documents(connection)}
    for row in sql.entities(connection):
        number, issued = numbers.get(row["id"], (None, None))
        yield _node(f"e{row['id']}", kind=row["kind"], label=row["name"], distinction=row["distinction"],
                    mentions=row["mentions"], number=number, date=issued)
    for row in sql.positions(connection):
        if row["organization_id"] is None:
            yield _node(f"p{row['id']}", kind="position", label=row["name"])
    for row in sql.events(connection):
        yield _node(f"v{row['id']}", kind="event", label=row["name"], date=row["date"], date_basis=row["date_basis"],
                    place=row["place"])


Edge = tuple[str, str, dict[str, object]]


def _edges(connection: Connection) -> Iterator[Edge]:
    posts = {row["id"]: (row["name"], row["organization_id"]) for row in sql.positions(connection)}
    for row in sql.occupancies(connection):
        name, organization = posts[row["position_id"]]
        target = f"p{row['position_id']}" if organization is None else f"e{organization}"
        dates = " ".join(sorted(day for day in json.loads(row["dates"]) if day))
        weight = len(json.loads(row["articles"]))
        holds: dict[str, object] = {"kind": "holds", "label": name, "status": row["status"], "dates": dates}
        yield f"e{row['person_id']}", target, holds | {"weight": weight}
    for row in sql.event_roles(connection):
        yield f"e{row['entity_id']}", f"v{row['event_id']}", {"kind": "takes part", "label": row["role"]}
    for row in sql.entities(connection):
        if row["parent_id"] is not None:
            yield f"e{row['id']}", f"e{row['parent_id']}", {"kind": "part of"}
    for row in sql.documents(connection):
        if row["issuer_id"] is not None:
            yield f"e{row['issuer_id']}", f"e{row['entity_id']}", {"kind": "issued", "dates": row["issued"]}
    for row in sql.pairs(connection):
        yield f"e{row['one']}", f"e{row['other']}", {"kind": "named with", "weight": row["sentences"]}


def _node(identifier: str, **values: object) -> str:
    return f"<node id={quoteattr(identifier)}>{_data('node', values)}</node>"


def _edge(number: int, source: str, target: str, values: dict[str, object]) -> str:
    return f'<edge id="x{number}" source="{source}" target="{target}">{_data("edge", values)}</edge>'


def _data(owner: str, values: dict[str, object]) -> str:
    filled = ((key, _FORBIDDEN.sub(" ", str(value))) for key, value in values.items() if value not in (None, ""))
    return "".join(f'<data key="{owner}_{key}">{escape(value)}</data>' for key, value in filled)
