"""What crosses borders in the bot: message → Intent → Answer → Message → Telegram or console.

A button's data is itself a message (`who #9f3k2c`, `find thanh uy|2`): at most 64 bytes, valid after a restart and
after a re-ingest, and answerable by `hoitin say`. `#…` names one row of the store by its stable id (base 36).
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Answer", "Attachment", "Block", "Button", "Conversation", "Fact", "Intent", "Message", "Picture", "Quote"]


@dataclass(frozen=True, slots=True)
class Intent:
    """A command and its argument, whatever way it was said."""

    command: str                    # a name in bot.commands.COMMANDS
    argument: str = ""
    page: int = 1
    slots: tuple[tuple[str, str], ...] = ()     # what a plain question's grammar read: (("post", "Bí thư …"), …)

    def slot(self, name: str) -> str | None:
        """The value of a slot, None where the question has none."""
        return dict(self.slots).get(name)


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence shown as a source: `text == article.text[start:end]`, printed as it stands."""

    article_id: int
    source: str
    title: str | None
    published: str | None           # EDTF
    position: int                   # of the sentence in its article
    text: str
    start: int
    end: int
    marks: tuple[tuple[int, int], ...] = ()     # spans of `text` to mark, relative to it


@dataclass(frozen=True, slots=True)
class Fact:
    """One asserted line; `refs` are 1-based numbers of the answer's quotes. Never without a quote."""

    text: str
    refs: tuple[int, ...] = ()
    group: str = ""                 # heading it stands under; facts of one group come together


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what pressing it says."""

    text: str
    data: str                       # callback data: a message; or, where `url` is set, empty
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to send beside an answer, drawn when asked for."""

    kind: str                       # timeline, network
    subject: str                    # `#…` of the entity
    caption: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send beside an answer (an export)."""

    filename: str
    content: bytes
    caption: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, before any markup. `headline` and `facts` are asserted; quotes and notes are not."""

    intent: Intent
    found: bool                     # False: nothing is asserted (not found, a choice offered, a passage quoted)
    headline: str
    facts: tuple[Fact, ...] = ()
    quotes: tuple[Quote, ...] = ()
    notes: tuple[str, ...] = ()     # said about the answer, never a fact: an inferred year, what was left out
    buttons: tuple[tuple[Button, ...], ...] = ()
    page: int = 1
    pages: int = 1
    subject: str | None = None      # `#…` of what was answered about, for `ông ấy`, `còn năm 2017?`
    mentioned: tuple[str, ...] = ()  # `#…` of what else it names, in order
    picture: Picture | None = None
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a message that is never split: HTML as Telegram takes it, and the same as plain text."""

    html: str
    plain: str


@dataclass(frozen=True, slots=True)
class Message:
    """An answer ready to send or print; `blocks` may be spread over several Telegram messages, in order."""

    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    answer: Answer | None = field(default=None, compare=False)

    @property
    def html(self) -> str:
        """The whole message in Telegram HTML."""
        return "\n\n".join(block.html for block in self.blocks)

    @property
    def plain(self) -> str:
        """The whole message without markup."""
        return "\n\n".join(block.plain for block in self.blocks)


@dataclass(slots=True)
class Conversation:
    """Who is asking and what was said last; one per user and chat, kept by the face that talks to them."""

    user_id: int = 0                # 0: the console
    chat_id: int = 0
    language: str = "vi"            # of the interface; quoted sentences stay as printed
    admin: bool = False             # may ingest, merge, hide
    group: bool = False             # short answers, no chatter
    last: Answer | None = None      # what `ông ấy`, `ai nữa?`, `chi tiết [2]` refer to
