"""Which events somebody chaired, spoke at or attended; whether two people were at the same one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.common import entity_buttons, event_line, nothing, with_roles
from bot.answers.events import of_entity, on_days
from bot.answers.organizations import bodies_named
from bot.answers.roles import best_events
from bot.ask import Ask, to_key
from bot.fillers import alternatives, topic_words
from bot.matching import bare
from bot.names import who_is_meant
from bot.paging import page_buttons, page_of
from bot.question import Question
from bot.quotes import Sources
from bot.types import Answer, Fact
from bot.when import pointed, read_when
from store.queries import EntityRow
from store.queries_events import EventRow, ParticipantRow, participants
from store.queries_network import shared_sentence

__all__ = ["events_with", "together"]

PAGE = 6
# What counts as the role asked for: who chairs and who speaks is there as well
_COUNTS = {
    "chair": ("chair",),
    "speaker": ("speaker",),
    "signatory": ("signatory",),
    "organizer": ("organizer", "chair"),
    "attendee": ("chair", "speaker", "signatory", "organizer", "attendee"),
}


def events_with(ask: Ask, question: Question) -> Answer | None:
    """The events at which a person or body had the role asked for, in order of date; None for an unclear name."""
    row = _subject(ask, question.slot("person"))
    if row is None:
        return None
    wanted = question.slot("role") or "attendee"
    rows = _of_time_and_topic(ask, of_entity(ask, row), question.slot("what"))
    parts = [p for p in participants(ask.connection, [r.id for r in rows])
             if p.entity_id == row.id and p.role in _COUNTS[wanted]]
    rows = [r for r in rows if any(p.event_id == r.id for p in parts)]
    key = to_key(row.id)
    if not rows:
        headline = ask.say("attendance.none", name=row.name, role=ask.say(f"role.{wanted}"))
        return nothing(ask, headline, buttons=((ask.button(ask.say("button.events"), "event", key),),))
    shown, page, pages = page_of(rows, ask.intent.page, PAGE)
    sources = Sources(ask.connection)
    facts = tuple(_fact(ask, event, [p for p in parts if p.event_id == event.id], sources) for event in shown)
    numbers = tuple(ask.button(str(number), "event", to_key(event.id)) for number, event in enumerate(shown, 1))
    headline = ask.say("attendance.found", name=row.name, role=ask.say(f"role.{wanted}"), count=len(rows))
    return Answer(
        ask.intent, found=True, headline=headline, facts=facts, quotes=sources.quotes(),
        buttons=(numbers, page_buttons(ask, page, pages)), page=page, pages=pages, subject=key,
        mentioned=tuple(to_key(event.id) for event in shown))


def _subject(ask: Ask, name: str) -> EntityRow | None:
    """The one person or body of this name."""
    meant = who_is_meant(ask.library, name)
    if meant.manner in ("name", "part"):
        return meant.persons[0] if len(meant.persons) == 1 else None
    same, _ = bodies_named(ask, name)
    return same[0] if same and meant.manner == "none" else None


def _of_time_and_topic(ask: Ask, rows: Sequence[EventRow], text: str) -> list[EventRow]:
    """Of these events those of the day, year or topic asked for with them."""
    rest, whens = read_when(text)
    if whens:
        inside = {row.id for row in on_days(ask, pointed(whens))}
        rows = [row for row in rows if row.id in inside]
    words = topic_words(rest, or_all=False)
    if words and bare(words) not in alternatives("event_kinds"):
        having = {fit.id for fit in ask.library.events.find(words, [row.id for row in rows]) if not fit.missing}
        rows = [row for row in rows if row.id in having]
    return list(rows)


def _fact(ask: Ask, event: EventRow, parts: Sequence[ParticipantRow], sources: Sources) -> Fact:
    """`Sáng 3/5/2019: Hội nghị … – chủ trì, phát biểu [1]`."""
    return Fact(with_roles(ask, event_line(ask, event), parts), (sources.ref(parts[0].sentence_id),))


def together(ask: Ask, question: Question) -> Answer | None:
    """Yes with the events at which both were; never no: that no article says so is all that is known."""
    meant = [who_is_meant(ask.library, question.slot(slot)) for slot in ("person", "other")]
    if any(m.manner not in ("name", "part") or len(m.persons) != 1 for m in meant):
        return None
    first, second = (m.persons[0] for m in meant)
    asked = question.slot("event")
    rows = best_events(ask, asked) if asked and topic_words(asked, or_all=False) else of_entity(ask, first)
    there = participants(ask.connection, [row.id for row in rows])
    both = [row for row in rows if all(any(p.event_id == row.id and p.entity_id == one.id for p in there)
                                       for one in (first, second))]
    buttons = entity_buttons(ask, [first, second], "who")
    sources = Sources(ask.connection)
    if not both:
        shared = shared_sentence(ask.connection, first.id, second.id)
        if shared is not None:
            sources.ref(shared)
        notes = (ask.say("attendance.same_sentence"),) if shared is not None else ()
        return Answer(ask.intent, found=False, headline=ask.say("attendance.not_together", a=first.name, b=second.name),
                      quotes=sources.quotes(), notes=notes, buttons=buttons)
    facts = tuple(_fact_of_both(ask, row, there, (first, second), sources) for row in both[:PAGE])
    return Answer(ask.intent, found=True, headline=ask.say("attendance.together", a=first.name, b=second.name),
                  facts=facts, quotes=sources.quotes(), buttons=buttons, mentioned=(to_key(first.id), to_key(second.id)))


def _fact_of_both(
    ask: Ask, row: EventRow, there: Sequence[ParticipantRow], both: Sequence[EntityRow], sources: Sources
) -> Fact:
    ids = {one.id for one in both}
    refs = [sources.ref(p.sentence_id) for p in there if p.event_id == row.id and p.entity_id in ids]
    return Fact(event_line(ask, row), tuple(dict.fromkeys(refs))[:2])
