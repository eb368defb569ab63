"""Updates side by side, each chat's in order, each once."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

__all__ = ["InOrder"]

log = logging.getLogger(__name__)
_REMEMBERED = 5_000                 # update ids; Telegram repeats one within minutes if its confirmation got lost
_WAITING = 30                       # updates of one chat that wait their turn; whoever floods loses the rest


class InOrder(BaseUpdateProcessor):
    """A question follows the answer to the one before it in the same chat (`còn năm 2017?`), while other chats go on;
    an update that Telegram delivers twice is handled once."""

    def __init__(self, at_once: int) -> None:
        super().__init__(at_once)
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._lines: dict[object, asyncio.Lock] = {}
        self._waiting: dict[object, int] = {}

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Runs the handlers of an update when its turn has come."""
        key = _line(update)
        if self._repeated(update) or self._waiting.get(key, 0) >= _WAITING:
            if isinstance(coroutine, Coroutine):
                coroutine.close()
            return
        if key is None:
            await coroutine
            return
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
            return True
        self._seen[update.update_id] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return False


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
