"""Exports: what goes out can be read by the programs it is for, and hides no doubt about a date."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import main
from store.errors import StoreError
from store.export import FORMATS, default_target, export
from store.export_csv import csv_bytes, safe_cell
from store.export_ftm import _day, _doubt
from store.ingest import ingest
from store.queries import Connection, connect
from store.queries_export import views

TEXT = """Thành ủy Sông Lam họp bàn quy hoạch

Chiều 12/3/2024, Bí thư Thành ủy Sông Lam Lê Thị Mẫu Đơn chủ trì hội nghị bàn về quy hoạch.
Dự hội nghị có Chủ tịch UBND thành phố Sông Lam Trần Văn Thử.
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the seeds and one page of our own."""
    folder = tmp_path_factory.mktemp("export")
    (folder / "=1+1.txt").write_text(TEXT, encoding="utf-8")
    ingest(["seeds", str(folder / "=1+1.txt")], folder / "tin.db")
    return folder / "tin.db"


@pytest.fixture
def connection(store: Path) -> Iterator[Connection]:
    """The store, open."""
    opened = connect(store)
    yield opened
    opened.close()


@pytest.mark.parametrize(("value", "cell"), [
    ("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("+84", "'+84"), ("-1", "'-1"), ("@SUM", "'@SUM"), (" =1", "' =1"),
    ("\t=1", "'\t=1"), ("30/34 đề án", "30/34 đề án"), ("1+1", "1+1"), (-5, "-5"), (None, ""), ("a\0b", "ab"),
])
def test_no_cell_is_a_formula(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


def test_a_table_has_its_mark_once_and_reads_back() -> None:
    rows = [("Lê Thị Mẫu Đơn", 'nói: "được"'), ("hai\ndòng", None)]
    content = csv_bytes(("tên", "lời"), rows)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\xef\xbb\xbf") == 1
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert read == [["tên", "lời"], ["Lê Thị Mẫu Đơn", 'nói: "được"'], ["hai\ndòng", ""]]


@pytest.mark.parametrize("target", ["bang.zip", "thu-muc"])
def test_csv_has_every_view(target: str, connection: Connection, tmp_path: Path) -> None:
    assert export(connection, "csv", tmp_path / target) > len(views(connection))
    if target.endswith(".zip"):
        with zipfile.ZipFile(tmp_path / target) as packed:
            names = set(packed.namelist())
            articles = packed.read("articles.csv").decode("utf-8-sig")
    else:
        names = {path.name for path in (tmp_path / target).iterdir()}
        articles = (tmp_path / target / "articles.csv").read_text(encoding="utf-8-sig")
    assert names == {"articles.csv", *(f"{view}.csv" for view in views(connection))}
    assert "=1+1.txt" in articles
    assert "\n=" not in articles


def test_jsonl_can_be_ingested_again(connection: Connection, tmp_path: Path) -> None:
    export(connection, "jsonl", tmp_path / "tin.jsonl")
    for line in (tmp_path / "tin.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        assert all(article["text"][m["start"]:m["end"]] for m in article["mentions"] + article["sentences"])
    ingest([str(tmp_path / "tin.jsonl")], tmp_path / "again.db")
    again = connect(tmp_path / "again.db")
    try:
        for table in ("articles", "sentences", "mentions", "attestations", "events", "participations", "entities"):
            count = f"select count(*) from {table}"
            assert again.execute(count).fetchone()[0] == connection.execute(count).fetchone()[0], table
    finally:
        again.close()


def test_graphml_is_a_graph(connection: Connection, tmp_path: Path) -> None:
    export(connection, "graphml", tmp_path / "tin.graphml")
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ET.parse(tmp_path / "tin.graphml").getroot()
    nodes = [node.get("id") for node in root.iter(f"{space}node")]
    edges = [(edge.get("source"), edge.get("target")) for edge in root.iter(f"{space}edge")]
    assert len(nodes) == len(set(nodes)) > 20
    assert edges
    assert {end for edge in edges for end in edge} <= set(nodes)
    networkx = pytest.importorskip("networkx")
    assert networkx.read_graphml(tmp_path / "tin.graphml").number_of_nodes() == len(nodes)


def test_ftm_refers_only_to_what_it_holds(connection: Connection, tmp_path: Path) -> None:
    export(connection, "ftm", tmp_path / "tin.ftm.jsonl")
    entities = [json.loads(line) for line in (tmp_path / "tin.ftm.jsonl").read_text(encoding="utf-8").splitlines()]
    ids = {entity["id"] for entity in entities}
    assert len(ids) == len(entities)
    assert {"Person", "Organization", "Article", "Mention", "Event"} <= {entity["schema"] for entity in entities}
    links = ("holder", "post", "proof", "organization", "parent", "document", "resolved", "subject", "object",
             "organizer", "involved")
    for entity in entities:
        properties = entity["properties"]
        assert all(isinstance(value, str) and value for values in properties.values() for value in values)
        assert {value for key in links for value in properties.get(key, ())} <= ids
        if entity["schema"] == "Occupancy":
            assert not {"startDate", "endDate"} & set(properties)
            assert properties["status"][0] in ("unknown", "ended")


@pytest.mark.parametrize(("edtf", "day", "doubt"), [
    ("2019-10-14", "2019-10-14", None), ("2023-02-21?", "2023-02-21", "EDTF 2023-02-21?"),
    ("XXXX-08-07", None, "EDTF XXXX-08-07"), ("2017/2021", None, "EDTF 2017/2021"), ("2019-10", "2019-10", None),
    ("2023-33", "2023", "EDTF 2023-33"), ("2019", "2019", None), ("198X", None, "EDTF 198X"), (None, None, None),
])
def test_ftm_dates_are_as_precise_as_known(edtf: str | None, day: str | None, doubt: str | None) -> None:
    assert (_day(edtf), _doubt(edtf)) == (day, doubt)


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_the_command_writes_each_format(
    kind: str, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", "--format", kind, "--db", str(store)]) == 0
    assert default_target(store, kind).stat().st_size > 100
    assert "lines" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.part"))


def test_a_bad_target_is_one_line(connection: Connection, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        export(connection, "jsonl", tmp_path / "no" / "where.jsonl")
    with pytest.raises(StoreError, match="--to"):
        export(connection, "csv", Path("-"))
