"""What befell somebody in office: who came after them, how they were punished; read off sentences that say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answers.common import nothing, post_fact, post_lines
from bot.answers.people import posts_of
from bot.ask import Ask, to_key
from bot.evidence import PUNISHED
from bot.names import who_is_meant
from bot.question import Question
from bot.quotes import Sources
from bot.types import Answer, Button, Fact
from store.queries import EntityRow
from store.queries_articles import MentionRow, SentenceRow, mentions_in_sentence, mentions_of, neighbours, sentences
from store.queries_people import holders
from store.text import fold

__all__ = ["punished", "successor"]

SHOWN = 3
MENTIONS = 300
# What stands right before the name of whoever is replaced: `thay ông`, `thay thế cho đồng chí`, `kế nhiệm bà`
_REPLACES = re.compile(r"\b(?:thay(?: thế)?|kế nhiệm)(?: cho)?(?: (?:ông|bà|anh|chị|đồng chí|đ/c))?\s*$", re.IGNORECASE)
_PENALTY = re.compile(r"kỷ luật|kỉ luật|xử lý|khởi tố|bắt|phạt|tù", re.IGNORECASE)


def _one(ask: Ask, name: str) -> EntityRow | None:
    meant = who_is_meant(ask.library, name)
    return meant.persons[0] if meant.manner in ("name", "part") and len(meant.persons) == 1 else None


def _named_in(ask: Ask, person: EntityRow) -> list[tuple[SentenceRow, MentionRow]]:
    """The sentences that name the person, each with the first place where they do."""
    first: dict[int, MentionRow] = {}
    for mention in mentions_of(ask.connection, person.id, MENTIONS):
        first.setdefault(mention.sentence_id, mention)
    return [(row, first[row.id]) for row in sentences(ask.connection, first)]


# ----------------------------------------------------------------------------------------------------------- successors

def successor(ask: Ask, question: Question) -> Answer | None:
    """Who a sentence says came in somebody's place; else who is named in the same posts, called just that."""
    person = _one(ask, question.slot("person"))
    if person is None:
        return None
    replaced = [(row, mention) for row, mention in _named_in(ask, person)
                if _REPLACES.search(row.text[:mention.start - row.start])]
    for row, mention in replaced:
        other = _before(ask, row, mention)
        if other is not None:
            return _succeeded(ask, person, other, row, mention)
    return _others_in_post(ask, person, [row for row, _ in replaced])


def _before(ask: Ask, row: SentenceRow, mention: MentionRow) -> MentionRow | None:
    """The person named last before `thay ông …`."""
    people = [m for m in mentions_in_sentence(ask.connection, row.id) if m.entity_kind == "person"]
    before = [m for m in people if m.end <= mention.start and m.entity_id != mention.entity_id]
    return before[-1] if before else None


def _succeeded(ask: Ask, person: EntityRow, other: MentionRow, row: SentenceRow, mention: MentionRow) -> Answer:
    sources = Sources(ask.connection)
    refs = (sources.ref(row.id, other.start, other.end), sources.ref(row.id, mention.start, mention.end))
    headline = ask.say("career.successor", name=person.name, other=other.name)
    return Answer(ask.intent, found=True, headline=headline, facts=(Fact(headline, refs[:1]),), quotes=sources.quotes(),
                  subject=to_key(other.entity_id), buttons=((ask.button(other.name, "who", to_key(other.entity_id)),),),
                  mentioned=(to_key(other.entity_id), to_key(person.id)))


def _others_in_post(ask: Ask, person: EntityRow, said: Sequence[SentenceRow]) -> Answer | None:
    """Nobody is said to have come after; who else is named in the person's posts, and the sentence that comes nearest."""
    sources = Sources(ask.connection)
    for row in said[:1]:
        sources.ref(row.id)
        for near in neighbours(ask.connection, row.article_id, row.position, 2):
            if near.position > row.position:
                sources.ref(near.id)
    posts = [row.position_id for line in posts_of(ask, person) for row in line.stated if not _of_many(row.title)]
    others = [line for line in post_lines(holders(ask.connection, dict.fromkeys(posts)))
              if line.status == "held" and fold(line.person) != fold(person.name)][:SHOWN]
    notes = []
    for line in others:
        fact = post_fact(ask, line, sources, f"{line.person} – {line.post}", alone=False)
        notes.append(f"{fact.text} [{fact.refs[0]}]")
    if not len(sources):
        return None
    if notes:
        notes.insert(0, ask.say("career.same_posts"))
    buttons: list[tuple[Button, ...]] = [(ask.button(line.person, "who", to_key(line.person_id)),) for line in others]
    return Answer(ask.intent, found=False, headline=ask.say("career.no_successor", name=person.name), notes=tuple(notes),
                  quotes=sources.quotes(), buttons=tuple(dict.fromkeys(buttons)), subject=to_key(person.id))


def _of_many(title: str) -> bool:
    """`Ủy viên`, `Đại biểu`, `Phó …`: several hold it at a time, so nobody comes in another's place."""
    return str(fold(title)).startswith(("uy vien", "dai bieu", "thanh vien", "pho", "thu truong", "chuyen vien"))


# ----------------------------------------------------------------------------------------------------------- punishment

def punished(ask: Ask, question: Question) -> Answer | None:
    """Sentences with the person and a punishment, quoted as they stand: who was punished for what is theirs to say."""
    person = _one(ask, question.slot("person"))
    if person is None:
        return None
    named = [row for row, _ in _named_in(ask, person)]
    after = sentences(ask.connection, [row.id + 1 for row in named])
    rows = {row.id: row for row in [*named, *after] if row.kind in ("body", "title", "caption")}
    found = [row for row in rows.values() if PUNISHED.search(row.text)]
    found += [row for row in named if _PENALTY.search(row.text) and row not in found]
    if not found:
        return nothing(ask, ask.say("career.not_punished", name=person.name),
                       buttons=((ask.button(person.name, "who", to_key(person.id)),),))
    sources = Sources(ask.connection)
    for row in found[:SHOWN]:
        word = PUNISHED.search(row.text) or _PENALTY.search(row.text)
        sources.ref(row.id, *((row.start + word.start(), row.start + word.end()) if word else ()))
    return Answer(ask.intent, found=False, headline=ask.say("career.punished", name=person.name), quotes=sources.quotes(),
                  subject=to_key(person.id), buttons=((ask.button(person.name, "who", to_key(person.id)),),))
