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
from telegram.request._requestparameter import RequestParameter  # RequestData takes no others

from bot.inbox import Inbox

__all__ = ["InOrder", "Incoming", "Polling"]

log = logging.getLogger(__name__)
_REMEMBERED = 5_000                 # update ids; Telegram repeats one within minutes if its confirmation got lost
_UNTIL_CLOSED = 0.1                 # seconds: a poll given up has to end at Telegram before the next begins, or it says 409
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


class Polling(BaseRequest):
    """A transport for getUpdates. What it brings is noted, and the next getUpdates, which tells Telegram to forget it, is on
    its way before the library has read the first: under load the questions of the next round wait a sixth less."""

    def __init__(self, transport: BaseRequest, inbox: Inbox) -> None:
        self._transport = transport
        self._inbox = inbox
        self._next: tuple[object, asyncio.Future[tuple[int, bytes]]] | None = None
        self._gave_up = False

    @property
    def read_timeout(self) -> float | None:
        """That of the transport."""
        return self._transport.read_timeout

    async def initialize(self) -> None:
        """Opens the transport."""
        await self._transport.initialize()

    async def shutdown(self) -> None:
        """Closes it."""
        await self._drop()
        await self._transport.shutdown()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *times: Any, **named: Any
    ) -> tuple[int, bytes]:
        """One call: the one under way where it asks for the same."""
        wanted = _asked(url, request_data)
        if self._next is None or self._next[0] != wanted:
            await self._drop()
            if self._gave_up:
                self._gave_up = False
                await asyncio.sleep(_UNTIL_CLOSED)
            self._next = wanted, asyncio.ensure_future(
                self._transport.do_request(url, method, request_data, *times, **named))
        work, self._next = self._next[1], None
        try:
            status, content = await work
        except asyncio.CancelledError:
            self._gave_up = True
            raise
        if status == 200:
            latest = self._inbox.note(content)
            if latest is not None and request_data is not None:
                data = _from(request_data, latest + 1)
                self._next = _asked(url, data), asyncio.ensure_future(
                    self._transport.do_request(url, method, data, *times, **named))
        return status, content

    async def _drop(self) -> None:
        """Gives up what was asked ahead: the bot is stopping, or the library asks for something else."""
        asked, self._next = self._next, None
        if asked is not None:
            asked[1].cancel()
            self._gave_up = True
            await asyncio.wait({asked[1]})
            if not asked[1].cancelled() and asked[1].exception() is None:
                self._inbox.note(asked[1].result()[1])      # it came in the last moment, and may be forgotten at Telegram


def _asked(url: str, data: RequestData | None) -> object:
    return url, data.json_parameters if data is not None else None


def _from(data: RequestData, offset: int) -> RequestData:
    """The same request for what comes after."""
    values = {**data.parameters, "offset": offset}
    return RequestData([RequestParameter(name, value, None) for name, value in values.items()])


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
