"""What an answering function is given: the intent, the store, who asks, and the words to answer with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from bot.phrases import Phrases
from bot.types import Answer, Button, Conversation, Intent
from store.queries import Connection

if TYPE_CHECKING:
    from bot.library import Library

__all__ = ["Answering", "Ask", "LongTexts", "State", "from_key", "to_key"]

DATA_BYTES = 64                     # Telegram's limit for callback data
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@runtime_checkable
class LongTexts(Protocol):
    """Where messages too long for a button are kept; the state file, or memory."""

    def remember_text(self, key: str, text: str) -> None:
        """Keeps a text under its key."""

    def recall_text(self, key: str) -> str | None:
        """The text kept under this key."""


State = object
"""The state file as its own commands know it (`store.state`); answers about the corpus never look into it."""

Answering = Callable[["Ask"], Answer]


@dataclass(frozen=True, slots=True)
class Ask:
    """One question with all that is needed to answer it."""

    intent: Intent
    library: Library
    conversation: Conversation
    say: Phrases
    texts: LongTexts
    commands: Mapping[str, object] = field(default_factory=dict)    # bot.commands.COMMANDS; `/help` reads it
    state: State | None = None

    @property
    def connection(self) -> Connection:
        """The read-only connection of this thread."""
        return self.library.connection

    @property
    def language(self) -> str:
        """`vi` or `en`."""
        return self.say.language

    def button(self, label: str, command: str, argument: str = "", page: int = 1) -> Button:
        """A button that says this command; what is too long for Telegram is kept under a hash."""
        typed = argument[:1] not in ("", "#", "~")      # words alone would be read as a plain question when pressed
        tail = f"|{page}" if page > 1 or typed else ""
        data = f"{command} {argument}".strip() + tail
        if len(data.encode()) > DATA_BYTES:
            key = blake2b(argument.encode(), digest_size=6).hexdigest()
            self.texts.remember_text(key, argument)
            data = f"{command} ~{key}{tail}"
        return Button(_short(label), data)


def _short(label: str, limit: int = 60) -> str:
    return label if len(label) <= limit else label[: limit - 1].rstrip() + "…"


def to_key(identifier: int) -> str:
    """A row's id as it stands in messages and links: `#9f3k2c`."""
    digits = []
    while identifier:
        identifier, digit = divmod(identifier, 36)
        digits.append(_DIGITS[digit])
    return "#" + ("".join(reversed(digits)) or "0")


def from_key(key: str) -> int | None:
    """The id in `#9f3k2c`; None where it is none."""
    text = key.strip().removeprefix("#").lower()
    if not text or not key.strip().startswith("#") or len(text) > 13 or not text.isascii() or not text.isalnum():
        return None
    value = int(text, 36)
    return value if value < 1 << 63 else None
