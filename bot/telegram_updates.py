"""Updates side by side, each chat's in order, each once, and none forgotten by a bot that is killed."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor
from telegram.request import BaseRequest, RequestData

from bot.inbox import Inbox

__all__ = ["InOrder", "Incoming", "Noting"]

log = logging.getLogger(__name__)
_REMEMBERED = 5_000                 # update ids; Telegram repeats one within minutes if its confirmation got lost
_WAITING = 30                       # updates of one chat that wait their turn; whoever floods loses the rest


class InOrder(BaseUpdateProcessor):
    """A question follows the answer to the one before it in the same chat (`còn năm 2017?`), while other chats go on;
    an update that Telegram delivers twice is handled once."""

    def __init__(self, at_once: int, inbox: Inbox | None = None) -> None:
        super().__init__(at_once)
        self._inbox = inbox or Inbox()
        self._seen: OrderedDict[int, bool] = OrderedDict()      # whether it is done with
        self._lines: dict[object, asyncio.Lock] = {}
        self._waiting: dict[object, int] = {}

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Runs the handlers of an update when its turn has come."""
        key = _line(update)
        repeated = self._repeated(update)
        if repeated or self._waiting.get(key, 0) >= _WAITING:
            if isinstance(coroutine, Coroutine):
                coroutine.close()
            if not repeated:
                self._done(update)
            return
        if key is None:
            await coroutine
        else:
            await self._in_turn(key, coroutine)
        self._done(update)          # not where it was cancelled: the bot is stopping, and answers after the next start

    async def _in_turn(self, key: object, coroutine: Awaitable[Any]) -> None:
        self._waiting[key] = self._waiting.get(key, 0) + 1
        try:
            async with self._lines.setdefault(key, asyncio.Lock()):
                await coroutine
        finally:
            self._leave(key)

    def _leave(self, key: object) -> None:
        """Forgets a chat in which nothing waits, so memory stays flat."""
        self._waiting[key] -= 1
        if not self._waiting[key]:
            del self._waiting[key], self._lines[key]

    def _repeated(self, update: object) -> bool:
        if not isinstance(update, Update):
            return False
        if update.update_id in self._seen:
            log.info("update %d came twice", update.update_id)
            if self._seen[update.update_id]:
                self._inbox.done(update.update_id)
            return True
        self._seen[update.update_id] = False
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return False


    def _done(self, update: object) -> None:
        if isinstance(update, Update):
            self._seen[update.update_id] = True
            self._inbox.done(update.update_id)


class Incoming(asyncio.Queue[object]):
    """The queue from Telegram to the handlers; what a webhook puts there is noted before Telegram hears that it came."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self._inbox = inbox
        self.noting = False         # polling notes whole answers of Telegram already

    async def put(self, item: object) -> None:
        """Notes and queues."""
        if self.noting and isinstance(item, Update):
            self._inbox.note(item.to_json().encode())
        await super().put(item)


class Noting(BaseRequest):
    """A transport that notes the updates it brings; the next getUpdates tells Telegram to forget them."""

    def __init__(self, transport: BaseRequest, inbox: Inbox) -> None:
        self._transport = transport
        self._inbox = inbox

    @property
    def read_timeout(self) -> float | None:
        """That of the transport."""
        return self._transport.read_timeout

    async def initialize(self) -> None:
        """Opens the transport."""
        await self._transport.initialize()

    async def shutdown(self) -> None:
        """Closes it."""
        await self._transport.shutdown()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *times: Any, **named: Any
    ) -> tuple[int, bytes]:
        """One call."""
        status, content = await self._transport.do_request(url, method, request_data, *times, **named)
        if status == 200:
            self._inbox.note(content)
        return status, content


def _line(update: object) -> object:
    """What has to go in order: a person's messages in a chat, the presses on one message."""
    if not isinstance(update, Update):
        return None
    if update.callback_query is not None:
        query = update.callback_query
        return (query.message.chat.id, query.message.message_id) if query.message else query.inline_message_id
    message = update.effective_message
    if message is None:
        return None
    return message.chat_id, -(message.from_user.id if message.from_user else 0)
