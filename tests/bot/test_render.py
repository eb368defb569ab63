"""Answers as messages: escaped once, words marked, long sentences cut around what matters, both languages complete."""

from __future__ import annotations

import re
import string
from html.parser import HTMLParser

import pytest

from bot.phrases import LANGUAGES, Phrases, phrases
from bot.quotes import marked_phrase, marked_words
from bot.render import LONGEST_QUOTE, ONE_SCREEN, render
from bot.types import Answer, Fact, Intent, Quote


def quote(text: str, *marks: tuple[int, int]) -> Quote:
    return Quote(1, "a/b.txt", "Đầu đề <1>", "2019-10-14", 3, text, 0, len(text), marks)


def answer(**more: object) -> Answer:
    return Answer(Intent("who", "x"), True, "A & B", **more)    # type: ignore[arg-type]  # fields by name


def test_headline_facts_notes_sources_in_this_order() -> None:
    facts = (Fact("một [x] <b>", (1, 2), "Nhóm"), Fact("hai", (2,), "Nhóm"), Fact("ba"))
    message = render(answer(facts=facts, notes=("ghi chú",), quotes=(quote("Câu một."), quote("Câu hai."))), "vi")
    assert message.plain == (
        "A & B\n\nNhóm:\n• một [x] <b> [1] [2]\n• hai [2]\n\n• ba\n\nghi chú\n\n"
        "[1] “Câu một.”\n\n[2] “Câu hai.”\n    — Đầu đề <1> · 14/10/2019")     # one article, named once
    assert [[button.data for button in row] for row in message.buttons] == [["near #1.3", "near #1.3"]]


def test_html_is_escaped_once() -> None:
    html = render(answer(facts=(Fact("1 < 2 & 3"),), quotes=(quote("a <b> & c", (2, 5)),)), "vi").html
    assert "<b>A &amp; B</b>" in html
    assert "1 &lt; 2 &amp; 3" in html
    assert "a <b>&lt;b&gt;</b> &amp; c" in html
    assert "&amp;lt;" not in html


@pytest.mark.parametrize(("length", "mark"), [(100, 50), (5000, 0), (5000, 2500), (5000, 4990)])
def test_a_long_sentence_is_cut_around_its_mark(length: int, mark: int) -> None:
    text = ("chữ " * length)[:length]
    plain = render(answer(quotes=(quote(text, (mark, mark + 3)),)), "vi").blocks[-1].plain
    assert len(plain) < LONGEST_QUOTE + 80
    assert plain.count("…") == (0 if length <= LONGEST_QUOTE else 1 if mark in (0, 4990) else 2)


def test_what_lies_between_marks_far_apart_is_left_out() -> None:
    text = f"{'chữ ' * 400}Lê Văn Bình, Phó Bí thư; {'chữ ' * 400}Hồ Thị Cúc chủ trì."
    marks = [(text.index(name), text.index(name) + len(name)) for name in ("Lê Văn Bình", "Hồ Thị Cúc")]
    plain = render(answer(quotes=(quote(text, *marks),)), "vi").blocks[-1].plain
    assert len(plain) < LONGEST_QUOTE + 80
    assert "chữ Lê Văn Bình, Phó Bí thư; chữ" in plain
    assert " chữ … chữ " in plain
    assert "chữ Hồ Thị Cúc chủ trì." in plain


def test_marks_that_overlap_do_not_nest() -> None:
    html = render(answer(quotes=(quote("một hai ba", (0, 7), (4, 10)),)), "vi").html
    assert html.count("<b>") == html.count("</b>")


class Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_each_block_is_html_by_itself() -> None:
    message = render(answer(facts=(Fact("x", (1,), "g"),), quotes=(quote("một hai", (0, 3)),), notes=("n",)), "en")
    for block in message.blocks:
        balance = Balance()
        balance.feed(block.html)
        assert balance.open == []


@pytest.mark.parametrize(("text", "words", "spans"), [
    ("Thành uỷ Cần Thơ", ["thanh", "uy"], ["Thành", "uỷ"]),
    ("Đề án đô thị", ["do", "thi"], ["đô", "thị"]),
    ("30/34 đề án", ["34"], ["34"]),
    ("Ủy viên, Bí thư Thành ủy 2019", ["thanh", "uy", "2019"], ["Thành", "ủy", "2019"]),      # the other Ủy is another word
    ("Ủy viên và thành phố", ["thanh", "uy"], ["Ủy", "thành"]),
    ("không có", ["gi"], []),
])
def test_marked_words(text: str, words: list[str], spans: list[str]) -> None:
    assert [text[a:b] for a, b in marked_words(text, words)] == spans


def test_marked_phrase() -> None:
    assert [(a, b) for a, b in marked_phrase("Thành ủy và thành ủy", ["thanh", "uy"])] == [(0, 8), (12, 20)]


def slots(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_both_languages_have_the_same_keys_and_slots() -> None:
    tables = [Phrases(language).templates for language in LANGUAGES]
    assert tables[0].keys() == tables[1].keys()
    assert {key for key in tables[0] if slots(tables[0][key]) != slots(tables[1][key])} == set()


def test_no_english_in_vietnamese_prose() -> None:
    words = re.compile(r"\b(the|and|with|which|article|please)\b", re.IGNORECASE)
    assert [key for key, text in Phrases("vi").templates.items() if words.search(re.sub(r"\{.*?\}|/\w+|<.*?>", "", text))] == []


@pytest.mark.parametrize(("edtf", "shown"), [
    ("2019-10-14", "được nêu ngày 14/10/2019"), ("2019", "được nêu trong bài 2019"), (None, "được nêu, không rõ ngày"),
    ("2023-02-21?", "được nêu ngày 21/2/2023 (năm suy ra)"),
])
def test_attested_on(edtf: str | None, shown: str) -> None:
    assert phrases("vi").on(edtf) == shown


def test_the_sentences_of_a_long_answer_keep_to_a_screen() -> None:
    facts = tuple(Fact(f"Phó Bí thư huyện {number}", (number,)) for number in range(1, 7))
    text = f"{'chữ ' * 60}Lê Văn Bình nói. {'chữ ' * 60}"
    at = text.index("Lê Văn Bình")
    message = render(answer(facts=facts, quotes=tuple(quote(text, (at, at + 11)) for _ in facts)), "vi")
    assert len(message.plain) <= ONE_SCREEN
    assert message.plain.count("chữ Lê Văn Bình nói. chữ") == len(facts)       # each is still a sentence
