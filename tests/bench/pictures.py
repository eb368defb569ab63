"""Draws the pictures of the busiest persons of a store: seconds each, labels that touch, letters that are missing.

    python tests/bench/pictures.py hoitin.db [--persons 10] [--to FOLDER]
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.charts_network import draw_network, network_of
from bot.charts_sheet import Sheet
from bot.charts_timeline import draw_lanes, lanes_of
from bot.phrases import phrases
from store.queries import Connection, EntityRow, connect, entities

BUSIEST = """
select m.entity_id
from mentions m
join entities e on e.id = m.entity_id
where e.kind = 'person'
group by m.entity_id
order by count(*) desc, m.entity_id
limit ?
"""


def timeline(connection: Connection, person: EntityRow) -> Sheet:
    """Posts and events over the years."""
    posts, events = lanes_of(connection, person, phrases("vi"))
    return draw_lanes(person, posts, events, phrases("vi"))


def network(connection: Connection, person: EntityRow) -> Sheet:
    """Who appears with whom."""
    nodes, pairs, strengths = network_of(connection, person, phrases("vi"))
    return draw_network(nodes, pairs, strengths, phrases("vi"))


def faults(sheet: Sheet) -> int:
    """Labels that touch another or leave the sheet, and letters the font has not."""
    labels = sheet.labels
    touching = sum(one.overlaps(other) for one, other in itertools.combinations(labels, 2))
    outside = sum(b.left < 0 or b.top < 0 or b.right > sheet.width or b.bottom > sheet.height for b in labels)
    return touching + outside + sum("□" in label.text for label in labels)


def main() -> int:
    """Prints a line a picture; 1 if one is at fault or takes more than two seconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--persons", type=int, default=10)
    parser.add_argument("--to", type=Path, help="where to write the pictures")
    args = parser.parse_args()
    connection = connect(args.store)
    bad = 0
    for person in entities(connection, [row[0] for row in connection.execute(BUSIEST, (args.persons,)).fetchall()]):
        for draw in (timeline, network):
            begun = time.perf_counter()
            sheet = draw(connection, person)
            png = sheet.png()
            seconds, wrong = time.perf_counter() - begun, faults(sheet)
            bad += wrong > 0 or seconds > 2
            print(f"{person.name:30} {draw.__name__:9} {seconds:5.2f} s  {len(png) // 1000:4} kB  {wrong} faults")
            if args.to:
                args.to.mkdir(exist_ok=True)
                (args.to / f"{draw.__name__}-{person.id}.png").write_bytes(png)
    connection.close()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
