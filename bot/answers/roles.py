"""Questions about one event: who chaired, spoke, attended; when and where it was."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.common import event_line, event_when
from bot.answers.events import on_days
from bot.ask import Ask, from_key, to_key
from bot.fillers import alternatives, topic_words
from bot.matching import bare, canon
from bot.names import who_is_meant
from bot.question import Question
from bot.quotes import Sources
from bot.types import Answer, Fact
from bot.when import pointed, read_when
from store.queries_articles import mentions_in_sentence, sentences
from store.queries_events import EventRow, ParticipantRow, events, participants
from store.queries_people import attestations_in_sentence
from store.text import fold

__all__ = ["best_events", "role", "was_there", "when_where"]

FEW = 2                             # events of a day that a mere `hội nghị` may mean
DATED = 0.45                        # share of the description an event of the right day must hold
UNDATED = 0.58                      # without a day; tuned on questions over the 30 development articles
CLOSE = 0.06                        # events this near to the best are meant as well
SURE = 0.72                         # for `when` and `where`, where a wrong event would be a wrong answer


def best_events(ask: Ask, description: str, least: float = UNDATED) -> list[EventRow]:
    """The event a description means; several where it fits them alike; none where it fits none well."""
    keys = [key for token in description.split() if (key := from_key(token.strip("?.,"))) is not None]
    if keys:
        return events(ask.connection, keys)
    rest, whens = read_when(description)
    words = topic_words(rest, or_all=not whens) if rest.strip() else ()
    if whens:
        dated = on_days(ask, pointed(whens))
        found = _among(ask, words, dated) if dated else []
        if found or any(when.is_day for when in whens):
            return found
        words = topic_words(description)        # a year in the name: `hội nghị tổng kết năm 2018`
    fits = ask.library.events.find(words)
    if not fits or fits[0].share < least:
        return []
    return events(ask.connection, [fit.id for fit in fits if fit.share >= fits[0].share - CLOSE][:5])


def _among(ask: Ask, words: Sequence[str], dated: Sequence[EventRow]) -> list[EventRow]:
    """Of the events of a day those that the other words describe."""
    if not words or (len(dated) <= FEW and bare(words) in alternatives("event_kinds")):
        return list(dated)
    fits = ask.library.events.find(words, [row.id for row in dated])
    if not fits or fits[0].share < DATED:
        return []
    return events(ask.connection, [fit.id for fit in fits if fit.share >= fits[0].share - CLOSE])


def role(ask: Ask, question: Question) -> Answer | None:
    """Who chaired, spoke at, attended or organized an event; said plainly where the article names nobody."""
    wanted = question.slot("role")
    found = best_events(ask, question.slot("event"))
    if not found:
        return None
    there = participants(ask.connection, [row.id for row in found])
    signed = {row.id for row in found if "ký" in f"{row.kind} {row.name}".split()}
    fitting = [p for p in there if _plays(p, wanted, p.event_id in signed)
               and not _is_topic(p, wanted, question.slot("event"))]
    if wanted == "speaker":
        fitting = _by_verb(ask, fitting, question)
    holding = [row for row in found if any(p.event_id == row.id for p in fitting)]
    if not holding:
        return _nobody(ask, wanted, found) if wanted == "chair" or not question.slot("what") else None
    days = {row.date for row in holding}
    return _played(ask, wanted, holding[0] if len(days) == 1 else None, holding, fitting)


def was_there(ask: Ask, question: Question) -> Answer | None:
    """Yes with its sentence; never no: that no sentence says so is all that is known."""
    meant = who_is_meant(ask.library, question.slot("person"))
    found = best_events(ask, question.slot("event"))
    if not found or meant.manner not in ("name", "part") or len(meant.persons) != 1:
        return None
    person = meant.persons[0]
    there = [p for p in participants(ask.connection, [row.id for row in found]) if p.entity_id == person.id]
    if not there:
        return None
    event = next(row for row in found if row.id == there[0].event_id)
    sources = Sources(ask.connection)
    fact = _fact(ask, there[0], sources, "")
    headline = ask.say("ask.was_there", name=person.name, role=ask.say(f"role.{there[0].role}"))
    return Answer(ask.intent, found=True, headline=headline, facts=(fact,), quotes=sources.quotes(),
                  notes=(event_line(ask, event),), subject=to_key(person.id))


def _plays(participant: ParticipantRow, wanted: str, signed: bool) -> bool:
    """Those in the chair and those who speak attend as well; who held a signing (`signed`) signed."""
    if wanted == "attendee":
        return participant.role in ("attendee", "chair", "speaker", "signatory") and participant.entity_kind == "person"
    if wanted == "signatory" and signed:
        return participant.role in ("signatory", "organizer")
    return participant.role == wanted


def _is_topic(participant: ParticipantRow, wanted: str, description: str) -> bool:
    """Whoever an event is about is not asked for: `ai dự lễ tang ông Lê Thu Cúc`."""
    return wanted == "attendee" and str(fold(participant.name)) in str(fold(description))


def _by_verb(ask: Ask, fitting: list[ParticipantRow], question: Question) -> list[ParticipantRow]:
    """Who did just what was asked: `trình bày dự thảo báo cáo` is not every speech."""
    verb = bare(canon(question.slot("verb")))
    if verb in (("phat", "bieu"), ("spoke",)):
        return fitting
    texts = {row.id: f" {' '.join(bare(canon(row.text)))} " for row in
             sentences(ask.connection, dict.fromkeys(p.sentence_id for p in fitting))}
    what = [fold(word) for word in topic_words(question.slot("what"))] if question.slot("what") else []
    doing = [p for p in fitting if f" {' '.join(verb)} " in texts[p.sentence_id]]
    return [p for p in doing if sum(f" {w} " in texts[p.sentence_id] for w in what) >= 0.6 * len(what)]


def _played(
    ask: Ask, wanted: str, event: EventRow | None, found: Sequence[EventRow], fitting: Sequence[ParticipantRow]
) -> Answer:
    sources = Sources(ask.connection)
    facts: list[Fact] = []
    for row in found:
        named: dict[int, ParticipantRow] = {}
        for participant in fitting:
            if participant.event_id == row.id:
                named.setdefault(participant.entity_id, participant)
        facts += [_fact(ask, p, sources, "" if event else event_line(ask, row)) for p in list(named.values())[:12]]
        sources.ref(row.sentence_id)
    names = ", ".join(dict.fromkeys(p.name for p in fitting if any(p.event_id == row.id for row in found)))
    what = event_line(ask, found[0]) if event else ask.say("events.several_days", count=len(found))
    return Answer(
        ask.intent, found=True, headline=ask.say(f"role.headline_{wanted}", names=names), facts=tuple(facts),
        quotes=sources.quotes(), notes=(what,), subject=_only(fitting),
        buttons=((ask.button(ask.say("button.event"), "event", to_key(found[0].id)),),),
        mentioned=tuple(dict.fromkeys(to_key(p.entity_id) for p in fitting)))


def _only(fitting: Sequence[ParticipantRow]) -> str | None:
    """The one person an answer is about, for `ông ấy`."""
    people = {p.entity_id for p in fitting if p.entity_kind == "person"}
    return to_key(people.pop()) if len(people) == 1 else None


def _fact(ask: Ask, participant: ParticipantRow, sources: Sources, group: str) -> Fact:
    mention = next((m for m in mentions_in_sentence(ask.connection, participant.sentence_id)
                    if m.entity_id == participant.entity_id), None)
    ref = sources.ref(participant.sentence_id, *((mention.start, mention.end) if mention else ()))
    stated = [row.position for row in attestations_in_sentence(ask.connection, participant.sentence_id)
              if row.person_id == participant.entity_id and row.status == "held"]
    posts = list(dict.fromkeys(stated)) or ([participant.position] if participant.position else [])
    text = participant.name
    if posts:
        text = ask.say("events.with_post", name=participant.name, post=", ".join(posts))
    return Fact(text, (ref,), group)


def _nobody(ask: Ask, wanted: str, found: Sequence[EventRow]) -> Answer:
    """The event is known, the role is nobody's: said so, with its sentence to check."""
    sources = Sources(ask.connection)
    for row in found[:2]:
        sources.ref(row.sentence_id)
    buttons = tuple((ask.button(event_line(ask, row), "event", to_key(row.id)),) for row in found[:3])
    return Answer(ask.intent, found=False, headline=ask.say(f"role.nobody_{wanted}"), quotes=sources.quotes(),
                  notes=tuple(event_line(ask, row) for row in found[:2]), buttons=buttons)


def when_where(ask: Ask, question: Question) -> Answer | None:
    """When and where an event was; None where no event fits surely or the store does not say."""
    found = best_events(ask, question.slot("event"), SURE)
    if len(found) != 1 or _asks_more(ask, question, found[0]):
        return None
    row = found[0]
    asked = str(fold(f"{question.slot('asked')} {question.slot('more')}"))
    where = any(word in asked for word in ("dau", "cho nao", "noi nao", "where"))
    when = not where or any(word in asked for word in ("ngay", "khi", "luc", "bao gio", "hom", "thoi gian", "when"))
    if (when and not row.date) or (where and not _is_place(row, question)):
        return None
    said = [event_when(ask, row)] if when else []
    if where:
        said.append(ask.say("event.at", place=row.place))
    sources = Sources(ask.connection)
    fact = Fact(event_line(ask, row), (sources.ref(row.sentence_id),))
    headline = ", ".join(said)
    return Answer(ask.intent, found=True, headline=headline[:1].upper() + headline[1:], facts=(fact,),
                  quotes=sources.quotes(), subject=to_key(row.id),
                  buttons=((ask.button(ask.say("button.event"), "event", to_key(row.id)),),))


_WHEN_AND_WHERE = frozenset({"o", "dau", "tai", "ngay", "va", "luc", "may", "gio", "cho", "noi", "dien", "ra", "to", "chuc", "hop", "nam"})


def _asks_more(ask: Ask, question: Question, row: EventRow) -> bool:
    """Whether the question has a word that the event lacks: `metro bao giờ chạy` is not answered by a visit to it."""
    asking = alternatives("asking")
    more = [word for word in topic_words(question.slot("more"), or_all=False)
            if fold(word) not in _WHEN_AND_WHERE and (fold(word),) not in asking]
    fits = ask.library.events.find(more, [row.id])
    return bool(more) and (not fits or bool(fits[0].missing))


def _is_place(row: EventRow, question: Question) -> bool:
    """Whether the event has a place that says more than the question and more than the country."""
    place = bare(canon(row.place or ""))
    return bool(place) and place != ("viet", "nam") and not set(place) <= set(bare(canon(question.text)))
