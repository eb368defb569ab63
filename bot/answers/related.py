"""/related: who and what is named together with somebody, and at which events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers import organizations
from bot.answers.common import entity_buttons, nothing
from bot.ask import Ask, from_key, to_key
from bot.names import who_is_meant
from bot.paging import page_buttons, page_of
from bot.quotes import Sources
from bot.types import Answer, Fact, Picture
from store.queries import EntityRow, entities, entity
from store.queries_network import Companion, companions, shared_sentence

__all__ = ["related"]

PAGE = 8
MOST = 48


def related(ask: Ask) -> Answer:
    """The answer to `/related`."""
    argument = ask.intent.argument
    key = from_key(argument)
    if key is not None:
        row = entity(ask.connection, key)
        return _of(ask, row) if row else nothing(ask, ask.say("error.gone"))
    if not argument.strip():
        return nothing(ask, ask.say("related.ask"))
    meant = who_is_meant(ask.library, argument)
    if meant.manner in ("name", "part") and len(meant.persons) == 1:
        return _of(ask, meant.persons[0])
    same, longer = organizations.bodies_named(ask, argument)
    bodies = same or longer
    if meant.manner == "none" and bodies:
        return _of(ask, bodies[0])
    if not meant.persons:
        return nothing(ask, ask.say("who.none", name=argument))
    key_ = "who.doubtful" if meant.manner == "doubtful" else "who.several"
    headline = ask.say(key_, name=argument, count=len(meant.persons), nearest=meant.persons[0].name)
    if len(meant.persons) == 1:
        return replace(_of(ask, meant.persons[0]), found=False, headline=headline)
    return nothing(ask, headline, buttons=entity_buttons(ask, meant.persons, "related"))


def _of(ask: Ask, row: EntityRow) -> Answer:
    found = companions(ask.connection, row.id, "person", MOST)
    bodies = companions(ask.connection, row.id, "organization", 6)
    if not found and not bodies:
        return nothing(ask, ask.say("related.none", name=row.name))
    shown, page, pages = page_of(found, ask.intent.page, PAGE)
    sources = Sources(ask.connection)
    facts = [_fact(ask, row, one, sources, "related.people") for one in shown]
    if page == 1:
        facts += [_fact(ask, row, one, sources, "related.bodies") for one in bodies[:4]]
    key = to_key(row.id)
    buttons = (*entity_buttons(ask, _rows(ask, shown), "who", 4), page_buttons(ask, page, pages))
    picture = Picture("network", key, ask.say("related.of", name=row.name)) if page == 1 and found else None
    return Answer(
        ask.intent, found=True, headline=ask.say("related.of", name=row.name), facts=tuple(facts),
        quotes=sources.quotes(), buttons=buttons, page=page, pages=pages, subject=key,
        mentioned=tuple(to_key(one.entity_id) for one in shown), picture=picture)


def _rows(ask: Ask, found: Sequence[Companion]) -> list[EntityRow]:
    return entities(ask.connection, [one.entity_id for one in found])


def _fact(ask: Ask, row: EntityRow, one: Companion, sources: Sources, group: str) -> Fact:
    """`A: cùng 3 câu, 2 sự kiện [1]`."""
    sentence = shared_sentence(ask.connection, row.id, one.entity_id)
    refs = (sources.ref(sentence),) if sentence is not None else ()
    both = one.sentences and one.events
    key = "related.line" if both else "related.line_sentences" if one.sentences else "related.line_events"
    values = {name: count for name, count in (("sentences", one.sentences), ("events", one.events)) if count}
    text = ask.say(key, name=one.name, **values)
    return Fact(text, refs, ask.say(group))
