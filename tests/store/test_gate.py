"""The gate: figures of extraction must not fall below their floors (tests/data/floors.json).

`seeds`   the five articles in seeds/ against what a reader wrote down (tests/data/seeds_gold.json).
`tables`  the self-written rows of tests/data/*.txt, through all annotators together, each kind by its own table.

A figure two points above its floor is told: `PYTHONPATH=. python tests/store/test_gate.py --raise` lifts floors, which come down
only by hand, with the reason in the commit.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from evaluation import Tally, figures_of, score
from pages import page_of

from store.annotate import ANNOTATORS
from store.annotate.page import Page
from store.types import EntityKind, RawArticle

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
FLOORS = DATA / "floors.json"
MARKED: dict[str, tuple[EntityKind, str]] = {
    "organizations": ("organization", r"\[([^\]]+)\]"), "places": ("place", r"\{([^}]+)\}"),
    "documents": ("document", r"<([^>]+)>"),
}


@cache
def seeds() -> dict[str, Tally]:
    """The tallies over the seed articles."""
    gold = json.loads((DATA / "seeds_gold.json").read_text(encoding="utf-8"))
    return figures_of(
        (article, RawArticle(article["article"], (ROOT / "seeds" / article["article"]).read_text(encoding="utf-8")))
        for article in gold
    )


@cache
def tables() -> dict[str, Tally]:
    """The tallies over the self-written rows."""
    tallies = {}
    for kind, (entity, mark) in MARKED.items():
        tallies[kind] = tally = Tally()
        for row in rows(kind):
            wanted = {found.split("→")[0] for found in re.findall(mark, row)}
            page = annotated(re.sub(r"→[^\]}>]*", "", row).translate(str.maketrans("", "", "[]{}<>")).replace(" || ", "\n"))
            score(tally, row[:60], [{name} for name in sorted(wanted)],
                  [{name} for name in sorted({m.surface for m in page.of(entity)})])
    tallies["persons"] = persons = Tally()
    for text, names in split_rows("persons"):
        found = {m.name for m in annotated(text).of("person")}
        score(persons, text[:60], [{name.strip()} for name in names.split(";") if name.strip()], [{name} for name in found])
    tallies["positions"] = positions = Tally()
    for text, posts in split_rows("positions"):
        found_posts = {f"{a.person} = {'-' if a.status == 'former' else ''}{a.position}" for a in annotated(text).attestations}
        positions.add(text[:60], list(posts_of(posts)), sorted(found_posts), lambda one, two: one == two)
    tallies["dates"] = dates = Tally()
    for text, days in split_rows("dates"):
        found_days = [" ".join(filter(None, (d.date, d.time_of_day))) for d in annotated(text).dates]
        dates.add(text[:60], [day.strip() for day in days.split(";") if day.strip()], found_days, lambda one, two: one == two)
    return tallies


def rows(kind: str) -> list[str]:
    """The rows of a table, without comments."""
    lines = (DATA / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def split_rows(kind: str) -> Iterator[tuple[str, str]]:
    """Rows `text => what is expected`; ` / ` begins a new line of the text."""
    for row in rows(kind):
        text, expected = row.split("=>")
        yield text.strip().replace(" / ", "\n"), expected.strip()


def posts_of(text: str) -> Iterator[str]:
    """`A = X; -Y | B = Z` → `A = X`, `A = -Y`, `B = Z`."""
    for part in filter(str.strip, text.split(" | ")):
        name, posts = part.split(" = ")
        yield from (f"{name.strip()} = {post.strip()}" for post in posts.split("; "))


def annotated(text: str) -> Page:
    """The text after all annotators, in their order."""
    page = page_of(text)
    for _, annotate in ANNOTATORS:
        annotate(page)
    return page


def figures() -> dict[str, dict[str, Tally]]:
    """All tallies the floors speak of."""
    return {"seeds": seeds(), "tables": tables()}


FLOOR_ROWS = [
    (part, kind, floor) for part, floors in json.loads(FLOORS.read_text(encoding="utf-8")).items() for kind, floor in floors.items()
] if FLOORS.exists() else []


@pytest.mark.parametrize(("part", "kind", "floor"), FLOOR_ROWS, ids=[f"{part}-{kind}" for part, kind, _ in FLOOR_ROWS])
def test_no_figure_falls_below_its_floor(part: str, kind: str, floor: float) -> None:
    tally = figures()[part][kind]
    if tally.f1 >= floor + 0.02:
        print(f"{part} {kind}: {tally.f1:.3f}, the floor of {floor:.3f} can be raised")
    assert round(tally.f1, 3) >= floor, "\n".join([f"{part} {kind}: F1 {tally.f1:.3f} < {floor:.3f}", *tally.errors])


def test_every_figure_has_a_floor() -> None:
    assert {(part, kind) for part, kind, _ in FLOOR_ROWS} == {(part, kind) for part, ts in figures().items() for kind in ts}


def main() -> None:
    """Prints the figures; `--raise` writes floors up to them, never down."""
    old = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    new: dict[str, dict[str, float]] = {}
    for part, tallies in figures().items():
        for kind, tally in tallies.items():
            floor = old.get(part, {}).get(kind, 0.0)
            new.setdefault(part, {})[kind] = max(floor, int(tally.f1 * 100) / 100)
            print(f"{part:7} {kind:17} P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}  floor {floor:.3f}")
            if "--errors" in sys.argv:
                print("\n".join(tally.errors))
    if "--raise" in sys.argv:
        FLOORS.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
