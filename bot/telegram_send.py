"""Messages onto the screen: sent, edited, with pictures and files beside them.

`Screen` remembers what stands under which message id, so an edited question edits its answer and a page that would
change nothing is not sent. It forgets the oldest; after a restart Telegram itself tells what the pressed message says.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Generic, TypeVar

from telegram import Bot, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, ReplyParameters
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.telegram_text import CAPTION, Part, cut, keyboard, parts, shown
from bot.types import Attachment, Button, Message

__all__ = ["Place", "Recent", "Screen", "Sheet"]

log = logging.getLogger(__name__)
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True).to_json()
_REMEMBERED = 5_000                 # messages; older ones are rarely edited, and memory stays flat
_BURST = 1.0                        # seconds in which a chat gets two messages before a picture waits
_NOT_MODIFIED = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit",
         "message_id_invalid")


class Recent(Generic[K, V]):
    """The newest entries of a dictionary."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """The value, which is new again by being asked for."""
        if key in self._entries:
            self._entries.move_to_end(key)
        return self._entries.get(key)

    def put(self, key: K, value: V) -> None:
        """Remembers it; the oldest goes."""
        self._entries[key] = value
        self._entries.move_to_end(key)
        if len(self._entries) > self._most:
            self._entries.popitem(last=False)

    def pop(self, key: K) -> V | None:
        """Forgets it."""
        return self._entries.pop(key, None)

    def drop_if(self, unwanted: Any) -> None:
        """Forgets all whose key is unwanted."""
        for key in [key for key in self._entries if unwanted(key)]:
            del self._entries[key]

    def __len__(self) -> int:
        return len(self._entries)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes: a chat, a topic in it, the message it replies to."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None

    def parameters(self) -> dict[str, Any]:
        """As the Bot API takes it."""
        named: dict[str, Any] = {"chat_id": self.chat_id}
        if self.thread_id is not None:
            named["message_thread_id"] = self.thread_id
        if self.reply_to:
            named["reply_parameters"] = {"message_id": self.reply_to, "allow_sending_without_reply": True}
        return named

    def options(self) -> dict[str, Any]:
        """As the methods of a bot take it."""
        reply = ReplyParameters(self.reply_to, allow_sending_without_reply=True) if self.reply_to else None
        return {"chat_id": self.chat_id, "message_thread_id": self.thread_id, "reply_parameters": reply}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A message made ready for Telegram: split, its buttons made, and what of it a reader could tell apart."""

    message: Message
    parts: tuple[Part, ...]
    looks: tuple[tuple[str, str], ...]
    keyboard: str | None            # as JSON already: an answer is given many times
    number: int = field(default_factory=count(1).__next__)      # tells it from every other one, in keys

    @classmethod
    def of(cls, message: Message, *more: Button) -> Sheet:
        """The sheet of a message, with a last row of buttons that only Telegram has."""
        buttons = keyboard((*message.buttons, more) if more else message.buttons)
        made = tuple(parts(message))
        looks = tuple(_look(part.html, buttons if part is made[-1] else None) for part in made)
        return cls(message, made, looks, buttons.to_json() if buttons else None)

    def options(self, number: int) -> dict[str, str]:
        """What the library passes on as it is: no link previews; the buttons, which stand under the last part."""
        last = self.keyboard is not None and number == len(self.parts) - 1
        return {"link_preview_options": _NO_PREVIEW, **({"reply_markup": self.keyboard or ""} if last else {})}


class Screen:
    """Sends and edits answers; each method gives the ids of the messages that now show it."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._groups: Recent[tuple[int, int], list[int]] = Recent(_REMEMBERED)     # by the id of the last message
        self._shown: Recent[tuple[int, int], tuple[str, str]] = Recent(_REMEMBERED)
        self._latest: Recent[int, tuple[float, float]] = Recent(_REMEMBERED)    # when a chat got its last two messages

    async def send(self, place: Place, said: Sheet | Message) -> list[int]:
        """A new answer; only its first message is a reply, only its last has the buttons."""
        sheet = said if isinstance(said, Sheet) else Sheet.of(said)
        ids: list[int] = []
        for number in range(len(sheet.parts)):
            spot = place if not number else Place(place.chat_id, place.thread_id)
            ids.append(await self._send_part(spot, sheet, number))
        self._groups.put((place.chat_id, ids[-1]), ids)
        return ids

    async def revise(
        self, place: Place, last_id: int, sheet: Sheet, current: TelegramMessage | None = None
    ) -> list[int]:
        """The answer whose last message is `last_id` now says this; what cannot be edited is sent anew."""
        old = self._groups.pop((place.chat_id, last_id)) or [last_id]
        ids: list[int] = []
        for number in range(len(sheet.parts)):
            known = old[number] if number < len(old) else None
            if known is not None and await self._edit_part(place.chat_id, known, sheet, number, current):
                ids.append(known)
            else:
                ids.append(await self._send_part(place, sheet, number))
        await self._delete(place.chat_id, [i for i in old if i not in ids])
        self._groups.put((place.chat_id, ids[-1]), ids)
        return ids

    async def _send_part(self, place: Place, sheet: Sheet, number: int) -> int:
        part = sheet.parts[number]
        data = {**place.parameters(), **sheet.options(number)}
        try:
            sent = await self._post({**data, "text": part.html, "parse_mode": ParseMode.HTML})
        except BadRequest as error:
            if not _about_markup(error):
                raise
            log.error("Telegram refused the markup of %.200r: %s", part.html, error)    # noqa: TRY400  # no traceback
            sent = await self._post({**data, "text": part.plain})
        self._shown.put((place.chat_id, sent), sheet.looks[number])
        self._came(place.chat_id)
        return sent

    def _came(self, chat: int) -> None:
        self._latest.put(chat, ((self._latest.get(chat) or (0.0, 0.0))[1], time.monotonic()))

    async def _unhurried(self, chat: int) -> None:
        """Telegram advises against more than a message a second in a chat, short bursts apart: answers go at once, what
        comes beside them can wait."""
        while (early := (self._latest.get(chat) or (0.0, 0.0))[0] + _BURST - time.monotonic()) > 0:
            await asyncio.sleep(early)
        self._came(chat)

    async def _post(self, data: dict[str, Any]) -> int:
        """`sendMessage`; the id of the message. A step below `Bot.send_message`, which builds a `Message` of eighty
        fields from Telegram's answer: a seventh of the time of an answer, for the one field that is wanted."""
        return int((await self.bot._post("sendMessage", data))["message_id"])

    async def _edit_part(
        self, chat: int, identifier: int, sheet: Sheet, number: int, current: TelegramMessage | None
    ) -> bool:
        """False where the message cannot be edited any more."""
        if self._looks(chat, identifier, current) == sheet.looks[number]:
            return True
        try:
            await self.bot.edit_message_text(
                text=sheet.parts[number].html, parse_mode=ParseMode.HTML, chat_id=chat, message_id=identifier,
                api_kwargs=sheet.options(number))
        except BadRequest as error:
            if any(reason in str(error).lower() for reason in _GONE):
                return False
            if _NOT_MODIFIED not in str(error).lower():
                raise
        self._shown.put((chat, identifier), sheet.looks[number])
        return True

    def _looks(self, chat: int, identifier: int, current: TelegramMessage | None) -> tuple[str, str] | None:
        """What stands there now, as far as is known."""
        known = self._shown.get((chat, identifier))
        if known is None and current is not None and current.message_id == identifier and current.text is not None:
            return current.text.strip(), _markup_text(current.reply_markup)
        return known

    async def _delete(self, chat: int, identifiers: Sequence[int]) -> None:
        for identifier in identifiers:
            self._shown.pop((chat, identifier))
            try:
                await self.bot.delete_message(chat, identifier)
            except BadRequest as error:         # older than 48 hours, or gone
                log.info("an old part of an answer stays: %s", error)

    async def send_photo(self, place: Place, photo: bytes | str, caption: str) -> str | None:
        """A picture, as bytes or as Telegram knows it already; the id by which it can be sent again."""
        file = InputFile(photo, filename="hoitin.png") if isinstance(photo, bytes) else photo
        await self._unhurried(place.chat_id)
        sent = await self.bot.send_photo(photo=file, caption=cut(caption, CAPTION), **place.options())
        return sent.photo[-1].file_id if sent.photo else None

    async def send_file(self, place: Place, attachment: Attachment) -> None:
        """A document."""
        file = InputFile(attachment.content, filename=attachment.filename)
        await self._unhurried(place.chat_id)
        await self.bot.send_document(document=file, caption=cut(attachment.caption, CAPTION), **place.options())

    def forget(self, chat: int) -> None:
        """Nothing is remembered of this chat."""
        self._groups.drop_if(lambda key: key[0] == chat)
        self._shown.drop_if(lambda key: key[0] == chat)


def _about_markup(error: BadRequest) -> bool:
    return "can't parse entities" in str(error).lower()


def _look(html: str, markup: InlineKeyboardMarkup | None) -> tuple[str, str]:
    """What two messages have in common if nobody could tell them apart."""
    return shown(html).strip(), _markup_text(markup)


def _markup_text(markup: InlineKeyboardMarkup | None) -> str:
    rows = () if markup is None else markup.inline_keyboard
    return repr([[(button.text, button.callback_data, button.url) for button in row] for row in rows])
