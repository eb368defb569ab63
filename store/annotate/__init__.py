"""Article → Annotations: small annotators in a fixed order, each building on what earlier ones found."""

from __future__ import annotations

from collections.abc import Callable

from store.annotate import dates, documents, events, organizations, persons, places, positions, shortforms
from store.annotate.page import Page
from store.types import ANNOTATION_VERSION, Annotations, Article

__all__ = ["ANNOTATORS", "annotate"]

ANNOTATORS: tuple[tuple[str, Callable[[Page], None]], ...] = (
    ("dates", dates.annotate),                   # page.dates; sets page.published where the page prints it
    ("documents", documents.annotate),           # document mentions and facts; codes and titles are no names
    ("persons", persons.annotate),               # full names; everything later stops at them
    ("places", places.annotate),
    ("organizations", organizations.annotate),   # bodies, nested ones, abbreviations
    ("shortforms", shortforms.annotate),         # `ông Xem`, `Thành ủy`, `UBND TP`: one name per thing and article
    ("positions", positions.annotate),           # who holds which post
    ("events", events.annotate),                 # what is reported, its day, its participants
)


def annotate(article: Article) -> Annotations:
    """Everything found in an article. Pure: the same article gives the same annotations, in linear time."""
    page = Page(article)
    for _, annotator in ANNOTATORS:
        annotator(page)
    return Annotations(
        mentions=tuple(sorted(set(page.mentions), key=lambda m: (m.start, m.end, m.kind, m.name))),
        attestations=tuple(page.attestations),
        documents=tuple(page.documents),
        events=tuple(page.events),
        published=page.published,
        version=ANNOTATION_VERSION,
    )
