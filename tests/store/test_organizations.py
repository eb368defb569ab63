"""Bodies of sentences (tests/data/organizations.txt) and the inputs that must not slow them down."""

from __future__ import annotations

import pytest
from marked import annotated, marked, rows

from store.annotate.organizations_names import same_key, stands_for


@pytest.mark.parametrize("row", rows("organizations.txt"))
def test_bodies(row: str) -> None:
    expected, found = marked(row, "organization")
    assert found == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND TP Hà Nội", "Ủy ban nhân dân thành phố Hà Nội"),
        ("Thành ủy TP Hà Nội", "Thành ủy Hà Nội"),
        ("Sở GD-ĐT tỉnh Sơn La", "Sở Giáo dục và Đào tạo Sơn La"),
        ("Ban Bí thư TƯ", "Ban Bí thư Trung ương"),
        ("BCĐ Chương trình 01-CTr/TU", "Ban Chỉ đạo Chương trình số 01-CTr/TU"),
        ("Công ty CP Sao Mai", "Công ty cổ phần Sao Mai"),
    ],
)
def test_spellings_of_one_body(one: str, other: str) -> None:
    assert same_key(one) == same_key(other)


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("UBND TP", "UBND TP. HCM", True),
        ("UBND TP", "UBND huyện Củ Chi", False),
        ("UBND tỉnh", "UBND tỉnh Gia Lai", True),
        ("Sở Xây dựng", "Sở Xây dựng Hà Nội", True),
        ("Sở TN-MT", "Sở Tài nguyên và Môi trường tỉnh Hà Nam", True),
        ("Quốc hội", "Quốc hội Hàn Quốc", False),
        ("Bộ Quốc phòng", "Bộ Quốc phòng Nhật Bản", False),
        ("Đại học Quốc gia", "trường Đại học Quốc gia Hà Nội", True),
    ],
)
def test_what_a_short_form_stands_for(short: str, full: str, expected: bool) -> None:
    assert stands_for(same_key(short), same_key(full)) is expected


@pytest.mark.parametrize(
    "text",
    [
        "UBND " * 5_000,
        "Ban Chỉ đạo " + "phòng, chống " * 8_000,
        "Công ty " + "Sao Mai " * 10_000,
        "Thành ủy, HĐND, UBND, " * 2_000,
        "Trung ương " * 3_000,
        " ".join(["Nguyễn"] * 40),
        "Ban Thường vụ " * 3_000,
        "các Bộ " * 5_000,
        "",
    ],
)
def test_long_runs_end(text: str) -> None:
    page = annotated(text)
    assert all(page.article.text[m.start : m.end] == m.surface for m in page.of("organization"))
