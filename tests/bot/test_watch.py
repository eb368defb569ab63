"""Watches: what is new is told once, whatever is restarted when, and nobody is woken for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import watch
from bot.engine import Engine
from bot.types import Conversation, Message
from store.ingest import ingest
from store.state import State
from store.state_watches import Quiet, all_watches, waiting

FIRST = """Thành ủy Sông Lam họp bàn quy hoạch

Chiều 12/3/2024, Bí thư Thành ủy Sông Lam Lê Thị Mẫu Đơn chủ trì hội nghị bàn về quy hoạch đô thị.
Bà Lê Thị Mẫu Đơn nhấn mạnh lòng dân là gốc.
"""
SECOND = """Thành ủy Sông Lam có lãnh đạo mới

Sáng 5/6/2024, Bí thư Thành ủy Sông Lam Trần Văn Thử thăm cảng cá Cửa Lạch.
Cùng đi có bà Lê Thị Mẫu Đơn. Ông Thử nói lòng dân là gốc của mọi việc.
"""
OTHER = """Hội chợ sách mở cửa

Ngày 7/6/2024, hội chợ sách mở cửa tại Sông Lam với hàng nghìn đầu sách cho thiếu nhi và người cao tuổi.
"""
NOON = datetime(2024, 6, 6, 5, tzinfo=UTC)          # 12:00 in Vietnam
NIGHT = datetime(2024, 6, 6, 17, tzinfo=UTC)        # 0:00


class House:
    """A store, a state file and an engine over both; `read` ingests a page, `tell` sends what waits."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.db, self.state_path = folder, folder / "tin.db", folder / "state.db"
        self.read("mot.txt", FIRST)
        self.outbox: list[tuple[int, Message]] = []
        self.open()

    def open(self) -> None:
        """As at the start of a process."""
        self.state = State(self.state_path)
        self.engine = Engine(self.db, self.state)

    def close(self) -> None:
        """As at its end."""
        self.engine.close()
        self.state.close()

    def read(self, name: str, text: str) -> None:
        """Ingests a page."""
        (self.folder / name).write_text(text, encoding="utf-8")
        ingest([self.folder / name], self.db)

    def say(self, text: str, user: int = 7, chat: int = 7) -> Message:
        """What the bot answers a user."""
        return self.engine.respond(text, Conversation(user_id=user, chat_id=chat))

    def tell(self, now: datetime = NOON, send: Callable[..., Any] | None = None) -> list[str]:
        """Looks and tells; the texts sent now."""
        before = len(self.outbox)

        async def keep(chat: int, message: Message) -> bool:
            self.outbox.append((chat, message))
            return True

        async def run(function: Callable[..., object], *arguments: object) -> object:
            return await asyncio.to_thread(function, *arguments)

        async def both() -> None:
            await run(watch.look, self.state, self.engine.library)
            await watch.tell(self.state, self.engine.library, send or keep, run, now)

        asyncio.run(both())
        return [message.plain for _, message in self.outbox[before:]]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A fresh one."""
    made = House(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize(("command", "news", "sentence"), [
    ("/watch Lê Thị Mẫu Đơn", "Tin mới về Lê Thị Mẫu Đơn: 1 bài", "Cùng đi có bà Lê Thị Mẫu Đơn."),
    ("/watch le thi mau don", "Tin mới về Lê Thị Mẫu Đơn: 1 bài", "Cùng đi có bà Lê Thị Mẫu Đơn."),
    ("/watch Bí thư Thành ủy Sông Lam", "Bí thư Thành ủy Sông Lam: mới được nêu Trần Văn Thử", "thăm cảng cá"),
    ('/watch "lòng dân là gốc"', "Bài mới có “lòng dân là gốc”: 1 bài", "gốc của mọi việc"),
    ('/watch "long dan la goc"', "Bài mới có “long dan la goc”: 1 bài", "gốc của mọi việc"),
])
def test_news_are_told_once_with_their_sentence(command: str, news: str, sentence: str, house: House) -> None:
    house.say(command)
    assert house.tell() == []
    house.read("hai.txt", SECOND)
    (told,) = house.tell()
    assert news in told
    assert sentence in told
    house.read("ba.txt", OTHER)
    assert house.tell() == []


def test_nothing_is_told_twice_or_lost_over_a_restart(house: House) -> None:
    house.say("/watch Lê Thị Mẫu Đơn")
    house.read("hai.txt", SECOND)

    async def down(chat: int, message: Message) -> bool:
        raise ConnectionError("no network")

    assert house.tell(send=down) == []
    assert len(waiting(house.state)) == 1
    house.close()
    house.open()
    assert len(house.tell()) == 1
    house.close()
    house.open()
    assert house.tell() == []
    house.read("hai.txt", SECOND + "\nThêm một câu về bà Lê Thị Mẫu Đơn.\n")
    assert house.tell() == []


def test_a_quiet_night_is_made_up_for_in_the_morning(house: House) -> None:
    house.say("/watch Lê Thị Mẫu Đơn")
    assert "22 giờ đến 7 giờ" in house.say("/quiet 22-7").plain
    house.read("hai.txt", SECOND)
    assert house.tell(NIGHT) == []
    assert len(house.tell(NOON)) == 1


def test_who_has_blocked_the_bot_is_forgotten(house: House) -> None:
    house.say("/watch Lê Thị Mẫu Đơn")
    house.say("/watch Lê Thị Mẫu Đơn", user=8, chat=-80)
    house.read("hai.txt", SECOND)
    house.state.set_blocked(7, True)

    async def gone(chat: int, message: Message) -> bool:
        return chat > 0

    house.tell(send=gone)
    assert all_watches(house.state) == []


def test_a_store_made_anew_is_no_news(house: House) -> None:
    house.read("hai.txt", SECOND)
    house.say("/watch Lê Thị Mẫu Đơn")
    house.engine.close()
    for path in house.folder.glob("tin.db*"):
        path.unlink()
    house.read("mot.txt", FIRST)
    house.engine = Engine(house.db, house.state)
    assert house.tell() == []
    house.read("bon.txt", SECOND)
    assert len(house.tell()) == 1


@pytest.mark.parametrize(("text", "said"), [
    ("/watch", "Bạn muốn theo dõi gì?"),
    ("/watch Nguyễn Văn Không Có", "Không thấy ai"),
    ('/watch "a"', "ngắn quá"),
    ("/watches", "chưa theo dõi gì"),
    ("/unwatch Lê Thị Mẫu Đơn", "không theo dõi"),
    ("/quiet", "Không đặt giờ yên lặng"),
    ("/quiet 25-99", "Đặt: /quiet 22-7"),
    ("/watch #zzz", "Không còn mục này"),
])
def test_what_cannot_be_watched_is_said(text: str, said: str, house: House) -> None:
    assert said in house.say(text).plain


def test_words_nobody_bears_can_be_watched_as_a_phrase(house: House) -> None:
    offered = house.say("/watch lòng dân là gốc của mọi việc lớn nhỏ trong thành phố này").buttons
    assert "“lòng dân là gốc" in house.say(offered[-1][0].data).plain


def test_watches_are_listed_and_ended(house: House) -> None:
    house.say("/watch Lê Thị Mẫu Đơn")
    house.say('/watch "lòng dân"')
    assert "đang theo dõi" in house.say("/watch Lê Thị Mẫu Đơn").plain.lower()
    listed = house.say("/watches")
    assert "2 mục" in listed.plain
    house.say(listed.buttons[0][0].data)
    assert [kept.label for kept in all_watches(house.state)] == ["“lòng dân”"]
    assert "chưa theo dõi gì" in house.say("/watches", user=9).plain
    house.say("/unwatch tất cả")
    assert all_watches(house.state) == []


def test_forget_ends_watches_and_their_ledger(house: House) -> None:
    house.say("/watch Bí thư Thành ủy Sông Lam")
    house.say("/quiet 22-7")
    house.state.forget(7)
    assert all_watches(house.state) == []
    assert house.state.read("select 1 from told") == []
    assert house.state.read("select 1 from quiet") == []


def test_the_console_cannot_watch(house: House) -> None:
    assert "Telegram" in house.say("/watch Lê Thị Mẫu Đơn", user=0).plain


@pytest.mark.parametrize(("first", "last", "hour", "quiet"), [
    (22, 7, 23, True), (22, 7, 6, True), (22, 7, 7, False), (22, 7, 12, False), (12, 14, 13, True), (12, 14, 14, False),
])
def test_quiet_hours_go_over_midnight(first: int, last: int, hour: int, quiet: bool) -> None:
    assert Quiet(first, last).covers(hour) == quiet
