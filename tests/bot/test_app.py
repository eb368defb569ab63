"""The whole bot at the transport: what people do goes in, what Telegram is told comes out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from botapi import TOKEN, Fault, Recorder, Telegram
from telegram import Update

from bot import telegram_delivery
from bot.app import build
from bot.engine import Engine
from bot.settings import Settings
from bot.telegram_face import Face
from bot.telegram_profile import present
from store.ingest import ingest
from store.state import State

ROOT = Path(__file__).resolve().parents[2]
Scene = Callable[["Stage"], Awaitable[None]]


class Stage:
    """A bot at work, on the seeds; `hears` waits until it has dealt with what happened."""

    def __init__(self, db: Path, **settings: Any) -> None:
        self.telegram = Telegram()
        self.state = State()
        self.face = Face(Settings(token=TOKEN, db=db, **settings), Engine(db, self.state), self.state)
        self.application = build(self.face.settings, self.face, lambda seconds: Recorder(self.telegram))

    async def __aenter__(self) -> Stage:
        await self.application.initialize()
        self.face.connect(self.application.bot)
        await self.application.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.application.stop()
        await self.application.shutdown()
        self.face.close()

    async def hears(self, *updates: dict[str, Any]) -> list[str]:
        """The texts in the first update's chat afterwards."""
        for update in updates:
            await self.application.update_queue.put(Update.de_json(update, self.application.bot))
        await self.application.update_queue.join()
        first = updates[0]
        message = first.get("message") or first.get("edited_message") or first.get("callback_query", {}).get("message")
        return self.telegram.texts(message["chat"]["id"]) if message else []

    async def says(self, text: str, **more: Any) -> list[str]:
        """Somebody writes."""
        return await self.hears(self.telegram.says(text, **more))


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("app") / "hoitin.db"
    ingest([ROOT / "seeds"], path)
    return path


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries come at once; what they wait for in life is tested with a clock in test_telegram."""
    monkeypatch.setattr(telegram_delivery, "_PAUSES", (0.0,) * 7)


def play(db: Path, scene: Scene, **settings: Any) -> Telegram:
    """Runs a scene; the Telegram it took place on."""
    async def played() -> Telegram:
        async with Stage(db, **settings) as stage:
            await scene(stage)
            return stage.telegram
    return asyncio.run(played())


# --------------------------------------------------------------------------------------------------------- what is said

SAID = [
    ("/who dinh tien dung", 7, "Đinh Tiến Dũng"),
    ("dinh tien dung", 7, "Đinh Tiến Dũng"),
    ("/start", 7, "Chào bạn"),
    ("/start nonsense", 7, "Chào bạn"),
    ("/who@hoitin_bot dinh tien dung", -5, "Đinh Tiến Dũng"),
    ("@hoitin_bot dinh tien dung", -5, "Đinh Tiến Dũng"),
    ("/who@other_bot dinh tien dung", -5, None),
    ("dinh tien dung", -5, None),
    ("/nosuchcommand", -5, None),
    ("/nosuchcommand", 7, "/nosuchcommand"),
]


@pytest.mark.parametrize(("text", "chat", "answer"), SAID)
def test_said(db: Path, text: str, chat: int, answer: str | None) -> None:
    async def scene(stage: Stage) -> None:
        texts = await stage.says(text, chat=chat)
        assert (answer in texts[0] if texts else None) == (True if answer else None)

    telegram = play(db, scene)
    assert not answer or telegram.done("sendMessage")[0]["link_preview_options"] == {"is_disabled": True}
    if chat < 0 and answer:
        assert telegram.done("sendMessage")[0]["reply_parameters"]["message_id"] == 1


def test_an_edited_question_edits_its_answer(db: Path) -> None:
    async def scene(stage: Stage) -> None:
        asked = stage.telegram.says("/who hoang trung hai")
        assert "Hoàng Trung Hải" in (await stage.hears(asked))[0]
        texts = await stage.hears(stage.telegram.edits(asked, "/who dinh tien dung"))
        assert len(texts) == 1
        assert "Đinh Tiến Dũng" in texts[0]

    play(db, scene)


def test_buttons_lead_on_and_are_acknowledged(db: Path) -> None:
    async def scene(stage: Stage) -> None:
        await stage.says("/who dinh tien dung")
        texts = await stage.hears(stage.telegram.presses("Sự kiện"))
        assert len(texts) == 2
        assert len(stage.telegram.done("answerCallbackQuery")) == 1

    play(db, scene)


def test_pages_turn_in_place_and_an_unchanged_one_is_not_sent(db: Path) -> None:
    async def scene(stage: Stage) -> None:
        first = (await stage.says("/timeline thành ủy hà nội"))[0]
        turned = await stage.hears(stage.telegram.presses("›"))
        assert len(turned) == 1
        assert turned[0] != first
        await stage.hears(stage.telegram.presses("2/"))
        assert len(stage.telegram.done("editMessageText")) == 1

    play(db, scene)


SHARED = [
    ("/who dinh tien dung", "p_", "Đinh Tiến Dũng"),
    ("/org Thành ủy Hà Nội", "o_", "Thành ủy Hà Nội"),
    ("/doc 221-QD/TW", "d_", "221-Q"),
    ("/event 21/2/2023", "e_", "21/2/2023"),
    ("/timeline hoang trung hai", "t_", "Hoàng Trung Hải"),
    ("/related hoang trung hai", "r_", "Hoàng Trung Hải"),
]


@pytest.mark.parametrize(("text", "letter", "again"), SHARED)
def test_a_shared_link_opens_at_the_same_thing(db: Path, text: str, letter: str, again: str) -> None:
    async def scene(stage: Stage) -> None:
        await stage.says(text)
        rows = stage.telegram.done("sendMessage")[-1]["reply_markup"]["inline_keyboard"]
        url = rows[-1][0]["url"]
        assert f"https://t.me/hoitin_bot?start={letter}" in url
        start = url.split("?start=")[1].split("&")[0]
        assert again in (await stage.says(f"/start {start}", user=8))[0]

    play(db, scene)


def test_inline_cards(db: Path) -> None:
    async def scene(stage: Stage) -> None:
        await stage.hears(stage.telegram.types("dinh tien dung"))
        await stage.hears(stage.telegram.types(""))
        await stage.hears(stage.telegram.types("chương trình", offset="3"))
        found, nothing, paged = stage.telegram.done("answerInlineQuery")
        assert found["results"][0]["title"] == "Đinh Tiến Dũng"
        assert found["results"][0]["description"]
        assert found["cache_time"] > 0
        assert not found["is_personal"]
        assert nothing["results"] == []
        assert nothing["button"]["start_parameter"]
        assert paged["results"]

    play(db, scene)


def test_language_is_chosen_remembered_and_follows_the_user(db: Path) -> None:
    async def scene(stage: Stage) -> None:
        assert "Hello" in (await stage.says("/start", user=9, language="en-GB"))[-1]
        assert "Chào" in (await stage.says("/start", user=10, language="fr"))[-1]
        await stage.says("/lang en")
        assert "Hello" in (await stage.says("/start"))[-1]
        assert stage.state.language(7) == "en"
        assert "Hello" in (await stage.says("/start@hoitin_bot", chat=-5))[-1]

    play(db, scene)


@pytest.mark.parametrize(("chat", "refused"), [(7, 1), (-5, 0)])
def test_strangers_are_refused_politely(db: Path, chat: int, refused: int) -> None:
    async def scene(stage: Stage) -> None:
        texts = await stage.says("/who@hoitin_bot dinh tien dung", chat=chat)
        assert len(texts) == refused
        assert not any("Đinh Tiến Dũng" in text for text in texts)
        await stage.hears(stage.telegram.types("dinh tien dung"))
        assert stage.telegram.done("answerInlineQuery")[0]["results"] == []
        assert (await stage.says("/start", user=1))[0].startswith("Chào")

    play(db, scene, allowed=frozenset({1}))


# ------------------------------------------------------------------------------------------------------------- mishaps

@pytest.mark.parametrize("status", [500, 502, 0, -1, 429], ids=["500", "502", "no answer", "cut", "429"])
def test_an_answer_arrives_once(db: Path, status: int) -> None:
    async def scene(stage: Stage) -> None:
        stage.telegram.faults = [Fault(status, times=2)]
        assert len(await stage.says("/start")) == 1

    play(db, scene)


def test_an_update_delivered_twice_is_answered_once(db: Path) -> None:
    async def scene(stage: Stage) -> None:
        asked = stage.telegram.says("/start")
        assert len(await stage.hears(asked, asked)) == 1

    play(db, scene)


def test_who_blocks_the_bot_is_remembered_until_they_write(db: Path) -> None:
    async def scene(stage: Stage) -> None:
        stage.telegram.blocked.add(7)
        assert await stage.says("/start") == []
        await stage.face.in_thread(lambda: None)
        stage.face.drawing.submit(lambda: None).result()
        assert stage.state.blocked(7)
        stage.telegram.blocked.clear()
        assert len(await stage.says("/start")) == 1
        assert not stage.state.blocked(7)

    play(db, scene)


def test_a_bug_is_logged_and_apologised_for(db: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def scene(stage: Stage) -> None:
        def broken(*_: object) -> None:
            raise ZeroDivisionError("secret internals")
        stage.face.engine.respond = broken  # type: ignore[method-assign, assignment]
        texts = await stage.says("/who x")
        assert len(texts) == 1
        assert "trục trặc" in texts[0]
        assert "secret" not in texts[0]

    with caplog.at_level(logging.ERROR):
        play(db, scene)
    assert "ZeroDivisionError" in caplog.text


def test_a_chat_is_answered_in_order_while_others_go_on(db: Path) -> None:
    async def scene(stage: Stage) -> None:
        people = [stage.telegram.says(f"/who {name}", user=user)
                  for user in range(20, 30) for name in ("dinh tien dung", "hoang trung hai", "bui thi minh hoai")]
        await stage.hears(*people)
        for user in range(20, 30):
            texts = stage.telegram.texts(user)
            assert [t.split(":")[0] for t in texts] == ["Đinh Tiến Dũng", "Hoàng Trung Hải", "Bùi Thị Minh Hoài"]

    play(db, scene)


def test_menus_and_descriptions_per_language_and_scope(db: Path) -> None:
    async def scene(stage: Stage) -> None:
        await present(stage.application.bot, "vi")
        menus = {(p.get("language_code", ""), p["scope"]["type"] if p.get("scope") else "default"): p["commands"]
                 for p in stage.telegram.done("setMyCommands")}
        assert set(menus) == {(code, scope) for code in ("", "vi", "en") for scope in ("default", "all_group_chats")}
        assert menus["en", "default"] != menus["vi", "default"] == menus["", "default"]
        assert all(len(c["description"]) <= 256 for commands in menus.values() for c in commands)
        assert all(len(p["description"]) <= 512 for p in stage.telegram.done("setMyDescription"))
        assert all(len(p["short_description"]) <= 120 for p in stage.telegram.done("setMyShortDescription"))

    play(db, scene)


def test_a_curator_has_more_in_the_menu(db: Path) -> None:
    async def scene(stage: Stage) -> None:
        await stage.says("/start")
        await stage.says("/start", user=8)
        await asyncio.sleep(0.05)
        menus = stage.telegram.done("setMyCommands")
        assert {p["scope"]["chat_id"] for p in menus} == {7}
        assert any(command["command"] == "merge" for command in menus[0]["commands"])

    play(db, scene, admins=frozenset({7}))
