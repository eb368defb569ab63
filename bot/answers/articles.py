"""/article: one article with its facts and sentences; /stats: how much there is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.common import event_line, nothing
from bot.ask import Ask, from_key, to_key
from bot.paging import page_buttons, page_of
from bot.quotes import Sources, quote_of
from bot.titles import called
from bot.types import Answer, Button, Fact
from store.queries import EntityCount, statistics
from store.queries_articles import (
    ArticleRow,
    article,
    article_by_source,
    article_entities,
    articles,
    authors,
    sentences_of_article,
)
from store.queries_events import events_in_article, participants
from store.search import search

__all__ = ["article_card", "stats"]

PAGE = 6                            # sentences of an article on a page after the first
NAMED = 8
_KINDS = (("person", "who"), ("organization", "org"), ("document", "doc"))


def article_card(ask: Ask) -> Answer:
    """The answer to `/article`."""
    argument = ask.intent.argument.strip()
    key = from_key(argument)
    if key is not None:
        row = article(ask.connection, key)
        return _card(ask, row) if row else nothing(ask, ask.say("error.gone"))
    if not argument:
        return nothing(ask, ask.say("article.ask"))
    rows = article_by_source(ask.connection, argument) or article_by_source(ask.connection, f"{argument}.txt")
    if not rows:
        found = search(ask.connection, argument, 5)
        rows = articles(ask.connection, [p.article_id for p in found if p.article_coverage >= 0.999])
    if not rows:
        return nothing(ask, ask.say("article.none", name=argument))
    return _card(ask, rows[0]) if len(rows) == 1 else _choice(ask, rows, argument)


def _choice(ask: Ask, rows: Sequence[ArticleRow], asked: str) -> Answer:
    buttons = tuple((ask.button(_title(ask, row), "article", to_key(row.id)),) for row in rows)
    return nothing(ask, ask.say("article.several", count=len(rows), asked=asked), buttons=buttons)


def _title(ask: Ask, row: ArticleRow) -> str:
    return called(ask.connection, row.id, row.title, row.source)


def _card(ask: Ask, row: ArticleRow) -> Answer:
    """First its facts, then its sentences, a few on a page."""
    printed = [s for s in sentences_of_article(ask.connection, row.id) if s.kind in ("title", "body", "caption")]
    pages = 1 + -(-len(printed) // PAGE)
    page = min(max(1, ask.intent.page), pages)
    if page > 1:
        shown, _, _ = page_of(printed, page - 1, PAGE)
        return Answer(ask.intent, found=True, headline=_title(ask, row), quotes=tuple(quote_of(s) for s in shown),
                      buttons=(page_buttons(ask, page, pages),), page=page, pages=pages, subject=to_key(row.id))
    sources = Sources(ask.connection)
    if printed:
        sources.ref(printed[0].id)
    facts = [*_about(ask, row), *_events(ask, row, sources), *_named(ask, article_entities(ask.connection, row.id))]
    return Answer(
        ask.intent, found=True, headline=_title(ask, row), facts=tuple(facts), quotes=sources.quotes(),
        buttons=(*_buttons(ask, row), page_buttons(ask, page, pages)), page=page, pages=pages, subject=to_key(row.id))


def _about(ask: Ask, row: ArticleRow) -> list[Fact]:
    written = authors(ask.connection, row.id)
    lines = [ask.say("article.published", date=ask.say.date(row.published))] if row.published else []
    for role in ("text", "photo"):
        names = [author.name for author in written if author.role == role]
        if names:
            lines.append(ask.say(f"article.{role}", names=", ".join(names)))
    lines.append(ask.say("article.source", source=" · ".join(filter(None, (row.publisher, row.source)))))
    return [Fact(line) for line in lines]


def _events(ask: Ask, row: ArticleRow, sources: Sources) -> list[Fact]:
    found = events_in_article(ask.connection, row.id)[:4]
    there = participants(ask.connection, [event.id for event in found])
    return [Fact(event_line(ask, event, there), (sources.ref(event.sentence_id),), ask.say("who.events"))
            for event in found]


def _named(ask: Ask, found: Sequence[EntityCount]) -> list[Fact]:
    """Who and what the article names, the most frequent first."""
    lines = []
    for kind, _ in _KINDS:
        names = [one.name for one in found if one.kind == kind]
        if names:
            more = " …" if len(names) > NAMED else ""
            lines.append(Fact(", ".join(names[:NAMED]) + more, (), ask.say(f"article.{kind}")))
    return lines


def _buttons(ask: Ask, row: ArticleRow) -> list[tuple[Button, ...]]:
    """The persons of the article, and its page where it has one."""
    people = [one for one in article_entities(ask.connection, row.id) if one.kind == "person"][:4]
    rows: list[tuple[Button, ...]] = [(ask.button(one.name, "who", to_key(one.entity_id)),) for one in people]
    if row.source.startswith(("http://", "https://")):
        rows.append((Button(ask.say("button.open"), "", row.source),))
    return rows


def stats(ask: Ask) -> Answer:
    """The store in numbers."""
    found = statistics(ask.connection)
    lines = [
        ask.say("stats.articles", articles=found.articles, sentences=found.sentences),
        ask.say("stats.named", persons=found.persons, organizations=found.organizations, places=found.places,
                documents=found.documents),
        ask.say("stats.facts", attestations=found.attestations, events=found.events),
    ]
    if found.first_published and found.last_published:
        lines.append(ask.say("stats.dates", first=ask.say.date(found.first_published),
                             last=ask.say.date(found.last_published)))
    return Answer(ask.intent, found=True, headline=ask.say("stats.headline"), facts=tuple(Fact(line) for line in lines))
