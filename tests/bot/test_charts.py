"""Pictures: every label readable, none over another, no letter missing; honest about years that nobody stated."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

pytest.importorskip("matplotlib")
pytest.importorskip("networkx")

from bot.ask import to_key
from bot.charts import PictureError, draw
from bot.charts_network import Node, apart, draw_network
from bot.charts_sheet import Box, Sheet, drawable, text_width, wrap
from bot.charts_timeline import Lane, Mark, draw_lanes, ticks
from bot.phrases import LANGUAGES, phrases
from bot.types import Picture
from store.ingest import ingest
from store.queries import EntityRow, connect, entities_by_name
from store.queries_network import Companion, Tie

SAY = phrases("vi")
PNG = b"\x89PNG\r\n"
NAMES = ("Lê Thị Mẫu Đơn", "Trần Văn Thử", "Nguyễn Phạm Hoàng Khánh Đăng Quỳnh", "Y Thử Niê Kđăm", "Ồ Ỗ Ặ Ữ Ỹ",
         "Một Cái Tên Dài Đến Mức Không Dòng Nào Chứa Nổi Cả Họ Lẫn Tên Đệm Lẫn Tên Gọi")


def clear(sheet: Sheet) -> bool:
    """Whether every label lies on the sheet and none over another."""
    labels = sheet.labels
    inside = all(b.left >= 0 and b.top >= 0 and b.right <= sheet.width and b.bottom <= sheet.height for b in labels)
    return inside and not any(one.overlaps(other) for one, other in itertools.combinations(labels, 2))


def lane(kind: str, label: str, *dates: str | None) -> Lane:
    """A lane with its dates."""
    return Lane(kind, label, ", ".join(SAY.date(d) for d in dates), tuple(Mark.of(d) for d in dates))


LONG = "Phó Chủ tịch Thường trực Ủy ban nhân dân thành phố kiêm Trưởng ban Chỉ đạo phòng chống thiên tai và cứu nạn"
TIMELINES = {
    "one day": ([lane("post", "Bí thư Thành ủy Sông Lam", "2019-10-14")], []),
    "years": ([lane("post", LONG, "2012", "2019-10-14", "2020-01"), lane("former", "nguyên Chủ tịch", "2021-02-01?")],
              [lane("event", "Hội nghị tổng kết", "2017/2021")]),
    "no year": ([lane("post", "Bí thư", None, "XXXX-08-07")], [lane("event", "Lễ ký kết", "XXXX-01-29")]),
    "many": ([lane("post", f"Chức vụ số {i}", *[f"20{i + 10}-0{j}-01" for j in range(1, 10)]) for i in range(7)],
             [lane("event", LONG + str(i), *[None] * i) for i in range(8)]),
    "far": ([], [lane("event", "Lễ kỷ niệm", "1945-09-02"), *(lane("event", f"Họp {i}", f"2019-0{i}-01")
                                                             for i in range(1, 8))]),
}


@pytest.mark.parametrize("case", TIMELINES)
@pytest.mark.parametrize("name", [NAMES[0], NAMES[-1]])
def test_labels_of_a_timeline_stand_clear(case: str, name: str) -> None:
    posts, events = TIMELINES[case]
    sheet = draw_lanes(EntityRow(1, "person", name, None, None), posts, events, SAY)
    assert clear(sheet)
    assert sheet.png().startswith(PNG)


@pytest.mark.parametrize(("edtf", "known", "inferred"), [
    ("2019-10-14", True, False), ("2023-02-21?", True, True), ("XXXX-08-07", False, False), (None, False, False),
    ("2017/2021", True, False),
])
def test_a_mark_hides_no_doubt(edtf: str | None, known: bool, inferred: bool) -> None:
    mark = Mark.of(edtf)
    assert (mark.first is not None, mark.inferred) == (known, inferred)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 12])
def test_labels_of_a_network_stand_clear(count: int) -> None:
    nodes = [Node(0, ("Lê Thị Mẫu Đơn",), "")]
    nodes += [Node(i, tuple(wrap(NAMES[i % len(NAMES)], 250, 28, "bold")), "120 câu · 14 sự kiện")
              for i in range(1, count + 1)]
    ties = [Tie(i, j, i + j) for i, j in itertools.combinations(range(count + 1), 2) if (i * j) % 3 != 1]
    strengths = [Companion(i, "", 120, 14) for i in range(1, count + 1)]
    sheet = draw_network(nodes, ties, strengths, SAY)
    assert clear(sheet)
    assert sheet.png().startswith(PNG)


@pytest.mark.parametrize("seed", range(20))
def test_boxes_are_pushed_apart_wherever_they_begin(seed: int) -> None:
    chance = random.Random(seed)
    lines = [tuple(wrap(name, 250, 28, "bold")) for name in NAMES]
    places = [(chance.uniform(300, 700), chance.uniform(500, 900)) for _ in range(13)]
    nodes = [Node(i, lines[i % len(lines)], "3 câu", x, y) for i, (x, y) in enumerate(places)]
    frame = Box(40, 170, 1040, 1330)
    boxes = [node.box for node in apart(nodes, frame)]
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))
    assert all(b.left >= frame.left - 1 and b.right <= frame.right + 1 for b in boxes)


@pytest.mark.parametrize(("first", "last", "labels"), [
    ("2016-03-01", "2020-02-01", ["2017", "2018", "2019", "2020"]),
    ("2019-09-20", "2019-12-05", ["10/2019", "11/2019", "12/2019"]),
    ("1930-01-01", "2020-01-01", ["1940", "1960", "1980", "2000", "2020"]),
])
def test_the_axis_is_labelled_in_round_steps(first: str, last: str, labels: list[str]) -> None:
    from datetime import date

    found = [label for _, label in ticks(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal())]
    assert found[: len(labels)] == labels
    assert len(found) <= 9


def test_every_vietnamese_letter_is_there() -> None:
    import unicodedata

    vowels = [base + mark for base in "aăâeêioôơuưy" for mark in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")]
    letters = unicodedata.normalize("NFC", "".join(vowels) + "đ")
    assert drawable(letters + letters.upper()) == letters + letters.upper()
    assert drawable("Tập Cận Bình 習") == "Tập Cận Bình □"


@pytest.mark.parametrize("text", ["", "Một", LONG, "a" * 300, "$x_1$ \\frac{1}{2} & <b>"])
def test_wrapped_lines_fit(text: str) -> None:
    lines = wrap(text, 300, 28)
    assert len(lines) <= 2
    assert all(text_width(line, 28) <= 300 for line in lines)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the seeds."""
    path = tmp_path_factory.mktemp("charts") / "seeds.db"
    ingest(["seeds"], path)
    return path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["timeline", "network"])
def test_a_picture_of_somebody_in_the_store(kind: str, language: str, store: Path) -> None:
    connection = connect(store)
    try:
        who = entities_by_name(connection, "hoang trung hai", "person")[0]
        picture = Picture(kind, to_key(who.id), "")
        drawn = draw(picture, connection, phrases(language), version=(store, 1))
        assert drawn.startswith(PNG)
        assert draw(picture, connection, phrases(language), version=(store, 1)) is drawn
    finally:
        connection.close()


def test_nothing_to_draw_is_said(store: Path) -> None:
    connection = connect(store)
    try:
        with pytest.raises(PictureError, match="zz"):
            draw(Picture("timeline", "#zz", ""), connection, SAY)
    finally:
        connection.close()
