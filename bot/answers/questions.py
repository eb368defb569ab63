"""Plain questions and bare messages: by the facts where they answer, else the passage that comes nearest, called so."""

from __future__ import annotations

from collections.abc import Callable

from bot.answers import documents, events, organizations, people, posts, related, who
from bot.answers.attendance import events_with, together
from bot.answers.careers import punished, successor
from bot.answers.common import nothing, post_fact
from bot.answers.passages import find
from bot.answers.quoted import author, number, passages_for, said
from bot.answers.roles import role, was_there, when_where
from bot.ask import Ask, to_key
from bot.fillers import topic_words
from bot.matching import canon, unhurried
from bot.names import who_is_meant
from bot.question import Question, read_question
from bot.quotes import Sources
from bot.types import Answer, Intent
from bot.when import read_when
from store.nameindex_syllables import words
from store.search_query import parse_query

__all__ = ["plain_question"]

CODED = 4                           # words beside a number in a message that only names a document
LONGEST_POST = 12                   # words; a longer message that begins with a post says more
LONGEST_NAME = 5                    # syllables; a longer message is no bare name of a person


def plain_question(ask: Ask) -> Answer:
    """The answer to a message without a command."""
    text = unhurried(ask.intent.argument)
    question = read_question(text)
    answer = _ANSWERS[question.kind](ask, question) if question.kind in _ANSWERS else _bare(ask, text)
    return answer or passages_for(ask, text)


def _role(ask: Ask, question: Question) -> Answer | None:
    """Of an event; but `Ban Tổ chức gồm những ai` asks for a body's people, `phó chủ tịch có những ai` for holders."""
    name = question.slot("event")
    if question.slot("role") == "attendee":
        post = posts.read_post(name)
        if posts.begins_like_a_post(post.words) and posts.find_post(ask.library, post).fits:
            return posts.holders_of(ask, post)
        same, _ = organizations.bodies_named(ask, name)
        if same:
            return organizations.card(ask, same)
    return role(ask, question)


def _related(ask: Ask, question: Question) -> Answer | None:
    answer = related.related(_as(ask, "related", question.slot("name")))
    return answer if answer.found or answer.buttons else None


def _who_is(ask: Ask, question: Question) -> Answer | None:
    """`X là ai`: a post, a person; then a body or document; None for anything else. The body may be said before the post:
    `Sở Y tế Cần Thơ ai làm giám đốc`."""
    body, post = question.slot("body"), question.slot("post")
    if post and not posts.begins_like_a_post(canon(post)):
        return None
    name = f"{post} {body}" if post else question.slot("name")
    answer = who.of(ask, name)
    if answer.found or answer.mentioned:
        return answer
    if posts.begins_like_a_post(canon(read_when(name)[0])):
        return answer
    same, longer = organizations.bodies_named(ask, name)
    if same or len(longer) == 1:
        return organizations.card(ask, same or longer)
    found = documents.find_documents(ask, name)
    if found:
        return documents.card(ask, found[0])
    return answer if len(words(name)) <= LONGEST_NAME and _capitals(name) else None


def _capitals(name: str) -> bool:
    """Whether every word begins with a capital, as names do."""
    return all(word[:1].isupper() for word in name.split())


def _posts_of(ask: Ask, question: Question) -> Answer | None:
    meant = who_is_meant(ask.library, question.slot("person"))
    return None if meant.manner == "none" else people.of_name(ask, question.slot("person"), meant)


def _is_it(ask: Ask, question: Question) -> Answer | None:
    """Yes with its sentence; never no: that nothing says so is all that is known."""
    meant = who_is_meant(ask.library, question.slot("person"))
    if meant.manner not in ("name", "part") or len(meant.persons) != 1:
        return None
    person = meant.persons[0]
    post = posts.find_post(ask.library, posts.read_post(question.slot("post")))
    wanted = {fit.id for fit in post.fits}
    lines = [line for line in people.posts_of(ask, person) if any(row.position_id in wanted for row in line.stated)]
    lines = [line for line in lines if all(any(w.covers(row.attested_on) for row in line.stated) for w in post.whens)]
    sources = Sources(ask.connection)
    if not lines:
        known = people.posts_of(ask, person)[:4]
        facts = tuple(post_fact(ask, line, sources, f"{person.name} – {line.post}") for line in known)
        headline = ask.say("ask.not_said", name=person.name, post=question.slot("post"))
        return Answer(ask.intent, found=False, headline=headline, facts=facts, quotes=sources.quotes(),
                      subject=to_key(person.id))
    facts = tuple(post_fact(ask, line, sources, f"{person.name} – {line.post}") for line in lines[:4])
    key = "ask.yes" if any(line.status == "held" for line in lines) else "ask.formerly"
    headline = ask.say(key, name=person.name, post=lines[0].post)
    return Answer(ask.intent, found=True, headline=headline, facts=facts, quotes=sources.quotes(),
                  subject=to_key(person.id))


def _holders(ask: Ask, question: Question) -> Answer | None:
    post = posts.read_post(question.slot("post"))
    return posts.holders_of(ask, post) if posts.begins_like_a_post(post.words) else None


def _people_of(ask: Ask, question: Question) -> Answer | None:
    answer = organizations.of_name(ask, question.slot("org"))
    return answer if answer.found or answer.buttons else None


def _document(ask: Ask, question: Question) -> Answer | None:
    return documents.asked_about(ask, question.slot("doc"), question.text)


def _events_on(ask: Ask, question: Question) -> Answer | None:
    text = question.slot("event")
    found = events.find_events(ask, text)
    if not found:
        return nothing(ask, ask.say("events.none", asked=text)) if read_when(text)[1] else None
    return events.card(ask, found[0]) if len(found) == 1 else events.listed(ask, found, text)


_ANSWERS: dict[str, Callable[[Ask, Question], Answer | None]] = {
    "together": together,
    "events_with": events_with,
    "successor": successor,
    "punished": punished,
    "author": author,
    "photographer": author,
    "holders": _holders,
    "people_of": _people_of,
    "document": _document,
    "events_on": _events_on,
    "role": _role,
    "was_there": was_there,
    "related": _related,
    "number": number,
    "said": said,
    "posts_of": _posts_of,
    "is_it": _is_it,
    "who_is": _who_is,
    "when_where": when_where,
}


def _bare(ask: Ask, text: str) -> Answer | None:
    """A message that is no question: the likeliest command for a quotation, date, code, post, name, topic."""
    for likely in (_quoted, _dated, _coded, _post, _person, _body, _topic):
        answer = likely(ask, text)
        if answer is not None:
            return answer
    return None


def _as(ask: Ask, command: str, argument: str) -> Ask:
    """The same question said with a command, so that pages and buttons go on with it."""
    intent = Intent(command, argument, ask.intent.page)
    return Ask(intent, ask.library, ask.conversation, ask.say, ask.texts, ask.commands, ask.state)


def _quoted(ask: Ask, text: str) -> Answer | None:
    return find(_as(ask, "find", text)) if text.strip()[:1] in '"“«' and parse_query(text).phrases else None


def _dated(ask: Ask, text: str) -> Answer | None:
    rest, whens = read_when(text)
    return events.event(_as(ask, "event", text)) if whens and not rest.strip(" ?.,!") else None


def _coded(ask: Ask, text: str) -> Answer | None:
    number = documents.read_number(text)
    if number is None or len(number.rest) > CODED or "?" in text:
        return None
    answer = documents.doc(_as(ask, "doc", text))
    return answer if answer.found else None


def _post(ask: Ask, text: str) -> Answer | None:
    post = posts.read_post(text)
    if not posts.begins_like_a_post(post.words):
        return None
    post = posts.find_post(ask.library, post)
    known = post.fits or (len(post.words) <= LONGEST_POST and posts.nearly(ask.library, post.words))
    return posts.holders_of(_as(ask, "who", text), post) if known else None


def _person(ask: Ask, text: str) -> Answer | None:
    if not 0 < len(words(text)) <= LONGEST_NAME + 1 or read_when(text)[1]:
        return None
    meant = who_is_meant(ask.library, text)
    if meant.manner == "none" or (meant.manner == "doubtful" and len(words(text)) < 3):
        return None
    return people.of_name(_as(ask, "who", text), text, meant)


def _body(ask: Ask, text: str) -> Answer | None:
    same, _ = organizations.bodies_named(ask, text)
    return organizations.card(_as(ask, "org", text), same) if same else None


def _topic(ask: Ask, text: str) -> Answer | None:
    """An event that holds every word of the message."""
    if "?" in text or len(topic_words(text)) < 2:
        return None
    found = events.find_events(ask, text)
    if not found or len(found) > 12:
        return None
    asked = _as(ask, "event", text)
    return events.card(asked, found[0]) if len(found) == 1 else events.listed(asked, found, text)
