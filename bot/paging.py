"""One screen per answer: which part of a list a page shows, and the buttons to its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from bot.ask import Ask
from bot.types import Button

__all__ = ["page_buttons", "page_of", "pages_of"]

T = TypeVar("T")


def pages_of(count: int, size: int) -> int:
    """How many pages so many rows fill; 1 for none."""
    return max(1, -(-count // size))


def page_of(rows: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int, int]:
    """The rows of a page, its number (the last one where there is no such page) and how many there are."""
    pages = pages_of(len(rows), size)
    page = min(max(1, page), pages)
    return rows[(page - 1) * size:page * size], page, pages


def page_buttons(ask: Ask, page: int, pages: int) -> tuple[Button, ...]:
    """`‹`, `2/7`, `›`, saying the same command with another page; nothing where there is one page."""
    if pages < 2:
        return ()
    command, argument = ask.intent.command, ask.intent.argument
    row = []
    if page > 1:
        row.append(ask.button("‹", command, argument, page - 1))
    row.append(ask.button(f"{page}/{pages}", command, argument, page))
    if page < pages:
        row.append(ask.button("›", command, argument, page + 1))
    return tuple(row)
