"""What leaves the bot arrives, once: python-telegram-bot's rate limiter with patience around every call.

The limiter holds a group to 20 messages a minute. Around it, per call:

* 429: waits as long as Telegram says and sends again; only that chat waits, and for a minute everything keeps to the
  28 messages a second that Telegram advises (the library's own retry halts all chats and, at 30 a second from the
  start, makes a burst of questions wait that Telegram would have let through);
* 500, 502, a cut connection, no answer: tries again, a little later each time;
* a group that became a supergroup: goes to its new id;
* 403: the user has blocked the bot, which is remembered; everything else is the caller's to deal with.

A message may come twice only where Telegram took it and the connection broke before it said so: the Bot API has no
way to ask.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter
from telegram.ext import AIORateLimiter

__all__ = ["Delivery"]

log = logging.getLogger(__name__)
Call = Callable[..., Coroutine[Any, Any, Any]]

_PAUSES = (0.3, 0.7, 1.5, 3.0, 6.0, 10.0, 15.0)     # between tries after a network error: half a minute of outage
_PATIENCE = 120.0                   # seconds of 429 that one call waits for in all
_PACE, _PACED = 28, 60.0            # messages a second for that many seconds, once Telegram has said 429
# Seconds to wait for an answer. Asking again is harmless for the first rows, and a query is dead after ten; a message
# that is sent again might double, so Telegram gets more time for it: it takes 0.1 s as a rule, 3 s on a bad day.
_SECONDS = (("answer", 4.5), ("edit", 6.0), ("sendChatAction", 3.0), ("send", 8.0))
_WORTH_ONE_TRY = ("sendChatAction",)                # a typing indicator that comes late is worse than none
_SHORT_LIVED = ("answerCallbackQuery", "answerInlineQuery")     # a query is dead after some seconds


class Delivery(AIORateLimiter):
    """Every call of the bot but getUpdates goes through `process_request`."""

    def __init__(self, blocked: Callable[[int], None]) -> None:
        """`blocked` is told the id of a user who has blocked the bot."""
        super().__init__(overall_max_rate=0, group_max_rate=20, group_time_period=60, max_retries=0)
        self._blocked = blocked
        self._wait_until: dict[object, float] = {}      # chats that Telegram told to wait
        self._pace = AsyncLimiter(_PACE, 1)
        self._paced_until = 0.0
        self._closing = False

    def close(self) -> None:
        """From now on no call waits long: the bot is stopping."""
        self._closing = True

    async def process_request(
        self,
        callback: Call,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """One call, retried as the module says."""
        if not isinstance(kwargs.get("read_timeout"), int | float):
            seconds = next((s for prefix, s in _SECONDS if endpoint.startswith(prefix)), None)
            kwargs = kwargs if seconds is None else {**kwargs, "read_timeout": seconds}
        if _to_one_person(data.get("chat_id")):     # nothing to limit: the library's limiter would only cost time
            return await self._patiently(callback, args, kwargs, endpoint, data)

        async def patiently(*args: Any, **kwargs: Any) -> Any:
            return await self._patiently(callback, args, kwargs, endpoint, data)

        return await super().process_request(patiently, args, kwargs, endpoint, data, rate_limit_args)

    async def _patiently(
        self, call: Call, args: Any, kwargs: dict[str, Any], endpoint: str, data: dict[str, Any]
    ) -> Any:
        pauses = iter(() if endpoint in _WORTH_ONE_TRY else _PAUSES[:2] if endpoint in _SHORT_LIVED else _PAUSES)
        begun = time.monotonic()
        while True:
            await self._calm(data.get("chat_id"))
            try:
                async with self._pacing(data):
                    return await call(*args, **kwargs)
            except RetryAfter as error:
                self._hold(data.get("chat_id"), _seconds(error))
                if self._closing or time.monotonic() - begun + _seconds(error) > _PATIENCE:
                    raise
                await asyncio.sleep(_seconds(error) + 0.1)
            except ChatMigrated as error:
                data["chat_id"] = error.new_chat_id
            except Forbidden:
                self._note_blocked(data.get("chat_id"))
                raise
            except BadRequest:      # a NetworkError to the library; the same call would be refused again
                raise
            except NetworkError as error:
                pause = next(pauses, None)
                if pause is None or (self._closing and pause > 1):
                    raise
                log.info("%s: %s; trying again in %g s", endpoint, error, pause)
                await asyncio.sleep(pause)

    def _hold(self, chat: object, seconds: float) -> None:
        """Notes a 429."""
        now = time.monotonic()
        log.info("Telegram asks to wait %g s", seconds)
        self._paced_until = now + _PACED
        self._wait_until = {c: t for c, t in self._wait_until.items() if t > now}
        if chat is not None:
            self._wait_until[chat] = now + seconds

    async def _calm(self, chat: object) -> None:
        """Waits while this chat was told to wait."""
        while (left := self._wait_until.get(chat, 0.0) - time.monotonic()) > 0:
            await asyncio.sleep(left + 0.05)

    def _pacing(self, data: dict[str, Any]) -> AbstractAsyncContextManager[object]:
        return self._pace if "chat_id" in data and time.monotonic() < self._paced_until else nullcontext()

    def _note_blocked(self, chat: object) -> None:
        if isinstance(chat, int) and _to_one_person(chat):
            self._blocked(chat)


def _to_one_person(chat: object) -> bool:
    """Private chats have positive ids."""
    return isinstance(chat, int) and chat > 0


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after if isinstance(after, int) else after.total_seconds())
