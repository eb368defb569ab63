"""Sources → store: idempotent, incremental, safe against being killed. Articles are invented."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import main
from store.errors import SourceError
from store.ingest import ingest, reannotate
from store.queries_check import digest, integrity

ROOT = Path(__file__).resolve().parent.parent.parent


def article(number: int) -> str:
    place = ("Tân Phong", "An Lạc", "Phú Hòa", "Bình An")[number % 4]
    return (
        f"Huyện {place} họp bàn việc số {number}\n\n"
        f"Sáng {number % 28 + 1}/4/2019, ông Trần Văn Bình, Bí thư Huyện ủy {place}, "
        f"chủ trì hội nghị bàn việc số {number} tại huyện {place}.\n\n"
        f"Bà Lê Thị Hòa, Chủ tịch UBND huyện {place}, đề nghị cấp {number} tỷ đồng "
        f"cho {number} công trình thủy lợi theo Chương trình số 0{number % 9 + 1}-CTr/HU.\n\n"
        f"Hội nghị thống nhất giao {number + 3} phòng ban làm việc này "
        f"trước ngày {number % 27 + 2}/6/2019, báo cáo kết quả {number % 5} lần mỗi tháng.\n\n"
        "Lan Anh\n"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "tin"
    (folder / "huyen").mkdir(parents=True)
    for number in range(6):
        (folder / ("huyen" if number % 2 else ".") / f"{number}.txt").write_text(article(number), encoding="utf-8")
    return folder


def read(path: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql, values).fetchall()


def digest_of(path: Path) -> str:
    with closing(sqlite3.connect(path)) as db:
        assert integrity(db) == []
        return digest(db)


def test_every_table_is_filled(folder: Path, tmp_path: Path) -> None:
    report = ingest([folder], tmp_path / "a.db")
    assert report.count("new") == 6
    for table in ("sentences", "authors", "names", "mentions", "positions", "attestations", "documents", "events", "participations",
                  "sentences_fts", "names_fts"):
        assert read(tmp_path / "a.db", f"select count(*) from {table}")[0][0], table
    assert read(tmp_path / "a.db", "select count(*) from unlinked") == [(0,)]
    assert {str(row[0]) for row in read(tmp_path / "a.db", "select source from articles")} == {
        (folder / name).as_posix() for name in ("0.txt", "2.txt", "4.txt", "huyen/1.txt", "huyen/3.txt", "huyen/5.txt")}
    wrong = read(tmp_path / "a.db", """
        select m.surface
        from mentions m
        join sentences s on s.id = m.sentence_id
        join articles a on a.id = s.article_id
        where substr(a.text, m.start + 1, m.end - m.start) <> m.surface or m.start < s.start or m.end > s.end""")
    assert wrong == []


def test_a_second_run_changes_nothing(folder: Path, tmp_path: Path) -> None:
    ingest([folder], tmp_path / "a.db")
    before = digest_of(tmp_path / "a.db")
    report = ingest([folder], tmp_path / "a.db")
    assert [o.status for o in report.outcomes] == ["unchanged"] * 6
    assert digest_of(tmp_path / "a.db") == before


def test_an_edited_file_changes_its_own_rows_only(folder: Path, tmp_path: Path) -> None:
    ingest([folder], tmp_path / "a.db")
    others = "select * from sentences where article_id not in (select id from articles where source like '%/2.txt')"
    before = read(tmp_path / "a.db", others)
    (folder / "2.txt").write_text(article(2).replace("thủy lợi", "giao thông"), encoding="utf-8")
    report = ingest([folder], tmp_path / "a.db")
    assert (report.count("changed"), report.count("unchanged")) == (1, 5)
    assert read(tmp_path / "a.db", others) == before
    match = "select count(*) from sentences_fts where sentences_fts match ?"
    assert read(tmp_path / "a.db", match, '"giao thong"') == [(1,)]
    assert read(tmp_path / "a.db", match, '"thuy loi"') == [(5,)]
    fresh = ingest([folder], tmp_path / "b.db")
    assert fresh.count("new") == 6
    assert digest_of(tmp_path / "a.db") == digest_of(tmp_path / "b.db")


def test_a_vanished_file_is_reported_and_pruned_on_request(folder: Path, tmp_path: Path) -> None:
    ingest([folder], tmp_path / "a.db")
    (folder / "huyen" / "3.txt").unlink()
    report = ingest([folder], tmp_path / "a.db")
    assert [o.source for o in report.outcomes if o.status == "vanished"] == [(folder / "huyen" / "3.txt").as_posix()]
    assert read(tmp_path / "a.db", "select count(*) from articles") == [(6,)]
    assert ingest([folder / "huyen"], tmp_path / "a.db", prune=True).count("pruned") == 1
    ingest([folder], tmp_path / "b.db")
    assert digest_of(tmp_path / "a.db") == digest_of(tmp_path / "b.db")


def test_the_order_does_not_matter(folder: Path, tmp_path: Path) -> None:
    files = sorted(folder.rglob("*.txt"))
    digests = set()
    for seed in range(3):
        random.Random(seed).shuffle(files)
        path = tmp_path / f"{seed}.db"
        for part in (files[:2], files[2:3], files[3:]):
            ingest(part, path)
        digests.add(digest_of(path))
    assert len(digests) == 1


def test_workers_write_what_one_writes(folder: Path, tmp_path: Path) -> None:
    ingest([folder], tmp_path / "a.db")
    ingest([folder], tmp_path / "b.db", workers=2)
    assert digest_of(tmp_path / "a.db") == digest_of(tmp_path / "b.db")


def test_reannotate_needs_no_source(folder: Path, tmp_path: Path) -> None:
    ingest([folder], tmp_path / "a.db")
    before = digest_of(tmp_path / "a.db")
    for file in folder.rglob("*.txt"):
        file.unlink()
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        db.execute("delete from mentions")
        db.execute("delete from attestations")
        db.execute("insert into sentences_fts (sentences_fts) values ('delete-all')")     # as if folded by other rules
        db.commit()
    assert reannotate(tmp_path / "a.db").count("reannotated") == 6
    assert digest_of(tmp_path / "a.db") == before
    assert read(tmp_path / "a.db", "select count(*) from sentences_fts where sentences_fts match 'folded: \"huyen uy\"'") == [(6,)]


def test_near_duplicates_are_marked_whatever_came_first(folder: Path, tmp_path: Path) -> None:
    copy = article(4).replace("Lan Anh", "Theo TTXVN").replace("mỗi tháng", "hằng tháng")
    (folder / "copy.txt").write_text(copy, encoding="utf-8")
    report = ingest([folder / "4.txt", folder / "copy.txt"], tmp_path / "a.db")
    assert (report.count("new"), report.count("near-duplicate")) == (1, 1)
    ingest([folder], tmp_path / "a.db")
    ingest([folder / "copy.txt"], tmp_path / "b.db")
    ingest([folder], tmp_path / "b.db")
    assert digest_of(tmp_path / "a.db") == digest_of(tmp_path / "b.db")
    marked = "select count(*) from articles where near_duplicate_of is not null"
    assert read(tmp_path / "a.db", marked) == [(1,)]
    (folder / "copy.txt").unlink()
    ingest([folder], tmp_path / "a.db", prune=True)
    assert read(tmp_path / "a.db", marked) == [(0,)]


@pytest.mark.parametrize(("name", "content", "reason"), [
    ("leer.txt", b"", "empty"), ("bild.txt", b"\x89PNG\0\0\0", "binary"), ("alt.txt", b"C\xf4ng h\xf2a", "not UTF-8"),
    ("zeile.jsonl", b'{"text": "Xong."}\n{\n', "#2"), ("\udcff.txt", b"Xong.", "not UTF-8; rename it"),
])
def test_a_bad_file_does_not_stop_the_others(folder: Path, tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (folder / name).write_bytes(content)
    report = ingest([folder], tmp_path / "a.db")
    assert report.count("failed") == 1
    assert report.count("new") >= 6
    failed = next(o for o in report.outcomes if o.status == "failed")
    assert reason in (failed.reason or "")
    assert read(tmp_path / "a.db", "select source, reason from ingest_files where status = 'failed'") == [(failed.source, failed.reason)]


@pytest.mark.parametrize("sources", [["missing.txt"], ["*.nothing"], ["."], []])
def test_nothing_to_read_makes_no_store(tmp_path: Path, sources: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError) as raised:
        ingest(sources, tmp_path / "a.db")
    assert "\n" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_only_bad_files_make_no_store(tmp_path: Path) -> None:
    (tmp_path / "leer.txt").write_bytes(b"")
    assert ingest([tmp_path / "leer.txt"], tmp_path / "a.db").count("failed") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["leer.txt"]


def test_the_working_folder(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    ingest(["."], tmp_path / "a.db")
    (folder / "0.txt").unlink()
    assert [o.source for o in ingest(["./"], tmp_path / "a.db").outcomes if o.status == "vanished"] == ["0.txt"]
    assert ingest(["huyen/*.txt", "2.txt"], tmp_path / "a.db").count("unchanged") == 4


def test_command_line(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["ingest", str(folder), "--db", str(tmp_path / "a.db")]
    assert main(arguments) == 0
    assert main(arguments) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 new, 0 changed, 6 unchanged, 0 failed"
    (folder / "leer.txt").write_bytes(b"")
    assert main(arguments) == 1
    assert "the file is empty" in " ".join(capsys.readouterr().out.split())
    assert main(["ingest", str(tmp_path / "missing"), "--db", str(tmp_path / "a.db")]) == 1
    assert "no such file" in capsys.readouterr().err


def test_a_killed_run_is_made_good_by_the_next(folder: Path, tmp_path: Path) -> None:
    for number in range(6, 260):
        (folder / f"{number}.txt").write_text(article(number), encoding="utf-8")
    (folder / "00.txt").write_text(article(0) + " Hết.", encoding="utf-8")     # a near-duplicate, both written before the kill
    path = tmp_path / "a.db"
    command = [sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())", "ingest", str(folder), "--db", str(path)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and child.poll() is None:
        if path.exists() and path.stat().st_size and _articles(path) >= 64:
            os.kill(child.pid, signal.SIGKILL)
            break
        time.sleep(0.005)
    child.wait()
    kept = _articles(path)
    assert kept >= 64
    report = ingest([folder], path)
    assert report.count("unchanged") == kept
    ingest([folder], tmp_path / "b.db")
    assert digest_of(path) == digest_of(tmp_path / "b.db")


def _articles(path: Path) -> int:
    try:
        return int(str(read(path, "select count(*) from articles")[0][0]))
    except sqlite3.OperationalError:
        return 0
