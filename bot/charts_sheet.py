"""A sheet to draw on: pixels from the top left, texts that know their size, no state shared with other sheets.

The sheet has a background and colours of its own, so it reads the same in Telegram's light and dark themes; a phone
shows its 1080 pixels about 400 points wide, so nothing is set much smaller than 26 pixels.
"""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from typing import Any

from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyBboxPatch, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

__all__ = ["COLOURS", "LOCK", "WIDTH", "Box", "Sheet", "drawable", "shorten", "text_width", "wrap"]

WIDTH = 1080
_DPI = 100
COLOURS = {
    "paper": "#fbfaf6", "ink": "#1c2430", "soft": "#5b6675", "line": "#c9cfd6", "band": "#eeebe2",
    "post": "#0b5cad", "former": "#8a6d1f", "event": "#b3372a", "tie": "#7fa6cc", "node": "#ffffff",
    "centre": "#0b5cad",
}
LOCK = threading.Lock()
"""Agg shares font faces between figures; whoever draws holds this."""

_PROPERTIES = {weight: FontProperties(family="DejaVu Sans", weight=weight) for weight in ("normal", "bold")}
_FONTS = {weight: get_font(font_manager.findfont(found)) for weight, found in _PROPERTIES.items()}
_GLYPHS = frozenset(_FONTS["normal"].get_charmap()) & frozenset(_FONTS["bold"].get_charmap())
_RENDERER: Any = RendererAgg(8, 8, _DPI)     # type: ignore[no-untyped-call]  # matplotlib types only part of itself


@dataclass(frozen=True, slots=True)
class Box:
    """Where a label stands, in pixels."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""

    def overlaps(self, other: Box) -> bool:
        """Whether the two share any area."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def drawable(text: str) -> str:
    """The text with what the font cannot show replaced by `□`."""
    return "".join(c if ord(c) in _GLYPHS and c.isprintable() else "□" for c in " ".join(text.split()))


def text_width(text: str, size: float, weight: str = "normal") -> float:
    """How many pixels wide a line is."""
    width, _, _ = _RENDERER.get_text_width_height_descent(text, _sized(size, weight), ismath=False)
    return float(width)


def _sized(size: float, weight: str) -> FontProperties:
    found = _PROPERTIES[weight].copy()
    found.set_size(size * 72 / _DPI)        # matplotlib thinks in points
    return found


def wrap(text: str, width: float, size: float, weight: str = "normal", lines: int = 2) -> list[str]:
    """The text in at most so many lines of this width; what does not fit ends in `…`."""
    found: list[str] = []
    words = drawable(text).split()
    while words and len(found) < lines:
        taken = 1
        while taken < len(words) and text_width(" ".join(words[: taken + 1]), size, weight) <= width:
            taken += 1
        found.append(" ".join(words[:taken]))
        words = words[taken:]
    if found:
        found[-1] = shorten(found[-1] + (" …" if words else ""), width, size, weight)
    return [shorten(line, width, size, weight) for line in found]


def shorten(text: str, width: float, size: float, weight: str = "normal") -> str:
    """The text cut to a width."""
    while len(text) > 40 and text_width(text, size, weight) > 2 * width:
        text = text[: len(text) * 2 // 3]
    while len(text) > 1 and text_width(text, size, weight) > width:
        text = text.rstrip(" …")[:-1].rstrip() + "…"
    return text


class Sheet:
    """A picture in the making; `labels` are the boxes of all texts on it."""

    def __init__(self, height: float, width: float = WIDTH) -> None:
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width / _DPI, height / _DPI), dpi=_DPI, facecolor=COLOURS["paper"])
        self.canvas = FigureCanvasAgg(self.figure)
        self.texts: list[Text] = []

    def text(
        self, x: float, y: float, text: str, size: float = 28, colour: str = "ink", weight: str = "normal",
        across: str = "left",
    ) -> None:
        """A line whose middle is at height `y`; `across` is left, center or right of `x`."""
        artist = self.figure.text(
            x / self.width, 1 - y / self.height, drawable(text), fontproperties=_sized(size, weight),
            color=COLOURS[colour], ha=across, va="center_baseline", parse_math=False,
        )
        self.texts.append(artist)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, colour: str = "line", width: float = 2, **more: Any
    ) -> None:
        """A straight line; `more` as matplotlib's Line2D takes it (`alpha`, `zorder`, `linestyle`)."""
        xs, ys = (x1, x2), (self.height - y1, self.height - y2)
        self._add(Line2D(xs, ys, color=COLOURS[colour], linewidth=width * 72 / _DPI, **more))

    def dot(self, x: float, y: float, radius: float, colour: str, hollow: bool = False) -> None:
        """A filled dot, or a ring for what is not certain."""
        face = COLOURS["paper"] if hollow else COLOURS[colour]
        at = (x, self.height - y)
        self._add(Circle(at, radius, facecolor=face, edgecolor=COLOURS[colour], linewidth=2.2, zorder=3))

    def box(self, box: Box, face: str, edge: str | None = None, rounding: float = 0) -> None:
        """A rectangle, with round corners where asked for."""
        corner = (box.left, self.height - box.bottom)
        width, height = box.right - box.left, box.bottom - box.top
        style: dict[str, Any] = {"facecolor": COLOURS[face], "edgecolor": COLOURS[edge or face]}
        style["linewidth"] = 2 if edge else 0
        if rounding:
            shape = f"round,pad=0,rounding_size={rounding}"
            self._add(FancyBboxPatch(corner, width, height, boxstyle=shape, zorder=2.5, **style))
        else:
            self._add(Rectangle(corner, width, height, zorder=0.5, **style))

    def _add(self, artist: Any) -> None:
        artist.set_transform(IdentityTransform())
        self.figure.add_artist(artist)

    @property
    def labels(self) -> list[Box]:
        """The boxes of all texts, in pixels from the top left."""
        extents = [(text, text.get_window_extent(_RENDERER)) for text in self.texts]
        return [Box(e.x0, self.height - e.y1, e.x1, self.height - e.y0, t.get_text()) for t, e in extents]

    def png(self) -> bytes:
        """The picture."""
        buffer = io.BytesIO()
        self.figure.savefig(buffer, format="png", dpi=_DPI)
        return buffer.getvalue()
