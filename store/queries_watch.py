"""What an ingest brought: the articles new since a run that name a thing or hold a phrase."""

from __future__ import annotations

from store.queries import Connection
from store.text import fold, has_diacritics, plain, syllables

__all__ = ["latest_run", "new_articles_naming", "new_articles_with"]

LATEST_RUN = """
select coalesce(max(r.id), 0)
from ingest_runs r
where r.finished is not null
"""


def latest_run(connection: Connection) -> int:
    """The last run that came to its end; 0 for none."""
    return int(connection.execute(LATEST_RUN).fetchone()[0])


# An article is news in the run that brought it; one that only repeats another is none.
IS_NEW = """
a.near_duplicate_of is null
and exists (
    select 1
    from ingest_files f
    where f.run_id > :after
    and f.run_id <= :upto
    and f.source = a.source
    and f.status in ('new', 'near-duplicate')
)
"""
NAMING = f"""
select
    s.article_id,
    coalesce(min(case when s.kind = 'body' then s.id end), min(s.id))    -- a headline says less
from mentions m
join sentences s on s.id = m.sentence_id
join articles a on a.id = s.article_id
where m.entity_id = :entity_id
and {IS_NEW}
group by s.article_id
order by s.article_id
"""
WITH_PHRASE = f"""
select
    s.article_id,
    coalesce(min(case when s.kind = 'body' then s.id end), min(s.id))
from sentences_fts f
join sentences s on s.id = f.rowid
join articles a on a.id = s.article_id
where sentences_fts match :phrase
and s.kind in ('title', 'body', 'caption')
and {IS_NEW}
group by s.article_id
order by s.article_id
"""


def new_articles_naming(connection: Connection, entity_id: int, after: int, upto: int) -> dict[int, int]:
    """Article → its first sentence that names the thing, for articles brought by the runs between."""
    found = connection.execute(NAMING, {"entity_id": entity_id, "after": after, "upto": upto})
    return {row[0]: row[1] for row in found}


def new_articles_with(connection: Connection, phrase: str, after: int, upto: int) -> dict[int, int]:
    """Article → its first sentence with the phrase, as typed: with diacritics exactly so, without them any."""
    if not syllables(phrase):
        return {}
    column, text = ("text", plain(phrase)) if has_diacritics(phrase) else ("folded", fold(phrase))
    quoted = column + ': "' + text.replace('"', " ") + '"'
    found = connection.execute(WITH_PHRASE, {"phrase": quoted, "after": after, "upto": upto})
    return {row[0]: row[1] for row in found}
