"""Posts of texts (tests/data/positions.txt): who holds which, who held which."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import page_of

from store.annotate import annotate, persons, positions, shortforms_persons
from store.annotate.page import Page

TABLE = Path(__file__).parent.parent / "data" / "positions.txt"


def rows() -> list[tuple[str, set[tuple[str, str, str]]]]:
    """The table's texts with (person, post, status)."""
    lines = (line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    split = (line.split("=>") for line in lines)
    return [(text.strip().replace(" / ", "\n"), _posts(posts)) for text, posts in split]


def _posts(text: str) -> set[tuple[str, str, str]]:
    found = set()
    for part in filter(str.strip, text.split(" | ")):
        name, posts = part.split(" = ")
        for post in posts.split("; "):
            found.add((name.strip(), post.strip().removeprefix("-"), "former" if post.startswith("-") else "held"))
    return found


def _annotated(text: str) -> Page:
    page = page_of(text)
    for annotator in (persons, shortforms_persons, positions):
        annotator.annotate(page)
    return page


@pytest.mark.parametrize(("text", "expected"), rows(), ids=[row[0][:50] for row in rows()])
def test_posts_of_a_text(text: str, expected: set[tuple[str, str, str]]) -> None:
    page = _annotated(text)
    assert {(a.person, a.position, a.status) for a in page.attestations} == expected
    assert all(page.line_at(a.start) is not None and a.start < a.end for a in page.attestations)


@pytest.mark.parametrize("text", [
    "Chủ tịch UBND huyện, " * 4_000, "Bí thư Huyện ủy Lê Thu Cúc, " * 3_000, "Chủ tịch " * 20_000, "giám đốc Sở và " * 5_000,
])
def test_odd_input_ends_soon(text: str) -> None:
    _annotated(text)


@pytest.mark.parametrize(("text", "expected"), [
    ("Bộ Y tế hiện có ba Thứ trưởng gồm các ông: Lê Hữu Tước và Trần Khắc Bền.", {"Thứ trưởng Bộ Y tế"}),
    ("Về phía UBND tỉnh Hà Nam, Phó chủ tịch Lê Thu Cúc hứa sửa đường.", {"Phó chủ tịch UBND tỉnh Hà Nam"}),
    ("UBND tỉnh Hà Nam có 3 Phó chủ tịch là: Lê Hữu Tước (Phó chủ tịch thường trực); Trần Thu Cúc.",
     {"Phó chủ tịch thường trực UBND tỉnh Hà Nam", "Phó chủ tịch UBND tỉnh Hà Nam"}),
    ("UBND tỉnh Hà Nam đã mời họp, Phó chủ tịch Lê Thu Cúc hứa sửa đường.", {"Phó chủ tịch"}),
    ("Về phía UBND tỉnh Hà Nam, Bí thư Lê Thu Cúc hứa sửa đường.", {"Bí thư"}),
])
def test_a_body_told_before_its_posts(text: str, expected: set[str]) -> None:
    assert {post.position for post in annotate(page_of(text).article).attestations} == expected
