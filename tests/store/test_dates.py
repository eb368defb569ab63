"""Date expressions in sentences (tests/data/dates.txt), and the years that publication or text give them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import page_of

from store.annotate import dates
from store.annotate.dates import find_dates
from store.text import plain

TABLE = Path(__file__).parent.parent / "data" / "dates.txt"


def rows() -> list[tuple[str, list[str]]]:
    """The table's sentences with the dates they must give, `EDTF time-of-day` each."""
    lines = (line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    split = (line.split("=>") for line in lines)
    return [(text.strip(), [part.strip() for part in dates.split(";") if part.strip()]) for text, dates in split]


@pytest.mark.parametrize(("sentence", "expected"), rows(), ids=[row[0][:40] for row in rows()])
def test_dates_of_a_sentence(sentence: str, expected: list[str]) -> None:
    page = page_of(sentence)
    dates.annotate(page)
    assert [" ".join(filter(None, (d.date, d.time_of_day))) for d in page.dates] == expected
    assert all(sentence[d.start:d.end].strip() for d in page.dates)


YEARS = [
    # text, published, (EDTF, basis) of every date
    ("Chiều 14/10, huyện họp.", "2019-10-14", [("2019-10-14", "from-publication")]),
    ("Ngày 28/12, huyện họp.", "2020-01-02", [("2019-12-28", "from-publication")]),
    ("Tối qua, đoàn đã đến. Hôm nay làm việc.", "2020-01-01",
     [("2019-12-31", "from-publication"), ("2020-01-01", "from-publication")]),
    ("Năm nay mưa nhiều.", "2018-05-01", [("2018", "from-publication")]),
    ("Hôm nay trời mưa. Sáng mai lễ bắt đầu.", None, []),
    ("Sáng nay 3/8, tỉnh khánh thành cầu. Chiều qua, đoàn đã kiểm tra.", None,
     [("XXXX-08-03", "unknown"), ("XXXX-08-02", "unknown")]),
    ("Chiều 16/11, huyện họp. Tối cùng ngày, đoàn ra về.", None,
     [("XXXX-11-16", "unknown"), ("XXXX-11-16", "unknown")]),
    ("Chiều 21/2, hai bên ký kết. Ngay trong quý I/2023, hai bên sẽ lập kế hoạch chi tiết.", None,
     [("2023-02-21?", "inferred-year"), ("2023-33", "stated")]),
    ("Ngày 10/8, xã họp đánh giá 6 tháng đầu năm 2016.", None,
     [("2016-08-10?", "inferred-year"), ("2016-40", "stated")]),
    ("Chiều 19-2, hội nghị tổng kết công tác năm 2018, triển khai kế hoạch năm 2019 diễn ra.", None,
     [("2019-02-19?", "inferred-year"), ("2018", "stated"), ("2019", "stated")]),
    ("Chiều 29/1, hai huyện sơ kết chương trình. Trong năm 2018, hai huyện đã làm được 5 việc.", None,
     [("2019-01-29?", "inferred-year"), ("2018", "stated")]),
    ("Sáng 16-11, trường kỷ niệm 35 năm ngày thành lập (20-11-1982 - 20-11-2017).", None,
     [("2017-11-16?", "inferred-year"), ("1982-11-20/2017-11-20", "stated")]),
    ("Sáng 28-6, đại hội Hội Làm vườn huyện lần thứ XI, nhiệm kỳ 2019-2024 bế mạc.", None,
     [("2019-06-28?", "inferred-year"), ("2019/2024", "stated")]),
    ("Sáng 30/9, trường tổ chức lễ khai giảng năm học 2018-2019.", None,
     [("2018-09-30?", "inferred-year"), ("2018/2019", "stated")]),
    # left open: nothing forces the year
    ("Ngày 6-7, xã họp. Cách đây 1 năm, cầu được khởi công (7-7-2017).", None,
     [("XXXX-07-06", "unknown"), ("2017-07-07", "stated")]),
    ("Sáng 4/10, huyện họp. Từ nay đến hết năm 2030, huyện làm 5 cầu. Năm 2017, huyện làm 1 cầu.", None,
     [("XXXX-10-04", "unknown"), ("2030", "stated"), ("2017", "stated")]),
    ("Sáng 26/3, bộ họp. Năm 2019, bộ sửa luật; chậm nhất trong quý 1 năm 2020 các tỉnh phải làm xong.", None,
     [("XXXX-03-26", "unknown"), ("2019", "stated"), ("2020-33", "stated")]),
    ("Ngày 12/11, lễ kỷ niệm 60 năm thành lập trường, nơi ông học từ năm 1973 đến 1977, diễn ra.", None,
     [("XXXX-11-12", "unknown"), ("1973/1977", "stated")]),
    ("Ngày 10/12, tại phiên bế mạc kỳ họp thứ 18, HĐND huyện nhiệm kỳ 2011-2016 đã bầu chủ tịch.", None,
     [("XXXX-12-10", "unknown"), ("2011/2016", "stated")]),
    ("Chiều 4/3, hai sở ký kết chương trình phối hợp giai đoạn 2018-2022. Kết quả phối hợp giai đoạn 2012-2017 rất tốt.", None,
     [("2018-03-04?", "inferred-year"), ("2018/2022", "stated"), ("2012/2017", "stated")]),
    ("Chiều 4/12, hai sở ký kết chương trình phối hợp giai đoạn 2018-2022. Kết quả giai đoạn 2012-2017 rất tốt.", None,
     [("XXXX-12-04", "unknown"), ("2018/2022", "stated"), ("2012/2017", "stated")]),
    ("Sáng 9/7, huyện họp. Trận lũ tháng 9/2018 vừa qua cuốn trôi cầu.", None,
     [("2019-07-09?", "inferred-year"), ("2018-09", "stated")]),
    ("Sáng 9/7, huyện họp. Kỳ thi năm 2019 vừa qua an toàn.", None, [("XXXX-07-09", "unknown"), ("2019", "stated")]),
    ("Sáng 9/7, huyện họp. Thu ngân sách tăng 4% so với cùng kỳ năm 2017.", None,
     [("2018-07-09?", "inferred-year"), ("2017", "stated")]),
    ("Sáng 9/11, tỉnh họp về tình hình ngân sách năm 2018 và kế hoạch phát triển năm 2019.", None,
     [("2018-11-09?", "inferred-year"), ("2018", "stated"), ("2019", "stated")]),
    ("Ngày 30-1-2019, án được lập. Ngày 17-2-2019, hai người bị bắt. Chiều 29-3, công an họp.", None,
     [("2019-01-30", "stated"), ("2019-02-17", "stated"), ("2019-03-29?", "inferred-year")]),
    ("Ngày 30-1-2019, án được lập. Ngày 17-2-2019, hai người bị bắt. Chiều 29-9, công an họp.", None,
     [("2019-01-30", "stated"), ("2019-02-17", "stated"), ("XXXX-09-29", "unknown")]),
    ("Sáng 1-2, trường họp mặt kỷ niệm 40 năm thành lập (1977-2017).", None, [("XXXX-02-01", "unknown"), ("1977/2017", "stated")]),
    ("Sáng 23-8, ông nêu ý tưởng tổ chức Diễn đàn ASEAN về đô thị vào năm 2020.", None,
     [("XXXX-08-23", "unknown"), ("2020", "stated")]),
    ("Sáng 31-1, xã họp mặt kỉ niệm trận đánh ngày 31-1-1968.", None,
     [("XXXX-01-31", "unknown"), ("1968-01-31", "stated")]),
    ("Chiều 12/8, huyện họp về nhiệm kỳ 2016-2021.", None, [("XXXX-08-12", "unknown"), ("2016/2021", "stated")]),
    ("Ngày 6/12, huyện họp. Năm 2016, cầu được xây.", None, [("XXXX-12-06", "unknown"), ("2016", "stated")]),
]


@pytest.mark.parametrize(("text", "published", "expected"), YEARS, ids=[row[0][:40] for row in YEARS])
def test_years(text: str, published: str | None, expected: list[tuple[str, str]]) -> None:
    page = page_of(text, published=published)
    dates.annotate(page)
    assert [(d.date, d.basis) for d in page.dates] == expected


@pytest.mark.parametrize(("question", "expected"), [
    ("29/1", ["XXXX-01-29"]), ("hội nghị 7.8", ["XXXX-08-07"]), ("14-10-2019", ["2019-10-14"]),
    ("tháng 10/2019", ["2019-10"]),
])
def test_a_question_needs_no_announcing_word(question: str, expected: list[str]) -> None:
    assert [d.date for d in find_dates(question, loose=True)] == expected


def test_linear_on_a_huge_sentence() -> None:
    text = plain("Ngày 3/8, " * 10_000)
    assert len(find_dates(text)) == 10_000
