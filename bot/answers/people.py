"""/who NAME: a person's posts, events and where else they are named; a choice where a name fits several."""

from __future__ import annotations

from bot.answers.common import PostLine, entity_buttons, event_line, post_fact, post_lines, roles_of, with_roles
from bot.answers.passages import not_there
from bot.ask import Ask, to_key
from bot.names import Meant, who_is_meant
from bot.paging import page_buttons, page_of
from bot.quotes import Sources
from bot.types import Answer, Button, Fact
from store.edtf import bounds
from store.ids import SENTENCES_PER_ARTICLE
from store.queries import EntityRow
from store.queries_articles import mentions_of
from store.queries_events import events_of
from store.queries_people import attestations_of_person

__all__ = ["choice", "of_name", "person", "posts_of"]

PAGE = 4
CHOICES = 8                         # of one name
EVENTS = 2
MENTIONS = 3
FEW = 3                             # posts, each of which may be shown with two sentences


def of_name(ask: Ask, name: str, meant: Meant | None = None) -> Answer:
    """The person a name means; a choice where it means several; the nearest where it means nobody."""
    meant = meant or who_is_meant(ask.library, name)
    if meant.manner == "none":
        return not_there(ask, "who.none", name)
    if len(meant.persons) > 1:
        return choice(ask, meant, name)
    if meant.manner == "doubtful":
        return _doubtful(ask, meant.persons[0], name)
    return person(ask, meant.persons[0])


def posts_of(ask: Ask, row: EntityRow) -> list[PostLine]:
    """A person's posts, the latest stated first, former ones after those held."""
    lines = post_lines(attestations_of_person(ask.connection, row.id))
    return sorted(lines, key=lambda line: (line.status == "former", -_latest(line)))


def _latest(line: PostLine) -> int:
    days = [bounds(day)[1] for day in line.days]
    known = [int(day.replace("-", "")) for day in days if day]
    return max(known, default=0)


def person(ask: Ask, row: EntityRow) -> Answer:
    """Who somebody is: the posts as headline, then each with its days, the latest events, where else they are named."""
    sources = Sources(ask.connection)
    lines, page, pages = page_of(posts_of(ask, row), ask.intent.page, PAGE)
    facts = [post_fact(ask, line, sources, line.post, alone=len(lines) < FEW) for line in lines]
    if page == 1:
        facts += _events(ask, row, sources)
    notes = _mentions(ask, row, sources) if len(sources) < MENTIONS and page == 1 else ()
    return Answer(
        ask.intent, found=True, headline=_headline(ask, row, lines), facts=tuple(facts), quotes=sources.quotes(),
        notes=notes, buttons=(page_buttons(ask, page, pages), *person_buttons(ask, row)), page=page, pages=pages,
        subject=to_key(row.id))


def _headline(ask: Ask, row: EntityRow, lines: object) -> str:
    held = [line for line in lines if isinstance(line, PostLine)] if isinstance(lines, (list, tuple)) else []
    now = [line.post for line in held if line.status == "held"]
    former = [line.post for line in held if line.status == "former"]
    if now:
        return ask.say("who.holds", name=row.name, posts=", ".join(now[:4]))
    if former:
        return ask.say("who.held", name=row.name, posts=", ".join(former[:4]))
    return ask.say("who.no_post", name=row.name)


def _events(ask: Ask, row: EntityRow, sources: Sources) -> list[Fact]:
    """The latest events a person took part in, with the role."""
    found = events_of(ask.connection, row.id)[-EVENTS:]
    roles = roles_of(ask, row, found)
    facts = []
    for event in reversed(found):
        parts = roles.get(event.id, [])
        refs = (sources.ref(parts[0].sentence_id if parts else event.sentence_id),)
        facts.append(Fact(with_roles(ask, event_line(ask, event), parts), refs, ask.say("who.events")))
    return facts


def _mentions(ask: Ask, row: EntityRow, sources: Sources) -> tuple[str, ...]:
    """Quotes the first sentence of each further article that names the person."""
    shown = {quote.article_id for quote in sources.quotes()}
    for mention in mentions_of(ask.connection, row.id):
        article = mention.sentence_id // SENTENCES_PER_ARTICLE
        if article not in shown and len(sources) < MENTIONS:
            shown.add(article)
            sources.ref(mention.sentence_id, mention.start, mention.end)
    return ()


def person_buttons(ask: Ask, row: EntityRow) -> tuple[tuple[Button, ...], ...]:
    """Where to go on from a person."""
    key = to_key(row.id)
    return (tuple(ask.button(ask.say(f"button.{label}"), command, key) for label, command in (
        ("timeline", "timeline"), ("events", "event"), ("related", "related"))),)


def choice(ask: Ask, meant: Meant, name: str) -> Answer:
    """Everybody a name fits, with their posts; nobody is chosen for the user."""
    rows, page, pages = page_of(meant.persons, ask.intent.page, CHOICES)
    sources = Sources(ask.connection)
    facts = tuple(_candidate(ask, row, sources) for row in rows)
    key = "who.doubtful_several" if meant.manner == "doubtful" else "who.several"
    buttons = (*entity_buttons(ask, rows, "who", CHOICES), page_buttons(ask, page, pages))
    return Answer(
        ask.intent, found=False, headline=ask.say(key, name=name, count=len(meant.persons)), facts=facts,
        quotes=sources.quotes(), buttons=buttons, page=page, pages=pages,
        mentioned=tuple(to_key(row.id) for row in rows))


def _candidate(ask: Ask, row: EntityRow, sources: Sources) -> Fact:
    lines = posts_of(ask, row)[:2]
    refs = tuple(dict.fromkeys(sources.ref(s.sentence_id, s.start, s.end) for line in lines for s in line.stated[:1]))
    posts = ", ".join(ask.say("post.was", post=line.post) if line.status == "former" else line.post for line in lines)
    return Fact(f"{row.name}: {posts}" if posts else row.name, refs)


def _doubtful(ask: Ask, row: EntityRow, name: str) -> Answer:
    """Nobody is called so; somebody nearly is: asked back, with their posts at hand."""
    sources = Sources(ask.connection)
    facts = tuple(post_fact(ask, line, sources, f"{row.name} – {line.post}") for line in posts_of(ask, row)[:4])
    if not facts:
        _mentions(ask, row, sources)
    return Answer(
        ask.intent, found=False, headline=ask.say("who.doubtful", name=name, nearest=row.name), facts=facts,
        quotes=sources.quotes(), buttons=entity_buttons(ask, [row], "who"), mentioned=(to_key(row.id),))
