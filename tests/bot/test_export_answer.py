"""/export: the whole answer as a file, every source with it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest

from bot.answers.export import as_csv, as_html
from bot.engine import Engine
from bot.phrases import phrases
from bot.types import Answer, Conversation, Fact, Intent, Message, Quote
from store.ingest import ingest

SAY = phrases("vi")
QUOTE = Quote(1, "https://bao.example/a?b=1&c=2", 'Họp "kín" <b>', "2024-03-12", 3, "=Bà Đơn < ông Thử", 10, 27, ((1, 7),))
ANSWER = Answer(Intent("who", "<script>"), True, "Bà Đơn & ông Thử", (Fact("+ Bí thư", (1,), "Chức <vụ>"), Fact("Không nguồn")),
                (QUOTE, Quote(2, "b.txt", None, None, 0, "Câu rời.", 0, 8)), ("năm suy ra",))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Over a store of the seeds."""
    path = tmp_path_factory.mktemp("answers") / "seeds.db"
    ingest(["seeds"], path)
    made = Engine(path)
    yield made
    made.close()


def content(message: Message) -> str:
    """The file beside an answer."""
    assert message.answer is not None
    assert message.answer.attachment is not None
    return message.answer.attachment.content.decode("utf-8-sig")


def test_a_table_is_safe_and_complete() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(ANSWER, SAY).decode("utf-8-sig"), newline="")))
    assert rows[1] == ["Chức <vụ>", "'+ Bí thư", "'=Bà Đơn < ông Thử", 'Họp "kín" <b>', "2024-03-12", QUOTE.source, "10", "27"]
    assert rows[2][:3] == ["", "Không nguồn", ""]
    assert rows[3][2] == "Câu rời."


def test_a_page_escapes_what_it_shows() -> None:
    page = as_html(ANSWER, SAY).decode()
    assert "<script" not in page
    assert "Chức &lt;vụ&gt;" in page
    assert "=<mark>Bà Đơn</mark> &lt; ông Thử" in page
    assert 'href="https://bao.example/a?b=1&amp;c=2"' in page
    assert "12/3/2024" in page


@pytest.mark.parametrize("kind", ["html", "csv", "json"])
def test_the_answer_before_becomes_a_file(kind: str, engine: Engine) -> None:
    talk = Conversation()
    asked = engine.respond("/who Hoàng Trung Hải", talk).answer
    assert asked is not None
    message = engine.respond(f"/export {kind}", talk)
    text = content(message)
    assert all(quote.text in text for quote in asked.quotes) or kind != "json"
    assert message.answer is not None
    assert message.answer.attachment is not None
    assert message.answer.attachment.filename.endswith(f".{kind}")
    assert message.answer.attachment.filename.isascii()
    again = engine.respond(message.buttons[0][0].data, talk)
    assert "Hoàng Trung Hải" in content(again)


def test_all_pages_are_in_it(engine: Engine) -> None:
    talk = Conversation()
    first = engine.respond("/find thành ủy", talk).answer
    assert first is not None
    data = json.loads(content(engine.respond("/export json", talk)))
    numbers = [source["number"] for source in data["sources"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= len(first.quotes)
    assert all(ref in numbers for fact in data["facts"] for ref in fact["sources"])


def test_a_message_can_be_exported_at_once(engine: Engine) -> None:
    assert json.loads(content(engine.respond("/export json /who Hoàng Trung Hải", Conversation())))["facts"]


@pytest.mark.parametrize("before", ["", "/help", "/who Không Có Ai Tên Này"])
def test_nothing_to_export_is_said(before: str, engine: Engine) -> None:
    talk = Conversation()
    if before:
        engine.respond(before, talk)
    message = engine.respond("/export", talk)
    assert "Chưa có câu trả lời" in message.plain or message.answer is None or message.answer.attachment is not None
