"""Article + Annotations → the rows of one article. Pure; ids are hashes, so the same article gives the same rows."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from store.edtf import bounds
from store.errors import SourceError
from store.ids import SENTENCES_PER_ARTICLE, article_id, sentence_id, stable_id
from store.link_evidence import bare_body, completed, near
from store.link_keys import document_key, key_of, post_key, written_out
from store.search_index import search_terms
from store.text import fold, plain
from store.types import Annotations, Article, Attestation, EntityKind, Event, RawArticle

__all__ = ["ArticleRows", "raw_of", "rows_of", "stated_of"]

Row = tuple[object, ...]
_YEARS = re.compile(r"\b((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)\b")


@dataclass(slots=True)
class ArticleRows:
    """What one article adds to each table, in the order of its columns."""

    article: Row
    source: str
    id: int
    sentences: list[Row] = field(default_factory=list)
    full_texts: list[Row] = field(default_factory=list)
    search_terms: list[Row] = field(default_factory=list)
    authors: list[Row] = field(default_factory=list)
    entities: list[Row] = field(default_factory=list)
    local_names: list[Row] = field(default_factory=list)
    keys: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)
    positions: list[Row] = field(default_factory=list)
    attestations: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    participations: list[Row] = field(default_factory=list)
    shingles: list[Row] = field(default_factory=list)


def stated_of(raw: RawArticle) -> str:
    """What the source itself said beside its text, as JSON: enough to read the article anew from the store."""
    said = {"title": raw.title, "publisher": raw.publisher, "published": raw.published}
    return json.dumps({key: value for key, value in said.items() if value}, ensure_ascii=False, sort_keys=True)


def raw_of(source: str, text: str, stated: str) -> RawArticle:
    """The article as it was read, from what is stored of it."""
    said = json.loads(stated)
    return RawArticle(source, text, said.get("title"), said.get("publisher"), said.get("published"))


def rows_of(raw: RawArticle, article: Article, found: Annotations, shingles: Sequence[int] = ()) -> ArticleRows:
    """All rows of an article but those that linking makes (names, documents, hierarchy)."""
    if len(article.sentences) > SENTENCES_PER_ARTICLE:
        raise SourceError(f"{article.source!r}: {len(article.sentences)} sentences; an article holds {SENTENCES_PER_ARTICLE} at most")
    return _Builder(raw, article, found).build(shingles)


class _Builder:
    def __init__(self, raw: RawArticle, article: Article, found: Annotations) -> None:
        self.article, self.found = article, found
        self.id = article_id(article.source)
        self.published = article.published or found.published
        self.kinds = {m.name: m.kind for m in found.mentions if m.kind in ("place", "organization")}
        self.documents = {d.name: d for d in reversed(found.documents)}
        self.near = near(m.surface for m in found.mentions if m.kind in ("place", "organization"))
        self.named: dict[tuple[EntityKind, str], set[str]] = defaultdict(set)
        self.rows = ArticleRows(
            article=(self.id, article.source, article.title, article.publisher, self.published, article.text,
                     article.sha256, stated_of(raw), found.version),
            source=article.source, id=self.id)

    def build(self, shingles: Sequence[int]) -> ArticleRows:
        rows = self.rows
        for s in self.article.sentences:
            rows.sentences.append((sentence_id(self.id, s.position), self.id, s.position, s.start, s.end, s.kind, s.text))
            rows.full_texts.append((sentence_id(self.id, s.position), plain(s.text), fold(s.text)))
        rows.search_terms = [(self.id, search_terms(self.article.title, ((s.kind, s.text) for s in self.article.sentences)))]
        rows.authors = [(self.id, a.name, a.role, a.start, a.end) for a in self.article.authors]
        self._mentions()
        self._attestations()
        self._events()
        self._local_names()
        rows.shingles = [(value, self.id) for value in shingles]
        return rows

    def entity(self, kind: EntityKind, name: str) -> int:
        """The id a name has before linking tells namesakes apart."""
        self.named[kind, name].update(())
        return stable_id(kind, self.key(kind, name), "")

    def key(self, kind: EntityKind, name: str) -> str:
        """What is compared across articles; a bare `Tỉnh ủy` is the article's province's, or the article's own."""
        if kind == "organization" and bare_body(name):
            full = completed(name, self.near)
            return key_of(kind, full) if full else f"{key_of(kind, name)} #{self.id:x}"
        return document_key(name, self.documents.get(name)) if kind == "document" else key_of(kind, name)

    def _mentions(self) -> None:
        for m in self.found.mentions:
            entity = self.entity(m.kind, m.name)
            self.named[m.kind, m.name].add(m.surface)
            self.rows.mentions.append((sentence_id(self.id, m.sentence), entity, m.start, m.end, m.surface, m.rule))

    def _position(self, a: Attestation) -> int:
        """The id of a post; its row is added once."""
        organization = None
        if a.organization:
            kind = self.kinds.get(a.organization, "organization")
            organization = self.entity(kind, a.organization)
        position = stable_id("position", post_key(a.position), organization)
        self.rows.positions.append((position, a.position, a.title, organization, fold(written_out(a.position))))
        return position

    def _attestations(self) -> None:
        days = {e.sentence: e.date for e in reversed(self.found.events) if e.date}
        main = next((e.date for e in self.found.events if e.date), None)
        for a in self.found.attestations:
            day = a.stated_date or days.get(a.sentence) or self.published or main
            self.rows.attestations.append((
                self.entity("person", a.person), self._position(a), a.status, day, *bounds(day),
                sentence_id(self.id, a.sentence), a.start, a.end, a.rule, a.position, a.title))

    def _events(self) -> None:
        for ordinal, event in enumerate(self.found.events):
            identifier = stable_id("event", self.id, ordinal)
            self.rows.events.append((
                identifier, self.id, event.kind, event.name, event.date, *bounds(event.date), event.time_of_day,
                event.date_basis, self._place(event), sentence_id(self.id, event.sentence)))
            self._participations(event, identifier)

    def _place(self, event: Event) -> int | None:
        """The id of the place (or of the body whose seat it is) where it took place."""
        return self.entity(self.kinds.get(event.place, "place"), event.place) if event.place else None

    def _participations(self, event: Event, identifier: int) -> None:
        posts = {(a.person, a.position): self._position(a) for a in self.found.attestations if a.status == "held"}
        seen: set[tuple[int, str]] = set()      # one row per participant and role, under whatever names
        for p in event.participations:
            entity = self.entity(p.kind, p.name)
            if (entity, p.role) not in seen:
                seen.add((entity, p.role))
                self.rows.participations.append((
                    identifier, entity, p.name, p.role, posts.get((p.name, p.position or "")), sentence_id(self.id, p.sentence), p.rule))

    def _evidence(self, kind: EntityKind, name: str) -> dict[str, object]:
        if kind == "person":
            posts = {(written_out(a.position), key_of("organization", a.organization) if a.organization else "")
                     for a in self.found.attestations if a.person == name}
            return {"posts": sorted(posts), "near": [[area] for area in self.near]}
        if kind == "document":
            facts = [d for d in self.found.documents if d.name == name]
            return {"facts": [[d.kind, d.number, d.issuer, d.issued, d.term, d.title,
                               self.key("organization", d.issuer) if d.issuer else None] for d in facts],
                    "near": [[area] for area in self.near], "years": [[years] for years in self._years(name)]}
        if kind == "organization" and "#" in self.key(kind, name):
            return {"article": [[self.article.title]]}
        return {}

    def _years(self, document: str) -> list[str]:
        """The span of years that follows a document's name most often in its sentences (`… giai đoạn 2021-2025`), if any."""
        ends = {s.position: s.end for s in self.article.sentences}
        found = [_YEARS.search(self.article.text, m.end, ends[m.sentence])
                 for m in self.found.mentions if m.kind == "document" and m.name == document]
        count = Counter(f"{match[1]}-{match[2]}" for match in found if match)
        return [min(count, key=lambda years: (-count[years], years))] if count else []

    def _local_names(self) -> None:
        for d in self.found.documents:
            self.entity("document", d.name)
            if d.issuer:
                self.entity(self.kinds.get(d.issuer, "organization"), d.issuer)
        for (kind, name), surfaces in sorted(self.named.items()):
            key = self.key(kind, name)
            entity = stable_id(kind, key, "")
            self.rows.entities.append((entity, kind, name))
            self.rows.keys.append((kind, key))
            self.rows.local_names.append((
                self.id, kind, name, key, entity, json.dumps(sorted(surfaces), ensure_ascii=False),
                json.dumps(self._evidence(kind, name), ensure_ascii=False)))
