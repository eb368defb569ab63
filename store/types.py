"""The frozen records that cross borders: source file → RawArticle → Article → Annotations → rows.

Offsets are code points of `Article.text` (NFC), half-open: `text[start:end]`. Dates are EDTF text (ISO 8601-2):
`2019-10-14`, `XXXX-08-07` (no year in the text), `2023-02-21?` (year inferred), `2017/2021`, `2019-10`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

__all__ = [
    "ANNOTATION_VERSION", "SCHEMA_VERSION", "Annotations", "Article", "Attestation", "Author", "DateBasis", "DocumentFact",
    "EntityKind", "Event", "Mention", "Participation", "RawArticle", "Role", "Sentence", "SentenceKind", "Status",
]

ANNOTATION_VERSION = 1
"""Raised whenever a rule or lexicon changes what is found; `hoitin ingest --reannotate` brings old rows up to it."""

SCHEMA_VERSION = 4
"""pragma user_version of a store: how many migrations made it. One of a newer hoitin has a higher one."""

SentenceKind = Literal["title", "body", "caption", "furniture", "repeated", "byline"]
EntityKind = Literal["person", "organization", "place", "document"]
Status = Literal["held", "former"]
Role = Literal["chair", "organizer", "speaker", "attendee", "signatory"]
DateBasis = Literal["stated", "inferred-year", "from-publication", "unknown"]


@dataclass(frozen=True, slots=True)
class RawArticle:
    """What a reader found: text as decoded, and what the file itself says about it."""

    source: str                     # path or URL as ingested
    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None    # EDTF, only where the file's metadata states it


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or one line of page furniture; `text == article.text[start:end]`."""

    position: int
    start: int
    end: int
    kind: SentenceKind
    text: str


@dataclass(frozen=True, slots=True)
class Author:
    """A byline or a photo credit; `name` in usual letters even where the page prints capitals."""

    name: str
    role: Literal["text", "photo"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article: NFC text with its sentences of every kind, covering all that is printed."""

    source: str
    title: str | None
    publisher: str | None
    published: str | None           # EDTF
    text: str
    sha256: str                     # of the NFC text
    sentences: tuple[Sentence, ...]
    authors: tuple[Author, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a thing is named. `name` is the fullest name this thing has in the article, the key of all
    its mentions there; `surface` is what stands at the offsets, as printed."""

    kind: EntityKind
    start: int
    end: int
    sentence: int                   # Sentence.position
    name: str
    surface: str
    rule: str


@dataclass(frozen=True, slots=True)
class Attestation:
    """A sentence says that a person holds (or held) a position. Names are keys into the article's mentions."""

    person: str
    position: str                   # the whole post: `Bí thư Thành ủy Hà Nội`
    title: str                      # its head: `Bí thư`
    organization: str | None        # name of an organization (or place) mention, where the text ties one to it
    status: Status
    sentence: int
    start: int
    end: int
    rule: str
    stated_date: str | None = None  # EDTF, only where the clause itself dates the post (`nhiệm kỳ 2010-2015`)


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """What the article says of one document; `name` is the key of its mentions."""

    name: str
    kind: str                       # `Nghị quyết`
    number: str | None = None       # normalised, without spaces: `01-CTr/TU`
    issuer: str | None = None       # name of an organization mention
    issued: str | None = None       # EDTF
    term: str | None = None         # `khóa XVII`, `2016-2020`
    title: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Participation:
    """Who took part in an event, in which role, and with which post there."""

    kind: EntityKind                # person or organization
    name: str
    role: Role
    sentence: int
    rule: str
    position: str | None = None     # an Attestation.position of the same person in this article


@dataclass(frozen=True, slots=True)
class Event:
    """An event the article reports."""

    kind: str                       # head words: `hội nghị`, `lễ ký kết`
    name: str
    date: str | None                # EDTF
    date_basis: DateBasis
    time_of_day: str | None         # `sáng`, `chiều`, `tối` …
    place: str | None               # name of a place mention, or the place as printed
    sentence: int
    start: int
    end: int
    rule: str
    participations: tuple[Participation, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotations:
    """All that the annotators found in one article."""

    mentions: tuple[Mention, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    documents: tuple[DocumentFact, ...] = ()
    events: tuple[Event, ...] = ()
    published: str | None = None    # publication date read from the page, where the reader had none
    version: int = field(default=ANNOTATION_VERSION)
