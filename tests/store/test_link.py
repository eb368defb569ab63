"""One entity per real thing. Names, offices and places are invented, provinces are real."""

from __future__ import annotations

import itertools

import pytest

from store.link import canonical_name, spellings
from store.link_evidence import areas, bare_body, completed, is_central, unit_of_place
from store.link_keys import document_key, key_of, number_parts, post_key, written_out
from store.link_namesakes import LocalName, things
from store.types import DocumentFact, EntityKind


@pytest.mark.parametrize(("name", "expected"), [
    ("UBND TP. Hà Nội", "ủy ban nhân dân thành phố hà nội"),
    ("Uỷ viên T.Ư Đảng", "ủy viên trung ương đảng"),
    ("Uỷ viên TW Đảng", "ủy viên trung ương đảng"),
    ("Thứ trưởng Bộ Kế hoạch và Đầu tư", "thứ trưởng bộ kế hoạch và đầu tư"),
    ("Chủ tịch HĐND tỉnh", "chủ tịch hội đồng nhân dân tỉnh"),
    ("Bí thư Thành uỷ TP.HCM", "bí thư thành ủy thành phố hồ chí minh"),
])
def test_written_out(name: str, expected: str) -> None:
    assert written_out(name) == expected


@pytest.mark.parametrize(("kind", "one", "other", "same"), [
    ("organization", "Thành ủy TP Hà Nội", "Thành uỷ Hà Nội", True),
    ("organization", "UBND tỉnh Thanh Hóa", "Ủy ban nhân dân tỉnh Thanh Hoá", True),
    ("organization", "UBND tỉnh Quảng Ngãi", "UBND TP Quảng Ngãi", False),
    ("organization", "Sở GD-ĐT Sơn La", "Sở Giáo dục và Đào tạo Sơn La", True),
    ("organization", "Huyện ủy Phú Hòa", "Huyện ủy Phú Hoà", True),
    ("organization", "Huyện ủy Phú Hòa", "Huyện ủy Phú Hóa", False),
    ("person", "Nguyễn Văn Thanh", "Nguyễn Văn Thành", False),
    ("person", "Lê Thị Hoà", "LÊ THỊ HÒA", True),
    ("person", "Park Min-ho", "Park Min Ho", True),
    ("place", "TP. Hà Nội", "Hà Nội", True),
    ("place", "quận 1", "phường 1", False),
    ("document", "Luật Thủ đô", "luật thủ đô", True),
])
def test_keys(kind: EntityKind, one: str, other: str, same: bool) -> None:
    assert (key_of(kind, one) == key_of(kind, other)) is same


@pytest.mark.parametrize(("number", "expected"), [
    ("01-CTr/TU", {"number": "01", "kind": "ctr", "issuer": "tu"}),
    ("20 - CTr / TU", {"number": "20", "kind": "ctr", "issuer": "tu"}),
    ("102/2017/NĐ-CP", {"number": "102", "year": "2017", "kind": "nđ", "issuer": "cp"}),
    ("19", {"number": "19"}),
    ("", {}),
])
def test_number_parts(number: str, expected: dict[str, str]) -> None:
    assert number_parts(number) == expected


@pytest.mark.parametrize(("name", "kind", "number", "term", "expected"), [
    ("Chương trình số 01-CTr/TU", "Chương trình", "01-CTr/TU", "khóa XVII", "chương trình 1"),
    ("Chương trình 01", "Chương trình", "01", None, "chương trình 1"),
    ("221-QĐ/TW", "", "221-QĐ/TW", None, "quyết định 221"),
    ("Nghị quyết Trung ương 4", "Nghị quyết", "4", "khóa XII", "nghị quyết 4 khóa xii"),
    ("Luật Thủ đô", "Luật", None, None, "luật thủ đô"),
])
def test_document_key(name: str, kind: str, number: str | None, term: str | None, expected: str) -> None:
    assert document_key(name, DocumentFact(name, kind, number, term=term)) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("chủ tịch ủy ban nhân dân tỉnh an giang", ("an giang",)), ("bí thư thành ủy hồ chí minh", ("hồ chí minh",)),
    ("học viện chính trị quốc gia hồ chí minh", ()),
    ("bộ công an", ()), ("tỉnh ủy đắc lắc", ("đắk lắk",)),
])
def test_areas(text: str, expected: tuple[str, ...]) -> None:
    assert areas(text) == expected


@pytest.mark.parametrize(("post", "expected"), [
    ("ủy viên bộ chính trị", True), ("bộ trưởng bộ công an", True), ("phó trưởng ban tổ chức trung ương", True),
    ("đại biểu quốc hội", False),
    ("chủ tịch ủy ban nhân dân tỉnh an giang", False), ("giám đốc công ty", False),
])
def test_is_central(post: str, expected: bool) -> None:
    assert is_central(post) is expected


@pytest.mark.parametrize(("name", "expected"), [
    ("tỉnh Thanh Hóa", "tỉnh"), ("TP. Huế", "thành phố"), ("Thủ đô Hà Nội", "thành phố"), ("tỉnh Hà Nội", "thành phố"),
    ("Q. Gò Vấp", "quận"), ("Thanh Hóa", ""),
])
def test_unit_of_place(name: str, expected: str) -> None:
    assert unit_of_place(name) == expected


@pytest.mark.parametrize(("name", "kind", "provinces", "expected"), [
    ("Tỉnh uỷ", "province", ["an giang"], "Tỉnh uỷ An Giang"), ("Tỉnh ủy", "province", ["đà nẵng"], None),
    ("UBND tỉnh", "province", ["an giang", "cà mau"], None), ("Ban Thường vụ Tỉnh ủy", "province", [], None),
    ("UBND TP", "city", ["đà nẵng"], "UBND TP Đà Nẵng"), ("UBND TP", "city", ["an giang"], None),
    ("Sở Y tế", "either", ["an giang"], "Sở Y tế An Giang"), ("Sở Y tế TP", "city", ["an giang"], None),
    ("Huyện ủy", "less", ["an giang"], None), ("Ban Thường vụ Đảng ủy", "less", ["an giang"], None), ("HĐND", "less", [], None),
    ("Tỉnh ủy An Giang", "", ["an giang"], None), ("Huyện ủy Trà Giang", "", [], None), ("Thông tấn xã", "", [], None),
    ("Bộ Y tế", "", ["an giang"], None), ("Sở Y tế thành phố Nam Lạc", "", [], None),
])
def test_bare_bodies(name: str, kind: str, provinces: list[str], expected: str | None) -> None:
    assert bare_body(name) == kind
    assert completed(name, provinces) == expected


def body(article: int, name: str, kind: str = "organization") -> LocalName:
    return LocalName(kind, "x", article, name, 0, (name,), {}, "")


@pytest.mark.parametrize(("kind", "names", "expected"), [
    ("organization", ["UBND TP", "UBND TP", "UBND TP. HCM"], "UBND TP. HCM"),
    ("organization", ["Bộ GTVT", "Bộ GTVT", "Bộ Giao thông vận tải"], "Bộ Giao thông vận tải"),
    ("organization", ["ASEAN", "ASEAN", "Hiệp hội các quốc gia Đông Nam Á"], "ASEAN"),
    ("organization", ["đảng Cộng sản Trung Quốc", "Đảng CS Trung Quốc"], "Đảng Cộng sản Trung Quốc"),
    ("organization", ["Tỉnh ủy"], "Tỉnh ủy"),
    ("place", ["thành phố Hà Nội", "thành phố Hà Nội", "Hà Nội"], "Hà Nội"), ("place", ["nước Trung Quốc"], "Trung Quốc"),
    ("place", ["TP. HCM", "TP. HCM", "thành phố Hồ Chí Minh"], "TP. HCM"), ("place", ["nước ngoài"], "nước ngoài"),
    ("place", ["tỉnh An Giang"], "tỉnh An Giang"),
])
def test_canonical_name(kind: str, names: list[str], expected: str) -> None:
    assert canonical_name([body(i, name, kind) for i, name in enumerate(names)]) == expected


def person(article: int, name: str, *posts: str, near: str = "") -> LocalName:
    rows: list[list[str | None]] = [[written_out(post), ""] for post in posts]
    return LocalName("person", key_of("person", name), article, name, 0, (name,), {"posts": rows, "near": [[near]] if near else []}, "")


def place(article: int, name: str) -> LocalName:
    return LocalName("place", key_of("place", name), article, name, 0, (name,), {}, "")


def document(
    article: int, number: str, *, term: str | None = None, issuer: str | None = None, day: str = "", near: str = "", years: str = ""
) -> LocalName:
    evidence: dict[str, list[list[str | None]]] = {
        "facts": [["Chương trình", number, issuer, None, term, None]], "near": [[near]] if near else [],
        "years": [[years]] if years else []}
    return LocalName("document", "x", article, number, 0, (number,), evidence, day)


N = "Nguyễn Thanh Tâm"
# Local names, and which articles speak of one thing.
TABLE: list[tuple[str, list[LocalName], list[set[int]]]] = [
    ("two provinces", [person(1, N, "Chủ tịch UBND tỉnh An Giang"), person(2, N, "Phó Bí thư Tỉnh ủy An Giang"),
     person(3, N, "Bí thư Thành ủy Đà Nẵng")], [{1, 2}, {3}]),
    ("province and country", [person(1, N, "Chủ tịch UBND tỉnh An Giang"), person(2, N, "Phó Trưởng ban Tổ chức Trung ương")], [{1}, {2}]),
    ("one article names both", [person(1, N, "Bí thư Tỉnh ủy An Giang"), person(2, N, "Bộ trưởng Bộ Y tế"),
     person(3, N, "Bộ trưởng Bộ Y tế", "nguyên Bí thư Tỉnh ủy An Giang")], [{1, 2, 3}]),
    ("a rank holds together", [person(1, N, "Ủy viên Bộ Chính trị", "Bí thư Thành ủy Đà Nẵng"),
     person(2, N, "Ủy viên Bộ Chính trị")], [{1, 2}]),
    ("a rank alone is the head of a province", [person(1, N, "Bí thư Thành ủy Đà Nẵng"), person(2, N, "Ủy viên Bộ Chính trị")], [{1, 2}]),
    ("a rank alone is no commune's chairman", [person(1, N, "Chủ tịch UBND xã An Phú, Đà Nẵng"), person(2, N, "Ủy viên Bộ Chính trị")],
     [{1}, {2}]),
    ("no posts", [person(1, N), person(2, N)], [{1, 2}]),
    ("a bare name goes where its article is", [person(1, N, "Bí thư Tỉnh ủy An Giang"), person(2, N, "Bí thư Thành ủy Đà Nẵng"),
     person(3, N, near="đà nẵng"), person(4, N, "Chủ tịch", near="an giang")],
     [{1, 4}, {2, 3}]),
    ("a rare surname", [person(1, "Mạc Thanh Tâm", "Bí thư Tỉnh ủy An Giang"),
     person(2, "Mạc Thanh Tâm", "Bí thư Thành ủy Đà Nẵng")], [{1, 2}]),
    ("a slip among many", [person(i, N, "Bí thư Tỉnh ủy An Giang") for i in range(1, 31)] + [person(99, N, "Bí thư Thành ủy Đà Nẵng")],
     [{*range(1, 31), 99}]),
    ("province and town", [place(1, "tỉnh Quảng Ngãi"), place(2, "TP Quảng Ngãi"), place(3, "Quảng Ngãi"),
     place(4, "Quảng Ngãi")], [{1, 3, 4}, {2}]),
    ("with and without unit", [place(1, "huyện Tân Phong"), place(2, "Tân Phong")], [{1, 2}]),
    ("two terms", [document(1, "01-CTr/TU", day="2019-10-14", near="hà nội"), document(2, "01-CTr/TU", term="2021-2025", near="hà nội"),
     document(3, "01-CTr/TU", near="hà nội", day="2018")],
     [{1, 3}, {2}]),
    ("two terms by the years beside", [document(1, "01-CTr/TU", day="2019-10-14"), document(2, "01-CTr/TU", years="2021-2025")],
     [{1}, {2}]),
    ("a directive in the term after its own", [document(1, "05-CT/TW", term="khóa XII"), document(2, "05-CT/TW", day="2019-04-02"),
     document(3, "05-CT/TW", day="2021-05-02"), document(4, "05-CT/TW", day="2014-05-02")], [{1, 2, 3}, {4}]),
    ("no term stated, two days", [document(1, "15-NQ/TU", day="2014-05-02"), document(2, "15-NQ/TU", day="2018"),
     document(3, "15-NQ/TU", day="2020")], [{1}, {2, 3}]),
    ("unknown, one compatible", [document(1, "15-NQ/TU", day="2014-05-02"), document(2, "15-NQ/TU")], [{1, 2}]),
    ("unknown, two compatible", [document(1, "15-NQ/TU", day="2014-05-02"), document(2, "15-NQ/TU", day="2018"), document(3, "15-NQ/TU"),
     document(4, "15-NQ/TU")], [{1}, {2}, {3, 4}]),
    ("two provinces' committees", [document(1, "01-CTr/TU", issuer="Thành ủy Đà Nẵng"),
     document(2, "01-CTr/TU", issuer="Tỉnh ủy An Giang")], [{1}, {2}]),
    ("a decree's year", [document(1, "102/2017/NĐ-CP"), document(2, "102/2019/NĐ-CP"), document(3, "102/2017/NĐ-CP")], [{1, 3}, {2}]),
]


@pytest.mark.parametrize(("names", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_things(names: list[LocalName], expected: list[set[int]]) -> None:
    found = things(names)
    assert sorted(({name.article for name in thing.names} for thing in found), key=min) == expected
    assert found[0].mark == ""
    assert len({thing.mark for thing in found}) == len(found)
    assert all(thing.distinction for thing in found) or len(found) == 1
    for order in itertools.islice(itertools.permutations(names), 24):
        assert {(thing.mark, frozenset(n.article for n in thing.names)) for thing in things(order)} == {
            (thing.mark, frozenset(n.article for n in thing.names)) for thing in found}


def test_names_of_an_entity() -> None:
    names = [LocalName("organization", "k", 1, "UBND TP Hà Nội", 0, ("UBND", "UBND TP Hà Nội", "Ủy ban"), {}, ""),
             LocalName("organization", "k", 2, "Ủy ban nhân dân thành phố Hà Nội", 0, ("Ủy ban nhân dân TP", "Sở"), {}, ""),
             LocalName("organization", "k", 3, "Ủy ban nhân dân thành phố Hà Nội", 0, ("ủy ban nhân dân thành phố Hà Nội",), {}, "")]
    assert canonical_name(names) == "Ủy ban nhân dân thành phố Hà Nội"
    assert {name: kind for name, kind, _ in spellings(canonical_name(names), names)} == {
        "Ủy ban nhân dân thành phố Hà Nội": "canonical", "UBND": "abbreviation", "UBND TP Hà Nội": "abbreviation", "Ủy ban": "short",
        "Ủy ban nhân dân TP": "abbreviation"}


@pytest.mark.parametrize(("one", "other", "same"), [
    ("Ủy viên TƯ Đảng", "ủy viên Ban Chấp hành Trung ương Đảng", True), ("Uỷ viên Trung ương", "Ủy viên Trung ương Đảng", True),
    ("Chủ tịch UBND TP. HCM", "chủ tịch Ủy ban nhân dân thành phố Hồ Chí Minh", True),
    ("Bộ trưởng Bộ Y tế", "Bộ trưởng Y tế", True), ("Phó Chủ tịch nước", "Chủ tịch nước", False),
    ("Ủy viên Ban Chấp hành Trung ương Đoàn", "Ủy viên Trung ương Đảng", False),
    ("Chủ tịch UBND tỉnh Quảng Ngãi", "Chủ tịch UBND TP Quảng Ngãi", False),
])
def test_one_post_in_several_wordings(one: str, other: str, same: bool) -> None:
    assert (post_key(one) == post_key(other)) is same
