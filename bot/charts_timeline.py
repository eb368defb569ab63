"""The timeline of a person, organization or document: a lane per post and event over the years.

A dot is a day on which an article says so, never a term of office; a ring has an inferred year, a bar is as long as the
date is vague, and what has no year stands in a strip of its own at the right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.common import PostLine, post_lines
from bot.charts_sheet import WIDTH, Box, Sheet, text_width, wrap
from bot.phrases import Phrases
from store.edtf import bounds, is_inferred
from store.queries import Connection, EntityRow
from store.queries_articles import articles, mentions_of
from store.queries_events import EventRow, events_of, participants
from store.queries_people import attestations_of_organization, attestations_of_person
from store.text import fold

__all__ = ["Lane", "Mark", "draw_lanes", "lanes_of", "ticks"]

MOST_LANES = 5                      # of one kind; a screen and a half of a phone
_MARGIN = 48
_FAR = 25 * 366                     # days
_VAGUE = 11 * 366                   # days; a longer span (`1968–2018`) says no more than no year at all
_LABEL, _NOTE, _TRACK, _GAP = 38, 34, 40, 18
_ROLES = ("chair", "organizer", "signatory", "speaker", "attendee")


@dataclass(frozen=True, slots=True)
class Mark:
    """A date on a lane; without days it stands in the strip of unknown years."""

    first: int | None               # ordinal days
    last: int | None
    inferred: bool

    @classmethod
    def of(cls, edtf: str | None) -> Mark:
        """The mark of an EDTF date."""
        earliest, latest = bounds(edtf)
        if not earliest or not latest:
            return cls(None, None, False)
        first, last = _ordinal(earliest), _ordinal(latest)
        return cls(None, None, False) if last - first > _VAGUE else cls(first, last, bool(edtf and is_inferred(edtf)))


@dataclass(frozen=True, slots=True)
class Lane:
    """One post or event with its dates; `kind` is post, former or event."""

    kind: str
    label: str
    note: str
    marks: tuple[Mark, ...]

    @property
    def when(self) -> tuple[int, int]:
        """For sorting: by the first known day, unknown last."""
        days = [mark.first for mark in self.marks if mark.first is not None]
        return (0, min(days)) if days else (1, 0)


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


# ------------------------------------------------------------------------------------------------------ what is on it

def lanes_of(connection: Connection, entity: EntityRow, say: Phrases) -> tuple[list[Lane], list[Lane]]:
    """The lanes of posts (or of a document's articles) and those of events, in order of date."""
    if entity.kind == "document":
        return [], _articles(connection, entity.id, say)
    person = entity.kind == "person"
    stated = attestations_of_person if person else attestations_of_organization
    lines = post_lines(stated(connection, entity.id))
    return _most([_post(line, person, say) for line in lines]), _events(connection, entity.id, say)


def _post(line: PostLine, of_person: bool, say: Phrases) -> Lane:
    label = line.post if of_person else f"{line.post}: {line.person}"
    dates = [row.attested_on for row in line.stated]
    former = line.status == "former"
    return Lane("former" if former else "post", say("charts.former", post=label) if former else label,
                _note(dates, say), tuple(map(Mark.of, dates)))


def _note(dates: Sequence[str | None], say: Phrases) -> str:
    """`12 lần, 14/10/2019 – 5/2/2020`: how often and on which days it is stated."""
    times = [say("charts.times", count=len(dates))] if len(dates) > 1 else []
    known = sorted({(earliest, day) for day in dates if day for earliest in [bounds(day)[0]] if earliest})
    if not known:
        unknown = set(filter(None, dates))
        said = say.date(unknown.pop()) if len(unknown) == 1 else say("charts.no_year" if unknown else "charts.undated")
    else:
        first, last = known[0][1], known[-1][1]
        if is_inferred(first) and is_inferred(last):
            first = first if first == last else first.rstrip("?")       # said once, at the end
        said = say.date(last) if first == last else f"{say.date(first)} – {say.date(last)}"
    return ", ".join([*times, said])


def _most(lanes: list[Lane]) -> list[Lane]:
    """The lanes with most marks, in order of date."""
    chosen = sorted(lanes, key=lambda lane: (-len(lane.marks), lane.when, lane.label))[:MOST_LANES]
    return sorted(chosen, key=lambda lane: (lane.when, lane.label))


def _events(connection: Connection, entity_id: int, say: Phrases) -> list[Lane]:
    found = events_of(connection, entity_id)
    roles = {p.event_id: p.role for p in participants(connection, [e.id for e in found]) if p.entity_id == entity_id}
    distinct: dict[tuple[str, str | None], EventRow] = {}
    for event in found:             # two articles report one meeting: one lane
        distinct.setdefault((fold(event.name), event.date), event)

    def weight(event: EventRow) -> tuple[bool, int, str]:
        role = roles.get(event.id, "attendee")
        return event.earliest is None, _ROLES.index(role), event.name

    chosen = sorted(distinct.values(), key=weight)[:MOST_LANES]
    lanes = [_event(event, roles.get(event.id), say) for event in chosen]
    if len(distinct) > len(chosen):
        marks = tuple(Mark.of(event.date) for event in distinct.values())
        lanes.append(Lane("event", say("charts.all_events", count=len(distinct)), "", marks))
        return [lanes[-1], *sorted(lanes[:-1], key=lambda lane: (lane.when, lane.label))]
    return sorted(lanes, key=lambda lane: (lane.when, lane.label))


def _event(event: EventRow, role: str | None, say: Phrases) -> Lane:
    label = event.name[:1].upper() + event.name[1:]
    said = [say.date(event.date) if event.date else say("charts.undated"), say(f"charts.role_{role}") if role else ""]
    return Lane("event", label, ", ".join(part for part in said if part), (Mark.of(event.date),))


def _articles(connection: Connection, entity_id: int, say: Phrases) -> list[Lane]:
    ids = dict.fromkeys(m.sentence_id >> 16 for m in mentions_of(connection, entity_id, 300))
    found = sorted(articles(connection, ids), key=lambda a: (a.published is None, a.published or "", a.source))
    return [
        Lane("event", a.title or a.source, say.date(a.published) if a.published else say("charts.undated"),
             (Mark.of(a.published),))
        for a in found[: 2 * MOST_LANES]
    ]


# -------------------------------------------------------------------------------------------------------- drawing it

def draw_lanes(entity: EntityRow, posts: list[Lane], events: list[Lane], say: Phrases) -> Sheet:
    """The sheet with its title, lanes, axis and legend."""
    lanes = posts + events
    strip = any(mark.first is None for lane in lanes for mark in lane.marks)
    right = WIDTH - _MARGIN - (text_width(say("charts.no_year"), 26) + 48 if strip else 0)
    axis = _Axis.over(lanes, _MARGIN + 12, right - 12)
    title = wrap(entity.name, WIDTH - 2 * _MARGIN, 46, "bold")
    blocks = [(lane, wrap(lane.label, right - _MARGIN - 12, 30, "bold")) for lane in lanes]
    sections = [s for s in (("charts.posts", posts), ("charts.events", events)) if s[1]]
    top = _MARGIN + 58 * len(title) + 26
    body = sum(_height(lane, label) for lane, label in blocks) + 56 * len(sections)
    sheet = Sheet(top + 60 + body + 190)
    for i, line in enumerate(title):
        sheet.text(_MARGIN, _MARGIN + 24 + 58 * i, line, 46, weight="bold")
    if strip:
        sheet.box(Box(right + 8, top - 10, WIDTH - _MARGIN + 20, top + 60 + body), "band")
        sheet.text((right + WIDTH - _MARGIN + 28) / 2, top + 20, say("charts.no_year"), 26, "soft", across="center")
    axis.draw(sheet, top + 20)
    y = top + 60.0
    for key, group in sections:
        sheet.text(_MARGIN, y + 24, say(key), 28, "soft", "bold")
        y += 56
        for lane in group:
            label = next(lines for known, lines in blocks if known is lane)
            _draw_lane(sheet, lane, label, y, axis, right)
            y += _height(lane, label)
    _legend(sheet, y + 50, say)
    return sheet


def _height(lane: Lane, label: Sequence[str]) -> int:
    return _LABEL * len(label) + (_NOTE if lane.note else 0) + _TRACK + _GAP


@dataclass(frozen=True, slots=True)
class _Axis:
    """Days to pixels; `first` is None where no year is known."""

    first: int | None
    last: int
    left: float
    right: float

    @classmethod
    def over(cls, lanes: Iterable[Lane], left: float, right: float) -> _Axis:
        marks = [mark for lane in lanes for mark in lane.marks]
        ends = sorted(end for mark in marks for end in (mark.first, mark.last) if end is not None)
        if not ends:
            return cls(None, 0, left, right)
        # One anniversary of 1945 must not squeeze the rest into a corner: what lies far off stands at the edge.
        middle = ends[len(ends) // 2]
        near = [end for end in ends if abs(end - middle) <= _FAR]
        room = max(20, (near[-1] - near[0]) // 30)
        return cls(near[0] - room, near[-1] + room, left, right)

    def x(self, day: int) -> float:
        assert self.first is not None
        inside = min(max(day, self.first), self.last)
        return self.left + (inside - self.first) / (self.last - self.first) * (self.right - self.left)

    def draw(self, sheet: Sheet, y: float) -> None:
        """Labels of the years at `y`."""
        for x, label in self.labels():
            sheet.text(x, y, label, 26, "soft", across="center")

    def labels(self) -> Iterator[tuple[float, str]]:
        """Where the years stand, those left out that would touch the one before."""
        if self.first is None:
            return
        free = 0.0
        for day, label in ticks(self.first, self.last):
            x, half = self.x(day), text_width(label, 26) / 2
            if x - half < free or x + half > self.right + 12:
                continue
            free = x + half + 18
            yield x, label


def ticks(first: int, last: int) -> list[tuple[int, str]]:
    """Where the axis is labelled: years, or months where it spans less than two years."""
    start, end = date.fromordinal(max(1, first)), date.fromordinal(last)
    years = range(start.year + (start > date(start.year, 1, 1)), end.year + 1)
    if last - first > 700:
        step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000) if len(years) / s <= 8)
        return [(date(year, 1, 1).toordinal(), str(year)) for year in years if year % step == 0]
    months = [(year, month) for year in range(start.year, end.year + 1) for month in range(1, 13)]
    inside = [(y, m) for y, m in months if first <= date(y, m, 1).toordinal() <= last]
    step = next(s for s in (1, 2, 3, 6, 12, 24) if len(inside) / s <= 7)
    return [(date(y, m, 1).toordinal(), f"{m}/{y}") for y, m in inside if (m - 1) % step == 0]


def _draw_lane(sheet: Sheet, lane: Lane, label: Sequence[str], y: float, axis: _Axis, right: float) -> None:
    for line in label:
        sheet.text(_MARGIN, y + _LABEL / 2, line, 30, "ink", "bold")
        y += _LABEL
    if lane.note:
        sheet.text(_MARGIN, y + _NOTE / 2, wrap(lane.note, right - _MARGIN - 12, 26, lines=1)[0], 26, "soft")
        y += _NOTE
    middle = y + _TRACK / 2
    sheet.line(_MARGIN, middle, right, middle, width=2, zorder=0.9)
    for x, _ in axis.labels():
        sheet.line(x, middle - 7, x, middle + 7, width=2, zorder=0.9)
    _draw_known(sheet, lane, middle, axis)
    unknown = sum(mark.first is None for mark in lane.marks)
    for i in range(unknown if unknown <= 6 else 1):
        sheet.dot(right + 36 + 27 * i, middle, 11, lane.kind, hollow=True)
    if unknown > 6:
        sheet.text(right + 58, middle, f"× {unknown}", 26, "soft")


def _draw_known(sheet: Sheet, lane: Lane, middle: float, axis: _Axis) -> None:
    known = [(m.first, m.last, m.inferred) for m in lane.marks if m.first is not None and m.last is not None]
    if lane.kind != "event" and len(known) > 1:
        ends = axis.x(min(k[0] for k in known)), axis.x(max(k[1] for k in known))
        sheet.line(ends[0], middle, ends[1], middle, lane.kind, 4, alpha=0.35, zorder=1, linestyle=(0, (2, 1.5)))
    for first, last, inferred in sorted(set(known)):
        if last - first > 31 and axis.x(last) - axis.x(first) > 24:
            sheet.line(axis.x(first), middle, axis.x(last), middle, lane.kind, 14, alpha=0.45, zorder=2)
        else:
            sheet.dot(axis.x((first + last) // 2), middle, 11, lane.kind, hollow=inferred)


def _legend(sheet: Sheet, y: float, say: Phrases) -> None:
    x = float(_MARGIN)
    for key, hollow in (("charts.stated", False), ("charts.uncertain", True)):
        sheet.dot(x + 12, y, 11, "soft", hollow=hollow)
        sheet.text(x + 34, y, say(key), 26, "soft")
        x += 34 + text_width(say(key), 26) + 40
    for i, line in enumerate(wrap(say("charts.honest"), WIDTH - 2 * _MARGIN, 26)):
        sheet.text(_MARGIN, y + 44 + 36 * i, line, 26, "soft")
