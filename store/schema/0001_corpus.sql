-- The corpus: written by ingest alone, opened read-only by everybody else.
-- Ids of articles and entities are hashes of what they name, so they are the same in every store made of the same
-- sources, whatever the order of ingest; links and buttons that carry them stay valid.

create table articles (
    id integer primary key,          -- hash of source
    source text not null unique,     -- path or URL as ingested
    title text,
    publisher text,
    published text,                  -- EDTF (ISO 8601-2); null where neither file nor page says it
    text text not null,              -- NFC, the article's own letters; every offset below counts code points in it
    sha256 text not null,            -- of text
    stated text not null default '{}',   -- what the source itself said of title, publisher, published (JSON); the rest was read off the page
    near_duplicate_of integer references articles (id) on delete set null,
    annotation_version integer not null default 0   -- version of the rules its annotations were made by
);

create table sentences (
    id integer primary key,          -- article id * 65536 + position
    article_id integer not null references articles (id) on delete cascade,
    position integer not null,       -- 0, 1, 2 … in the article
    start integer not null,          -- text = substr(articles.text, start + 1, end - start)
    end integer not null,
    kind text not null check (kind in ('title', 'body', 'caption', 'furniture', 'repeated', 'byline')),
    text text not null,
    unique (article_id, position)
);

create table authors (
    article_id integer not null references articles (id) on delete cascade,
    name text not null,
    role text not null check (role in ('text', 'photo')),   -- wrote the text, took the pictures
    start integer not null,
    end integer not null,
    primary key (article_id, name, role)
) without rowid;

create table entities (
    id integer primary key,          -- hash of kind, name and, for namesakes, what tells them apart
    kind text not null check (kind in ('person', 'organization', 'place', 'document')),
    name text not null,              -- the canonical name
    distinction text,                -- for namesakes: what tells this one apart (`An Giang`); else null
    parent_id integer references entities (id) on delete set null   -- the body this organization is part of
);
create index entities_kind_name on entities (kind, name);
create index entities_parent on entities (parent_id);

create table names (
    id integer primary key,          -- hash of entity and name; rowid of names_fts
    entity_id integer not null references entities (id) on delete cascade,
    name text not null,
    kind text not null check (kind in ('canonical', 'alias', 'abbreviation', 'short')),
    folded text not null,            -- lower case, no diacritics, đ as d
    unique (entity_id, name)
);
create index names_folded on names (folded);

-- What one article calls one thing, the key that makes it the same as in other articles, and what it was linked to.
-- Linking reads nothing else, so it can be done again for the keys that a new article touches.
create table local_names (
    article_id integer not null references articles (id) on delete cascade,
    kind text not null,
    name text not null,              -- the fullest name in this article
    key text not null,               -- what is compared: abbreviations written out, tone marks placed one way
    entity_id integer not null references entities (id) on delete cascade,
    surfaces text not null,          -- JSON: the spellings there
    evidence text not null,          -- JSON: posts of a person, facts of a document; tells namesakes apart
    primary key (article_id, kind, name)
) without rowid;
create index local_names_key on local_names (kind, key);
create index local_names_entity on local_names (entity_id);

-- Keys that were touched and not yet linked anew; empty after every completed run.
create table unlinked (
    kind text not null,
    key text not null,
    primary key (kind, key)
) without rowid;

-- A sample of each article's word runs; near-duplicates share most of theirs.
create table shingles (
    hash integer not null,
    article_id integer not null references articles (id) on delete cascade,
    primary key (hash, article_id)
) without rowid;
create index shingles_article on shingles (article_id);

create table mentions (
    id integer primary key,
    sentence_id integer not null references sentences (id) on delete cascade,
    entity_id integer not null references entities (id) on delete cascade,
    start integer not null,          -- offsets in articles.text
    end integer not null,
    surface text not null,           -- as printed
    rule text not null               -- the rule that found it; `hoitin explain` shows it at work
);
create index mentions_sentence on mentions (sentence_id);
create index mentions_entity on mentions (entity_id);

create table positions (
    id integer primary key,          -- hash of name and organization
    name text not null,              -- the whole post: `Bí thư Thành ủy Hà Nội`
    title text not null,             -- its head: `Bí thư`
    organization_id integer references entities (id) on delete set null,
    folded text not null             -- of name, abbreviations written out
);
create index positions_folded on positions (folded);
create index positions_organization on positions (organization_id);

create table attestations (
    id integer primary key,
    person_id integer not null references entities (id) on delete cascade,
    position_id integer not null references positions (id) on delete cascade,
    status text not null check (status in ('held', 'former')),
    attested_on text,                -- EDTF: the day on which the article says so; never a start or end of office
    earliest text,                   -- ISO day bounds of attested_on, for range queries
    latest text,
    sentence_id integer not null references sentences (id) on delete cascade,
    start integer not null,          -- the words that state it, offsets in articles.text
    end integer not null,
    rule text not null
);
create index attestations_person on attestations (person_id);
create index attestations_position on attestations (position_id);
create index attestations_sentence on attestations (sentence_id);

create table documents (
    entity_id integer primary key references entities (id) on delete cascade,
    kind text not null,              -- Nghị quyết, Chỉ thị, Chương trình …
    number text,                     -- `01-CTr/TU`, without spaces
    issuer_id integer references entities (id) on delete set null,
    issued text,                     -- EDTF
    term text,                       -- party term or years: the same number in another term is another document
    title text
);
create index documents_number on documents (number);
create index documents_issuer on documents (issuer_id);

create table events (
    id integer primary key,          -- hash of article and ordinal
    article_id integer not null references articles (id) on delete cascade,
    kind text not null,              -- hội nghị, lễ ký kết, buổi làm việc …
    name text not null,
    date text,                       -- EDTF: 2019-10-14, XXXX-08-07 (no year), 2023-02-21? (year inferred)
    earliest text,                   -- ISO day bounds; null where the year is unknown
    latest text,
    time_of_day text,                -- sáng, chiều, tối …
    date_basis text not null check (date_basis in ('stated', 'inferred-year', 'from-publication', 'unknown')),
    place_id integer references entities (id) on delete set null,
    sentence_id integer not null references sentences (id) on delete cascade
);
create index events_article on events (article_id);
create index events_earliest on events (earliest, latest);
create index events_place on events (place_id);
create index events_sentence on events (sentence_id);

create table participations (
    id integer primary key,
    event_id integer not null references events (id) on delete cascade,
    entity_id integer not null references entities (id) on delete cascade,
    name text not null,              -- the participant's fullest name in this article
    role text not null check (role in ('chair', 'organizer', 'speaker', 'attendee', 'signatory')),
    position_id integer references positions (id) on delete set null,   -- the post they had there
    sentence_id integer not null references sentences (id) on delete cascade,
    rule text not null
);
create index participations_event on participations (event_id);
create index participations_entity on participations (entity_id);
create index participations_position on participations (position_id);
create index participations_sentence on participations (sentence_id);

create table ingest_runs (
    id integer primary key,
    started text not null,           -- ISO time, UTC
    finished text,                   -- null: the run was cut off
    version text not null,           -- of hoitin
    annotation_version integer not null
);

create table ingest_files (
    run_id integer not null references ingest_runs (id) on delete cascade,
    source text not null,
    status text not null check (status in
        ('new', 'changed', 'unchanged', 'near-duplicate', 'failed', 'vanished', 'pruned', 'reannotated')),
    reason text,                     -- why it failed, or of what it is a near-duplicate
    primary key (run_id, source)
) without rowid;

-- Full text without a copy of the text: rowid is sentences.id; `text` has tone marks placed one way, `folded` none.
-- select s.text from sentences_fts f join sentences s on s.id = f.rowid where sentences_fts match 'folded: "thanh uy"';
create virtual table sentences_fts using fts5 (
    text, folded, content = '', tokenize = "unicode61 remove_diacritics 0"
);

-- rowid is names.id. Written together with `names`.
create virtual table names_fts using fts5 (
    entity_id unindexed, name, folded, tokenize = "unicode61 remove_diacritics 0"
);
