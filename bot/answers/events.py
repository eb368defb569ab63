"""/event: by day, month, year or range, by topic, person or organization, and by any of these together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.answers.common import event_line, event_when, nothing
from bot.ask import Ask, from_key, to_key
from bot.evidence import evidence
from bot.fillers import topic_words
from bot.matching import bare
from bot.names import who_is_meant
from bot.paging import page_buttons, page_of
from bot.quotes import Sources
from bot.twins import twins_of
from bot.types import Answer, Fact
from bot.when import When, pointed, read_when
from store.ids import SENTENCES_PER_ARTICLE
from store.queries import EntityRow, entities, entity
from store.queries_articles import article_text, mentions_in_sentence, mentions_of
from store.queries_events import (
    EventRow,
    ParticipantRow,
    events,
    events_between,
    events_in_article,
    events_naming,
    events_of,
    events_perhaps_in,
    events_yearly,
    participants,
)
from store.queries_people import attestations_in_sentence
from store.text import syllables

__all__ = ["card", "event", "find_events", "listed", "on_days", "with_perhaps"]

PAGE = 5
IN_A_LIST = 120                     # characters of a name where several events are listed; its number leads to the whole
PERHAPS = 2                         # events whose year is unknown, below those of a year
NEAR = 4
READ = 60                           # articles read for the words of a topic
NEARLY = 0.55                       # of the words of a topic, rare ones weighing more
ROLES = ("organizer", "chair", "signatory", "speaker", "attendee")


def event(ask: Ask) -> Answer:
    """The answer to `/event`."""
    argument = ask.intent.argument
    key = from_key(argument)
    if key is not None:
        return _by_key(ask, key)
    if not argument.strip():
        return nothing(ask, ask.say("events.ask"))
    found = find_events(ask, argument)
    answer = _none(ask, argument) if not found else card(ask, found[0]) if len(found) == 1 else listed(ask, found, argument)
    return with_perhaps(ask, answer, argument)


def _by_key(ask: Ask, key: int) -> Answer:
    """One event, or those of an entity."""
    found = events(ask.connection, [key])
    if found:
        return card(ask, found[0])
    row = entity(ask.connection, key)
    if row is None:
        return nothing(ask, ask.say("error.gone"))
    rows = of_entity(ask, row)
    return listed(ask, rows, row.name) if rows else nothing(ask, ask.say("events.none", asked=row.name))


def find_events(ask: Ask, text: str) -> list[EventRow]:
    """The events a description means, in order of date."""
    rest, whens = read_when(text)
    dated = on_days(ask, pointed(whens)) if whens else None
    if not _says_something(rest):
        return dated or []
    rows = _of_named(ask, rest)
    if rows is None:
        rows = _on_topic(ask, rest, None if dated is None else [row.id for row in dated])
    if dated is not None:
        ids = {row.id for row in dated}
        rows = [row for row in rows if row.id in ids]
    return rows


def _says_something(rest: str) -> bool:
    return any(word not in ("su", "kien") for word in bare(topic_words(rest))) if rest.strip(" ?.,!") else False


def on_days(ask: Ask, whens: Sequence[When]) -> list[EventRow]:
    """Events on all of these dates, in order of date."""
    rows: list[EventRow] | None = None
    for when in whens:
        found = [row for row in _around(ask, when) if when.covers(row.date)]
        if when.time_of_day:
            found = [row for row in found if row.time_of_day in (None, when.time_of_day)] or found
        rows = found if rows is None else [row for row in rows if row in found]
    return rows or []


def _around(ask: Ask, when: When) -> list[EventRow]:
    if when.year:
        return events_between(ask.connection, when.first, when.last)
    months = dict.fromkeys((when.first[5:7], when.last[5:7]))
    return [row for month in months for row in events_yearly(ask.connection, month)]


def _of_named(ask: Ask, rest: str) -> list[EventRow] | None:
    """Events of the person or organization that the words are the name of; None where they are no name."""
    meant = who_is_meant(ask.library, rest)
    if meant.manner == "name" or (meant.manner == "part" and len(meant.persons) == 1 and len(rest.split()) > 1):
        return _merged(row for person in meant.persons for row in of_entity(ask, person))
    fits = [fit for fit in ask.library.organizations.find(topic_words(rest)) if fit.how == "equal" and fit.accents]
    named = entities(ask.connection, [fit.id for fit in fits])
    rows = _merged(row for one in named for row in of_entity(ask, one))
    return rows or None


def of_entity(ask: Ask, row: EntityRow) -> list[EventRow]:
    """Events an entity took part in, that were held at it, or whose sentence names it."""
    return _merged((*events_of(ask.connection, row.id), *events_naming(ask.connection, row.id)))


def _merged(rows: Iterable[EventRow]) -> list[EventRow]:
    """Each event once, in order of date, unknown years at the end."""
    once = {row.id: row for row in rows}.values()
    return sorted(once, key=lambda row: (row.earliest is None, row.earliest or row.date or "", row.source, row.id))


def _on_topic(ask: Ask, rest: str, among: list[int] | None) -> list[EventRow]:
    """Events that hold every word of a topic."""
    fits = [fit for fit in ask.library.events.find(topic_words(rest), among) if not fit.missing]
    return _merged(events(ask.connection, [fit.id for fit in fits]))


def with_perhaps(ask: Ask, answer: Answer, argument: str) -> Answer:
    """After all the events of a year those of an unknown year whose articles name it: said as not known."""
    rest, whens = read_when(argument)
    if len(whens) != 1 or not whens[0].is_year or _says_something(rest):
        return answer
    rows = events_perhaps_in(ask.connection, whens[0].first[:4], PERHAPS)
    shown = [row for row in rows if to_key(row.id) not in answer.mentioned]
    if not shown:
        return answer
    if answer.page < answer.pages:
        return replace(answer, notes=(*answer.notes, ask.say("events.perhaps_last", year=whens[0].first[:4])))
    sources = Sources(ask.connection)
    first = len(answer.quotes)
    lines = [f"{event_line(ask, row)} [{first + sources.ref(row.sentence_id)}]" for row in shown]
    return replace(answer, quotes=(*answer.quotes, *sources.quotes()),
                   notes=(*answer.notes, ask.say("events.perhaps", year=whens[0].first[:4]), *lines))


def _none(ask: Ask, argument: str) -> Answer:
    """No such event; what there is on that day or month of another or an unknown year is shown as just that, and for a
    name the events of the articles that have it."""
    _, whens = read_when(argument)
    near, note = [row for when in whens for row in _same_day(ask, when)], "events.other_year"
    if not whens:
        near, note = _in_its_articles(ask, argument), "events.in_articles"
    elif _says_something(read_when(argument)[0]):
        near, note = _that_day_where_named(ask, argument), "events.that_day"
    if not near:
        near, note = _nearest(ask, argument), "events.nearest"
    if not near and not whens:
        near, note = _where_told(ask, argument), "events.told_there"
    sources = Sources(ask.connection)
    for row in near[:NEAR]:
        sources.ref(row.sentence_id)
    passages = () if near else tuple(dict.fromkeys(e.row.id for e in evidence(ask.connection, argument)
                                                   if e.with_context >= NEARLY))[:NEAR - 1]
    for identifier in passages:
        sources.ref(identifier)
    notes = [ask.say(note), *(f"{n}. {event_line(ask, row)}" for n, row in enumerate(near[:NEAR], 1))] if near else []
    notes += [ask.say("find.named_there")] if passages else []
    buttons = [tuple(ask.button(str(n), "event", to_key(row.id)) for n, row in enumerate(near[:NEAR], 1))] if near else []
    buttons.append((ask.button(ask.say("button.find", words=argument), "find", argument),))
    return Answer(ask.intent, found=False, headline=ask.say("events.none", asked=argument), notes=tuple(notes),
                  quotes=sources.quotes(bare(topic_words(argument)) if passages else ()), buttons=tuple(buttons),
                  mentioned=tuple(to_key(row.id) for row in near[:NEAR]))


def _same_day(ask: Ask, when: When) -> list[EventRow]:
    """Events of the same day or month, first those of an unknown year."""
    if not when.year or when.first[5:7] != when.last[5:7]:
        return []
    any_year = When(when.edtf, "0000" + when.first[4:], "0000" + when.last[4:], False, when.time_of_day)
    rows = [row for row in events_yearly(ask.connection, when.first[5:7]) if any_year.covers(row.date)]
    return sorted(rows, key=lambda row: row.earliest is not None)


def _that_day_where_named(ask: Ask, argument: str) -> list[EventRow]:
    """Events of the time asked for in articles that have the other words, though the event's own sentence has not."""
    rest, whens = read_when(argument)
    words = bare(topic_words(rest))
    rows = on_days(ask, pointed(whens))
    texts = {article: set(syllables(article_text(ask.connection, article)))
             for article in list(dict.fromkeys(row.article_id for row in rows))[:READ]}
    return [row for row in rows if texts.get(row.article_id) and texts[row.article_id].issuperset(words)]


def _nearest(ask: Ask, argument: str) -> list[EventRow]:
    """Events with most of the words, where none has them all."""
    rest, _ = read_when(argument)
    fits = ask.library.events.find(topic_words(rest, or_all=False))
    return events(ask.connection, [fit.id for fit in fits[:NEAR] if fit.share >= NEARLY])


def _where_told(ask: Ask, topic: str) -> list[EventRow]:
    """Events of the articles that have all words of a topic in one sentence."""
    told = dict.fromkeys(e.row.article_id for e in evidence(ask.connection, topic) if e.with_context >= 1.0)
    return [row for article in list(told)[:NEAR] for row in events_in_article(ask.connection, article)]


def _in_its_articles(ask: Ask, name: str) -> list[EventRow]:
    """Events of the articles that name somebody, who is not said to have taken part."""
    meant = who_is_meant(ask.library, name)
    if meant.manner not in ("name", "part") or len(meant.persons) != 1:
        return []
    mentions = mentions_of(ask.connection, meant.persons[0].id, 200)
    articles = dict.fromkeys(mention.sentence_id // SENTENCES_PER_ARTICLE for mention in mentions)
    return _merged(row for article in list(articles)[:10] for row in events_in_article(ask.connection, article))


def listed(ask: Ask, rows: Sequence[EventRow], asked: str) -> Answer:
    """Several events, a line each."""
    there = participants(ask.connection, [row.id for row in rows])
    groups = twins_of(rows, there)
    if len(groups) == 1:
        return card(ask, rows[0])
    shown, page, pages = page_of(groups, ask.intent.page, PAGE)
    sources = Sources(ask.connection)
    facts = tuple(Fact(event_line(ask, group[0], there, IN_A_LIST), tuple(sources.ref(row.sentence_id) for row in group[:2]))
                  for group in shown)
    numbers = tuple(ask.button(str(number), "event", to_key(group[0].id)) for number, group in enumerate(shown, 1))
    return Answer(
        ask.intent, found=True, headline=ask.say("events.several", count=len(groups), asked=asked), facts=facts,
        quotes=sources.quotes(bare(topic_words(asked))), buttons=(numbers, page_buttons(ask, page, pages)),
        page=page, pages=pages, mentioned=tuple(to_key(group[0].id) for group in shown))


def card(ask: Ask, row: EventRow) -> Answer:
    """One event with everybody who took part."""
    sources = Sources(ask.connection)
    first = sources.ref(row.sentence_id)
    told = _told_by(ask, row)
    for other in told[1:2]:
        sources.ref(other.sentence_id)
    there = participants(ask.connection, [one.id for one in told])
    facts = _by_roles(ask, there, sources)
    if row.place:
        facts.insert(0, Fact(ask.say("events.place", place=row.place), (first,)))
    if not facts:
        facts = [Fact(event_when(ask, row), (first,))]
    people = tuple(dict.fromkeys((p.entity_id, p.name) for p in there if p.entity_kind == "person"))[:4]
    buttons = (
        *((ask.button(name, "who", to_key(identifier)),) for identifier, name in people),
        (ask.button(ask.say("button.article"), "article", to_key(row.article_id)),),
    )
    return Answer(
        ask.intent, found=True, headline=event_line(ask, row), facts=tuple(facts), quotes=sources.quotes(),
        buttons=buttons, subject=to_key(row.id), mentioned=tuple(to_key(p.entity_id) for p in there))


def _told_by(ask: Ask, row: EventRow) -> list[EventRow]:
    """The event as each article has it that reports it, this one first."""
    if not row.date or "/" in row.date:
        return [row]
    day = row.date.rstrip("?")
    near = events_between(ask.connection, day, day) if row.earliest else events_yearly(ask.connection, day[5:7])
    alike = [other for other in near if other.id != row.id and other.kind.lower() == row.kind.lower()]
    rows = [row, *alike]
    there = participants(ask.connection, [one.id for one in rows]) if alike else []
    return next(group for group in twins_of(rows, there) if group[0].id == row.id)


def _by_roles(ask: Ask, there: Sequence[ParticipantRow], sources: Sources) -> list[Fact]:
    """A line for each role; who had several stands in one line for all of them: `Chủ trì, phát biểu: A`."""
    roles: dict[str, list[str]] = {}
    for participant in there:
        played = roles.setdefault(participant.name, [])
        if participant.role not in played:
            played.append(participant.role)
    for played in roles.values():
        if len(played) > 1 and "attendee" in played:
            played.remove("attendee")
    together: dict[tuple[str, ...], list[ParticipantRow]] = {}
    for participant in there:
        played = roles[participant.name]
        if participant.role in played[:1]:
            together.setdefault(tuple(sorted(played, key=ROLES.index)), []).append(participant)
    order = sorted(together, key=lambda played: [ROLES.index(role) for role in played])
    return [_role(ask, played, together[played], sources) for played in order]


def _role(ask: Ask, roles: Sequence[str], found: Sequence[ParticipantRow], sources: Sources) -> Fact:
    """`Chủ trì: A (Bí thư …), B [1]`."""
    named = dict.fromkeys(_named(ask, p) for p in found)
    refs = tuple(dict.fromkeys(sources.ref(p.sentence_id, *_span(ask, p)) for p in found))[:3]
    names = list(named)
    shown = ", ".join(names[:10]) + (f" … (+{len(names) - 10})" if len(names) > 10 else "")
    if len(roles) == 1:
        return Fact(ask.say(f"events.{roles[0]}", names=shown), refs)
    said = ", ".join(ask.say(f"role.{role}") for role in roles)
    return Fact(f"{said[:1].upper()}{said[1:]}: {shown}", refs)


def _named(ask: Ask, participant: ParticipantRow) -> str:
    """`Lê Thu Cúc (Bí thư Thành ủy)`: of several posts in the sentence the last, which is mostly the nearest to the name
    or the most telling; `Ủy viên …` only where there is no other."""
    stated = [row.position for row in attestations_in_sentence(ask.connection, participant.sentence_id)
              if row.person_id == participant.entity_id and row.status == "held"]
    telling = [post for post in stated if not post.lower().startswith("ủy viên")] or stated
    post = telling[-1] if telling else participant.position
    return ask.say("events.with_post", name=participant.name, post=post) if post else participant.name


def _span(ask: Ask, participant: ParticipantRow) -> tuple[int | None, int | None]:
    """Where the sentence names the participant."""
    for mention in mentions_in_sentence(ask.connection, participant.sentence_id):
        if mention.entity_id == participant.entity_id:
            return mention.start, mention.end
    return None, None
