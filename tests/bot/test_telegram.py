"""The parts of the Telegram face by themselves: splitting, patience, order, who is spoken to, links."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from telegram import Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut

from bot import telegram_delivery, transport
from bot.telegram_delivery import Delivery
from bot.telegram_group import addressed
from bot.telegram_links import payload, said_by, share_row
from bot.telegram_send import Recent, Sheet
from bot.telegram_text import CAPTION, ENTITIES, LONGEST, cut, keyboard, parts, shown, units
from bot.telegram_updates import InOrder
from bot.types import Answer, Block, Button, Intent, Message

assert transport                    # imported for how it sets the library up

# ----------------------------------------------------------------------------------------------------------- splitting


def block(html: str, plain: str | None = None) -> Block:
    """A block whose plain text is what is shown."""
    return Block(html, shown(html) if plain is None else plain)


SPLIT = [
    ((block("<b>a</b>"), block("b")), ["<b>a</b>\n\nb"]),
    ((block("<blockquote>a</blockquote>"), block("<blockquote>b</blockquote>")),
     ["<blockquote>a</blockquote>\n<blockquote>b</blockquote>"]),
    (tuple(block(f"<blockquote expandable>{n}</blockquote>") for n in "12345"),
     ["\n".join(f"<blockquote expandable>{n}</blockquote>" for n in "12345")]),
    ((block("a"), *(block(f"<blockquote expandable>{n}</blockquote>") for n in "123456")),
     ["a\n\n<blockquote expandable>1\n2\n3\n4\n5\n6</blockquote>"]),
    (tuple(block(f"<blockquote expandable>{n * 1300}</blockquote>") for n in "123456"),
     [f"<blockquote expandable>{'1' * 1300}\n{'2' * 1300}\n{'3' * 1300}</blockquote>",
      f"<blockquote expandable>{'4' * 1300}\n{'5' * 1300}\n{'6' * 1300}</blockquote>"]),
    ((block("x" * 4000), block("y" * 100)), ["x" * 4000, "y" * 100]),
    ((block("x" * 3994), block("y" * 100)), ["x" * 3994 + "\n\n" + "y" * 100]),
    ((block("😀" * 2000), block("y" * 95)), ["😀" * 2000, "y" * 95]),
    ((block("&amp;" * 4000), block("b")), ["&amp;" * 4000 + "\n\nb"]),
    ((block("<i>a</i>" * 60), block("<i>a</i>" * 60)), ["<i>a</i>" * 60, "<i>a</i>" * 60]),
    ((block("  "), block("a")), ["a"]),
]


@pytest.mark.parametrize(("blocks", "texts"), SPLIT)
def test_split(blocks: tuple[Block, ...], texts: list[str]) -> None:
    assert [part.html for part in parts(Message(blocks))] == texts


@pytest.mark.parametrize("monster", [
    "một dòng & <nữa>\n" * 1000, "x" * 20_000, "😀" * 9_000, "\n".join("y" * n for n in range(300)),
])
def test_what_no_text_could_hold_is_split_and_stays_within_the_limits(monster: str) -> None:
    made = parts(Message((block("<b>đầu</b>"), Block(f"<b>{monster}</b>".replace("&", "&amp;"), monster))))
    assert all(units(shown(part.html)) <= LONGEST and part.html.count("<b>") <= ENTITIES for part in made)
    assert "".join("".join(part.plain.split()) for part in made) == "đầu" + "".join(monster.split())


@pytest.mark.parametrize(("text", "longest", "result"), [
    ("ngắn", 10, "ngắn"),
    ("một hai ba bốn", 10, "một hai…"),
    ("x" * 50, 10, "x" * 9 + "…"),
    ("😀" * 50, 10, "😀" * 4 + "…"),
])
def test_cut(text: str, longest: int, result: str) -> None:
    assert cut(text, longest) == result
    assert units(cut(text, CAPTION)) <= CAPTION


@pytest.mark.parametrize(("rows", "made"), [
    ((), None),
    (((),), None),
    (((Button("a", "who #1"),), ()), [["a"]]),
    (((Button("", "who #1"), Button("b", "x" * 65), Button("c", "ệ" * 21)),), [["c"]]),
    (((Button("d", "", "https://t.me/x"),),), [["d"]]),
    ((tuple(Button(str(n), "x") for n in range(10)),), [list("01234567"), list("89")]),
])
def test_keyboard(rows: tuple[tuple[Button, ...], ...], made: list[list[str]] | None) -> None:
    markup = keyboard(rows)
    assert (None if markup is None else [[b.text for b in row] for row in markup.inline_keyboard]) == made


def test_no_more_buttons_than_telegram_takes() -> None:
    markup = keyboard((Button(str(n), "x"),) for n in range(150))
    assert markup is not None
    assert sum(len(row) for row in markup.inline_keyboard) == 100


def test_buttons_stand_under_the_last_part() -> None:
    sheet = Sheet.of(Message((block("x" * 4000), block("y" * 4000)), ((Button("a", "who #1"),),)))
    assert ["reply_markup" in sheet.options(n) for n in range(2)] == [False, True]


# ------------------------------------------------------------------------------------------------------------ patience

class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        """Seconds."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Passes at once."""
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(telegram_delivery.time, "monotonic", made.monotonic)
    monkeypatch.setattr(telegram_delivery.asyncio, "sleep", made.sleep)
    return made


def delivered(errors: list[Exception], endpoint: str = "sendMessage", chat: int = 7, closing: bool = False
              ) -> tuple[object, list[dict[str, Any]], list[int]]:
    """A call that fails so: its result or error, the calls made, the users found to have blocked."""
    calls: list[dict[str, Any]] = []
    blocked: list[int] = []
    left = list(errors)

    async def call(endpoint: str, data: dict[str, Any], **kwargs: Any) -> str:
        calls.append(dict(data))
        if left:
            raise left.pop(0)
        return "arrived"

    async def run() -> object:
        delivery = Delivery(blocked.append)
        if closing:
            delivery.close()
        data = {"chat_id": chat}
        try:
            return await delivery.process_request(call, (endpoint, data), {}, endpoint, data, None)
        except Exception as error:
            return error

    return asyncio.run(run()), calls, blocked


PATIENCE = [
    ([], "sendMessage", "arrived", 1, 0),
    ([NetworkError("502")] * 3, "sendMessage", "arrived", 4, 2.5),
    ([TimedOut()], "editMessageText", "arrived", 2, 0.3),
    ([NetworkError("500")] * 20, "sendMessage", NetworkError, 8, 36.5),
    ([RetryAfter(3)], "sendMessage", "arrived", 2, 3.1),
    ([RetryAfter(3)] * 3, "sendMessage", "arrived", 4, 9.3),
    ([RetryAfter(400)], "sendMessage", RetryAfter, 1, 0),
    ([BadRequest("chat not found")], "sendMessage", BadRequest, 1, 0),
    ([NetworkError("500")] * 5, "sendChatAction", NetworkError, 1, 0),
    ([NetworkError("500")] * 5, "answerCallbackQuery", NetworkError, 3, 1.0),
]


@pytest.mark.parametrize(("errors", "endpoint", "result", "calls", "seconds"), PATIENCE)
def test_patience(
    clock: Clock, errors: list[Exception], endpoint: str, result: object, calls: int, seconds: float
) -> None:
    got, made, _ = delivered(errors, endpoint)
    assert got == result if isinstance(result, str) else isinstance(got, result)  # type: ignore[arg-type]  # a type then
    assert len(made) == calls
    assert clock.now == pytest.approx(seconds, abs=0.2)


def test_a_stopping_bot_waits_for_nothing_long(clock: Clock) -> None:
    got, made, _ = delivered([NetworkError("500")] * 20, closing=True)
    assert isinstance(got, NetworkError)
    assert (len(made), clock.now) == (3, pytest.approx(1.0))


def test_who_blocked_is_told(clock: Clock) -> None:
    assert delivered([Forbidden("bot was blocked by the user")])[2] == [7]
    assert delivered([Forbidden("bot was kicked")], chat=-100)[2] == []


def test_a_group_that_moved_is_followed(clock: Clock) -> None:
    got, made, _ = delivered([ChatMigrated(-100123)], chat=-5)
    assert got == "arrived"
    assert [data["chat_id"] for data in made] == [-5, -100123]


def test_answers_are_waited_for_as_long_as_each_kind_deserves() -> None:
    seen: dict[str, object] = {}

    async def run() -> None:
        for endpoint in ("answerInlineQuery", "editMessageText", "sendMessage", "getMe"):
            async def call(endpoint: str, data: dict[str, Any], **kwargs: Any) -> None:
                seen[endpoint] = kwargs.get("read_timeout")
            await Delivery(lambda user: None).process_request(call, (endpoint, {}), {}, endpoint, {}, None)

    asyncio.run(run())
    assert seen == {"answerInlineQuery": 4.5, "editMessageText": 6.0, "sendMessage": 8.0, "getMe": None}


# --------------------------------------------------------------------------------------------------------------- order

def test_a_chat_that_floods_keeps_nobody_waiting_for_ever() -> None:
    done: list[int] = []

    async def run() -> None:
        line = InOrder(8)

        async def work(number: int) -> None:
            await asyncio.sleep(0)
            done.append(number)

        updates = [Update.de_json({"update_id": n, "message": {
            "message_id": n, "date": 0, "chat": {"id": 1, "type": "private"},
            "from": {"id": 1, "is_bot": False, "first_name": "L"}, "text": "x"}}, None) for n in range(60)]
        await asyncio.gather(*(line.do_process_update(update, work(update.update_id)) for update in updates))
        assert not line._lines
        assert not line._waiting

    asyncio.run(run())
    assert done == list(range(30))


def test_recent_keeps_the_newest() -> None:
    recent: Recent[int, str] = Recent(2)
    for number in (1, 2):
        recent.put(number, str(number))
    assert recent.get(1) == "1"
    recent.put(3, "3")
    assert [recent.get(n) for n in (1, 2, 3)] == ["1", None, "3"]
    recent.drop_if(lambda key: key == 1)
    assert len(recent) == 1


# ------------------------------------------------------------------------------------------------------ who is spoken to

ADDRESSED = [
    ("/who x", False, "/who x"),
    ("/WHO@Hoitin_Bot  x", False, "/WHO  x"),
    ("/who@other_bot x", False, None),
    ("/roll 2d6", False, None),
    ("@hoitin_bot ai là x?", False, "ai là x?"),
    ("này @hoitin_bot, ai là x?", False, "này   ai là x?"),
    ("@hoitin_bot", False, "/help"),
    ("@hoitin_bots x", False, None),
    ("a@hoitin_bot", False, None),
    ("chào cả nhà", False, None),
    ("còn năm 2017?", True, "còn năm 2017?"),
    ("", True, None),
    ("/unknown@hoitin_bot", False, "/unknown"),
]


@pytest.mark.parametrize(("text", "reply", "meant"), ADDRESSED)
def test_addressed(text: str, reply: bool, meant: str | None) -> None:
    assert addressed(text, "hoitin_bot", reply) == meant


# --------------------------------------------------------------------------------------------------------------- links

@pytest.mark.parametrize(("said", "asked"), [
    ("/start p_9f3k2c", "who #9f3k2c"),
    ("/start@hoitin_bot e_1", "event #1"),
    ("/start d_zz", "doc #zz"),
    ("/start x_zz", "/start"),
    ("/start p_../../etc", "/start"),
    ("/start inline", "/start"),
    ("/start", "/start"),
    ("/who p_9f3k2c", "/who p_9f3k2c"),
])
def test_deep_links(said: str, asked: str) -> None:
    assert said_by(said) == asked


@pytest.mark.parametrize(("answer", "kind", "start"), [
    (None, None, None),
    (Answer(Intent("who", "lan"), found=True, headline="", subject="#a1"), "person", "p_a1"),
    (Answer(Intent("who", "lan"), found=False, headline="", subject="#a1"), "person", None),
    (Answer(Intent("who", "lan"), found=True, headline="", subject="#a1"), None, None),
    (Answer(Intent("ask", "ai là lan"), found=True, headline="", subject="#a1"), "person", "p_a1"),
    (Answer(Intent("ask", "họp khi nào"), found=True, headline="", subject="#c3"), "event", "e_c3"),
    (Answer(Intent("ask", "ở đâu"), found=True, headline="", subject="#f6"), "place", None),
    (Answer(Intent("doc", "01"), found=True, headline="", subject="#b2"), "document", "d_b2"),
    (Answer(Intent("event", "#c3"), found=True, headline="", subject="#c3"), "event", "e_c3"),
    (Answer(Intent("event", "lan"), found=True, headline="", subject="#a1"), "person", None),
    (Answer(Intent("timeline", "lan"), found=True, headline="", subject="#a1"), "person", "t_a1"),
    (Answer(Intent("stats"), found=True, headline=""), None, None),
])
def test_payload(answer: Answer | None, kind: str | None, start: str | None) -> None:
    assert payload(answer, kind) == start
    row = share_row(Message((), (), answer), kind, "hoitin_bot", lambda key, **_: key)  # type: ignore[arg-type]
    assert bool(row) == (start is not None)
    assert all(f"https://t.me/hoitin_bot?start={start}" in (button.url or "") for button in row)


def test_splitting_is_linear() -> None:
    begun = time.perf_counter()
    parts(Message((Block("<b>" + "x " * 200_000 + "</b>", "x " * 200_000),)))
    assert time.perf_counter() - begun < 2.0
