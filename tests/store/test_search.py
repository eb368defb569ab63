"""Ranked passages over a small store of invented articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.ingest import ingest
from store.queries import connect
from store.queries_articles import article_text
from store.search import SearchFilter, search
from store.search_query import Phrase, parse_query

ARTICLES = {
    "cau.txt": """Tỉnh Lam Giang khởi công cầu Bến Mơ

(08:15 12/03/2018)

Sáng 12/3, Ủy ban nhân dân tỉnh Lam Giang khởi công xây dựng cầu Bến Mơ bắc qua sông Lam.
Cầu dài 640 mét, có bốn làn xe, tổng mức đầu tư 850 tỷ đồng.
Chủ tịch UBND tỉnh Lê Thu Cúc phát biểu tại buổi lễ.
""",
    "truong.txt": """Thành uỷ Hải Vân bàn việc xây trường học

(17:40 05/11/2019)

Chiều 5/11, Thành uỷ Hải Vân họp bàn Chương trình số 07-CTr/TU về phát triển trường học.
Bí thư Thành uỷ Trần Văn Khôi nói trường học là trái tim của phường, xã.
Thành phố cần thêm 35 trường học trong năm tới.
""",
    "code.txt": """Ba năm thực hiện chương trình 07 - CTr/TU

Ban Chỉ đạo chương trình 07 - CTr/TU tỉnh Thượng Nguyên họp sơ kết.
Nước sạch đã về 12 thôn của huyện Đồng Lau.
""",
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    ingest([str(folder)], folder / "store.db")
    return folder / "store.db"


@pytest.fixture(scope="module")
def store(path: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(path)
    yield connection
    connection.close()


@pytest.mark.parametrize(("query", "article", "words"), [
    ("cầu Bến Mơ dài bao nhiêu mét", "cau.txt", "640"),
    ("cau ben mo dai bao nhieu met", "cau.txt", "640"),
    ("ai là chủ tịch tỉnh Lam Giang", "cau.txt", "Lê Thu Cúc"),
    ("Thành ủy Hải Vân", "truong.txt", "Hải Vân"),                      # tone on the other vowel
    ("cần thêm mấy trường học?", "truong.txt", "35"),
    ('"trái tim của phường"', "truong.txt", "trái tim"),
    ('"trai tim cua phuong"', "truong.txt", "trái tim"),
    ("“trái tim của phường”", "truong.txt", "trái tim"),
    ('"07-CTr/TU" sơ kết', "code.txt", "sơ kết"),
    ("07-CTr/TU thượng nguyên", "code.txt", "07 - CTr/TU"),
    ("07 - ctr/TU trường học", "truong.txt", "07-CTr/TU"),
    ("NUOC SACH", "code.txt", "Nước sạch"),
])
def test_first_passage(store: sqlite3.Connection, query: str, article: str, words: str) -> None:
    first = search(store, query)[0]
    assert first.source.endswith(article)
    assert words in first.text


@pytest.mark.parametrize("query", [
    "", " ", '"', '""', "???", "zzyzx", '"cầu Bến Mộng"', "99-CTr/TU", '"trái tim của cả nước"', "-", "*", "NEAR(", "\x00",
    '"trai tim" "ben mo"',                                              # both, but in no one article
])
def test_nothing(store: sqlite3.Connection, query: str) -> None:
    assert search(store, query) == []


@pytest.mark.parametrize(("only", "articles"), [
    (SearchFilter(), {"cau.txt", "truong.txt"}),
    (SearchFilter(first="2019-01-01"), {"truong.txt"}),
    (SearchFilter(last="2018-03-12"), {"cau.txt"}),
    (SearchFilter(first="2018-03-12", last="2019-11-05"), {"cau.txt", "truong.txt"}),
    (SearchFilter(first="2019-11-06"), set()),
    (SearchFilter(source="TRUONG"), {"truong.txt"}),
    (SearchFilter(source="100%"), set()),
])
def test_filters(store: sqlite3.Connection, only: SearchFilter, articles: set[str]) -> None:
    found = search(store, "xây cầu, xây trường học", only=only)
    assert {Path(passage.source).name for passage in found} == articles


def test_an_article_comes_once_and_its_words_are_its_own(store: sqlite3.Connection) -> None:
    found = search(store, "trường học Hải Vân")
    assert len({passage.article_id for passage in found}) == len(found)
    for passage in found:
        assert article_text(store, passage.article_id)[passage.start:passage.end] == passage.text
        assert 0 <= passage.coverage <= passage.article_coverage <= 1


def test_index_follows_the_articles(tmp_path: Path) -> None:
    """A changed article is found by its new words only, a pruned one no more."""
    file, db = tmp_path / "in" / "a.txt", tmp_path / "store.db"
    file.parent.mkdir()
    (file.parent / "b.txt").write_text("Tin vắn\n\nHội chợ hoa mở cửa ở Lam Giang.\n", encoding="utf-8")
    for text, found, lost in (("Cây gạo nở hoa.", "cây gạo", "cây đa"), ("Cây đa bật gốc.", "cây đa", "cây gạo")):
        file.write_text(f"Tin ngắn\n\n{text}\n", encoding="utf-8")
        ingest([str(file.parent)], db)
        connection = connect(db)
        assert search(connection, f'"{found}"')
        assert not search(connection, f'"{lost}"')
        connection.close()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=80), st.text(alphabet='abđ" -/*:()^{}+0', max_size=60)))
def test_any_string_is_safe(store: sqlite3.Connection, query: str) -> None:
    assert all(passage.text for passage in search(store, query, 3))


@pytest.mark.parametrize(("text", "words", "phrases"), [
    ("ai chủ trì hội nghị", ("chu", "tri", "hoi", "nghi"), ()),
    ("ai chu tri hoi nghi", ("chu", "tri", "hoi", "nghi"), ()),
    ("là ai", ("la", "ai"), ()),                                        # nothing else to go by
    ("thị xã La Gi", ("thi", "xa", "la", "gi"), ()),                    # typed with diacritics, `La Gi` does not ask
    ("20 - CTr/TU", ("20", "ctr", "tu"), (Phrase(("20", "ctr", "tu"), False),)),
    ("102-QĐ/TW", ("102", "qd", "tw"), (Phrase(("102", "qd", "tw"), False),)),
    ("03/2018/NQ-HĐND", ("03", "2018", "nq", "hdnd"), (Phrase(("03", "2018", "nq", "hdnd"), False),)),
    ("họp 29/1", ("hop", "29", "1"), ()),
    ("covid-19", ("covid", "19"), ()),
    ('"Thành uỷ" nói', ("thanh", "uy", "noi"), (Phrase(("thành", "ủy"), True),)),
])
def test_parse(text: str, words: tuple[str, ...], phrases: tuple[Phrase, ...]) -> None:
    query = parse_query(text)
    assert (query.words, query.phrases) == (words, phrases)
