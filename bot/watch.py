"""The telling after an ingest: what is new for each watch, told once, outside quiet hours.

    look(state, library)                        # after the corpus has changed: notes in the ledger what is new
    await tell(state, library, send)            # sends what waits; may be called at any time, also after a restart

What is found is first written into the ledger of the state file and marked as told only when Telegram has taken it, so a
restart neither loses news nor tells them again.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

from bot.answers.watch import holders_by_person
from bot.ask import to_key
from bot.library import Library
from bot.phrases import Phrases, phrases
from bot.quotes import Sources, marked_words
from bot.render import render
from bot.types import Answer, Button, Fact, Intent, Message
from store.queries import Connection, entities_by_name, entity
from store.queries_articles import mentions_in_sentence, sentence
from store.queries_people import attestations_in_sentence
from store.queries_watch import latest_run, new_articles_naming, new_articles_with
from store.state import State
from store.state_watches import Telling, Watch, all_watches, done, drop_user, found, quiet_hours, remove, waiting
from store.text import fold, syllables

__all__ = ["due", "look", "news", "tell"]

log = logging.getLogger(__name__)
Send = Callable[[int, Message], Awaitable[bool]]
"""Sends a message to a chat; False where it can never arrive (blocked, the chat is gone). Raises where it may later."""

SHOWN = 5                           # sentences in one message; the rest is counted and a button leads to it
_VIETNAM = timedelta(hours=7)       # no daylight saving; quiet hours are meant there


# ---------------------------------------------------------------------------------------------------------- what is new

def look(state: State, library: Library) -> int:
    """Notes what the ingests since the last look brought for each watch; how much is new. Blocking; call in a thread."""
    latest = latest_run(library.connection)
    new = 0
    for watch in all_watches(state):
        if watch.after_run > latest:            # another store: its past is no news
            found(state, watch, latest, {})
        elif watch.after_run < latest:
            new += found(state, watch, latest, _brought(library, watch, latest))
    return new


def _brought(library: Library, watch: Watch, latest: int) -> Mapping[int, int]:
    """Item → sentence."""
    connection = library.connection
    if watch.kind == "phrase":
        return new_articles_with(connection, watch.subject, watch.after_run, latest)
    if watch.kind == "post":
        return {person: row.sentence_id for person, row in holders_by_person(library, watch.subject).items()}
    watched = _watched(connection, watch)
    return new_articles_naming(connection, watched, watch.after_run, latest) if watched else {}


def _watched(connection: Connection, watch: Watch) -> int | None:
    """The entity; after a merge or a new linking the one that bears its name now."""
    if entity(connection, int(watch.subject)):
        return int(watch.subject)
    named = entities_by_name(connection, fold(watch.label))
    return named[0].id if len(named) == 1 else None


# --------------------------------------------------------------------------------------------------------- telling it

def due(state: State, now: datetime | None = None) -> list[Telling]:
    """What may be told now: nothing to users who sleep; watches of those who have blocked the bot end here."""
    hour = ((now or datetime.now(UTC)) + _VIETNAM).hour
    ready = []
    for telling in waiting(state):
        user = telling.watch.user_id
        quiet = quiet_hours(state, user)
        if state.blocked(user):
            drop_user(state, user)
        elif quiet is None or not quiet.covers(hour):
            ready.append(telling)
    return ready


async def tell(
    state: State, library: Library, send: Send, run: Callable[..., Awaitable[object]], now: datetime | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Sends what is due, one message a watch; how many. `run` calls a blocking function in a thread; `stopping` is asked
    before each message."""
    sent = 0
    tellings = await run(due, state, now)
    for telling in tellings if isinstance(tellings, list) else []:
        if stopping():
            break
        message = await run(news, library, telling)
        arrived = True
        if isinstance(message, Message):
            try:
                arrived = await send(telling.watch.chat_id, message)
            except Exception as error:      # whatever it was, the ledger still holds it; the next round tries again
                log.warning("news of watch %d wait for the next round: %s", telling.watch.id, error)
                continue
        if arrived:
            sent += isinstance(message, Message)
            await run(done, state, telling)
        else:
            await run(remove, state, telling.watch.id, telling.watch.user_id)
    return sent


def news(library: Library, telling: Telling) -> Message | None:
    """The message of a watch, None where its sentences are gone again."""
    watch, say = telling.watch, phrases(telling.watch.language)
    connection = library.connection
    present = [(item, s) for item, s in telling.items if sentence(connection, s) is not None]
    if not present:
        return None
    answer = _new_holders(connection, watch, present, say) if watch.kind == "post" else _new_articles(
        connection, watch, present, say)
    return render(answer, watch.language)


def _new_articles(connection: Connection, watch: Watch, items: list[tuple[int, int]], say: Phrases) -> Answer:
    sources = Sources(connection)
    for _, identifier in items[:SHOWN]:
        spans = _spans(connection, watch, identifier)
        for start, end in spans or [(None, None)]:
            sources.ref(identifier, start, end)
    headline = say(f"watch.news_{watch.kind}", label=watch.label, count=len(items))
    return _told(watch, say, headline, sources, (), len(items))


def _spans(connection: Connection, watch: Watch, identifier: int) -> list[tuple[int | None, int | None]]:
    """Where the watched thing stands in the article."""
    if watch.kind == "entity":
        named = mentions_in_sentence(connection, identifier)
        return [(m.start, m.end) for m in named if str(m.entity_id) == watch.subject]
    row = sentence(connection, identifier)
    if row is None:
        return []
    return [(row.start + a, row.start + b) for a, b in marked_words(row.text, syllables(watch.subject))]


def _new_holders(connection: Connection, watch: Watch, items: list[tuple[int, int]], say: Phrases) -> Answer:
    sources, facts, names = Sources(connection), [], []
    for person, identifier in items:
        stated = [row for row in attestations_in_sentence(connection, identifier) if row.person_id == person]
        if stated:
            row = stated[0]
            names.append(row.person)
            ref = sources.ref(identifier, row.start, row.end)
            facts.append(Fact(f"{row.person} – {row.position}: {say.on(row.attested_on)}", (ref,)))
    headline = say("watch.news_post", label=watch.label, names=", ".join(dict.fromkeys(names)))
    return _told(watch, say, headline, sources, tuple(facts), len(items))


def _told(
    watch: Watch, say: Phrases, headline: str, sources: Sources, facts: tuple[Fact, ...], count: int
) -> Answer:
    notes = (say("watch.more", count=count - SHOWN),) if count > SHOWN and not facts else ()
    quotes = sources.quotes()[:SHOWN]
    reading = tuple(Button(say("button.article"), f"article {to_key(quote.article_id)}") for quote in quotes[:1])
    buttons = (*reading, Button(say("watch.stop"), f"unwatch {to_key(watch.id)}"))
    return Answer(Intent("watches"), found=True, headline=headline, facts=facts[:SHOWN], quotes=quotes, notes=notes,
                  buttons=(buttons,))
