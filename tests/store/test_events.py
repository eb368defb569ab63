"""What small articles report (tests/data/events.txt), and events under odd input."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import page_of

from store.annotate import annotate, dates, events
from store.clean import clean
from store.types import Event, RawArticle

TABLE = Path(__file__).parent.parent / "data" / "events.txt"


def rows() -> list[tuple[str, str]]:
    """The table's articles with what they report."""
    found = []
    text: list[str] = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("=>"):
            found.append(("\n".join(text), line.removeprefix("=>").strip()))
            text = []
        elif line and not line.startswith("#"):
            text.append(line)
    return found


def shown(event: Event) -> str:
    """An event in the table's notation."""
    roles = "; ".join(sorted(f"{p.role}: {p.name}" for p in event.participations))
    day = " ".join(filter(None, (event.date or "-", event.time_of_day)))
    return f"{event.kind} | {day} | {roles}".strip()


def wanted(row: str) -> str:
    """The table's row with its roles in order."""
    if not row:
        return ""
    kind, day, roles = (part.strip() for part in row.split("|"))
    return f"{kind} | {day} | {'; '.join(sorted(filter(None, (r.strip() for r in roles.split(';')))))}".strip()


@pytest.mark.parametrize(("text", "expected"), rows(), ids=[text[:40] for text, _ in rows()])
def test_reported_event(text: str, expected: str) -> None:
    article = clean(RawArticle("test.txt", text))
    found = annotate(article).events
    assert [shown(event) for event in found][:1] == ([wanted(expected)] if expected else [])
    for event in found:
        assert article.text[event.start:event.end].strip()
        assert {p.sentence for p in event.participations} <= {s.position for s in article.sentences}


@pytest.mark.parametrize(("text", "names"), [
    ("Sáng 22/12, tỉnh Hải Giang tổ chức lễ kỷ niệm 70 năm ngày thành lập Đội Du kích An Phú.",
     ["lễ kỷ niệm 70 năm ngày thành lập Đội Du kích An Phú"]),
    ("Sáng 9/3, tại kỳ họp thứ 8, HĐND tỉnh Hải Giang khóa XVI đã bầu hai phó chủ tịch.",
     ["kỳ họp thứ 8, HĐND tỉnh Hải Giang khóa XVI"]),
    ('Chiều 11/6, Ban Tổ chức Tỉnh ủy tổ chức hội thảo "Cán bộ trẻ ở xã" tại thị trấn An Phú.', ['hội thảo "Cán bộ trẻ ở xã"']),
    ("Sáng 3/8, Hội nghị Ban Chấp hành T.Ư Hội Nông dân khai mạc.", ["Hội nghị Ban Chấp hành T.Ư Hội Nông dân"]),
    ("Sáng 3/8, tại kỳ họp thứ 14 xem xét, kết luận các vi phạm, Ủy ban Kiểm tra Tỉnh ủy đã cảnh cáo ông Lê Văn Sáng.",
     ["kỳ họp thứ 14"]),
    ("Sáng 3/8, Huyện ủy Trà Giang tổ chức sơ kết công tác dân vận.", ["sơ kết công tác dân vận"]),
    ("Sáng 3/8, Huyện ủy Trà Giang họp và thống nhất nhân sự.", ["họp và thống nhất nhân sự"]),
    ("Tại cuộc họp báo chiều 28/7, ông Võ Minh Trực cho biết tại kỳ họp này HĐND tỉnh sẽ bầu chủ tịch mới.\n"
     "Trước đó tại phiên họp bất thường ngày 17/7, các đại biểu đã miễn nhiệm bà Lê Thị Mai Phương.",
     ["cuộc họp báo", "phiên họp bất thường"]),
])
def test_names_of_all_events(text: str, names: list[str]) -> None:
    assert [event.name for event in annotate(clean(RawArticle("test.txt", text))).events] == names


def test_position_at_the_event() -> None:
    text = "Sáng 3/8, Huyện ủy Trà Giang tổ chức hội nghị cán bộ.\nTại hội nghị, Bí thư Huyện ủy Nguyễn Văn Lộc phát biểu."
    (event,) = annotate(clean(RawArticle("test.txt", text))).events
    speaker = next(p for p in event.participations if p.role == "speaker")
    assert (speaker.name, speaker.position) == ("Nguyễn Văn Lộc", "Bí thư Huyện ủy")


def test_the_office_says_more_than_the_rank() -> None:
    text = ("Sáng 3/8, Tỉnh ủy Hải Giang tổ chức hội nghị cán bộ.\nÔng Nguyễn Văn Lộc, Ủy viên Trung ương Đảng, Phó Bí thư Tỉnh ủy, "
            "Chủ tịch UBND tỉnh Hải Giang, chủ trì hội nghị.\nPhát biểu tại hội nghị, ông Lộc yêu cầu các sở rà soát.")
    (event,) = annotate(clean(RawArticle("test.txt", text))).events
    there = {(p.name, p.role, p.position) for p in event.participations if p.kind == "person"}
    assert there == {("Nguyễn Văn Lộc", role, "Chủ tịch UBND tỉnh Hải Giang") for role in ("chair", "speaker")}


def test_a_huge_sentence_is_read_in_linear_time() -> None:
    page = page_of("Sáng 3/8, hội nghị của ông Nguyễn Văn Lộc, " * 2_500)
    assert len(page.text) > 100_000
    dates.annotate(page)
    events.annotate(page)       # quadratic steps took over a minute here
    assert len(page.events) == 1
