"""The engine: context, pages, long buttons, threads, a store that changes; and that no quote is ever made up."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.ask import from_key, to_key
from bot.engine import Engine
from bot.library import Library
from bot.types import Conversation
from store.errors import QueryTimeout, StoreError
from store.ingest import ingest
from store.queries import connect
from store.queries_articles import article_text

TALKS = [
    # what is said first, then what, in the second answer
    ("/who Hoàng Trung Hải", "ông ấy giữ chức gì?", "Bí thư Thành ủy Hà Nội"),
    ("Ai là Bí thư Thành ủy Hà Nội?", "còn năm 2019?", "Hoàng Trung Hải (2019)"),
    ("/who Đinh Tiến Dũng", "còn Hoàng Trung Hải?", "Hoàng Trung Hải:"),
    ("/who Đinh Tiến Dũng", "chi tiết [1]", "Đoạn quanh câu này"),
    ("/event 29/1", "ai phát biểu tại hội nghị đó?", "Phạm Minh Chính"),
    ("Ai chủ trì hội nghị chiều 21/2?", "ai nữa?", "Tổ chức:"),
    ("/event 14/10/2019", "14/10/2019 thì sao?", "phiên họp quý III"),
    ("/event 29/1", "how about 14/10/2019?", "phiên họp quý III"),
]


@pytest.mark.parametrize(("first", "then", "holds"), TALKS, ids=[row[1] for row in TALKS])
def test_context(seed_engine: Engine, first: str, then: str, holds: str) -> None:
    conversation = Conversation()
    seed_engine.respond(first, conversation)
    assert holds.lower() in seed_engine.respond(then, conversation).plain.lower()


def test_without_context_nothing_is_supposed(seed_engine: Engine) -> None:
    assert not seed_engine.answer("ông ấy giữ chức gì?", Conversation()).found


def test_pages_and_their_buttons(seed_engine: Engine) -> None:
    conversation = Conversation()
    message = seed_engine.respond("/article 004_ddd8bc5d41115ed8.txt", conversation)
    turn = [button.data for row in message.buttons for button in row if button.text == "›"]
    second = seed_engine.respond(turn[0], conversation)
    assert second.answer is not None
    assert second.answer.page == 2
    assert second.answer.quotes


def test_every_button_is_short_and_answered(seed_engine: Engine) -> None:
    long = "/find " + "hội nghị đánh giá kết quả thực hiện chương trình phối hợp công tác " * 3
    for text in ("/who Ngô", "/event 2019", "/org Ban Tổ chức Trung ương", long, "/start", "Ai chủ trì hội nghị 29/1?"):
        for row in seed_engine.respond(text, Conversation()).buttons:
            for button in row:
                assert len(button.data.encode()) <= 64
                answered = seed_engine.respond(button.data, Conversation())
                assert answered.answer is not None
                assert answered.answer.intent.command != "unknown"


def test_an_old_long_button_says_so(seed_engine: Engine) -> None:
    assert not seed_engine.answer("find ~0123456789ab|2", Conversation()).found


@pytest.mark.parametrize("identifier", [1, 35, 36, 2**52 - 1])
def test_keys(identifier: int) -> None:
    assert from_key(to_key(identifier)) == identifier


@pytest.mark.parametrize("key", ["", "#", "abc", "#zzzzzzzzzzzzzzzz", "#á", "# 1"])
def test_no_keys(key: str) -> None:
    assert from_key(key) is None


def test_many_threads_get_the_same_answers(seed_engine: Engine) -> None:
    texts = ["/who hằng", "/event 29/1", "/find chính quyền đô thị", "Ai chủ trì hội nghị chiều 21/2?"] * 8
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: seed_engine.respond(text, Conversation()).plain, texts))
    assert found == [seed_engine.respond(text, Conversation()).plain for text in texts]


def test_a_changed_store_changes_the_answer(seed_db: Path, tmp_path: Path) -> None:
    store = tmp_path / "changing.db"
    shutil.copy(seed_db, store)
    engine = Engine(store)
    assert not engine.answer("/who Lê Thu Cúc", Conversation()).found
    article = tmp_path / "moi.txt"
    article.write_text("Cần Thơ họp bàn\n\nSáng 3/4/2021, bà Lê Thu Cúc, Giám đốc Sở Y tế Cần Thơ, chủ trì hội nghị.\n",
                       encoding="utf-8")
    ingest([str(article)], store)
    assert engine.answer("/who Lê Thu Cúc", Conversation()).found
    engine.close()


def test_a_missing_store_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store at"):
        Engine(tmp_path / "none.db")


TYPED = (
    "ai là chủ trì hội nghị Bí thư Thành ủy Hà Nội 29/1 2019 Hoàng Trung Hải hằng nói gì về chương trình 01-CTr/TU bao nhiêu "
    "đề án /who /event /find /org /doc /timeline /related /article ? \" | #1 ông ấy ngày nào ở đâu của và khi")
WORDS = st.sampled_from(TYPED.split())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.lists(WORDS, max_size=9).map(" ".join), st.text(max_size=60)))
@example("/find \"")
@example("/find ' OR 1=1 --")
@example("/find a* NEAR(b c) ^d")
@example("/who %_[]^$.*")
@example("/event 31/2/2019")
@example("\u0000\ud7ff")
def test_every_quote_is_what_the_article_prints(seed_engine: Engine, seed_db: Path, text: str) -> None:
    message = seed_engine.respond(text, Conversation())
    answer = message.answer
    assert answer is not None
    assert message.plain
    assert not answer.found or answer.quotes or answer.intent.command == "stats"
    with_text = connect(seed_db)
    for quote in answer.quotes:
        assert article_text(with_text, quote.article_id)[quote.start:quote.end] == quote.text
        assert all(0 <= a < b <= len(quote.text) for a, b in quote.marks)
    with_text.close()
    assert all(1 <= ref <= len(answer.quotes) for fact in answer.facts for ref in fact.refs)


def test_events_of_an_unknown_year_follow_the_last_page_of_a_year(tmp_path: Path) -> None:
    kinds = ("sơ kết phong trào", "tổng kết thi đua", "triển khai nhiệm vụ", "gặp mặt đầu xuân", "biểu dương điển hình",
             "trao đổi kinh nghiệm")
    for day, what in enumerate(kinds, 1):
        (tmp_path / f"{day}.txt").write_text(f"Sáng {day}/3/2019, UBND huyện Tân Phong tổ chức hội nghị {what}.", encoding="utf-8")
    (tmp_path / "khac.txt").write_text(
        "Chiều 9/4, Sở Y tế Tân Phong tổ chức hội nghị giao ban. Năm 2019 ngành có nhiều việc.", encoding="utf-8")
    ingest([str(tmp_path)], tmp_path / "nam.db")
    engine = Engine(tmp_path / "nam.db")
    first, last = (engine.respond(said, Conversation()).plain for said in ("/event 2019", "/event 2019|2"))
    assert "giao ban" not in first
    assert "Trang cuối" in first
    assert "9/4 (không rõ năm): Hội nghị giao ban" in last


_ENDLESS = "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n"


def test_what_is_made_once_for_all_answers_does_not_use_up_the_time_of_the_first(seed_db: Path) -> None:
    library = Library(seed_db)
    with library.limit(0.2):
        assert library.once("slow", lambda c: time.sleep(0.3) or tuple(c.execute("select count(*) from articles").fetchone())) == (5,)
        assert tuple(library.connection.execute("select 1").fetchone()) == (1,)
    with pytest.raises(QueryTimeout), library.limit(0.2):
        library.connection.execute(_ENDLESS).fetchone()
    library.close()


def test_the_common_name_of_many_bodies_is_asked_back(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"Huyện ủy đã họp bàn lần thứ {number + 1} về trồng rừng.", encoding="utf-8")
    ingest([str(tmp_path)], tmp_path / "chung.db")
    message = Engine(tmp_path / "chung.db").respond("/org Huyện ủy", Conversation())
    assert message.answer is not None
    assert not message.answer.found
    assert "tên gọi chung" in message.plain
    assert len(message.buttons) == 5


def test_who_holds_the_post_that_a_passage_names_is_told_beside_it(tmp_path: Path) -> None:
    (tmp_path / "tra.txt").write_text(
        "Giám đốc Bệnh viện Nhi Tân Phong tự ý trả lại 37 tỷ đồng tiền từ thiện cho ngân hàng.\n"
        "Ông Lê Văn Bền, Giám đốc Bệnh viện Nhi Tân Phong, chưa giải thích.", encoding="utf-8")
    ingest([str(tmp_path)], tmp_path / "tra.db")
    answer = Engine(tmp_path / "tra.db").answer("Ai trả lại 37 tỷ đồng tiền từ thiện cho ngân hàng?", Conversation())
    assert not answer.found
    assert answer.notes == ("Theo cùng bài: Giám đốc Bệnh viện Nhi Tân Phong là Lê Văn Bền [2].",)
    assert answer.quotes[1].text.startswith("Ông Lê Văn Bền")
