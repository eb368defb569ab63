"""Who appears with whom: the one asked about in the middle, the most frequent companions around, a line for each pair.

Names stand in boxes; `apart` pushes boxes until none covers another, so a label can always be read.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import networkx as nx

from bot.charts_sheet import WIDTH, Box, Sheet, text_width, wrap
from bot.phrases import Phrases
from store.queries import Connection, EntityRow
from store.queries_network import Companion, Tie, companions, ties

__all__ = ["Node", "apart", "draw_network", "network_of", "placed"]

MOST = 12                           # companions; more do not fit a phone with names one can read
_MARGIN = 40
_TOP, _BOTTOM, _HEIGHT = 170, 1330, 1460
_NAME, _COUNT = 28, 24


@dataclass(frozen=True, slots=True)
class Node:
    """A name in its box."""

    entity_id: int
    lines: tuple[str, ...]
    note: str
    x: float = 0.0
    y: float = 0.0

    @property
    def box(self) -> Box:
        """Its box around (x, y)."""
        width = max([text_width(line, _NAME, "bold") for line in self.lines] + [text_width(self.note, _COUNT)]) + 36
        height = 36 * len(self.lines) + (32 if self.note else 0) + 22
        return Box(self.x - width / 2, self.y - height / 2, self.x + width / 2, self.y + height / 2)


def network_of(
    connection: Connection, entity: EntityRow, say: Phrases
) -> tuple[list[Node], list[Tie], list[Companion]]:
    """The nodes, the one asked about first, and the pairs among them."""
    found = companions(connection, entity.id, limit=MOST)
    nodes = [Node(entity.id, tuple(wrap(entity.name, 360, _NAME, "bold")), "")]
    nodes += [Node(c.entity_id, tuple(wrap(c.name, 250, _NAME, "bold")), _note(c, say)) for c in found]
    return nodes, ties(connection, [node.entity_id for node in nodes]), found


def _note(companion: Companion, say: Phrases) -> str:
    said = []
    if companion.sentences:
        said.append(say("charts.sentences", count=companion.sentences))
    if companion.events:
        said.append(say("charts.meetings", count=companion.events))
    return " · ".join(said)


def placed(nodes: list[Node], pairs: list[Tie]) -> list[Node]:
    """The nodes with their places: the first in the middle, the others on a ring, those that appear together side by
    side; no box over another."""
    middle, across, down = (_TOP + _BOTTOM) / 2, WIDTH / 2 - _MARGIN - 130, (_BOTTOM - _TOP) / 2 - 50
    turns = {i: 2 * math.pi * k / max(1, len(nodes) - 1) for k, i in enumerate(_around(nodes, pairs))}
    at = [
        Node(n.entity_id, n.lines, n.note, WIDTH / 2 + across * math.sin(turns[n.entity_id]),
             middle - down * math.cos(turns[n.entity_id]))
        for n in nodes[1:]
    ]
    centre = Node(nodes[0].entity_id, nodes[0].lines, nodes[0].note, WIDTH / 2, middle)
    return apart([centre, *at], Box(_MARGIN, _TOP, WIDTH - _MARGIN, _BOTTOM))


def _around(nodes: list[Node], pairs: list[Tie]) -> list[int]:
    """The companions in the order in which a spring layout has them around the middle."""
    centre, others = nodes[0].entity_id, [node.entity_id for node in nodes[1:]]
    graph = nx.Graph()
    graph.add_weighted_edges_from((centre, other, 1.0) for other in others)
    graph.add_weighted_edges_from((p.left, p.right, 1 + math.log(p.sentences)) for p in pairs)
    if len(others) < 3:
        return others
    start = nx.circular_layout(others) | {centre: (0.0, 0.0)}
    found = nx.spring_layout(graph, pos=start, fixed=[centre], k=1.0, iterations=60, seed=7)
    return sorted(others, key=lambda i: math.atan2(float(found[i][1]), float(found[i][0])))


def apart(nodes: list[Node], frame: Box, gap: float = 14) -> list[Node]:
    """The nodes moved as little as it takes for no box to touch another; on a grid where that fails."""
    boxes = [node.box for node in nodes]
    half = [((b.right - b.left + gap) / 2, (b.bottom - b.top + gap) / 2) for b in boxes]
    at = [[node.x, node.y] for node in nodes]
    for _ in range(600):
        moved = False
        for i in range(len(at)):
            for j in range(i):
                moved |= _push(at[i], at[j], half[i], half[j], pinned=j == 0)
            at[i][0] = min(max(at[i][0], frame.left + half[i][0]), frame.right - half[i][0])
            at[i][1] = min(max(at[i][1], frame.top + half[i][1]), frame.bottom - half[i][1])
        if not moved:
            return [Node(n.entity_id, n.lines, n.note, x, y) for n, (x, y) in zip(nodes, at, strict=True)]
    return _grid(nodes, frame)


def _push(
    one: list[float], other: list[float], half: tuple[float, float], beside: tuple[float, float], pinned: bool
) -> bool:
    """Moves two overlapping boxes apart the shorter way; a pinned one stays."""
    across = half[0] + beside[0] - abs(one[0] - other[0])
    down = half[1] + beside[1] - abs(one[1] - other[1])
    if across <= 0.01 or down <= 0.01:
        return False
    axis, by = (0, across) if across < down else (1, down)
    sign = 1.0 if one[axis] >= other[axis] else -1.0
    one[axis] += sign * by * (1.0 if pinned else 0.5)
    other[axis] -= 0.0 if pinned else sign * by * 0.5
    return True


def _grid(nodes: list[Node], frame: Box) -> list[Node]:
    columns = 2                     # the widest box has 400 pixels
    rows = math.ceil(len(nodes) / columns)
    wide, high = (frame.right - frame.left) / columns, (frame.bottom - frame.top) / rows
    xs = [frame.left + wide * (column + 0.5) for column in range(columns)]
    ys = [frame.top + high * (row + 0.5) for row in range(rows)]
    return [Node(n.entity_id, n.lines, n.note, xs[i % columns], ys[i // columns]) for i, n in enumerate(nodes)]


def draw_network(nodes: list[Node], pairs: list[Tie], strengths: list[Companion], say: Phrases) -> Sheet:
    """The sheet with its title, lines and boxes."""
    sheet = Sheet(_HEIGHT)
    title = wrap(say("charts.network_title", name=" ".join(nodes[0].lines)), WIDTH - 2 * _MARGIN, 40, "bold")
    for i, line in enumerate(title):
        sheet.text(_MARGIN, 60 + 50 * i, line, 40, weight="bold")
    at = {node.entity_id: node for node in placed(nodes, pairs)}
    centre = at[nodes[0].entity_id]
    around = [tie for tie in pairs if centre.entity_id not in (tie.left, tie.right)]
    for tie in around:
        _line(sheet, at[tie.left], at[tie.right], "line", tie.sentences / max(t.sentences for t in around))
    most = max(_strength(companion) for companion in strengths)
    for companion in strengths:
        _line(sheet, centre, at[companion.entity_id], "tie", _strength(companion) / most)
    for node in at.values():
        _draw_node(sheet, node, node is centre)
    for i, line in enumerate(wrap(say("charts.network_legend"), WIDTH - 2 * _MARGIN, 26)):
        sheet.text(_MARGIN, _HEIGHT - 96 + 36 * i, line, 26, "soft")
    return sheet


def _strength(companion: Companion) -> int:
    """As `companions` weighs them."""
    return companion.sentences + 3 * companion.events


def _line(sheet: Sheet, one: Node, other: Node, colour: str, share: float) -> None:
    """A line as thick as its share of the strongest."""
    thickest = 18 if colour == "tie" else 8
    width = 2 + (thickest - 2) * share ** 0.7
    sheet.line(one.x, one.y, other.x, other.y, colour, width, alpha=0.55 if colour == "tie" else 0.6, zorder=1)


def _draw_node(sheet: Sheet, node: Node, centre: bool) -> None:
    box = node.box
    sheet.box(box, "centre" if centre else "node", "centre" if centre else "line", rounding=16)
    y = box.top + 11 + 18
    for line in node.lines:
        sheet.text(node.x, y, line, _NAME, "node" if centre else "ink", "bold", across="center")
        y += 36
    if node.note:
        sheet.text(node.x, y - 2, node.note, _COUNT, "soft", across="center")
