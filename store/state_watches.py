"""Watches in the state file: who wants to be told of what, and the ledger of what was told.

    watch = add(state, Watch(0, 4711, 4711, "vi", "phrase", "trái tim của cả nước", "…", after_run=7))
    found(state, watch, 8, {article: sentence})
    for telling in waiting(state): … done(state, telling)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from store.state import State

__all__ = [
    "Quiet", "Telling", "Watch", "add", "all_watches", "done", "drop_user", "found", "quiet_hours", "remove", "set_quiet", "waiting",
    "watches_of",
]

Kind = Literal["entity", "post", "phrase"]


@dataclass(frozen=True, slots=True)
class Watch:
    """What somebody wants to be told about; `subject` is an entity's id, the words of a post, a phrase."""

    id: int
    user_id: int
    chat_id: int
    language: str
    kind: Kind
    subject: str
    label: str
    after_run: int


@dataclass(frozen=True, slots=True)
class Telling:
    """News of a watch that wait to be told: item (article or person) and the sentence that says so."""

    watch: Watch
    items: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which a user is not told anything unasked; over midnight where `first` is the later one."""

    first: int
    last: int

    def covers(self, hour: int) -> bool:
        """Whether it is quiet at this hour."""
        if self.first <= self.last:
            return self.first <= hour < self.last
        return hour >= self.first or hour < self.last


WATCH_COLUMNS = """
select
    w.id,
    w.user_id,
    w.chat_id,
    w.language,
    w.kind,
    w.subject,
    w.label,
    w.after_run
from watches w
"""
ALL = WATCH_COLUMNS + "order by w.id"
OF_CHAT = WATCH_COLUMNS + "where w.user_id = :user_id and w.chat_id = :chat_id order by w.id"
SAME = WATCH_COLUMNS + """
where w.user_id = :user_id
and w.chat_id = :chat_id
and w.kind = :kind
and w.subject = :subject
"""
# Nothing is told to somebody who has blocked the bot; what waits is dropped with their watches.
WAITING = """
select
    t.watch_id,
    t.item,
    t.sentence_id
from told t
where not t.told
order by t.watch_id, t.sentence_id, t.item
"""


def all_watches(state: State) -> list[Watch]:
    """Every watch of everybody."""
    return [Watch(*row) for row in state.read(ALL)]


def watches_of(state: State, user_id: int, chat_id: int) -> list[Watch]:
    """What a user watches in a chat, the oldest first."""
    return [Watch(*row) for row in state.read(OF_CHAT, {"user_id": user_id, "chat_id": chat_id})]


ADD = """
insert into watches (user_id, chat_id, language, kind, subject, label, after_run)
values (:user_id, :chat_id, :language, :kind, :subject, :label, :after_run)
on conflict (user_id, chat_id, kind, subject) do nothing
"""


def add(state: State, watch: Watch, known: Iterable[int] = ()) -> tuple[Watch, bool]:
    """The watch as it is kept, and whether it is new; the `known` items are no news."""
    values = {key: getattr(watch, key) for key in Watch.__slots__}
    with state.transaction() as connection:
        new = connection.execute(ADD, values).rowcount > 0
        kept = Watch(*connection.execute(SAME, values).fetchone())
        if new:
            connection.executemany(
                "insert or ignore into told (watch_id, item, told) values (?, ?, 1)", ((kept.id, i) for i in known))
    return kept, new


def remove(state: State, watch_id: int, user_id: int) -> bool:
    """Ends a watch of this user, with its ledger."""
    sql = "delete from watches where id = :id and user_id = :user_id"
    return state.write(sql, {"id": watch_id, "user_id": user_id}) > 0


def found(state: State, watch: Watch, run: int, items: Mapping[int, int]) -> int:
    """Notes what the runs up to this one brought, and that they were looked at, in one step; how much of it is new."""
    with state.transaction() as connection:
        rows = ((watch.id, item, sentence) for item, sentence in items.items())
        before = connection.total_changes
        connection.executemany("insert or ignore into told (watch_id, item, sentence_id) values (?, ?, ?)", rows)
        new = connection.total_changes - before
        connection.execute("update watches set after_run = ? where id = ?", (run, watch.id))
    return new


def waiting(state: State) -> list[Telling]:
    """What is to be told, watch by watch."""
    items: dict[int, list[tuple[int, int]]] = {}
    for row in state.read(WAITING):
        items.setdefault(row["watch_id"], []).append((row["item"], row["sentence_id"]))
    return [Telling(watch, tuple(items[watch.id])) for watch in all_watches(state) if watch.id in items]


def done(state: State, telling: Telling) -> None:
    """These news were told."""
    with state.transaction() as connection:
        connection.executemany(
            "update told set told = 1 where watch_id = ? and item = ?",
            ((telling.watch.id, item) for item, _ in telling.items))


def drop_user(state: State, user_id: int) -> int:
    """Ends all watches of somebody who has blocked the bot; how many."""
    return state.write("delete from watches where user_id = :user_id", {"user_id": user_id})


def quiet_hours(state: State, user_id: int) -> Quiet | None:
    """When a user wants no news, None where they did not say."""
    rows = state.read("select first, last from quiet where user_id = :user_id", {"user_id": user_id})
    return Quiet(*rows[0]) if rows else None


SET_QUIET = """
insert into quiet (user_id, first, last)
values (:user_id, :first, :last)
on conflict (user_id) do update set
    first = excluded.first,
    last = excluded.last
"""


def set_quiet(state: State, user_id: int, quiet: Quiet | None) -> None:
    """Keeps the quiet hours, or ends them."""
    if quiet is None:
        state.write("delete from quiet where user_id = :user_id", {"user_id": user_id})
    else:
        state.write(SET_QUIET, {"user_id": user_id, "first": quiet.first, "last": quiet.last})
