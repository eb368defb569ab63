"""A message within Telegram's limits: 4096 UTF-16 units and 100 entities a text, 64 bytes a button.

The sentences that prove facts become one folded quotation, so do many passages. What does not fit is split between
blocks; a block too long for one text, which an answer never has, loses its markup and is split between lines.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.types import Block, Button, Message

__all__ = ["CAPTION", "ENTITIES", "LONGEST", "Part", "cut", "keyboard", "parts", "shown", "units"]

log = logging.getLogger(__name__)
LONGEST = 4096                      # https://core.telegram.org/bots/api#sendmessage, after parsing
CAPTION = 1024
ENTITIES = 100                      # those after the hundredth are lost
_BUTTONS, _IN_A_ROW, _DATA, _LABEL = 100, 8, 64, 64
_TAG = re.compile(r"<(/?)[a-z-]+[^>]*>")
_GAP = "\n\n"                       # between blocks
_NARROW_GAP = "\n"                  # between two sources: a quote has space around it already
_QUOTE, _QUOTE_END = "<blockquote expandable>", "</blockquote>"
_OPEN_QUOTES = 5                    # more passages than these fold into one: each takes four lines on a phone, folded too


@dataclass(frozen=True, slots=True)
class Part:
    """One Telegram message."""

    html: str
    plain: str


def shown(html: str) -> str:
    """What the reader sees of Telegram HTML."""
    return unescape(_TAG.sub("", html))


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _entities(html: str) -> int:
    return sum(not match[1] for match in _TAG.finditer(html))


def parts(message: Message) -> list[Part]:
    """The Telegram messages that say all of it, in order; at least one."""
    made: list[Part] = []
    html = plain = ""
    length = entities = 0
    proof = message.answer is not None and bool(message.answer.facts)
    folding = proof or sum(block.html.startswith(_QUOTE) for block in message.blocks) > _OPEN_QUOTES
    for block in _fitting(message.blocks):
        size, tags = units(shown(block.html)), _entities(block.html)
        gap = _gap(html, block.html)
        if html and (length + len(gap) + size > LONGEST or entities + tags > ENTITIES):
            made.append(Part(html, plain))
            html, plain, length, entities = block.html, block.plain, size, tags
            continue
        if folding and html.endswith(_QUOTE_END) and block.html.startswith(_QUOTE):
            html, tags = html.removesuffix(_QUOTE_END), tags - 1
            block = Block(block.html.removeprefix(_QUOTE), block.plain)
        html, plain = (html + gap + block.html, plain + _GAP + block.plain) if html else (block.html, block.plain)
        length, entities = length + size + (len(gap) if entities or length else 0), entities + tags
    made.append(Part(html, plain))
    return made


def _gap(before: str, after: str) -> str:
    return _NARROW_GAP if before.endswith("</blockquote>") and after.startswith("<blockquote") else _GAP


def _fitting(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, those that no text could hold in pieces."""
    for block in blocks:
        if not block.html.strip():
            continue
        if units(shown(block.html)) <= LONGEST and _entities(block.html) <= ENTITIES:
            yield block
        else:
            yield from _pieces(block)


def _pieces(block: Block) -> Iterator[Block]:
    piece = ""
    for line in block.plain.splitlines(keepends=True):
        for bit in _bits(line):
            if piece and units(piece) + units(bit) > LONGEST:
                yield Block(escape(piece.rstrip("\n"), quote=False), piece.rstrip("\n"))
                piece = ""
            piece += bit
    if piece.strip():
        yield Block(escape(piece, quote=False), piece)


def _bits(line: str) -> Iterator[str]:
    """A line in pieces of at most 2,000 characters, which fit whatever they are."""
    half = LONGEST // 2 - 48
    for start in range(0, len(line), half):
        yield line[start:start + half]


def cut(text: str, longest: int) -> str:
    """The text, its end replaced by … where it is longer, cut between words if one is near."""
    if units(text) <= longest:
        return text
    kept = text[:longest - 1]
    while units(kept) > longest - 1:
        kept = kept[:-1]
    head, space, tail = kept.rpartition(" ")
    return (head if space and len(tail) < 30 else kept).rstrip() + "…"


def keyboard(rows: Iterable[Iterable[Button]]) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram takes them, None where there are none. One it would refuse is left out and logged."""
    made: list[list[InlineKeyboardButton]] = []
    left = _BUTTONS
    for row in rows:
        buttons = [button for button in map(_button, row) if button is not None][:left]
        left -= len(buttons)
        made += [buttons[i:i + _IN_A_ROW] for i in range(0, len(buttons), _IN_A_ROW)]
    return InlineKeyboardMarkup(made) if made else None


def _button(button: Button) -> InlineKeyboardButton | None:
    text = cut(button.text.strip(), _LABEL)
    if button.url and text:
        return InlineKeyboardButton(text, url=button.url)
    if not text or not 1 <= len(button.data.encode()) <= _DATA:
        log.error("a button left out: %r says %d bytes", text, len(button.data.encode()))
        return None
    return InlineKeyboardButton(text, callback_data=button.data)
