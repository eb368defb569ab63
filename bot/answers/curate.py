"""/merge, /split, /rename, /alias, /hide, /undo, /judgements: curators put right what linking got wrong.

Each asks once more, with what would change, and acts when its button is pressed. What was judged goes into the log of the
state file and is applied to the store at once; every later ingest follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answers.common import nothing
from bot.answers.documents import find_documents
from bot.answers.organizations import bodies_named
from bot.ask import Ask, from_key, to_key
from bot.names import who_is_meant
from bot.types import Answer, Button
from store.errors import HoitinError
from store.ingest import relink
from store.judgements import Action, Judgement, Subject, standing
from store.queries import EntityRow, entities, entities_by_name, entity, names
from store.queries_articles import articles
from store.queries_judge import articles_with, keys_of
from store.queries_people import attestations_of_person
from store.state import State
from store.state_judgements import judge, log, standing_judgements, undo
from store.text import fold, nfc

__all__ = ["alias", "cancel", "hide", "judgements", "merge", "rename", "split", "undo_last"]

LISTED = 10                         # judgements shown
LONGEST_NAME = 120
_OK = "ok"                          # what a pressed button says after the keys


# ------------------------------------------------------------------------------------------------------- the commands

def merge(ask: Ask) -> Answer:
    """`/merge A | B`: B is A."""
    return _judging(ask, "merge", things=2, argument=False)


def split(ask: Ask) -> Answer:
    """`/split A | words`: the articles with these words mean another one."""
    return _judging(ask, "split", things=1, argument=True)


def rename(ask: Ask) -> Answer:
    """`/rename A | name`: A is called so."""
    return _judging(ask, "rename", things=1, argument=True)


def alias(ask: Ask) -> Answer:
    """`/alias A | name`: A is also called so."""
    return _judging(ask, "alias", things=1, argument=True)


def hide(ask: Ask) -> Answer:
    """`/hide A`: A is no thing at all, what was found of it goes."""
    return _judging(ask, "hide", things=1, argument=False)


def cancel(ask: Ask) -> Answer:
    """A confirmation that was not given."""
    return nothing(ask, ask.say("curate.cancelled"))


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a curator wants judged."""

    action: Action
    rows: tuple[EntityRow, ...]
    argument: str
    confirmed: bool


def _judging(ask: Ask, action: Action, things: int, argument: bool) -> Answer:
    state = _state(ask)
    if state is None:
        return nothing(ask, ask.say("curate.only_telegram"))
    wish = _read(ask, action, things, argument)
    if isinstance(wish, Answer):
        return wish
    refused = _refusal(ask, wish) or (ask.say("curate.already") if _judged_before(state, wish) else None)
    if refused:
        return nothing(ask, refused)
    subjects = tuple(_subject(ask, row, wish) for row in wish.rows)
    if action == "split" and not 0 < len(subjects[0].articles) < len(_articles_of(ask, wish.rows[0])):
        return nothing(ask, ask.say("curate.split_none", name=wish.rows[0].name, words=wish.argument))
    return _act(ask, state, wish, subjects) if wish.confirmed else _ask_again(ask, wish, subjects)


def _state(ask: Ask) -> State | None:
    return ask.state if isinstance(ask.state, State) else None


# -------------------------------------------------------------------------------------------------------- what is meant

def _read(ask: Ask, action: Action, things: int, argument: bool) -> _Wish | Answer:
    """The things and the words of a command; an answer that asks back where that is not clear."""
    text = ask.intent.argument.strip()
    if text.startswith("#") and f" {_OK}" in text:
        return _pressed(ask, action, text)
    parts = [part.strip() for part in text.split("|")]
    if len(parts) != things + argument or not all(parts):
        return nothing(ask, ask.say(f"curate.how_{action}"))
    rows = []
    for place in range(things):
        found = _things(ask, parts[place])
        if len(found) != 1:
            return _which(ask, action, parts, place, found)
        rows.append(found[0])
    return _Wish(action, tuple(rows), parts[-1] if argument else "", False)


def _pressed(ask: Ask, action: Action, text: str) -> _Wish | Answer:
    keys, _, argument = text.partition(f" {_OK}")
    identifiers = [from_key(key) for key in keys.split()]
    rows = entities(ask.connection, [i for i in identifiers if i is not None])
    if len(rows) != len(identifiers):
        return nothing(ask, ask.say("error.gone"))
    return _Wish(action, tuple(rows), argument.strip(), True)


def _things(ask: Ask, text: str) -> list[EntityRow]:
    """What bears a name: the thing of a key, else a person, a body, a place or a document of just this name."""
    key = from_key(text)
    if key is not None:
        row = entity(ask.connection, key)
        return [row] if row else []
    exact = [row for row in entities_by_name(ask.connection, fold(text)) if fold(row.name) == fold(text)]
    printed = [row for row in exact if row.name.lower() == nfc(text).lower()]
    if printed or exact:
        return printed or exact
    meant = who_is_meant(ask.library, text)
    if meant.manner == "name":
        return list(meant.persons)
    bodies, _ = bodies_named(ask, text)
    papers = [] if bodies else find_documents(ask, text)
    return bodies or entities(ask.connection, [row.id for row in papers]) or list(meant.persons)


def _which(ask: Ask, action: Action, parts: Sequence[str], place: int, found: Sequence[EntityRow]) -> Answer:
    """Names that are nobody's or several's: the same command again with the key of one of them."""
    buttons = []
    for row in found[:8]:
        said = [*parts[:place], to_key(row.id), *parts[place + 1:]]
        buttons.append((ask.button(_shown(ask, row), f"/{action}", " | ".join(said)),))
    key = "curate.which" if found else "curate.none"
    return nothing(ask, ask.say(key, name=parts[place]), buttons=tuple(buttons))


def _shown(ask: Ask, row: EntityRow) -> str:
    """`Nguyễn Văn Thử (An Giang) – Bí thư Huyện ủy, 12 lần`."""
    label = f"{row.name} ({row.distinction})" if row.distinction else row.name
    count = names(ask.connection, row.id)[0].mentions if names(ask.connection, row.id) else 0
    posts = [a.position for a in attestations_of_person(ask.connection, row.id)] if row.kind == "person" else []
    said = [*list(dict.fromkeys(posts))[:1], ask.say("curate.times", count=count)]
    return f"{label} – {', '.join(said)}"


def _refusal(ask: Ask, wish: _Wish) -> str | None:
    """Why this cannot be judged."""
    kinds = {row.kind for row in wish.rows}
    if len(kinds) > 1:
        return ask.say("curate.kinds")
    if len({row.id for row in wish.rows}) < len(wish.rows):
        return ask.say("curate.same")
    if len(wish.argument) > LONGEST_NAME:
        return ask.say("curate.long", count=LONGEST_NAME)
    return None


def _judged_before(state: State, wish: _Wish) -> bool:
    """Whether just this stands already: a button pressed twice."""
    wanted = (wish.action, [row.id for row in wish.rows], wish.argument)
    return any((j.action, [s.id for s in j.subjects], j.argument) == wanted for j in standing_judgements(state))


def _articles_of(ask: Ask, row: EntityRow) -> list[int]:
    return articles_with(ask.connection, row.id, "")


def _subject(ask: Ask, row: EntityRow, wish: _Wish) -> Subject:
    going = articles_with(ask.connection, row.id, wish.argument) if wish.action == "split" else []
    return Subject(row.id, row.kind, row.name, tuple(keys_of(ask.connection, row.id)), tuple(going))


# ------------------------------------------------------------------------------------------------- asking once more, doing

def _ask_again(ask: Ask, wish: _Wish, subjects: Sequence[Subject]) -> Answer:
    """What would change, and the button that changes it."""
    values = _values(subjects, wish.argument)
    going = articles(ask.connection, subjects[0].articles[:5])
    notes = [*(f"• {_shown(ask, row)}" for row in wish.rows), *(f"→ {a.title or a.source}" for a in going)]
    keys = " ".join(to_key(row.id) for row in wish.rows)
    argument = f"{keys} {_OK} {wish.argument}".strip()
    yes = ask.button(ask.say(f"curate.yes_{wish.action}"), f"/{wish.action}", argument)
    no = ask.button(ask.say("curate.no"), "cancel")
    return nothing(ask, ask.say(f"curate.ask_{wish.action}", **values), notes, ((yes, no),))


def _values(subjects: Sequence[Subject], argument: str) -> dict[str, object]:
    """What the phrases of judgements speak of."""
    other = subjects[1].name if len(subjects) > 1 else ""
    return {"name": subjects[0].name if subjects else "", "other": other, "argument": argument,
            "count": len(subjects[0].articles) if subjects else 0}


def _act(ask: Ask, state: State, wish: _Wish, subjects: tuple[Subject, ...]) -> Answer:
    """Judges."""
    made = judge(state, ask.conversation.user_id, wish.action, subjects, wish.argument)
    said = ask.say(f"curate.done_{wish.action}", **_values(subjects, wish.argument))
    look = _look(ask, subjects[0]) if wish.action != "hide" else ()
    back = ask.button(ask.say("curate.undo"), "undo", to_key(made.number))
    return _applied(ask, state, said, lambda: nothing(ask, said, buttons=((back, *look),)))


def _look(ask: Ask, subject: Subject) -> tuple[Button, ...]:
    command = {"person": "who", "organization": "org", "document": "doc"}.get(subject.kind)
    return (ask.button(subject.name, command, to_key(subject.id)),) if command else ()


def _applied(ask: Ask, state: State, said: str, answer: Callable[[], Answer]) -> Answer:
    """The answer once the store follows the log; where it cannot be written now, that the next ingest will see to it."""
    try:
        relink(ask.library.path, standing_judgements(state))
    except HoitinError as error:
        return nothing(ask, said, [ask.say("curate.later", reason=error)])
    ask.library.refresh()
    return answer()


# --------------------------------------------------------------------------------------------------------- undo, the log

def undo_last(ask: Ask) -> Answer:
    """Undoes the last judgement that stands, or the one of a key or number."""
    state = _state(ask)
    if state is None:
        return nothing(ask, ask.say("curate.only_telegram"))
    text = ask.intent.argument.strip()
    wanted = from_key(text) if text.startswith("#") else int(text) if text.isdecimal() else None
    stand = [row for row in standing_judgements(state) if not text or row.number == wanted]
    if not stand:
        return nothing(ask, ask.say("curate.nothing_to_undo"))
    undo(state, ask.conversation.user_id, stand[-1])
    said = ask.say("curate.undone", what=_told(ask, stand[-1]))
    return _applied(ask, state, said, lambda: nothing(ask, said))


def judgements(ask: Ask) -> Answer:
    """The log, the newest first: when, what, by whom, whether it stands."""
    state = _state(ask)
    if state is None:
        return nothing(ask, ask.say("curate.only_telegram"))
    everything = log(state)
    stand = {row.number for row in standing(everything)}
    rows = [row for row in reversed(everything) if row.action != "undo"][:LISTED]
    if not rows:
        return nothing(ask, ask.say("curate.no_judgements"))
    lines = [ask.say("curate.line" if row.number in stand else "curate.line_undone", number=row.number,
                     day=ask.say.date(row.at[:10]), what=_told(ask, row),
                     who=ask.say("curate.nobody") if row.curator is None else row.curator) for row in rows]
    buttons = tuple((ask.button(f"↩ {row.number}. {_told(ask, row)}", "undo", to_key(row.number)),)
                    for row in rows if row.number in stand)
    return nothing(ask, ask.say("curate.log", count=len(stand)), lines, buttons)


def _told(ask: Ask, row: Judgement) -> str:
    return ask.say(f"curate.told_{row.action}", **_values(row.subjects, row.argument))
