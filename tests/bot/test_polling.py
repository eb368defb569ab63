"""getUpdates asked ahead: one at a time, what it brings noted, nothing lost when the library asks for something else."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.inbox import Inbox
from bot.telegram_updates import Polling

URL = "https://api.telegram.org/bot0:x/getUpdates"


def asks(offset: int, timeout: int = 25) -> RequestData:
    return RequestData([RequestParameter("offset", offset, None), RequestParameter("timeout", timeout, None)])


class Wire(BaseRequest):
    """Answers each offset with the update of that number, once it is there; an `int` of `fails` breaks."""

    read_timeout = 5.0

    def __init__(self, there: set[int], fails: frozenset[int] = frozenset()) -> None:
        self.there, self.fails = there, fails
        self.asked: list[tuple[int, int]] = []
        self.open = self.at_once = 0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
                         ) -> tuple[int, bytes]:
        assert request_data is not None
        offset, timeout = (int(request_data.json_parameters[name]) for name in ("offset", "timeout"))
        self.asked.append((offset, timeout))
        self.open += 1
        self.at_once = max(self.at_once, self.open)
        try:
            while offset not in self.there and timeout:
                await asyncio.sleep(0)
        finally:
            self.open -= 1
        if offset in self.fails:
            raise NetworkError("broken")
        found = [{"update_id": offset}] if offset in self.there else []
        return 200, json.dumps({"ok": True, "result": found}).encode()


def brought(answer: tuple[int, bytes]) -> list[int]:
    return [update["update_id"] for update in json.loads(answer[1])["result"]]


def test_the_next_is_asked_before_the_library_asks(tmp_path: Path) -> None:
    async def scene() -> None:
        wire = Wire({1, 2})
        polling = Polling(wire, Inbox(tmp_path / "inbox"))
        assert brought(await polling.do_request(URL, "POST", asks(1))) == [1]
        await asyncio.sleep(0)
        assert wire.asked == [(1, 25), (2, 25)]
        assert brought(await polling.do_request(URL, "POST", asks(2))) == [2]
        await polling.shutdown()
        assert (wire.at_once, wire.open) == (1, 0)

    asyncio.run(scene())
    assert [update["update_id"] for update in Inbox(tmp_path / "inbox").left()] == [1, 2]


def test_asking_for_something_else_drops_what_was_asked_ahead() -> None:
    async def scene() -> None:
        wire = Wire({1})
        polling = Polling(wire, Inbox())
        await polling.do_request(URL, "POST", asks(1))
        await asyncio.sleep(0)
        assert brought(await polling.do_request(URL, "POST", asks(2, timeout=0))) == []     # as the library does at the end
        assert wire.asked == [(1, 25), (2, 25), (2, 0)]
        assert (wire.at_once, wire.open) == (1, 0)

    asyncio.run(scene())


def test_a_fault_ahead_is_the_library_s_to_see() -> None:
    async def scene() -> None:
        wire = Wire({1, 2}, frozenset({2}))
        polling = Polling(wire, Inbox())
        await polling.do_request(URL, "POST", asks(1))
        with pytest.raises(NetworkError):
            await polling.do_request(URL, "POST", asks(2))
        wire.fails = frozenset()
        assert brought(await polling.do_request(URL, "POST", asks(2))) == [2]
        await polling.shutdown()

    asyncio.run(scene())
