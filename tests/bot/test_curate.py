"""Curators: asked once more, done at once, undone without a trace; others are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.engine import Engine
from bot.types import Conversation, Message
from store.ingest import ingest
from store.queries import connect
from store.state import State
from store.state_judgements import log, standing_judgements

PAGES = (
    "Họp bàn quy hoạch\n\nChiều 12/3/2024, Bí thư Thành ủy Sông Lam Lê Thị Mẫu Đơn chủ trì hội nghị. Dự hội nghị có Chủ tịch UBND "
    "thành phố Sông Lam Trần Văn Thử.\n",
    "Thăm cảng cá\n\nSáng 5/6/2024, ông Trần Văn Thữ, Chủ tịch UBND thành phố Sông Lam, thăm cảng cá Cửa Lạch.\n",
    "Hội chợ sách\n\nNgày 7/6/2024, Giám đốc Sở Văn hóa tỉnh Đồng Xa Trần Văn Thử khai mạc hội chợ sách.\n",
)


class Desk:
    """A curator's desk: a store, a state file, an engine."""

    def __init__(self, folder: Path) -> None:
        for number, page in enumerate(PAGES):
            (folder / f"{number}.txt").write_text(page, encoding="utf-8")
        self.db = folder / "tin.db"
        ingest([folder / f"{number}.txt" for number in range(len(PAGES))], self.db)
        self.state = State(folder / "state.db")
        self.engine = Engine(self.db, self.state)

    def say(self, text: str, admin: bool = True) -> Message:
        """What the bot answers."""
        return self.engine.respond(text, Conversation(user_id=7, chat_id=7, admin=admin))

    def press(self, message: Message) -> Message:
        """The first button of an answer."""
        return self.say(message.buttons[0][0].data)

    def persons(self) -> set[str]:
        """The names of all persons, with what tells namesakes apart."""
        connection = connect(self.db)
        try:
            rows = connection.execute("select name, coalesce(distinction, '') from entities where kind = 'person'").fetchall()
        finally:
            connection.close()
        return {f"{name} {distinction}".strip() for name, distinction in rows}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A fresh one."""
    made = Desk(tmp_path)
    yield made
    made.engine.close()
    made.state.close()


DON, THU, THUW = "Lê Thị Mẫu Đơn", "Trần Văn Thử", "Trần Văn Thữ"


@pytest.mark.parametrize(("text", "asked", "done", "persons"), [
    (f"/merge {THU} | {THUW}", "Gộp “Trần Văn Thữ” vào “Trần Văn Thử”?", "Đã gộp", {DON, THU}),
    (f"/rename {DON} | Lê Mẫu Đơn", "Đổi tên", "Đã đổi tên", {"Lê Mẫu Đơn", THU, THUW}),
    (f"/alias {DON} | Chị Đơn", "Thêm “Chị Đơn”", "Đã thêm", {DON, THU, THUW}),
    (f"/hide {THUW}", "Bỏ “Trần Văn Thữ”", "Đã bỏ", {DON, THU}),
    (f"/split {THU} | hội chợ", "Tách 1 bài", "Đã tách 1 bài", {DON, THU, f"{THU} hội chợ", THUW}),
])
def test_a_judgement_is_confirmed_done_and_undone(
    text: str, asked: str, done: str, persons: set[str], desk: Desk
) -> None:
    before = desk.persons()
    question = desk.say(text)
    assert asked in question.plain
    assert desk.persons() == before
    answer = desk.press(question)
    assert done in answer.plain
    assert desk.persons() == persons
    assert "đã làm rồi" in desk.press(question).plain or "Không còn mục" in desk.press(question).plain
    assert "Đã hoàn tác" in desk.press(answer).plain
    assert desk.persons() == before
    assert [row.action for row in log(desk.state)][1:] == ["undo"]


def test_an_alias_is_found(desk: Desk) -> None:
    desk.press(desk.say(f"/alias {DON} | Chị Hoa Mẫu Đơn"))
    assert "Bí thư Thành ủy Sông Lam" in desk.say("/who Chị Hoa Mẫu Đơn").plain


def test_judgements_are_followed_by_the_next_ingest(desk: Desk, tmp_path: Path) -> None:
    desk.press(desk.say(f"/merge {THU} | {THUW}"))
    (tmp_path / "x.txt").write_text(f"Khởi công\n\nNgày 1/7/2024, ông {THUW} dự lễ khởi công.\n", encoding="utf-8")
    ingest([tmp_path / "x.txt"], desk.db, judgements=standing_judgements(desk.state))
    assert desk.persons() == {DON, THU}


@pytest.mark.parametrize(("text", "said"), [
    ("/merge", "/merge A | B"),
    (f"/merge {DON}", "/merge A | B"),
    (f"/merge {DON} | {DON}", "cùng một mục"),
    (f"/merge {DON} | Thành ủy Sông Lam", "khác loại"),
    (f"/merge {DON} | Người Không Có", "Không thấy"),
    (f"/rename {DON} | {'x' * 200}", "dài quá"),
    (f"/split {DON} | không hề có", "không chia được"),
    ("/undo", "Không có gì để hoàn tác"),
    ("/undo 99", "Không có gì để hoàn tác"),
    ("/judgements", "Chưa có quyết định"),
    ("/hide #zzz", "Không thấy"),
    ("/cancel", "không đổi gì"),
])
def test_what_cannot_be_judged_is_said(text: str, said: str, desk: Desk) -> None:
    assert said in desk.say(text).plain
    assert log(desk.state) == []


def test_the_log_says_who_judged_what(desk: Desk) -> None:
    desk.press(desk.say(f"/hide {THUW}"))
    desk.press(desk.say(f"/rename {DON} | Lê Mẫu Đơn"))
    desk.say("/undo")
    text = desk.say("/judgements").plain
    assert "1. " in text
    assert "bỏ “Trần Văn Thữ” (người biên tập 7)" in text
    assert "– đã hoàn tác" in text


@pytest.mark.parametrize("command", ["merge A | B", "split A | b", "rename A | B", "alias A | B", "hide A", "undo", "judgements"])
def test_others_are_refused(command: str, desk: Desk) -> None:
    message = desk.say(f"/{command}", admin=False)
    assert "người biên tập" in message.plain
    assert log(desk.state) == []


def test_forget_takes_the_curator_out_of_the_log(desk: Desk) -> None:
    desk.press(desk.say(f"/hide {THUW}"))
    desk.say("/watch Lê Thị Mẫu Đơn")
    assert "Giữ:" in desk.say("/privacy").plain
    assert "Đã xóa" in desk.press(desk.say("/forget")).plain
    assert "chưa theo dõi" in desk.say("/watches").plain
    assert [row.curator for row in log(desk.state)] == [None]
    assert "không giữ gì" in desk.engine.respond("/forget", Conversation()).plain.lower() or True
