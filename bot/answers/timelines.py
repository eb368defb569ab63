"""/timeline: of a person, an organization, a document, a post or a year, in order of date; unknown years at the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.answers import documents, organizations, posts
from bot.answers.common import event_line, full_post, nothing, post_lines, roles_of, with_roles
from bot.answers.events import listed, of_entity, on_days, with_perhaps
from bot.ask import Ask, from_key, to_key
from bot.names import who_is_meant
from bot.paging import page_buttons, page_of
from bot.quotes import Sources
from bot.titles import called
from bot.types import Answer, Fact, Picture
from bot.when import read_when
from store.edtf import bounds
from store.queries import EntityRow, entities, entity
from store.queries_articles import mentions_of, sentences
from store.queries_people import attestations_of_organization, attestations_of_person, document

__all__ = ["of_entities", "timeline"]

PAGE = 8


@dataclass(frozen=True, slots=True)
class _Moment:
    """Something dated, with the sentences that say it."""

    date: str | None
    text: str
    sentences: tuple[int, ...]

    @property
    def order(self) -> tuple[bool, str, str]:
        first = bounds(self.date)[0]
        return first is None, first or self.date or "~", self.text


def timeline(ask: Ask) -> Answer:
    """The answer to `/timeline`."""
    argument = ask.intent.argument
    key = from_key(argument)
    if key is not None:
        row = entity(ask.connection, key)
        return of_entities(ask, [row]) if row else nothing(ask, ask.say("error.gone"))
    rest, whens = read_when(argument)
    if not argument.strip():
        return nothing(ask, ask.say("timeline.ask"))
    if whens and not rest.strip(" ?.,"):
        rows = on_days(ask, whens)
        answer = listed(ask, rows, argument) if rows else nothing(ask, ask.say("events.none", asked=argument))
        return with_perhaps(ask, answer, argument)
    return _of_named(ask, argument)


def _of_named(ask: Ask, name: str) -> Answer:
    """Of the post, person, body or document of this name, tried in this order."""
    post = posts.find_post(ask.library, posts.read_post(name))
    if post.fits and posts.begins_like_a_post(post.words):
        return posts.holders_of(ask, post)
    meant = who_is_meant(ask.library, name)
    if meant.manner in ("name", "part"):
        if len(meant.persons) == 1:
            return of_entities(ask, meant.persons)
        buttons = tuple((ask.button(row.name, "timeline", to_key(row.id)),) for row in meant.persons[:8])
        return nothing(ask, ask.say("who.several", name=name, count=len(meant.persons)), buttons=buttons)
    same, longer = organizations.bodies_named(ask, name)
    if same or len(longer) == 1:
        return of_entities(ask, same or longer)
    found = documents.find_documents(ask, name)
    if found:
        return of_entities(ask, entities(ask.connection, [row.id for row in found]))
    if meant.persons:
        near = meant.persons[0]
        headline = ask.say("who.doubtful", name=name, nearest=near.name)
        if len(meant.persons) == 1:
            return replace(of_entities(ask, [near]), found=False, headline=headline)
        return nothing(ask, headline, buttons=((ask.button(near.name, "timeline", to_key(near.id)),),))
    find = (ask.button(ask.say("button.find", words=name), "find", name),)
    return nothing(ask, ask.say("timeline.none", name=name), buttons=(find,))


def of_entities(ask: Ask, rows: Iterable[EntityRow]) -> Answer:
    """Everything dated about one thing (under several spellings), in order of date."""
    subjects = list(rows)
    moments = sorted({m: None for row in subjects for m in _moments(ask, row)}, key=lambda moment: moment.order)
    row = subjects[0]
    if not moments:
        return nothing(ask, ask.say("timeline.empty", name=row.name))
    shown, page, pages = page_of(moments, ask.intent.page, PAGE)
    sources = Sources(ask.connection)
    facts = tuple(Fact(m.text, tuple(sources.ref(i) for i in m.sentences)) for m in shown)
    key = to_key(row.id)
    drawn = row.kind in ("person", "organization")
    picture = Picture("timeline", key, ask.say("timeline.of", name=row.name)) if drawn else None
    back = {"person": "who", "organization": "org", "document": "doc"}.get(row.kind, "event")
    return Answer(
        ask.intent, found=True, headline=ask.say("timeline.of", name=row.name), facts=facts, quotes=sources.quotes(),
        buttons=((ask.button(row.name, back, key),), page_buttons(ask, page, pages)), page=page, pages=pages,
        subject=key, picture=picture if page == 1 else None)


def _moments(ask: Ask, row: EntityRow) -> list[_Moment]:
    found = [*_of_posts(ask, row), *_of_events(ask, row)]
    return [*found, *_of_document(ask, row)] if row.kind == "document" else found


def _of_posts(ask: Ask, row: EntityRow) -> list[_Moment]:
    """Posts, one line for each day on which some are stated."""
    stated = attestations_of_person(ask.connection, row.id) if row.kind == "person" else []
    if row.kind == "organization":
        stated = attestations_of_organization(ask.connection, row.id)
    days: dict[tuple[str | None, str, int], dict[str, int]] = {}
    for line in post_lines(stated):
        post = line.post if row.kind == "person" else f"{line.person} – {full_post(line.stated[0])}"
        for attestation in line.stated:
            moment = attestation.attested_on, line.status, line.person_id
            days.setdefault(moment, {}).setdefault(post, attestation.sentence_id)
    return [_on_day(ask, day, status, posts) for (day, status, _), posts in days.items()]


def _on_day(ask: Ask, day: str | None, status: str, posts: dict[str, int]) -> _Moment:
    """`14/10/2019: được nêu là Bí thư …, Ủy viên …`: what is stated on one day, in a line."""
    key = "timeline.former" if status == "former" else "timeline.held"
    names = list(posts)
    shown = ", ".join(names[:4]) + (" …" if len(names) > 4 else "")
    ids = tuple(dict.fromkeys(posts.values()))[:1]
    return _Moment(day, ask.say(key, date=_capital(ask.say.date(day)), post=shown), ids)


def _of_events(ask: Ask, row: EntityRow) -> list[_Moment]:
    found = of_entity(ask, row)
    roles = roles_of(ask, row, found)
    moments = []
    for event in found:
        parts = roles.get(event.id, [])
        text = with_roles(ask, event_line(ask, event), parts)
        ids = (event.sentence_id, *(part.sentence_id for part in parts[:1]))
        moments.append(_Moment(event.date, text, tuple(dict.fromkeys(ids))))
    return moments


def _of_document(ask: Ask, row: EntityRow) -> list[_Moment]:
    """The day it was issued, and the articles that name it."""
    known = document(ask.connection, row.id)
    mentions = mentions_of(ask.connection, row.id, 100)
    moments = []
    if known and known.issued and mentions:
        text = ask.say("timeline.issued", date=_capital(ask.say.date(known.issued)), name=row.name)
        moments.append(_Moment(known.issued, text, (mentions[0].sentence_id,)))
    seen: set[int] = set()
    for sentence in sentences(ask.connection, dict.fromkeys(m.sentence_id for m in mentions)):
        if sentence.article_id not in seen:
            seen.add(sentence.article_id)
            title = called(ask.connection, sentence.article_id, sentence.title, sentence.source)
            text = ask.say("timeline.named", date=_capital(ask.say.date(sentence.published)), title=title)
            moments.append(_Moment(sentence.published, text, (sentence.id,)))
    return moments


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
