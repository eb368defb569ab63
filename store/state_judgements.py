"""The log of curators' judgements in the state file: rows are added, never changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from store.judgements import Action, Judgement, Subject, standing
from store.state import State

__all__ = ["forget_curator", "judge", "judgements_at", "log", "standing_judgements", "undo"]

LOG = """
select
    j.id,
    j.action,
    j.subject,
    j.argument,
    j.undoes,
    j.at,
    j.curator
from judgements j
order by j.id
"""
ADD = """
insert into judgements (at, curator, action, undoes, subject, argument)
values (:at, :curator, :action, :undoes, :subject, :argument)
"""


def log(state: State) -> list[Judgement]:
    """Everything that was ever judged, the oldest first."""
    return [_judgement(*row) for row in state.read(LOG)]


def _judgement(
    number: int, action: Action, subject: str, argument: str, undoes: int | None, at: str, curator: int | None
) -> Judgement:
    subjects = tuple(
        Subject(s["id"], s["kind"], s["name"], tuple(s["keys"]), tuple(s.get("articles", ()))) for s in json.loads(subject))
    return Judgement(number, action, subjects, argument, undoes, at, curator)


def standing_judgements(state: State) -> tuple[Judgement, ...]:
    """What linking is to follow."""
    return standing(log(state))


def judgements_at(path: Path) -> tuple[Judgement, ...]:
    """What stands in a state file; nothing where there is none yet."""
    if not path.is_file():
        return ()
    with State(path) as state:
        return standing_judgements(state)


def judge(state: State, curator: int, action: Action, subjects: tuple[Subject, ...], argument: str = "") -> Judgement:
    """Adds a judgement to the log."""
    return _add(state, curator, action, subjects, argument, None)


def undo(state: State, curator: int, judgement: Judgement) -> Judgement:
    """Adds that a judgement is undone."""
    return _add(state, curator, "undo", (), "", judgement.number)


def _add(
    state: State, curator: int, action: Action, subjects: tuple[Subject, ...], argument: str, undoes: int | None
) -> Judgement:
    listed = [{"id": s.id, "kind": s.kind, "name": s.name, "keys": s.keys, "articles": s.articles} for s in subjects]
    values = {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"), "curator": curator, "action": action,
        "undoes": undoes, "subject": json.dumps(listed, ensure_ascii=False), "argument": argument,
    }
    with state.transaction() as connection:
        number = connection.execute(ADD, values).lastrowid
    return next(row for row in log(state) if row.number == number)


def forget_curator(state: State, user_id: int) -> int:
    """Takes a curator's id out of the log; what they judged stays. How many rows."""
    return state.write("update judgements set curator = null where curator = :user_id", {"user_id": user_id})
