"""Answers over the seeds: what they hold, what they must not assert, and that nothing is asserted without a source."""

from __future__ import annotations

import pytest

from bot.engine import Engine
from bot.types import Answer, Conversation


def asserted(answer: Answer) -> str:
    return "\n".join([answer.headline, *(fact.text for fact in answer.facts)])


FOUND = [
    # message, in what is asserted, not in it
    ("/who Hoàng Trung Hải", ["Bí thư Thành ủy Hà Nội", "14/10/2019"], ["Chủ tịch UBND"]),
    ("/who hoang trung hai", ["Hoàng Trung Hải"], []),
    ("/who hai hoang trung", ["Hoàng Trung Hải"], []),
    ("/who Bí thư Thành uỷ Hà Nội 2019", ["Hoàng Trung Hải"], ["Đinh Tiến Dũng", "Bùi Thị Minh Hoài"]),
    ("/who pct ubnd tp ha noi", ["Ngô Văn Quý"], ["Nguyễn Đức Chung"]),
    ("/who ct ubnd hanoi", ["Nguyễn Đức Chung"], ["Ngô Văn Quý"]),
    ("/event 14/10/2019", ["phiên họp quý III", "Hoàng Trung Hải"], []),
    ("/event tháng 10/2019", ["Hoàng Trung Hải"], []),
    ("/doc 221-qd/tw", ["27/4/2009", "Ban Bí thư"], []),
    ("/timeline Hoàng Trung Hải", ["29/1/2019 (năm suy ra)", "14/10/2019"], []),
    ("/related Hoàng Trung Hải", ["Ngô Thị Thanh Hằng"], []),
    ("/article 004_ddd8bc5d41115ed8.txt", ["Trọng Toàn"], []),
    ("/stats", ["5 bài"], []),
    ("Ai chủ trì phiên họp 14/10?", ["Hoàng Trung Hải"], ["Đào Đức Toàn"]),
    ("ai la chu tich ubnd tp ha noi", ["Nguyễn Đức Chung"], ["Ngô Văn Quý"]),
    ("Hoàng Trung Hải có phải là Bí thư Thành ủy Hà Nội không?", ["Có:", "Hoàng Trung Hải"], []),
    ("Quyết định 221-QĐ/TW do ai ban hành, ngày nào?", ["Ban Bí thư", "27/4/2009"], []),
    ("Còn mấy nội dung chưa triển khai trong năm 2018?", ["3 nội dung"], []),
    ("Ai viết bài về chuẩn bị tổng kết Chương trình 01-CTr/TU?", ["Trọng Toàn"], ["Đào Đức Toàn"]),
    ("hoang trung hai", ["Hoàng Trung Hải"], []),
    ("14/10/2019", ["phiên họp quý III"], []),
    ("ng duc chung la ai", ["Nguyễn Đức Chung"], []),
    ("/who jam doc hoc vien chinh tri", ["Nguyễn Xuân Thắng"], []),
    ("/who chu tich hoi dong ly luann trung uong", ["Nguyễn Xuân Thắng"], []),
    ("/who chủ tịch trung ương lý luận hội đồng", ["Nguyễn Xuân Thắng"], []),
    ("bi thu hn la ai", ["Bí thư Thành ủy Hà Nội"], ["hội nghị"]),
    ("ai chu tri hn 21/2", ["Chủ trì: Đinh Tiến Dũng"], []),
    ("học viện chính trị ai làm giám đốc", ["Nguyễn Xuân Thắng"], []),
    ("ubnd hn ai lam chu tich", ["Nguyễn Đức Chung"], ["Ngô Văn Quý"]),
    ("221-QĐ/TW", ["27/4/2009"], []),
]

NOT_FOUND = [
    "/who Lê Thu Cúc", "/who Bí thư Thành ủy Cần Thơ", "/who Bí thư Thành ủy Hà Nội 2001", "/who", "/event 25/12/1999",
    "/event", "/org Sở Y tế Cần Thơ", "/org", "/doc Nghị định 46", "/doc", "/find vịnh san hô lấp lánh", "/find",
    "/timeline Lê Thu Cúc", "/related Lê Thu Cúc", "/article khong-co.txt", "Ai là Bí thư Thành ủy Cần Thơ?",
    "Ai chủ trì hội nghị ngày 25/12?", "Ngô Văn Quý có phải là Chủ tịch UBND TP Hà Nội không?",
    "Giá cà phê hôm nay bao nhiêu?", "/who #zzzzzz", "/event #zzzzzz", "who #1", "/find \"không có câu này đâu\"", "🙂", "...",
    "/who Ngô", "/lang", "/lang vi", "/help", "/start",
]


@pytest.mark.parametrize(("message", "holds", "lacks"), FOUND, ids=[row[0] for row in FOUND])
def test_found(seed_engine: Engine, message: str, holds: list[str], lacks: list[str]) -> None:
    answer = seed_engine.answer(message, Conversation())
    said = asserted(answer)
    assert answer.found
    assert [text for text in holds if text.lower() not in said.lower()] == []
    assert [text for text in lacks if text.lower() in said.lower()] == []


@pytest.mark.parametrize("message", NOT_FOUND)
def test_not_found(seed_engine: Engine, message: str) -> None:
    assert not seed_engine.answer(message, Conversation()).found


@pytest.mark.parametrize("message", [row[0] for row in FOUND if row[0] not in ("/stats",)])
def test_a_fact_refers_to_sources_that_are_there(seed_engine: Engine, message: str) -> None:
    answer = seed_engine.answer(message, Conversation())
    assert answer.quotes
    assert all(1 <= ref <= len(answer.quotes) for fact in answer.facts for ref in fact.refs)


@pytest.mark.parametrize(("typed", "names"), [
    ("/who Ngô", {"Ngô Thị Thanh Hằng", "Ngô Văn Quý"}),
    ("/who hoang trug hai", {"Hoàng Trung Hải"}),
    ("/who Nguyễn Xuân Thăng", {"Nguyễn Xuân Thắng"}),
])
def test_a_choice_or_a_doubt_offers_buttons(seed_engine: Engine, typed: str, names: set[str]) -> None:
    answer = seed_engine.answer(typed, Conversation())
    assert not answer.found
    assert {button.text for row in answer.buttons for button in row} >= names


def test_an_inferred_and_an_unknown_year_are_shown_as_such(seed_engine: Engine) -> None:
    shown = asserted(seed_engine.answer("/who Bí thư Thành ủy Hà Nội", Conversation()))
    assert "29/1/2019 (năm suy ra)" in shown
    assert "(không rõ năm)" in shown
    assert " từ 20" not in shown


def test_a_misspelt_name_gets_what_is_known_but_nothing_is_asserted(seed_engine: Engine) -> None:
    for command in ("/timeline", "/related"):
        answer = seed_engine.answer(f"{command} hoang trug hai", Conversation())
        assert not answer.found
        assert "Ý bạn là Hoàng Trung Hải" in answer.headline
        assert answer.facts
