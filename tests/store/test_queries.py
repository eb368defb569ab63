"""The read side: what every query gives on a small store, and how it fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store import queries, queries_articles, queries_events, queries_people
from store.errors import QueryTimeout, StoreError
from store.ingest import ingest
from store.queries import connect, time_limit

TEXT = """Cần Thơ tổng kết Chương trình số 07-CTr/TU

(20:12 14/10/2019)

Chiều 14/10, Ban Chỉ đạo Chương trình số 07-CTr/TU của Thành ủy Cần Thơ họp tổng kết.
Bí thư Thành ủy Cần Thơ Lê Thu Cúc chủ trì hội nghị.
Phó Chủ tịch UBND thành phố Cần Thơ Trần Văn Khôi trình bày báo cáo.
"""
Call = Callable[[sqlite3.Connection], object]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("queries")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    ingest([str(folder / "a.txt")], folder / "store.db")
    connection = connect(folder / "store.db")
    yield connection
    connection.close()


def person(store: sqlite3.Connection) -> int:
    return queries.entities_by_name(store, "le thu cuc", "person")[0].id


def test_a_person_by_name_post_and_sentence(store: sqlite3.Connection) -> None:
    cuc = person(store)
    entity = queries.entity(store, cuc)
    assert entity is not None
    assert entity.name == "Lê Thu Cúc"
    assert queries.names(store, cuc)[0].name == "Lê Thu Cúc"
    post = queries_people.attestations_of_person(store, cuc)[0]
    assert (post.position, post.status, post.attested_on) == ("Bí thư Thành ủy Cần Thơ", "held", "2019-10-14")
    assert queries_people.holders(store, [post.position_id]) == [post]
    assert queries_people.holders(store, [post.position_id], first="2019-10-15") == []
    sentence = queries_articles.sentence(store, post.sentence_id)
    assert sentence is not None
    assert queries_articles.article_text(store, post.article_id)[sentence.start:sentence.end] == sentence.text
    assert sentence in queries_articles.neighbours(store, sentence.article_id, sentence.position, 1)


def test_events_by_day_and_by_person(store: sqlite3.Connection) -> None:
    found = queries_events.events_between(store, "2019-10-01", "2019-10-31")
    assert found
    assert queries_events.events_between(store, "2019-10-15", "2019-10-31") == []
    assert queries_events.events_in_article(store, found[0].article_id)
    assert {event.id for event in queries_events.events_of(store, person(store))} <= {event.id for event in found}
    assert queries_events.participants(store, [event.id for event in found])


def test_statistics_count(store: sqlite3.Connection) -> None:
    numbers = queries.statistics(store)
    assert numbers.articles == 1
    assert numbers.persons == 2
    assert numbers.first_published == numbers.last_published == "2019-10-14"


@pytest.mark.parametrize("call", [
    lambda c: queries.entity(c, 1),
    lambda c: queries_articles.article(c, 1),
    lambda c: queries_articles.sentence(c, 1),
    lambda c: queries_people.document(c, 1),
])
def test_unknown_ids_are_none(store: sqlite3.Connection, call: Call) -> None:
    assert call(store) is None


@pytest.mark.parametrize("call", [
    lambda c: queries.entities(c, []),
    lambda c: queries.names(c, 1),
    lambda c: queries.entities_by_name(c, "khong ai", "person"),
    lambda c: queries.related(c, 1),
    lambda c: queries_articles.article_by_source(c, "khong-co.txt"),
    lambda c: queries_articles.authors(c, 1),
    lambda c: queries_articles.mentions_of(c, 1),
    lambda c: queries_people.documents_issued_by(c, 1),
    lambda c: queries_people.attestations_of_organization(c, 1),
    lambda c: queries_people.parts_of(c, 1),
    lambda c: queries_events.events(c, [1]),
    lambda c: queries_events.participants(c, [1]),
])
def test_nothing_is_an_empty_list(store: sqlite3.Connection, call: Call) -> None:
    assert call(store) == []


def test_read_only(store: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.execute("delete from articles")


def test_time_limit(store: sqlite3.Connection) -> None:
    endless = "with recursive n (i) as (select 1 union all select i + 1 from n) select count(*) from n"
    with pytest.raises(QueryTimeout, match=r"0\.05 s"), time_limit(store, 0.05):
        store.execute(endless).fetchone()
    assert queries.statistics(store).articles == 1


@pytest.mark.parametrize(("content", "message"), [
    (None, "no store at"),
    (b"", "no hoitin store"),
    (b"not a database, but long enough to look like one" * 40, "cannot be read as a store"),
])
def test_no_store(tmp_path: Path, content: bytes | None, message: str) -> None:
    file = tmp_path / "x.db"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(StoreError, match=message):
        connect(file)
