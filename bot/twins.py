"""One event that several articles report: the same kind, day and organizers, and nothing in the names against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.matching import bare, canon
from store.queries_events import EventRow, ParticipantRow

__all__ = ["Twins", "twins_of"]

Twins = list[EventRow]              # one event as each article has it, the first found first
OVERLAP = 0.3                       # of the words of the shorter name: what is called otherwise is another event


def twins_of(rows: Sequence[EventRow], there: Iterable[ParticipantRow]) -> list[Twins]:
    """The events in their order, those that are one together."""
    hosts: dict[int, set[str]] = {}
    for participant in there:
        if participant.role == "organizer":
            hosts.setdefault(participant.event_id, set()).add(" ".join(bare(canon(participant.name))))
    groups: list[Twins] = []
    by_day: dict[tuple[str, str], list[Twins]] = {}
    for row in rows:
        same = by_day.setdefault((row.kind.lower(), (row.date or "").rstrip("?")), [])
        group = next((g for g in same if row.date and _are_one(g, row, hosts)), None)
        if group is None:
            group = []
            groups.append(group)
            same.append(group)
        group.append(row)
    return groups


def _are_one(group: Twins, row: EventRow, hosts: dict[int, set[str]]) -> bool:
    """Whether an event is the one of this group: organized by the same, told by another article, not called otherwise."""
    first = group[0]
    if any(other.article_id == row.article_id for other in group):
        return False
    if not hosts.get(row.id) or hosts.get(first.id) != hosts[row.id]:
        return False
    if first.time_of_day and row.time_of_day and first.time_of_day != row.time_of_day:
        return False
    left, right = _words(first), _words(row)
    shorter = min(len(left), len(right))
    return not shorter or len(left & right) >= OVERLAP * shorter


def _words(row: EventRow) -> set[str]:
    return set(bare(canon(row.name))) - set(bare(canon(row.kind)))
