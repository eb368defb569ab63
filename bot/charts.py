"""Pictures beside answers (extra `charts`): a timeline, and a network of who appears with whom.

    draw(Picture("timeline", "#9f3k2c", "…"), connection, phrases("vi"))    # PNG bytes

One drawing at a time (fonts are shared), kept by store, state of the store and picture; call it off the event loop.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from importlib.util import find_spec

from bot.ask import from_key
from bot.phrases import Phrases
from bot.types import Picture
from store.errors import HoitinError
from store.queries import Connection
from store.queries import entity as entity_of

__all__ = ["PictureError", "available", "draw"]

KEPT = 64                           # pictures of about 100 kB
_CACHE: OrderedDict[Hashable, bytes] = OrderedDict()


class PictureError(HoitinError):
    """A picture that cannot be drawn: nothing to show, or the extra is not installed."""


def available() -> bool:
    """Whether the extra `charts` is installed."""
    return find_spec("matplotlib") is not None and find_spec("networkx") is not None


def draw(picture: Picture, connection: Connection, say: Phrases, version: Hashable = None) -> bytes:
    """The picture as PNG; PictureError where there is nothing to draw. Kept where the store's `version` is given."""
    if not available():
        raise PictureError("pictures need two more packages: pip install '.[charts]' in the folder of hoitin's source")
    from bot.charts_sheet import LOCK

    key = (version, picture.kind, picture.subject, say.language)
    with LOCK:
        if version is not None and key in _CACHE:
            _CACHE.move_to_end(key)
            return _CACHE[key]
        png = _drawn(picture, connection, say)
        if version is not None:
            _CACHE[key] = png
            if len(_CACHE) > KEPT:
                _CACHE.popitem(last=False)
        return png


def _drawn(picture: Picture, connection: Connection, say: Phrases) -> bytes:
    from bot.charts_network import draw_network, network_of
    from bot.charts_timeline import draw_lanes, lanes_of

    identifier = from_key(picture.subject)
    entity = None if identifier is None else entity_of(connection, identifier)
    if entity is None:
        raise PictureError(f"nothing in the store is called {picture.subject!r}")
    if picture.kind == "network":
        nodes, pairs, strengths = network_of(connection, entity, say)
        if not strengths:
            raise PictureError(f"nobody appears together with {entity.name!r}")
        return draw_network(nodes, pairs, strengths, say).png()
    posts, events = lanes_of(connection, entity, say)
    if not posts and not events:
        raise PictureError(f"no dates are known of {entity.name!r}")
    return draw_lanes(entity, posts, events, say).png()
