"""A tree of words finds what a row of alternatives finds, the longest first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.annotate.wordtree import alternatives


@pytest.mark.parametrize(("word", "text", "found"), [
    ("sở y tế", "Sở y tế", "Sở y tế"),
    ("sở y tế", "sở Y tế", None),
    ("a.b", "axb", None),
    ("a-b", "a-b", "a-b"),
])
def test_the_first_letter_is_in_either_case(word: str, text: str, found: str | None) -> None:
    match = re.match(alternatives([word, "khác"]), text)
    assert (match and match.group()) == found


def test_the_letters_of_each_word_but_acronyms_are_in_either_case() -> None:
    pattern = re.compile(alternatives(["bộ chỉ huy quân sự", "UBND xã"], each_word=True))
    assert pattern.fullmatch("Bộ Chỉ huy quân Sự")
    assert pattern.fullmatch("UBND Xã")
    assert not pattern.fullmatch("bộ chỉ Huy quân sỰ")


def test_a_space_stands_for_what_is_asked() -> None:
    assert re.fullmatch(alternatives(["họp báo"], either_case=False, space=r"\s+"), "họp  báo")


@given(st.lists(st.text("ab c-[.", min_size=1, max_size=6), min_size=1, max_size=12), st.text("ab c-[.", max_size=12))
def test_it_finds_what_a_row_of_alternatives_finds(words: list[str], text: str) -> None:
    row = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    tree = alternatives(words, either_case=False)
    assert [m.group() for m in re.finditer(tree, text)] == [m.group() for m in re.finditer(row, text)]
