"""Judgements of curators: applied by linking, kept through every ingest, and undone without a trace."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from shutil import copy

import pytest

from store.ingest import ingest, reannotate, relink
from store.judgements import Judgement, Rulings, Subject, standing
from store.queries import connect
from store.queries_judge import keys_of
from store.state import State
from store.state_judgements import forget_curator, judge, judgements_at, log, standing_judgements, undo

PAGES = {
    "a.txt": "Thành ủy Sông Lam họp bàn quy hoạch\n\nChiều 12/3/2024, Bí thư Thành ủy Sông Lam Lê Thị Mẫu Đơn chủ trì hội nghị "
             "tại Sông Lam. Dự hội nghị có Chủ tịch UBND thành phố Sông Lam Trần Văn Thử.\n",
    "b.txt": "Thăm cảng cá\n\nSáng 5/6/2024, Bí thư Thành ủy Sông Lam Lê Thị Mẫu Đơn và ông Trần Văn Thữ, Chủ tịch UBND thành phố "
             "Sông Lam, thăm cảng cá Cửa Lạch. Cùng đi có ông Trần Văn Thử.\n",
    "c.txt": "Hội chợ sách\n\nNgày 7/6/2024, Giám đốc Sở Văn hóa tỉnh Đồng Xa Trần Văn Thử khai mạc hội chợ sách. Ông Trần Văn Thữ "
             "tặng 200 cuốn sách.\n",
    "d.txt": "Khánh thành cầu\n\nNgày 9/9/2024, ông Trần Văn Thữ, Chủ tịch UBND thành phố Sông Lam, cắt băng khánh thành cầu.\n",
}
THU, THUW, DON = "Trần Văn Thử", "Trần Văn Thữ", "Lê Thị Mẫu Đơn"
TABLES = {
    "articles": "id, source, text", "entities": "id, kind, name, distinction, parent_id", "names": "entity_id, name, kind, folded",
    "names_fts": "rowid, name, folded",
    "mentions": "sentence_id, entity_id, start, end, surface, rule", "positions": "id, name, title, organization_id",
    "attestations": "person_id, position_id, status, attested_on, sentence_id, start, end", "documents": "*",
    "events": "id, kind, name, date, place_id, sentence_id", "participations": "event_id, entity_id, name, role, position_id",
    "local_names": "*", "judged_keys": "*", "judged_articles": "*", "unlinked": "*",
}


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that the store says, without what counts runs."""
    with sqlite3.connect(path) as db:
        found = {table: sorted(db.execute(f"select {columns} from {table}"), key=repr) for table, columns in TABLES.items()}
    db.close()
    return found


def write(folder: Path, names: str) -> None:
    """The pages of these letters."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.txt").write_text(PAGES[f"{name}.txt"], encoding="utf-8")


def store_of(folder: Path, db: str, names: str = "abc", judgements: Sequence[Judgement] = ()) -> Path:
    """A fresh store of these pages."""
    write(folder / "tin", names)
    ingest([folder / "tin" / f"{name}.txt" for name in names], folder / db, judgements=judgements)
    return folder / db


def subject(path: Path, name: str, kind: str = "person", articles: Sequence[int] = ()) -> Subject:
    """A thing of the store by its name."""
    connection = connect(path)
    try:
        row = connection.execute("select id from entities where kind = ? and name = ?", (kind, name)).fetchone()
        assert row, f"no {kind} {name}"
        return Subject(row[0], kind, name, tuple(keys_of(connection, row[0])), tuple(articles))
    finally:
        connection.close()


def made(number: int, path: Path, action: str, names: Sequence[str], argument: str = "", kind: str = "person") -> Judgement:
    """A judgement about things of the store."""
    return Judgement(number, action, tuple(subject(path, name, kind) for name in names), argument, at=str(number))  # type: ignore[arg-type]


CASES = {
    "merge": [("merge", [THU, THUW], "", "person")],
    "merge the other way": [("merge", [THUW, THU], "", "person")],
    "hide": [("hide", [THUW], "", "person")],
    "rename": [("rename", [DON], "Lê Mẫu Đơn", "person")],
    "alias": [("alias", [DON], "Chị Đơn", "person")],
    "split": [("split", [THUW], "Sông Lam", "person")],
    "bodies": [("merge", ["Thành ủy Sông Lam", "UBND thành phố Sông Lam"], "", "organization")],
    "place": [("hide", ["thành phố Sông Lam"], "", "place")],
    "several": [("rename", [THUW], "Ông Thữ", "person"), ("merge", [DON, THUW], "", "person"),
                ("alias", [DON], "Chị Đơn", "person"), ("hide", [THU], "", "person")],
}


def judgements_of(case: str, path: Path) -> list[Judgement]:
    """Its judgements, about the store as it is without them."""
    return [made(i, path, action, names, argument, kind)
            for i, (action, names, argument, kind) in enumerate(CASES[case], 1)]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the first three pages and a store of them."""
    folder = tmp_path_factory.mktemp("judged")
    store_of(folder, "plain.db")
    return folder


@pytest.fixture
def plain(pages: Path, tmp_path: Path) -> Path:
    """A store nobody judged."""
    return Path(copy(pages / "plain.db", tmp_path / "plain.db"))


@pytest.mark.parametrize("case", CASES)
def test_judging_and_undoing_leaves_no_trace(case: str, plain: Path) -> None:
    before, judged = dump(plain), judgements_of(case, plain)
    relink(plain, judged)
    assert dump(plain) != before
    relink(plain, ())
    assert dump(plain) == before


@pytest.mark.parametrize("case", CASES)
def test_a_fresh_ingest_comes_to_the_same(case: str, plain: Path, pages: Path) -> None:
    judged = judgements_of(case, plain)
    relink(plain, judged)
    after = dump(plain)
    assert dump(store_of(pages, f"{case}.db", judgements=judged)) == after
    relink(plain, judged)
    assert dump(plain) == after


@pytest.mark.parametrize("case", ["merge", "split", "several"])
def test_judgements_outlive_every_kind_of_ingest(case: str, tmp_path: Path) -> None:
    plain = store_of(tmp_path, "plain.db")
    judged = judgements_of(case, plain)
    relink(plain, judged)
    write(tmp_path / "tin", "d")
    ingest([tmp_path / "tin"], plain, judgements=judged)
    wanted = dump(store_of(tmp_path, "fresh.db", "abcd", judged))
    assert dump(plain) == wanted
    reannotate(plain, judgements=judged)
    assert dump(plain) == wanted
    (tmp_path / "tin" / "d.txt").unlink()
    ingest([tmp_path / "tin"], plain, prune=True, judgements=judged)
    assert dump(plain) == dump(store_of(tmp_path, "less.db", "abc", judged))
    relink(plain, ())
    assert dump(plain) == dump(store_of(tmp_path, "bare.db", "abc"))


def test_undoing_the_first_keeps_the_second(plain: Path, pages: Path) -> None:
    first, second = made(1, plain, "merge", [DON, THUW]), made(2, plain, "merge", [THU, THUW])
    relink(plain, [first, second])
    relink(plain, [second])
    assert dump(plain) == dump(store_of(pages, "second.db", judgements=[second]))


def names_of(path: Path, kind: str = "person") -> dict[str, set[str]]:
    """Canonical name → the other names."""
    connection = connect(path)
    try:
        rows = connection.execute("select e.name, n.name from entities e join names n on n.entity_id = e.id where e.kind = ?",
                                  (kind,)).fetchall()
    finally:
        connection.close()
    found: dict[str, set[str]] = {}
    for canonical, name in rows:
        found.setdefault(canonical, set()).update({name} - {canonical})
    return found


@pytest.mark.parametrize(("case", "there", "gone"), [
    ("merge", {THU: {THUW}}, {THUW}), ("merge the other way", {THUW: {THU}}, {THU}), ("hide", {THU: set()}, {THUW}),
    ("rename", {"Lê Mẫu Đơn": {DON}}, {DON}), ("alias", {DON: {"Chị Đơn"}}, set()),
    ("several", {DON: {"Chị Đơn", "Ông Thữ", THUW}}, {THU, THUW}),
])
def test_what_a_judgement_does(case: str, there: dict[str, set[str]], gone: set[str], plain: Path) -> None:
    relink(plain, judgements_of(case, plain))
    found = names_of(plain)
    for canonical, others in there.items():
        assert others <= found[canonical]
    assert not gone & set(found)


def test_a_split_goes_by_posts_and_by_articles(plain: Path) -> None:
    relink(plain, judgements_of("split", plain))
    connection = connect(plain)
    try:
        rows = connection.execute("select distinction, count(distinct s.article_id) from entities e join mentions m on "
                                  "m.entity_id = e.id join sentences s on s.id = m.sentence_id where e.name = ? group by e.id",
                                  (THUW,)).fetchall()
    finally:
        connection.close()
    assert sorted((row[0] or "", row[1]) for row in rows) == [("", 1), ("Sông Lam", 1)]


def test_the_log_is_only_added_to(tmp_path: Path) -> None:
    don, thu = Subject(1, "person", DON, ("a",)), Subject(2, "person", THU, ("b",), (3,))
    with State(tmp_path / "state.db") as state:
        first = judge(state, 7, "merge", (don, thu))
        second = judge(state, 7, "rename", (don,), "Lê Mẫu Đơn")
        assert standing_judgements(state) == (first, second)
        undo(state, 8, first)
        assert standing_judgements(state) == (second,)
        assert [(row.action, row.curator, row.undoes) for row in log(state)] == [
            ("merge", 7, None), ("rename", 7, None), ("undo", 8, first.number)]
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            state.write("delete from judgements")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            state.write("update judgements set argument = 'x'")
        assert forget_curator(state, 7) == 2
        assert [row.curator for row in log(state)] == [None, None, 8]
        assert log(state)[0].id == first.id
    assert [row.argument for row in judgements_at(tmp_path / "state.db")] == ["Lê Mẫu Đơn"]
    assert judgements_at(tmp_path / "none.db") == ()


def test_chains_and_circles_of_merges_end() -> None:
    things = [Subject(i, "person", str(i), (str(i),)) for i in range(4)]
    pairs = [(0, 1), (1, 2), (2, 0), (3, 2)]
    log_ = [Judgement(n, "merge", (things[a], things[b]), at=str(n)) for n, (a, b) in enumerate(pairs, 1)]
    rulings = Rulings.of(standing(log_))
    assert {rulings.final(i) for i in range(4)} == {3}
