"""An article a line with all that is known of it; `hoitin ingest` reads such a file back."""

from __future__ import annotations

import json
from collections.abc import Iterator

from store.queries import Connection
from store.queries_events import events_in_article, participants
from store.queries_export import article_mentions, article_positions, article_sentences, articles

__all__ = ["jsonl_lines"]


def jsonl_lines(connection: Connection) -> Iterator[str]:
    """A JSON object an article: source, title, publisher, published, text, then what was understood; offsets count in
    `text`."""
    for row in articles(connection):
        yield json.dumps({
            "source": row["source"],
            "title": row["title"],
            "publisher": row["publisher"],
            "published": row["published"],
            "text": row["text"],
            "authors": json.loads(row["authors"]),
            "photographers": json.loads(row["photographers"]),
            "near_duplicate_of": row["near_duplicate_of"],
            **_facts(connection, row["id"]),
        }, ensure_ascii=False)


def _facts(connection: Connection, article: int) -> dict[str, object]:
    events = events_in_article(connection, article)
    roles = participants(connection, [event.id for event in events])
    return {
        "sentences": [dict(row) for row in article_sentences(connection, article)],
        "mentions": [dict(row) for row in article_mentions(connection, article)],
        "positions": [dict(row) for row in article_positions(connection, article)],
        "events": [
            {"kind": e.kind, "name": e.name, "date": e.date, "date_basis": e.date_basis, "time_of_day": e.time_of_day,
             "place": e.place,
             "participants": [{"name": p.name, "role": p.role, "position": p.position}
                              for p in roles if p.event_id == e.id]}
            for e in events
        ],
    }
