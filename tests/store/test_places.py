"""Places of sentences (tests/data/places.txt) and the inputs that must not slow them down."""

from __future__ import annotations

import pytest
from marked import annotated, marked, rows

from store.annotate.places_gazetteer import alternatives, gazetteer, units


@pytest.mark.parametrize("row", rows("places.txt"))
def test_places(row: str) -> None:
    expected, found = marked(row, "place")
    assert found == expected


@pytest.mark.parametrize(
    ("words", "count", "level"),
    [
        ("Hà Nội Ngô Thị Cúc", 2, "province"),
        ("Bà Rịa - Vũng Tàu", 5, "province"),
        ("Đức Cơ", 2, "district"),
        ("Sài Gòn Giải Phóng", 4, "not"),
        ("Nguyễn Văn Ba", 0, ""),
    ],
)
def test_longest_name(words: str, count: int, level: str) -> None:
    assert gazetteer().longest(words.split()) == (count, level)


def test_units_take_either_case() -> None:
    for text in ("huyện Đức Cơ", "Huyện Đức Cơ", "TP Huế", "TP. Huế", "Q. 3", "quận 3"):
        assert units().pattern.match(text), text


def test_alternatives_prefer_the_longest() -> None:
    import re

    assert re.match(alternatives(["tổ", "tổ dân phố", "tổ chức"]), "Tổ dân phố 3").group() == "Tổ dân phố"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "Hà Nội " * 5_000,
        "huyện " * 10_000,
        "các quận 1, 2, 3, " * 3_000,
        "các xã: " + "Bình An, " * 5_000,
        "Ba Đình, Tây Hồ (5), " * 3_000,
        "tại 12 Lê Lợi, 4 Trần Phú " * 3_000,
        "sông " * 10_000,
        "Mỹ, Nga, " * 5_000,
        "A" * 100_000,
        "TP. " * 8_000,
        "",
    ],
)
def test_long_runs_end(text: str) -> None:
    page = annotated(text)
    assert all(page.article.text[m.start : m.end] == m.surface for m in page.of("place"))
