"""/watch, /watches, /unwatch, /quiet: what somebody wants to be told about after an ingest. `bot.watch` does the telling."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.answers.common import entity_buttons, nothing
from bot.answers.documents import find_documents, read_number
from bot.answers.organizations import bodies_named
from bot.answers.posts import begins_like_a_post, find_post, read_post
from bot.ask import Ask, from_key, to_key
from bot.library import Library
from bot.names import who_is_meant
from bot.types import Answer, Button
from store.queries import EntityRow, entities, entity
from store.queries_people import AttestationRow, holders
from store.queries_watch import latest_run
from store.state import State
from store.state_watches import Kind, Quiet, Watch, add, quiet_hours, remove, set_quiet, watches_of
from store.text import fold, nfc, syllables

__all__ = ["holders_by_person", "quiet", "unwatch", "watch", "watches"]

MOST = 50                           # watches of one user in one chat; a list longer than that is no list
_QUOTED = re.compile(r"[\"“”„«»'‘’](.+)[\"“”„«»'‘’]", re.DOTALL)
_HOURS = re.compile(r"(\d{1,2})(?:h|:00|g| giờ)?\s*(?:-|–|đến|tới|to|den|toi)\s*(\d{1,2})(?:h|:00|g| giờ)?", re.IGNORECASE)
_OFF = frozenset({"off", "tat", "bo", "khong", "no", "none", "0"})
_ALL = frozenset({"all", "tat ca", "het"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a text after /watch means."""

    kind: Kind
    subject: str
    label: str


def watch(ask: Ask) -> Answer:
    """Begins a watch, or asks which one was meant."""
    state = _state(ask)
    if state is None:
        return nothing(ask, ask.say("watch.only_telegram"))
    text = ask.intent.argument.strip()
    if not text:
        return watches(ask) if _mine(ask, state) else nothing(ask, ask.say("watch.ask"))
    wanted = _wanted(ask, text)
    if isinstance(wanted, Answer):
        return wanted
    if len(_mine(ask, state)) >= MOST:
        return nothing(ask, ask.say("watch.too_many", count=MOST), buttons=((_list_button(ask),),))
    return _begun(ask, state, wanted)


def _begun(ask: Ask, state: State, wanted: Wanted) -> Answer:
    who = ask.conversation
    asked = Watch(0, who.user_id, who.chat_id, ask.language, wanted.kind, wanted.subject, wanted.label,
                  latest_run(ask.connection))
    known = holders_by_person(ask.library, wanted.subject) if wanted.kind == "post" else ()
    kept, new = add(state, asked, known)
    key = f"watch.{'begun' if new else 'already'}_{wanted.kind}"
    buttons = ((ask.button(ask.say("watch.stop"), "unwatch", to_key(kept.id)), _list_button(ask)),)
    return nothing(ask, ask.say(key, label=kept.label), [ask.say("watch.how")] if new else [], buttons)


def _state(ask: Ask) -> State | None:
    """The state file; none at the console, where nobody could be told later."""
    return ask.state if isinstance(ask.state, State) and ask.conversation.user_id else None


def _mine(ask: Ask, state: State) -> list[Watch]:
    return watches_of(state, ask.conversation.user_id, ask.conversation.chat_id)


def _list_button(ask: Ask) -> Button:
    return ask.button(ask.say("watch.list"), "watches")


# ------------------------------------------------------------------------------------------------------ what is meant

def _wanted(ask: Ask, text: str) -> Wanted | Answer:
    """A key, a phrase in quotes, a document's code, a post, a person, a body, a title; else an answer that asks back."""
    key = from_key(text)
    if key is not None:
        row = entity(ask.connection, key)
        return _thing(row) if row else nothing(ask, ask.say("error.gone"))
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        return _phrase(ask, quoted[1])
    asked = read_number(text)
    if asked and not asked.number.isdigit():
        found = [row.id for row in find_documents(ask, text)]
        return _one_of(ask, text, entities(ask.connection, found))
    return _post(ask, text) or _named(ask, text)


def _phrase(ask: Ask, text: str) -> Wanted | Answer:
    phrase = " ".join(nfc(text).split())
    if len("".join(syllables(phrase))) < 2:
        return nothing(ask, ask.say("watch.short"))
    return Wanted("phrase", phrase[:200], f"“{phrase[:200]}”")


def _post(ask: Ask, text: str) -> Wanted | None:
    """A post that somebody is named in."""
    post = find_post(ask.library, read_post(text))
    if not post.fits or not begins_like_a_post(post.words):
        return None
    asked = " ".join(post.asked.split())
    return Wanted("post", asked, asked[:1].upper() + asked[1:])


def _named(ask: Ask, text: str) -> Wanted | Answer:
    meant = who_is_meant(ask.library, text)
    if meant.manner == "name":
        return _one_of(ask, text, meant.persons)
    bodies, longer = bodies_named(ask, text)
    if bodies:
        return _thing(bodies[0])
    papers = entities(ask.connection, [row.id for row in find_documents(ask, text)])
    if papers:
        return _one_of(ask, text, papers)
    return _one_of(ask, text, [*meant.persons, *longer], sure=meant.manner == "part" and not longer)


def _one_of(ask: Ask, text: str, rows: Iterable[EntityRow], sure: bool = True) -> Wanted | Answer:
    """The only one; else a choice, with the words themselves as the last of it."""
    found = list(rows)
    if len(found) == 1 and sure:
        return _thing(found[0])
    words = (ask.button(ask.say("watch.as_phrase", words=text), "/watch", f'"{text}"'),)
    buttons = (*entity_buttons(ask, found, "watch"), words)
    return nothing(ask, ask.say("watch.which" if found else "watch.none", name=text), buttons=buttons)


def _thing(row: EntityRow) -> Wanted:
    label = f"{row.name} ({row.distinction})" if row.distinction else row.name
    return Wanted("entity", str(row.id), label)


def holders_by_person(library: Library, words: str) -> dict[int, AttestationRow]:
    """Who is named in a post, with the first sentence that says so; former holders count as known."""
    post = find_post(library, read_post(words))
    rows = holders(library.connection, dict.fromkeys(fit.id for fit in post.fits))
    found: dict[int, AttestationRow] = {}
    for row in sorted(rows, key=lambda r: r.status == "former"):
        found.setdefault(row.person_id, row)
    return found


# ------------------------------------------------------------------------------------------------------------- lists

def watches(ask: Ask) -> Answer:
    """What is watched in this chat, each with a button that ends it."""
    state = _state(ask)
    if state is None:
        return nothing(ask, ask.say("watch.only_telegram"))
    found = _mine(ask, state)
    if not found:
        return nothing(ask, ask.say("watch.no_watches"))
    buttons = tuple((ask.button(f"✕ {kept.label}", "unwatch", to_key(kept.id)),) for kept in found)
    quiet_now = quiet_hours(state, ask.conversation.user_id)
    notes = [ask.say("watch.quiet", first=quiet_now.first, last=quiet_now.last)] if quiet_now else []
    lines = [ask.say("watch.yours", count=len(found)), *(f"• {kept.label}" for kept in found)]
    return nothing(ask, lines[0], [*lines[1:], *notes], buttons)


def unwatch(ask: Ask) -> Answer:
    """Ends a watch by its key or name, or all of them."""
    state = _state(ask)
    if state is None:
        return nothing(ask, ask.say("watch.only_telegram"))
    text = ask.intent.argument.strip()
    if not text:
        return watches(ask)
    ended = [kept for kept in _mine(ask, state) if _is_meant(kept, text)]
    for kept in ended:
        remove(state, kept.id, ask.conversation.user_id)
    if not ended:
        return nothing(ask, ask.say("watch.not_watched", name=text), buttons=((_list_button(ask),),))
    return nothing(ask, ask.say("watch.ended", label=", ".join(kept.label for kept in ended)))


def _is_meant(kept: Watch, text: str) -> bool:
    key = from_key(text)
    if key is not None:
        return kept.id == key or kept.subject == str(key)
    wanted = fold(text).strip("\"“”' ")
    return wanted in _ALL or wanted == fold(kept.label).strip("\"“”' ")


# ------------------------------------------------------------------------------------------------------- quiet hours

def quiet(ask: Ask) -> Answer:
    """Sets, ends or shows the hours without news: `/quiet 22-7`."""
    state = _state(ask)
    if state is None:
        return nothing(ask, ask.say("watch.only_telegram"))
    user, text = ask.conversation.user_id, ask.intent.argument.strip()
    hours = _HOURS.search(text)
    if hours and int(hours[1]) < 25 and int(hours[2]) < 25 and int(hours[1]) % 24 != int(hours[2]) % 24:
        set_quiet(state, user, Quiet(int(hours[1]) % 24, int(hours[2]) % 24))
    elif fold(text) in _OFF:
        set_quiet(state, user, None)
    elif text:
        return nothing(ask, ask.say("watch.quiet_how"))
    now = quiet_hours(state, user)
    headline = ask.say("watch.quiet", first=now.first, last=now.last) if now else ask.say("watch.not_quiet")
    return nothing(ask, headline, [] if text else [ask.say("watch.quiet_how")])
