"""One meaning of "same text"."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text import fold, has_diacritics, nfc, plain, syllables


@pytest.mark.parametrize(("text", "expected"), [
    ("Thành uỷ", "Thành ủy"),
    ("UỶ BAN", "ỦY BAN"),
    ("hoà bình, khoá XII", "hòa bình, khóa XII"),
    ("Thuý, tuỳ, luỹ", "Thúy, tùy, lũy"),
    ("quý, quỷ, toàn, hoàn", "quý, quỷ, toàn, hoàn"),      # `qu` is a consonant; a closed syllable keeps its mark
    ("\u00d0ảng", "Đảng"),                                # Icelandic letter
    ("Hà\u00a0Nội\tnay", "Hà Nội nay"),
    ("khoẻ, xoè", "khỏe, xòe"),
])
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(("text", "expected"), [
    ("Đinh Tiến Dũng", "dinh tien dung"),
    ("Thành  Uỷ\nHà\u00a0Nội", "thanh uy ha noi"),
    ("\u00d0ảng", "dang"),
    ("“Trái tim” – cả nước…", "“trai tim” – ca nuoc…"),
    (unicodedata.normalize("NFD", "Hội đồng"), "hoi dong"),
    ("İstanbul", "istanbul"),
    ("", ""),
])
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("dinh tien dung", False), ("Đinh", True), ("Dung", False), ("TP. HCM", False)])
def test_has_diacritics(text: str, expected: bool) -> None:
    assert has_diacritics(text) is expected


def test_syllables() -> None:
    assert syllables("TP. Hà Nội, 01-CTr/TU") == ["tp", "ha", "noi", "01", "ctr", "tu"]


@given(st.text())
def test_fold_twice_is_fold_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_plain_keeps_offsets(text: str) -> None:
    assert len(plain(nfc(text))) == len(nfc(text))
