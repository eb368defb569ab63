"""/org: what a body is part of, its parts, who is named in its posts, its events, what it issued."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.common import PostLine, entity_buttons, event_line, nothing, post_fact, post_lines
from bot.answers.events import of_entity
from bot.answers.passages import not_there
from bot.answers.posts import begins_like_a_post
from bot.areas import without_city
from bot.ask import Ask, from_key, to_key
from bot.matching import Fit, bare, canon
from bot.paging import page_buttons, page_of
from bot.quotes import Sources
from bot.types import Answer, Button, Fact
from store.edtf import bounds
from store.ids import SENTENCES_PER_ARTICLE
from store.queries import EntityRow, NameRow, entities, entity, name_rows
from store.queries_articles import mention_counts, mentions_of
from store.queries_events import participants
from store.queries_people import (
    AttestationRow,
    attestations_of_organization,
    documents_issued_by,
    holders,
    parts_of,
)

__all__ = ["bodies_named", "card", "org"]

PAGE = 4
EVENTS = 1
PARTS = 3
COMMON = 3                          # bodies printed just so, each of an article of its own: `UBND` is no body's name
CHOICES = 8
FEWEST = 4                          # words of a name that a longer one goes on from
ARTICLES = 2                        # sentences quoted where posts and events quote fewer
NEAR = 0.8                          # score of a misspelt name that is worth asking back
_MODIFIERS = frozenset({"thuong", "truc", "thu", "nhat", "phu", "trach", "dieu", "hanh"})


def org(ask: Ask) -> Answer:
    """The answer to `/org`."""
    argument = ask.intent.argument
    key = from_key(argument)
    if key is not None:
        row = entity(ask.connection, key)
        return card(ask, [row]) if row else nothing(ask, ask.say("error.gone"))
    if not argument.strip():
        return nothing(ask, ask.say("org.ask"))
    return of_name(ask, argument)


def of_name(ask: Ask, name: str) -> Answer:
    """The body of a name; a choice where it is the beginning or the common name of several; the nearest where it is none."""
    same, longer = bodies_named(ask, name)
    if len(same) > COMMON:
        choice = entity_buttons(ask, (longer or same)[:CHOICES], "org")
        return nothing(ask, ask.say("org.common", name=name), buttons=choice)
    if same:
        return card(ask, same)
    if len(longer) == 1:
        return card(ask, longer)
    near = longer or _near(ask, name)
    if not near:
        return not_there(ask, "org.none", name)
    key = "org.several" if longer else "org.doubtful"
    headline = ask.say(key, name=name, nearest=near[0].name, count=len(near))
    return nothing(ask, headline, buttons=entity_buttons(ask, near, "org"))


def bodies_named(ask: Ask, name: str) -> tuple[list[EntityRow], list[EntityRow]]:
    """The bodies of just this name, and those whose name begins with it; as typed before other diacritics."""
    words = canon(name)
    fits = ask.library.organizations.find(words) or ask.library.organizations.find(without_city(words))
    if any(fit.accents for fit in fits):
        fits = [fit for fit in fits if fit.accents]
    same = _rows(ask, [fit for fit in fits if fit.how == "equal"])
    return same, _rows(ask, [fit for fit in fits if fit.how == "longer"])


def _rows(ask: Ask, fits: Sequence[Fit]) -> list[EntityRow]:
    """The bodies, the most mentioned first."""
    rows = entities(ask.connection, [fit.id for fit in fits])
    counts = mention_counts(ask.connection, [row.id for row in rows])
    return sorted(rows, key=lambda row: (-counts.get(row.id, 0), row.name))


def _near(ask: Ask, name: str) -> list[EntityRow]:
    """Misspelt names, names with the words in them, and those that the words go on from: `UBND phường 6` for `ubnd phuong
    6 soc trang` where no area is printed with it."""
    hits = ask.library.organization_names.search(" ".join(canon(name)), 6)
    within = [fit.id for fit in ask.library.organizations.find(canon(name)) if fit.how == "within"]
    whole = [hit.entity_id for hit in hits if hit.score >= NEAR and (hit.edits or hit.how != "partial")]
    return entities(ask.connection, [*whole, *within])[:6] or _begun(ask, canon(name))


def _begun(ask: Ask, words: Sequence[str]) -> list[EntityRow]:
    for size in range(len(words) - 1, FEWEST - 1, -1):
        fits = [fit for fit in ask.library.organizations.find(words[:size]) if fit.how == "equal"]
        if fits:
            return _rows(ask, fits)
    return []


def card(ask: Ask, rows: Sequence[EntityRow]) -> Answer:
    """What the store knows of a body; several rows are one body under several spellings."""
    sources = Sources(ask.connection)
    lines, page, pages = page_of(_posts(ask, rows), ask.intent.page, PAGE)
    facts = [post_fact(ask, line, sources, f"{line.post} – {line.person}", ask.say("org.posts"), alone=False) for line in lines]
    if page == 1:
        facts = [*facts, *_events(ask, rows, sources), *_documents(ask, rows, sources)]
    articles = _articles(ask, rows, sources)
    notes = [note for note in (_hierarchy(ask, rows), ask.say("org.articles", count=articles)) if note]
    return Answer(
        ask.intent, found=True, headline=_headline(ask, rows[0], lines), facts=tuple(facts),
        quotes=sources.quotes(), notes=tuple(notes),
        buttons=(page_buttons(ask, page, pages), *_buttons(ask, rows, lines)), page=page, pages=pages,
        subject=to_key(rows[0].id),
        mentioned=tuple(dict.fromkeys(to_key(line.person_id) for line in lines)))


def _headline(ask: Ask, row: EntityRow, lines: Sequence[PostLine]) -> str:
    people = list(dict.fromkeys(line.person for line in lines if line.status == "held"))
    if not people:
        return row.name
    return ask.say("org.people", name=row.name, names=", ".join(people[:5]) + (" …" if len(people) > 5 else ""))


def _posts(ask: Ask, rows: Sequence[EntityRow]) -> list[PostLine]:
    """Posts of the body: those tied to it, and those whose name is a head and the body's name."""
    found: dict[int, AttestationRow] = {}
    for row in rows:
        for stated in attestations_of_organization(ask.connection, row.id):
            found[stated.id] = stated
        tied = [fit.id for name in _names(ask, row) for fit in ask.library.posts.find(canon(name)) if _is_of(fit, name)]
        for stated in holders(ask.connection, tied):
            found[stated.id] = stated
    lines = post_lines(found.values())
    return sorted(lines, key=lambda line: (line.status == "former", -_latest(line), line.post))


def _names(ask: Ask, row: EntityRow) -> list[str]:
    """Its names that are nobody else's: `HĐND TP` is short for many."""
    names = ask.library.once("names of bodies", lambda c: _by_entity(name_rows(c, ["organization"])))
    own = [name for name in names.get(row.id, [row.name]) if len(canon(name)) > 1]
    return [name for name in own if name == row.name or _only_its(ask, row, name)]


def _only_its(ask: Ask, row: EntityRow, name: str) -> bool:
    fits = ask.library.organizations.find(canon(name))
    return len(canon(name)) > 3 and all(fit.id == row.id for fit in fits if fit.how != "within")


def _by_entity(rows: Sequence[NameRow]) -> dict[int, list[str]]:
    grouped: dict[int, list[str]] = {}
    for row in rows:
        grouped.setdefault(row.entity_id, []).append(row.name)
    return grouped


def _is_of(fit: Fit, name: str) -> bool:
    """`Phó Chủ tịch UBND Cần Thơ` is a post of `UBND Cần Thơ`, `Trưởng ban Tổ chức Thành ủy` none of `Thành ủy`."""
    size = len(canon(name))
    head = fit.words[:fit.start]
    read = begins_like_a_post(head)
    return bool(read) and fit.start + size == len(fit.words) and set(bare(head[read:])) <= _MODIFIERS


def _latest(line: PostLine) -> int:
    days = [bounds(day)[1] for day in line.days]
    return max((int(day.replace("-", "")) for day in days if day), default=0)


def _events(ask: Ask, rows: Sequence[EntityRow], sources: Sources) -> list[Fact]:
    found = [event for row in rows for event in of_entity(ask, row)][-EVENTS:]
    there = participants(ask.connection, [event.id for event in found])
    return [Fact(event_line(ask, event, there), (sources.ref(event.sentence_id),), ask.say("who.events"))
            for event in reversed(found)]


def _documents(ask: Ask, rows: Sequence[EntityRow], sources: Sources) -> list[Fact]:
    """What the body issued, with the first sentence that names it."""
    facts = []
    for document in [d for row in rows for d in documents_issued_by(ask.connection, row.id)][:1]:
        mention = next(iter(mentions_of(ask.connection, document.id, 1)), None)
        if mention:
            facts.append(Fact(document.name, (sources.ref(mention.sentence_id, mention.start, mention.end),),
                              ask.say("org.documents")))
    return facts


def _articles(ask: Ask, rows: Sequence[EntityRow], sources: Sources) -> int:
    """How many articles name the body; their first sentences are quoted as long as there are few sources."""
    shown = {quote.article_id for quote in sources.quotes()}
    articles: dict[int, None] = {}
    for mention in (m for row in rows for m in mentions_of(ask.connection, row.id)):
        article = mention.sentence_id // SENTENCES_PER_ARTICLE
        articles[article] = None
        if article not in shown and len(shown) < ARTICLES:
            shown.add(article)
            sources.ref(mention.sentence_id, mention.start, mention.end)
    return len(articles)


def _hierarchy(ask: Ask, rows: Sequence[EntityRow]) -> str:
    """What it belongs to and what belongs to it."""
    parents = entities(ask.connection, [row.parent_id for row in rows if row.parent_id])
    parts = [part.name for row in rows for part in parts_of(ask.connection, row.id)]
    said = [ask.say("org.parent", name=parent.name) for parent in parents[:1]]
    if parts:
        said.append(ask.say("org.parts", names=", ".join(dict.fromkeys(parts[:PARTS])) + (" …" if len(parts) > PARTS else "")))
    return " ".join(said)


def _buttons(ask: Ask, rows: Sequence[EntityRow], lines: Sequence[PostLine]) -> list[tuple[Button, ...]]:
    people = dict.fromkeys((line.person_id, line.person) for line in lines)
    key = to_key(rows[0].id)
    named = [(ask.button(name, "who", to_key(identifier)),) for identifier, name in list(people)[:4]]
    ways = tuple(ask.button(ask.say(f"button.{label}"), command, key) for label, command in (
        ("events", "event"), ("timeline", "timeline"), ("related", "related")))
    return [*named, ways]
