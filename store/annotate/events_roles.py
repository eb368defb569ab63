from __future__ import annotations

from store.annotate.events_heads import Head
from store.annotate.page import Line, Page
from store.types import Participation

__all__ = ["participations"]


def participations(page: Page, head: Head, line: Line, lines: list[Line], main: bool) -> tuple[Participation, ...]:
    return ()
