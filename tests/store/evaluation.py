"""Figures of extraction: what is found in articles against what a careful reader wrote down, per kind.

Names are compared as sets per article, without diacritics, abbreviations written out (`UBND TP` = `Ủy ban nhân dân thành
phố`). Used by the gate (test_gate.py, floors in tests/data/floors.json) and by tests/bench/extraction.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from store.annotate import annotate
from store.clean import clean
from store.link_keys import written_out
from store.text import fold
from store.types import Annotations, Article, EntityKind, RawArticle

__all__ = ["KINDS", "Tally", "compare", "figures_of", "score"]

KINDS = (
    "persons", "positions", "former_positions", "organizations", "places", "documents", "authors", "event_dates", "event_kinds",
    "event_roles",
)
ROLES = {"chairs": "chair", "speakers": "speaker", "organizers": "organizer", "attendees": "attendee"}
_UNIT = re.compile(r"(?:thanh pho|thi xa|thi tran|tinh|huyen|quan|phuong|xa|thu do|duong|nuoc) (?=\S{3})")

Same = Callable[[Any, Any], bool]


@dataclass(slots=True)
class Tally:
    """Hits, misses and wrong finds of one kind; `errors` tells each."""

    hit: int = 0
    missed: int = 0
    wrong: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, article: str, wanted: Iterable[Any], found: Iterable[Any], same: Same) -> None:
        """Matches one to one."""
        left = list(found)
        for item in wanted:
            match = next((other for other in left if same(item, other)), None)
            if match is None:
                self.missed += 1
                self.errors.append(f"{article}  - missed {item!r}")
            else:
                left.remove(match)
                self.hit += 1
        self.wrong += len(left)
        self.errors += [f"{article}  + wrong  {item!r}" for item in left]

    @property
    def precision(self) -> float:
        """Of what was found, how much is right."""
        return self.hit / (self.hit + self.wrong) if self.hit + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of what is there, how much was found."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def figures_of(pairs: Iterable[tuple[dict[str, Any], RawArticle]]) -> dict[str, Tally]:
    """The tallies over articles and what was written down for each."""
    tallies = {kind: Tally() for kind in KINDS}
    for gold, raw in pairs:
        article = clean(raw)
        compare(tallies, gold, article, annotate(article))
    return tallies


def score(tally: Tally, name: str, wanted: Iterable[set[str]], found: Iterable[set[str]]) -> None:
    """Adds sets of names: two are the same where one name is."""
    tally.add(name, wanted, found, _any_same(_plain))


def compare(tallies: dict[str, Tally], gold: dict[str, Any], article: Article, found: Annotations) -> None:
    """Adds one article to the tallies."""
    name = gold["article"]
    score(tallies["persons"], name, [{p["name"], *p.get("also", [])} for p in gold["persons"]], _named(found, "person"))
    for key, status in (("positions", "held"), ("former_positions", "former")):
        tallies[key].add(
            name, [(p["name"], post) for p in gold["persons"] for post in p.get(key, [])],
            sorted({(a.person, a.position) for a in found.attestations if a.status == status}),
            lambda one, two: _plain(one[0]) == _plain(two[0]) and _same_post(one[1], two[1]))
    score(tallies["organizations"], name, [{o["name"], *o.get("also", [])} for o in gold["organizations"]],
          _named(found, "organization"))
    also = gold.get("place_also", {})
    tallies["places"].add(name, [{p, *also.get(p, [])} for p in gold["places"]], _named(found, "place"), _any_same(_place))
    tallies["documents"].add(
        name, [{d["name"], *(d.get("also") or []), *filter(None, [d.get("number")])} for d in gold["documents"]],
        _named(found, "document"), _same_document)
    tallies["authors"].add(name, gold.get("authors", []), [a.name for a in article.authors],
                           lambda one, two: _plain(one) == _plain(two))
    _compare_events(tallies, gold, name, found)


def _compare_events(tallies: dict[str, Tally], gold: dict[str, Any], name: str, found: Annotations) -> None:
    events = gold["events"]
    tallies["event_dates"].add(name, [e["date"] for e in events if e.get("date")],
                               [e.date for e in found.events if e.date], _same_date)
    tallies["event_kinds"].add(name, [e["kind"] for e in events], [e.kind for e in found.events], _same_kind)
    tallies["event_roles"].add(
        name, sorted({(_plain(p), role) for e in events for key, role in ROLES.items() for p in e.get(key, [])}),
        sorted({(_plain(p.name), p.role) for e in found.events for p in e.participations}), lambda one, two: one == two)


def _named(found: Annotations, kind: EntityKind) -> list[set[str]]:
    names: dict[str, set[str]] = {}
    for mention in found.mentions:
        if mention.kind == kind:
            names.setdefault(mention.name, {mention.name}).add(mention.surface)
    return list(names.values())


def _plain(text: str) -> str:
    text = re.sub(r"[^\w/-]+", " ", fold(written_out(text)).replace(" - ", "-"))
    return " ".join(text.split())


def _place(text: str) -> str:
    return _UNIT.sub("", _plain(text), count=1)


def _any_same(form: Callable[[str], str]) -> Same:
    return lambda one, two: bool({form(n) for n in one} & {form(n) for n in two})


def _same_document(one: set[str], two: set[str]) -> bool:
    first, second = ({_plain(n).replace(" ", "") for n in names} for names in (one, two))
    return bool(first & second) or any(x in y for x in first if re.search(r"\d", x) for y in second)


def _same_post(one: str, two: str) -> bool:
    """Equal, or one goes on where the other stops, by at most half."""
    short, long = sorted((_plain(one).split(), _plain(two).split()), key=len)
    return short == long[:len(short)] and 2 * len(short) >= len(long)


def _same_date(wanted: str, found: str) -> bool:
    """Equal but for `?`; where the reader inferred the year, an honest XXXX counts too."""
    one, two = wanted.replace("?", ""), found.replace("?", "")
    return one == two or ("?" in wanted and re.sub(r"\d{4}-", "XXXX-", one) == two)


def _same_kind(wanted: str, found: str) -> bool:
    one, two = fold(wanted), fold(found)
    return one.split()[:2] == two.split()[:2] or one in two or two in one
