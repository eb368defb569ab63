"""Names are found however they are typed: rows of (query, name expected first, how)."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.nameindex import NameIndex

NAMES = [
    ("Lê Thị Thu Cúc", 1, 9), ("Lê Văn Khôi", 2, 4), ("Đặng Tiến Dũng", 3, 7), ("Nguyễn Thanh Sơn", 4, 3),
    ("Nguyễn Thành Sơn", 5, 8), ("Phạm Thanh Hạc", 6, 2), ("Trần Hải", 7, 1), ("Trần Quang Hải", 8, 6),
    ("Võ Minh Hòa", 9, 5), ("Lê Thị Cúc", 10, 2), ("Hoàng Giang", 11, 3), ("Y Thanh Niê Kđăm", 12, 1),
]
INDEX = NameIndex.build(NAMES)


@pytest.mark.parametrize(("query", "name", "how"), [
    ("Lê Thị Thu Cúc", "Lê Thị Thu Cúc", "exact"),
    ("lê thị thu cúc", "Lê Thị Thu Cúc", "exact"),
    ("Võ Minh Hoà", "Võ Minh Hòa", "exact"),                    # tone on the other vowel
    ("le thi thu cuc", "Lê Thị Thu Cúc", "unaccented"),
    ("Dặng Tiến Dũng", "Đặng Tiến Dũng", "unaccented"),         # d for đ
    ("nguyen thanh son", "Nguyễn Thành Sơn", "unaccented"),     # two read the same: the more mentioned
    ("nguyễn thanh sơn", "Nguyễn Thanh Sơn", "exact"),          # typed diacritics decide
    ("le thi thu kuc", "Lê Thị Thu Cúc", "fuzzy"),
    ("dang tein dugn", "Đặng Tiến Dũng", "fuzzy"),
    ("tran qang hai", "Trần Quang Hải", "fuzzy"),
    ("dung dang tien", "Đặng Tiến Dũng", "swapped"),
    ("dangtien dung", "Đặng Tiến Dũng", "unaccented"),
    ("dangtiendung", "Đặng Tiến Dũng", "unaccented"),
    ("dan g tien dung", "Đặng Tiến Dũng", "unaccented"),
    ("thu cúc", "Lê Thị Thu Cúc", "partial"),
    ("khôi", "Lê Văn Khôi", "partial"),                         # given name
    ("Võ", "Võ Minh Hòa", "partial"),                           # family name
    ("quang", "Trần Quang Hải", "partial"),                     # in the middle
    ("tran hai", "Trần Hải", "unaccented"),                     # whole before part
    ("dang dung", "Đặng Tiến Dũng", "partial"),
    ("khoi le", "Lê Văn Khôi", "partial"),
    ("ong vo minh hoa", "Võ Minh Hòa", "partial"),              # a word too many
    ("nie kdam", "Y Thanh Niê Kđăm", "partial"),
    ("tien zung", "Đặng Tiến Dũng", "partial"),
])
def test_first(query: str, name: str, how: str) -> None:
    hit = INDEX.search(query)[0]
    assert (hit.name, hit.how) == (name, how)


@pytest.mark.parametrize(("query", "names"), [
    ("Lê", {"Lê Thị Thu Cúc", "Lê Văn Khôi", "Lê Thị Cúc"}),
    ("hải", {"Trần Hải", "Trần Quang Hải"}),
    ("Thanh", {"Nguyễn Thanh Sơn", "Phạm Thanh Hạc", "Y Thanh Niê Kđăm"}),
])
def test_all_of_them(query: str, names: set[str]) -> None:
    assert names <= {hit.name for hit in INDEX.search(query)}


@pytest.mark.parametrize("query", ["", "   ", "?!", "xyzzy qwrtp", "…", "\x00", "1"])
def test_nothing(query: str) -> None:
    assert INDEX.search(query) == []


def test_empty_index() -> None:
    assert NameIndex.build([]).search("le thi cuc") == []
    assert NameIndex.build([("…", 1, 1)]).search("le") == []


def test_order_of_rows_does_not_matter() -> None:
    rows = list(NAMES)
    random.Random(7).shuffle(rows)
    other = NameIndex.build(rows)
    for query in ("thanh son", "le thi cuc", "hai", "tran hai"):
        assert other.search(query) == INDEX.search(query)


def test_one_hit_per_entity() -> None:
    index = NameIndex.build([("Lê Thị Thu Cúc", 1, 9), ("Thu Cúc", 1, 9), ("Vũ Thu Cúc", 2, 1)])
    assert [hit.entity_id for hit in index.search("thu cuc")] == [1, 2]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_string_is_safe(query: str) -> None:
    hits = INDEX.search(query)
    assert all(0 < hit.score <= 1 for hit in hits)
    assert hits == sorted(hits, key=lambda hit: -hit.score)
