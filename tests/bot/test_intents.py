"""Message text → intent, and question → what it asks for; a bug arrives as a new row."""

from __future__ import annotations

import pytest

from bot.intents import LONGEST, parse
from bot.matching import agrees, canon
from bot.question import Rule, read_question, rules
from bot.when import read_when


@pytest.mark.parametrize(("message", "command", "argument", "page"), [
    ("/who Lê Thu Cúc", "who", "Lê Thu Cúc", 1),
    ("/who@hoitin_bot le thu cuc", "who", "le thu cuc", 1),
    ("/WHO  Lê   Thu Cúc ", "who", "Lê Thu Cúc", 1),
    ("/ai bà Cúc", "who", "bà Cúc", 1),
    ("/find thanh uy|3", "find", "thanh uy", 3),
    ("who #9f3k2c", "who", "#9f3k2c", 1),
    ("who #9f3k2c|2", "who", "#9f3k2c", 2),
    ("near #9f3k2c.14", "near", "#9f3k2c.14", 1),
    ("find ~00ff12ab34cd|2", "find", "~00ff12ab34cd", 2),
    ("find thanh uy|2", "find", "thanh uy", 2),
    ("help", "help", "", 1),
    ("/xyz gì đó", "unknown", "/xyz", 1),
    ("", "help", "", 1),
    ("who is Lê Thu Cúc", "ask", "who is Lê Thu Cúc", 1),
    ("Ai chủ trì hội nghị?", "ask", "Ai chủ trì hội nghị?", 1),
    ("a | b", "ask", "a | b", 1),
    ("/find a | b", "find", "a | b", 1),
])
def test_parse(message: str, command: str, argument: str, page: int) -> None:
    intent = parse(message)
    assert (intent.command, intent.argument, intent.page) == (command, argument, page)


def test_parse_reads_no_more_than_anybody_types() -> None:
    assert len(parse("a" * 50_000).argument) == LONGEST


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.example)
def test_every_rule_reads_its_example(rule: Rule) -> None:
    assert read_question(rule.example).kind == rule.kind


@pytest.mark.parametrize(("question", "kind", "slots"), [
    ("cho hỏi ai chủ trì hội nghị 3/4 vậy ạ", "role", {"role": "chair", "event": "hội nghị 3/4"}),
    ("Năm 2019, ai là Bí thư Thành ủy Cần Thơ?", "who_is", {"name": "Bí thư Thành ủy Cần Thơ Năm 2019"}),
    ("le thu cuc la ai", "who_is", {"name": "le thu cuc"}),
    ("Ai trình bày báo cáo tại kỳ họp thứ hai?", "role",
     {"role": "speaker", "verb": "trình bày", "what": "báo cáo", "event": "kỳ họp thứ hai"}),
    ("QĐ 21-QĐ/TU do ai ký?", "document", {"doc": "QĐ 21-QĐ/TU"}),
    ("co may de an da xong", "number", {"before": "co", "after": "de an da xong"}),
    ("máy bay hạ cánh", "open", {}),
    ("thời tiết hôm nay", "open", {}),
    ("?", "open", {}),
])
def test_read_question(question: str, kind: str, slots: dict[str, str]) -> None:
    read = read_question(question)
    assert (read.kind, dict(read.slots)) == (kind, slots)


def test_a_long_question_is_read_in_no_time() -> None:
    assert read_question("ai " * 3000).kind
    assert read_question("là do của ai " * 2000 + "?").kind


@pytest.mark.parametrize(("typed", "rest", "dates"), [
    ("hội nghị chiều 21/2", "hội nghị", ["XXXX-02-21"]),
    ("bi thu ha noi nam 2019", "bi thu ha noi", ["2019"]),
    ("từ 1/1/2019 đến 31/3/2019", "", ["2019-01-01/2019-03-31"]),
    ("từ tháng 3 đến tháng 5/2019", "", ["XXXX-03/2019-05"]),
    ("quý 3 2019", "", ["2019-35"]),
    ("2018", "", ["2018"]),
    ("hoàn thành 30/34 đề án", "hoàn thành 30/34 đề án", []),
    ("01-CTr/TU", "01-CTr/TU", []),
    ("meeting on 29 January 2019", "meeting", ["2019-01-29"]),
    ("may", "may", []),
])
def test_read_when(typed: str, rest: str, dates: list[str]) -> None:
    assert (read_when(typed)[0], [when.edtf for when in read_when(typed)[1]]) == (rest, dates)


@pytest.mark.parametrize(("asked", "printed", "fits"), [
    ("29/1", "2019-01-29", True),
    ("29/1", "2019-01-29?", True),
    ("29/1", "XXXX-01-29", True),
    ("29/1/2019", "XXXX-01-29", False),          # an unknown year is no answer to a stated one
    ("29/1/2018", "2019-01-29", False),
    ("18/12", "XXXX-12-17/XXXX-12-19", False),   # only the ends are printed
    ("17/12", "XXXX-12-17/XXXX-12-19", True),
    ("tháng 1/2019", "2019-01-29?", True),
    ("2019", "2019-01-29", True),
    ("29/1/2019", "2019", False),                # a year is no answer to a day
    ("tháng 11", "XXXX-11-08", True),
    ("tháng 11", None, False),
])
def test_covers(asked: str, printed: str | None, fits: bool) -> None:
    assert all(when.covers(printed) == fits for when in read_when(asked)[1])


@pytest.mark.parametrize(("one", "other"), [
    ("UBND TP. Cần Thơ", "ủy ban nhân dân thành phố Cần Thơ"),
    ("Chủ tịch UBND tỉnh Hậu Giang", "ct ubnd Hậu Giang"),
    ("Trưởng Ban Tuyên giáo T.Ư", "Trưởng ban Tuyên giáo Trung ương"),
    ("Bộ trưởng Bộ Công an", "Bộ trưởng Công an"),
    ("Giám đốc Sở Giáo dục và Đào tạo", "giám đốc sở gd-đt"),
    ("Bí thư Thành uỷ", "bí thư thành ủy"),
])
def test_canon_is_the_same_for_the_same(one: str, other: str) -> None:
    assert [agrees(b, a) for a, b in zip(canon(one), canon(other), strict=True)] == [True] * len(canon(one))


@pytest.mark.parametrize(("one", "other"), [
    ("Quận ủy", "Quân ủy"),
    ("Chủ tịch UBND", "Phó Chủ tịch UBND"),
    ("Tỉnh ủy Hậu Giang", "Thành ủy Hậu Giang"),
])
def test_canon_keeps_apart(one: str, other: str) -> None:
    assert canon(one) != canon(other)
