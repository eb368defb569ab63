"""EDTF dates: validity, day bounds, and how they are shown."""

from __future__ import annotations

import pytest

from store.edtf import bounds, display, is_inferred, is_valid, year_known

ROWS = [
    # edtf, earliest, latest, Vietnamese, English
    ("2019-10-14", "2019-10-14", "2019-10-14", "14/10/2019", "14 Oct 2019"),
    ("2023-02-21?", "2023-02-21", "2023-02-21", "21/2/2023 (năm suy ra)", "21 Feb 2023 (year inferred)"),
    ("XXXX-08-07", None, None, "7/8 (không rõ năm)", "7 Aug (year unknown)"),
    ("XXXX-08", None, None, "tháng 8 (không rõ năm)", "Aug (year unknown)"),
    ("2019-10", "2019-10-01", "2019-10-31", "tháng 10/2019", "Oct 2019"),
    ("2020-02", "2020-02-01", "2020-02-29", "tháng 2/2020", "Feb 2020"),
    ("2018", "2018-01-01", "2018-12-31", "2018", "2018"),
    ("2017/2021", "2017-01-01", "2021-12-31", "2017–2021", "2017–2021"),
    ("2023-33", "2023-01-01", "2023-03-31", "quý I/2023", "Q1 2023"),
    ("2023-36", "2023-10-01", "2023-12-31", "quý IV/2023", "Q4 2023"),
    ("2019-40", "2019-01-01", "2019-06-30", "6 tháng đầu năm 2019", "first half of 2019"),
    ("2019-41", "2019-07-01", "2019-12-31", "6 tháng cuối năm 2019", "second half of 2019"),
    ("201X", "2010-01-01", "2019-12-31", "những năm 2010", "2010s"),
    ("XXXX-12-17/XXXX-12-19", None, None, "17/12–19/12 (không rõ năm)", "17 Dec–19 Dec (year unknown)"),
    ("2016-03-30?/2016-03-31?", "2016-03-30", "2016-03-31", "30/3/2016–31/3/2016 (năm suy ra)",
     "30 Mar 2016–31 Mar 2016 (year inferred)"),
    ("XXXX-02-29", None, None, "29/2 (không rõ năm)", "29 Feb (year unknown)"),
]


@pytest.mark.parametrize(("edtf", "earliest", "latest", "vi", "en"), ROWS, ids=[row[0] for row in ROWS])
def test_valid_dates(edtf: str, earliest: str | None, latest: str | None, vi: str, en: str) -> None:
    assert is_valid(edtf)
    assert bounds(edtf) == (earliest, latest)
    assert (display(edtf), display(edtf, "en")) == (vi, en)
    assert year_known(edtf) is (earliest is not None)
    assert is_inferred(edtf) is ("?" in edtf)


@pytest.mark.parametrize("text", [
    "", "7.8", "30/34", "XXXX", "2023-02-29", "2023-13-01", "2023-00", "XXXX-13-01", "201X-05", "2023-33-01",
    "2021/2017", "2017/2018/2019", "2017/", "hôm nay", "2019-1-1", "2019-10-14T20:12",
])
def test_what_is_no_date(text: str) -> None:
    assert not is_valid(text)
    assert bounds(text) == (None, None)
    assert display(text) == text


def test_no_date_has_no_bounds() -> None:
    assert bounds(None) == (None, None)
