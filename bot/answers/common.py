"""What answers share: lines about posts and events, the way to say that nothing was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.areas import ends_in_area
from bot.ask import Ask, to_key
from bot.matching import canon
from bot.quotes import Sources
from bot.types import Answer, Button, Fact
from store.edtf import bounds
from store.queries import EntityRow
from store.queries_events import EventRow, ParticipantRow, participants
from store.queries_people import AttestationRow

__all__ = [
    "PostLine", "entity_buttons", "event_line", "event_name", "event_when", "first_day", "full_post", "nothing", "post_fact",
    "post_lines", "roles_of", "usual_post", "with_roles", "years_of",
]

LONGEST_NAME = 180                  # characters of an event's name
REFS = 2                            # references per line: the first and the last day are enough to check


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post of one person with every sentence that states it, in order of date."""

    person_id: int
    person: str
    post: str
    status: str
    stated: tuple[AttestationRow, ...]

    @property
    def days(self) -> list[str | None]:
        """The days on which it is stated, each once, unknown days as None at the end."""
        days = list(dict.fromkeys(row.attested_on for row in self.stated))
        return [day for day in days if day] + [None] * (None in days)


def post_lines(rows: Iterable[AttestationRow]) -> list[PostLine]:
    """Statements of the same post by the same person together; `TƯ` and `Trung ương` are the same post."""
    groups: dict[tuple[int, tuple[str, ...], str], list[AttestationRow]] = {}
    for row in rows:
        groups.setdefault((row.person_id, canon(full_post(row)), row.status), []).append(row)
    return [PostLine(person, stated[0].person, usual_post(stated), status, tuple(stated))
            for (person, _, status), stated in groups.items()]


def full_post(row: AttestationRow) -> str:
    """The post with its body, which the article may have left out: `Bí thư Thành ủy` of `Thành ủy Cần Thơ`."""
    words = canon(row.position)
    if row.organization and not ends_in_area(words) and not _has(words, canon(row.organization)):
        return f"{row.title} {row.organization}"
    return row.position


def _has(words: Sequence[str], part: Sequence[str]) -> bool:
    return any(tuple(words[i:i + len(part)]) == tuple(part) for i in range(len(words) - len(part) + 1))


def usual_post(rows: Sequence[AttestationRow]) -> str:
    """The post as it is most often put; of equally frequent ones the fullest."""
    counts = Counter(full_post(row) for row in rows)
    name = max(counts, key=lambda post: (counts[post], len(post), post))
    return name[:1].upper() + name[1:]


def post_fact(
    ask: Ask, line: PostLine, sources: Sources, subject: str, group: str = "", *, alone: bool = True
) -> Fact:
    """`Bí thư Thành ủy Hà Nội: được nêu ngày 29/1/2019 (năm suy ra), 14/10/2019 [1] [2]`; one reference where it does
    not stand alone, or a screen would be all sources."""
    shown = (line.stated[0], line.stated[-1]) if alone and len(line.stated) > 1 else line.stated[:1]
    refs = tuple(dict.fromkeys(sources.ref(row.sentence_id, row.start, row.end) for row in shown))
    when = _days_stated(ask, [day for day in line.days if day])
    key = "post.former" if line.status == "former" else "post.held"
    return Fact(ask.say(key, subject=subject, when=when), refs[:REFS], group)


def first_day(line: PostLine) -> str:
    """The first day of a known year on which it is stated, for sorting; what has none comes last."""
    return min((first for day in line.days if (first := bounds(day)[0])), default="~")


def _days_stated(ask: Ask, days: Sequence[str]) -> str:
    """`được nêu ngày …`; of many days their number, and the first and last of those whose year is known; a period of
    years, as of a term, is called one."""
    periods = [day for day in days if "/" in day]
    days = [day for day in days if "/" not in day]
    if not days:
        return ask.say("post.period", days=", ".join(map(ask.say.date, periods))) if periods else ask.say("date.attested_none")
    known = [day for day in days if bounds(day)[0]]
    if len(days) <= REFS:
        whole = all(len(day.rstrip("?").split("-")) == 3 for day in days)
        return ask.say("post.on" if whole else "post.in", days=", ".join(map(ask.say.date, days)))
    if len(known) > 1:
        return ask.say("post.between", count=len(days), first=ask.say.date(known[0]), last=ask.say.date(known[-1]))
    return ask.say("post.among", count=len(days), day=ask.say.date((known or days)[0]))


def years_of(ask: Ask, line: PostLine) -> str:
    """`2019`, `2023?`: the years for a headline; empty where none is known."""
    days = [day for day in line.days if day and day[:4].isdigit() and "/" not in day]
    years = {day[:4] + ("?" if day.endswith("?") else "") for day in days}
    known = sorted(year for year in years if year.isdigit() or year.rstrip("?") not in years)
    if not known:
        return ""
    return known[0] if len(known) == 1 else f"{known[0]}–{known[-1]}"


def roles_of(ask: Ask, row: EntityRow, found: Iterable[EventRow]) -> dict[int, list[ParticipantRow]]:
    """What an entity was at each event, the weightiest role first."""
    roles: dict[int, list[ParticipantRow]] = {}
    for participant in participants(ask.connection, [event.id for event in found]):
        if participant.entity_id == row.id:
            roles.setdefault(participant.event_id, []).append(participant)
    return roles


def with_roles(ask: Ask, text: str, parts: Sequence[ParticipantRow]) -> str:
    """`Hội nghị … – chủ trì, phát biểu`; a mere presence is left out beside another role."""
    roles = list(dict.fromkeys(part.role for part in parts))
    if len(roles) > 1 and "attendee" in roles:
        roles.remove("attendee")
    return f"{text} – {', '.join(ask.say(f'role.{role}') for role in roles)}" if roles else text


def event_when(ask: Ask, event: EventRow) -> str:
    """`Chiều 21/2/2023 (năm suy ra)`, `Không rõ ngày`."""
    if not event.date:
        return ask.say("event.undated")
    day = ask.say.date(event.date)
    part = event.time_of_day if ask.language == "vi" else None
    return f"{part} {day}" if part else day


def event_line(ask: Ask, event: EventRow, participants: Iterable[ParticipantRow] = (), longest: int = LONGEST_NAME) -> str:
    """When, what, where, and who chaired; a name of more than `longest` characters is cut."""
    parts = [f"{_capital(event_when(ask, event))}: {_clipped(event_name(event), longest)}"]
    if event.place and event.place.lower() not in event.name.lower():
        parts.append(ask.say("event.at", place=event.place))
    chairs = [p.name for p in participants if p.event_id == event.id and p.role == "chair"]
    if chairs:
        parts.append(ask.say("event.chaired", names=", ".join(chairs)))
    return "; ".join(parts)


def event_name(event: EventRow) -> str:
    """The event's name, led by its kind where the name is a clause: `Buổi làm việc: làm việc với …`; a mere `Buổi lễ` is
    told from others by its article's headline."""
    name = event.name.removeprefix("đã ")
    name = _capital(name if event.kind.lower() in name.lower() else f"{event.kind}: {name}")
    bare = len(name.split()) <= 3 and not any(w[:1].isupper() for w in name.split()[1:])
    return f"{name} (“{event.article_title}”)" if bare and event.article_title else name


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _clipped(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + "…"


def entity_buttons(ask: Ask, rows: Iterable[EntityRow], command: str, limit: int = 8) -> tuple[tuple[Button, ...], ...]:
    """A button per entity, one a row: what is offered where a name is ambiguous or doubtful."""
    labels = [(row, f"{row.name} ({row.distinction})" if row.distinction else row.name) for row in rows]
    return tuple((ask.button(label, command, to_key(row.id)),) for row, label in labels[:limit])


def nothing(
    ask: Ask, headline: str, notes: Sequence[str] = (), buttons: tuple[tuple[Button, ...], ...] = ()
) -> Answer:
    """Nothing is asserted."""
    return Answer(ask.intent, found=False, headline=headline, notes=tuple(notes), buttons=buttons)
