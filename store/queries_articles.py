"""Articles, their sentences, and what is named in them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from store.queries import EntityCount, id_list, rows

__all__ = [
    "ArticleRow", "AuthorRow", "MentionRow", "SentenceRow", "article", "article_by_source", "article_count",
    "article_entities", "article_text", "articles", "articles_having_all", "articles_with", "authors", "first_sentence",
    "mention_counts", "mentions_in_sentence", "mentions_of",
    "neighbours", "sentence", "sentences", "sentences_of_article",
]


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article without its text."""

    id: int
    source: str
    title: str | None
    publisher: str | None
    published: str | None
    near_duplicate_of: int | None


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence with what is needed to quote it: `text == article.text[start:end]`."""

    id: int
    article_id: int
    source: str
    title: str | None
    published: str | None
    position: int
    start: int
    end: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class AuthorRow:
    """A byline or a photo credit."""

    name: str
    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MentionRow:
    """One place where an entity is named; offsets count in the article."""

    entity_id: int
    entity_kind: str
    name: str
    sentence_id: int
    start: int
    end: int
    surface: str
    rule: str


ARTICLES = """
select
    a.id,
    a.source,
    a.title,
    a.publisher,
    a.published,
    a.near_duplicate_of
from articles a
where a.id in (select value from json_each(:ids))
"""


def articles(connection: sqlite3.Connection, ids: Iterable[int]) -> list[ArticleRow]:
    """The articles with these ids, in the order asked for."""
    wanted = list(ids)
    found = {row.id: row for row in rows(connection, ArticleRow, ARTICLES, {"ids": id_list(wanted)})}
    return [found[i] for i in dict.fromkeys(wanted) if i in found]


def article(connection: sqlite3.Connection, article_id: int) -> ArticleRow | None:
    """One article, None where the id is unknown."""
    return next(iter(articles(connection, [article_id])), None)


ARTICLE_BY_SOURCE = """
select
    a.id,
    a.source,
    a.title,
    a.publisher,
    a.published,
    a.near_duplicate_of
from articles a
where a.source = :source
or substr(a.source, -length(:tail)) = :tail
order by a.source <> :source, a.source
limit 5
"""


def article_by_source(connection: sqlite3.Connection, source: str) -> list[ArticleRow]:
    """Up to five articles with this source, or whose path ends in it."""
    return rows(connection, ArticleRow, ARTICLE_BY_SOURCE, {"source": source, "tail": "/" + source})


def article_text(connection: sqlite3.Connection, article_id: int) -> str:
    """The whole text, empty where the id is unknown."""
    row = connection.execute("select text from articles where id = :id", {"id": article_id}).fetchone()
    return str(row[0]) if row else ""


def article_count(connection: sqlite3.Connection) -> int:
    """How many articles there are."""
    return int(connection.execute("select count(*) from articles").fetchone()[0])


ARTICLES_WITH = """
select
    t.term,
    t.doc
from json_each(:terms) w
join articles_fts_terms t on t.term = w.value
"""


def articles_with(connection: sqlite3.Connection, terms: Iterable[str]) -> dict[str, int]:
    """In how many articles each folded word stands; words of none are left out."""
    found = connection.execute(ARTICLES_WITH, {"terms": json.dumps(list(terms))})
    return {str(term): int(count) for term, count in found}


ARTICLES_HAVING = """
select count(*)
from (
    select rowid
    from articles_fts
    where articles_fts match :match
    limit :limit
)
"""


def articles_having_all(connection: sqlite3.Connection, words: Iterable[str], limit: int = 10) -> int:
    """How many articles have all these folded words, counted up to the limit."""
    match = " AND ".join(f'"{word}"' for word in dict.fromkeys(words))
    return int(connection.execute(ARTICLES_HAVING, {"match": match, "limit": limit}).fetchone()[0]) if match else limit


AUTHORS = """
select
    w.name,
    w.role,
    w.start,
    w.end
from authors w
where w.article_id = :article_id
order by w.role = 'photo', w.start
"""


def authors(connection: sqlite3.Connection, article_id: int) -> list[AuthorRow]:
    """Who wrote an article, then who took its pictures."""
    return rows(connection, AuthorRow, AUTHORS, {"article_id": article_id})


SENTENCE_COLUMNS = """
select
    s.id,
    s.article_id,
    a.source,
    a.title,
    a.published,
    s.position,
    s.start,
    s.end,
    s.kind,
    s.text
from sentences s
join articles a on a.id = s.article_id
"""
SENTENCES = SENTENCE_COLUMNS + "where s.id in (select value from json_each(:ids))"
SENTENCES_OF_ARTICLE = SENTENCE_COLUMNS + "where s.article_id = :article_id order by s.position"
NEIGHBOURS = SENTENCE_COLUMNS + """
where s.article_id = :article_id
and s.position between :first and :last
and s.kind in ('title', 'body', 'caption')
order by s.position
"""


def sentences(connection: sqlite3.Connection, ids: Iterable[int]) -> list[SentenceRow]:
    """The sentences with these ids, in the order asked for."""
    wanted = list(ids)
    found = {row.id: row for row in rows(connection, SentenceRow, SENTENCES, {"ids": id_list(wanted)})}
    return [found[i] for i in dict.fromkeys(wanted) if i in found]


def sentence(connection: sqlite3.Connection, sentence_id: int) -> SentenceRow | None:
    """One sentence, None where the id is unknown."""
    return next(iter(sentences(connection, [sentence_id])), None)


def sentences_of_article(connection: sqlite3.Connection, article_id: int) -> list[SentenceRow]:
    """All sentences of an article, of every kind, in order."""
    return rows(connection, SentenceRow, SENTENCES_OF_ARTICLE, {"article_id": article_id})


def neighbours(
    connection: sqlite3.Connection, article_id: int, position: int, around: int = 2
) -> list[SentenceRow]:
    """The sentence with those before and after it, page furniture left out."""
    values = {"article_id": article_id, "first": position - around, "last": position + around}
    return rows(connection, SentenceRow, NEIGHBOURS, values)


FIRST_SENTENCE = """
select s.text
from sentences s
where s.article_id = :article_id
and s.kind in ('title', 'body')
order by s.position
limit 1
"""


def first_sentence(connection: sqlite3.Connection, article_id: int) -> str:
    """How an article begins, empty where it has no sentence."""
    row = connection.execute(FIRST_SENTENCE, {"article_id": article_id}).fetchone()
    return str(row[0]) if row else ""


# ------------------------------------------------------------------------------------------------------------ mentions

MENTION_COLUMNS = """
select
    m.entity_id,
    e.kind,
    e.name,
    m.sentence_id,
    m.start,
    m.end,
    m.surface,
    m.rule
from mentions m
join entities e on e.id = m.entity_id
"""
MENTIONS_IN_SENTENCE = MENTION_COLUMNS + "where m.sentence_id = :sentence_id order by m.start, m.end desc"
MENTIONS_OF = MENTION_COLUMNS + """
join sentences s on s.id = m.sentence_id
where m.entity_id = :entity_id
order by s.article_id, s.position, m.start
limit :limit
"""


def mentions_in_sentence(connection: sqlite3.Connection, sentence_id: int) -> list[MentionRow]:
    """What a sentence names, in order."""
    return rows(connection, MentionRow, MENTIONS_IN_SENTENCE, {"sentence_id": sentence_id})


def mentions_of(connection: sqlite3.Connection, entity_id: int, limit: int = 1000) -> list[MentionRow]:
    """Where an entity is named, article by article."""
    return rows(connection, MentionRow, MENTIONS_OF, {"entity_id": entity_id, "limit": limit})


MENTION_COUNTS = """
select
    m.entity_id,
    count(*)
from mentions m
where m.entity_id in (select value from json_each(:ids))
group by m.entity_id
"""


def mention_counts(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, int]:
    """How often each entity is named."""
    return dict(tuple(row) for row in connection.execute(MENTION_COUNTS, {"ids": id_list(ids)}))


ARTICLE_ENTITIES = """
select
    e.id,
    e.kind,
    e.name,
    count(*) as mentions
from sentences s
join mentions m on m.sentence_id = s.id
join entities e on e.id = m.entity_id
where s.article_id = :article_id
group by e.id
order by mentions desc, e.name
"""


def article_entities(connection: sqlite3.Connection, article_id: int) -> list[EntityCount]:
    """What an article names, the most frequent first."""
    return rows(connection, EntityCount, ARTICLE_ENTITIES, {"article_id": article_id})
