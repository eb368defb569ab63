"""Inline mode: `@bot đinh tiến` in any chat offers persons, events and passages; a chosen card posts the answer.

A card is an answer the engine gives to a button (`who #9f3k2c`), so what is posted there is what the bot itself says,
with its sentences and a button that opens the bot at that thing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.answers.events import find_events
from bot.ask import to_key
from bot.engine import Engine
from bot.names import who_is_meant
from bot.phrases import phrases
from bot.quotes import quote_of
from bot.render import render
from bot.telegram_face import Face
from bot.telegram_links import deep_link, payload
from bot.telegram_text import cut, keyboard, parts
from bot.types import Answer, Button, Conversation, Intent, Message
from store.queries_articles import sentences
from store.search import search
from store.text import nfc

__all__ = ["Card", "answer_inline", "cards"]

log = logging.getLogger(__name__)
_PAGE = 10                          # cards at once; Telegram asks for more when the reader scrolls
_EACH = 15                          # persons, events and passages offered at most
_CACHED, _NOTHING_CACHED = 300, 20  # seconds Telegram may give the same cards to the same words
_DESCRIPTION = 160                  # two lines on a phone


@dataclass(frozen=True, slots=True)
class Card:
    """What is offered: a title, a line below it, and what is posted when it is chosen."""

    id: str
    kind: str
    title: str
    description: str
    message: Message


async def answer_inline(face: Face, query: InlineQuery) -> None:
    """Answers with a page of cards; strangers get none."""
    talk = await face.talk(query.from_user, None)
    say = phrases(talk.language)
    allowed = face.settings.may_ask(query.from_user.id, 0)
    first = int(query.offset) if query.offset.isascii() and query.offset.isdigit() else 0
    found: list[Card] = []
    if allowed and query.query.strip():
        found = await face.in_thread(cards, face.engine, query.query, talk.language, first)
    results = [_result(card, face.username, say("telegram.open")) for card in found[:_PAGE]]
    # Telegram keeps answers for everybody who types the same; those of one reader alone are marked as personal.
    personal = bool(face.settings.allowed) or talk.language != face.settings.language
    try:
        await query.answer(
            results, is_personal=personal, cache_time=_CACHED if results else _NOTHING_CACHED,
            next_offset=str(first + _PAGE) if len(found) > _PAGE else "",
            button=None if results else InlineQueryResultsButton(say("telegram.inline_help"), start_parameter="inline"))
    except BadRequest as error:     # typed on meanwhile
        log.info("inline cards came too late: %s", error)


def cards(engine: Engine, text: str, language: str, first: int) -> list[Card]:
    """The cards of one page and one more if there is a next page; runs in a thread."""
    query = nfc(text).strip()[:256]
    engine.library.refresh()
    with engine.library.limit(3.0):
        makers = list(_makers(engine, query, language))
    return [card for make in makers[first:first + _PAGE + 1] if (card := make()) is not None]


def _makers(engine: Engine, query: str, language: str) -> Iterator[Callable[[], Card | None]]:
    """What makes each card, in the order they are offered; made only for the page that is shown."""
    talk = Conversation(language=language)
    for person in who_is_meant(engine.library, query).persons[:_EACH]:
        yield partial(_person, engine, to_key(person.id), person.name, language)
    for event in find_events(engine.ask(Intent("event", query), talk), query)[:_EACH]:
        yield partial(_event, engine, to_key(event.id), language)
    for passage in search(engine.library.connection, query, limit=_EACH):
        yield partial(_passage, engine, passage.sentence_id, language)


def _person(engine: Engine, key: str, name: str, language: str) -> Card | None:
    message = engine.respond(f"who {key}", Conversation(language=language))
    if message.answer is None or not message.answer.found:
        return None
    description = message.answer.headline.removeprefix(name).lstrip(" :–-")
    return Card(f"p{key}", "person", name, description, message)


def _event(engine: Engine, key: str, language: str) -> Card | None:
    message = engine.respond(f"event {key}", Conversation(language=language))
    if message.answer is None or not message.answer.found:
        return None
    facts = "; ".join(fact.text for fact in message.answer.facts)
    return Card(f"e{key}", "event", message.answer.headline, facts, message)


def _passage(engine: Engine, sentence_id: int, language: str) -> Card | None:
    rows = sentences(engine.library.connection, [sentence_id])
    if not rows:
        return None
    quote = quote_of(rows[0])
    title = quote.title or cut(quote.text, 60)
    key = to_key(quote.article_id)
    answer = Answer(Intent("article", key), found=True, headline=title, quotes=(quote,), subject=key)
    return Card(f"s{to_key(sentence_id)}", "article", title, quote.text, render(answer, language))


def _result(card: Card, username: str, label: str) -> InlineQueryResultArticle:
    """A card as Telegram takes it; what is posted fits into one message and leads back to the bot."""
    start = payload(card.message.answer, card.kind)
    link = deep_link(username, start) if start else f"https://t.me/{username}"
    return InlineQueryResultArticle(
        id=card.id, title=cut(card.title, 120), description=cut(card.description, _DESCRIPTION),
        input_message_content=InputTextMessageContent(
            parts(card.message)[0].html, parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True)),
        reply_markup=keyboard(((Button(label, "", link),),)))
