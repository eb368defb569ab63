"""What the lines of a page are. Pages, names and places are invented."""

from __future__ import annotations

import pytest

from store.bylines import authors_in_line, credits_in_line, looks_like_name
from store.clean import clean
from store.types import RawArticle

BODY = "Sáng 3/4, Huyện ủy Tân Phong họp bàn việc làm đường liên xã và cấp nước sạch.\n\n" \
    "Hội nghị thống nhất chi 5 tỷ đồng cho việc này trong năm nay."


def page(*lines: str) -> str:
    return "\n\n".join(lines)


# (page, lines of a kind that are no body: (kind, beginning), authors, publication date)
PAGES = [
    (page("Huyện Tân Phong làm đường mới", BODY, "Lan Anh"), ["title Huyện", "byline Lan Anh"], ["Lan Anh"], None),
    (page("Huyện Tân Phong làm đường mới", BODY, "Lan Anh; Ảnh: Văn Minh"), ["byline Lan Anh;"], ["Lan Anh", "Văn Minh"], None),
    (page("Huyện Tân Phong làm đường mới", BODY, "Lan Anh - Văn Minh"), ["byline Lan Anh - Văn Minh"], ["Lan Anh", "Văn Minh"], None),
    (page("Huyện Tân Phong làm đường mới", BODY, "   Lan Anh- Kinh tế đô thị"), ["byline Lan Anh- Kinh"], ["Lan Anh"], None),
    (page("Huyện Tân Phong làm đường mới", BODY, "Lan Anh (Tổng hợp)"), ["byline Lan Anh"], ["Lan Anh"], None),
    (page("Huyện Tân Phong làm đường mới", BODY, "H.Y (tổng hợp)"), ["byline H.Y"], [], None),
    (page("Huyện Tân Phong làm đường mới", BODY, "Theo TTXVN"), ["byline Theo"], [], None),
    (page("Huyện Tân Phong làm đường mới", BODY, "Nhóm phóng viên"), ["byline Nhóm"], [], None),
    (page("Huyện Tân Phong làm đường mới (20:12 14/10/2019)", BODY), ["title Huyện", "byline (20:12"], [], "2019-10-14"),
    (page("Huyện Tân Phong làm đường mới", "Thứ Hai, 14/10/2019, 20:12 (GMT+7)", BODY), ["byline Thứ Hai"], [], "2019-10-14"),
    (page("Huyện Tân Phong làm đường mới", "HNP - " + BODY), ["byline HNP -"], [], None),
    (page("Huyện Tân Phong làm đường mới", "(Dân trí) - " + BODY), ["byline (Dân trí) -"], [], None),
    (page("Tin tức - Sự kiện", "Huyện Tân Phong làm đường mới", BODY, "1", "Phiên bản di động"),
     ["furniture Tin tức", "title Huyện", "furniture 1", "furniture Phiên bản"], [], None),
    (page("Huyện Tân Phong làm đường mới", BODY, "Lan Anh", "Các bài mới đăng", "Xã An Lạc có chợ mới", "Họ tên:(*)"),
     ["byline Lan Anh", "furniture Các bài", "furniture Xã An Lạc", "furniture Họ tên"], ["Lan Anh"], None),
    (page("Huyện Tân Phong làm đường mới", BODY, "Huyện Tân Phong làm đường mới\nQuang cảnh hội nghị"),
     ["repeated Huyện", "caption Quang cảnh"], [], None),
    (page("Huyện Tân Phong làm đường mới", "Huyện ủy Tân Phong họp bàn việc làm đường và […]", BODY), ["repeated Huyện ủy"], [], None),
    (page("Bí thư Huyện ủy phát biểu tại hội nghị.\n(Ảnh:TH)", BODY), ["caption Bí thư", "byline (Ảnh:TH)"], [], None),
    (page("Huyện Tân Phong làm đường mới", BODY, "Ông Trần Văn Bình phát biểu tại lễ động thổ - Ảnh: TỰ AN"),
     ["caption Ông Trần", "byline - Ảnh"], ["Tự An"], None),
    (page("Huyện Tân Phong làm đường mới", BODY.replace("\n\n", "\n") + "\nLan Anh", "Con đường đất ở xã An Lạc.\nBà Trần Thị Hòa."),
     ["byline Lan Anh", "caption Con đường", "caption Bà Trần"], ["Lan Anh"], None),
    (page("Huyện Tân Phong làm đường mới", BODY,
     "Xã An Lạc nâng cao chất lượng chợ quê Lập tổ công tác kiểm tra an toàn cháy nổ ở các trường "
          "trong huyện Đề xuất cấp thêm kinh phí cho trạm y tế"), ["furniture Xã An Lạc"], [], None),
    (page("Huyện Tân Phong làm đường mới", BODY, "Lan Anh\n> > Xã An Lạc có chợ mới\n\nĐọc thêm:\nVì sao xã An Lạc chưa có chợ?"),
     ["byline Lan Anh", "furniture > >", "furniture Đọc thêm", "furniture Vì sao"], ["Lan Anh"], None),
    (page("Huyện Tân Phong làm đường mới", BODY, "Lan Anh\nVideo: Văn Minh"),
     ["byline Lan Anh", "byline Video:"],
     ["Lan Anh", "Văn Minh"], None),
    (page("Sáng 3/4, Huyện ủy họp.", "Hội nghị kết thúc lúc 11 giờ cùng ngày."), [], [], None),
]


@pytest.mark.parametrize(("text", "lines", "authors", "published"), PAGES)
def test_pages(text: str, lines: list[str], authors: list[str], published: str | None) -> None:
    article = clean(RawArticle("x", text))
    found = [f"{s.kind} {s.text}" for s in article.sentences if s.kind != "body"]
    for line in lines:
        assert any(other.startswith(line) for other in found), (line, found)
    assert all(s.kind in ("body", "title") or any(f"{s.kind} {s.text}".startswith(line[:14]) for line in lines)
               for s in article.sentences), found
    assert [author.name for author in article.authors] == authors
    assert article.published == published


@pytest.mark.parametrize(("line", "expected"), [
    ("Lan Anh", True), ("TỰ AN", True), ("Anh Minh", True), ("Đoàn Loan", True), ("A Lộc", True), ("Trần Văn Bình An", True),
    ("Reuters", False), ("TTXVN", False), ("Getty Images", False), ("Hà Nội", False), ("Tuổi Trẻ", False), ("Lan anh", False),
    ("PV Lan", False), ("Anh Trần Văn Bình", False), ("Chị Lan Hương", False), ("Tổ Quốc", False),
    ("Công An Tân Phong", False), ("Ông Bình", False), ("N.V.A", False), ("Sở Y Tế", False), ("Lan", False),
])
def test_looks_like_name(line: str, expected: bool) -> None:
    assert looks_like_name(line) is expected


@pytest.mark.parametrize(("line", "expected"), [
    ("Lan Anh", ["Lan Anh"]), ("Bài và ảnh: Lan Anh", ["Lan Anh"]), ("Tin, ảnh: Lan Anh, Văn Minh", ["Lan Anh", "Văn Minh"]),
    ("Lan Anh và Văn Minh", ["Lan Anh", "Văn Minh"]),
    ("PV", []), ("Bà Trần Thị Hòa.", None), ("Hội nghị kết thúc", None), ("Trần Văn Bình, Bí thư Huyện ủy", None),
    ("Mùa thu Hà Nội", None), ("", None), ("Theo quy định, ông Bình sẽ nghỉ hưu.", None),
    ("Theo ông Lê Văn Sáu.", None), ("Theo Bộ Y tế, đã có ba ca.", None),
])
def test_authors_in_line(line: str, expected: list[str] | None) -> None:
    found = authors_in_line(line, 0, len(line))
    assert (None if found is None else [author.name for author in found]) == expected


@pytest.mark.parametrize(("line", "expected"), [
    ("Lễ động thổ (Ảnh: Lan Anh).", [["Lan Anh"]]), ("Lễ động thổ - Ảnh: LAN ANH", [["Lan Anh"]]), ("Lễ động thổ - Ảnh: N.V.", [[]]),
    ("Lễ động thổ (ảnh: VTC News)", [[]]),
    ("Ảnh minh hoạ: Văn Minh", [["Văn Minh"]]), ("Đồ hoạ: Văn Minh - Lan Anh", [["Văn Minh", "Lan Anh"]]),
    ("Cầu mới - Ảnh: VĂN MINH chụp lại", [["Văn Minh"]]),
    ("Ảnh TỰ AN.", [["Tự An"]]), ("Ảnh chụp sáng nay", []), ("- Ảnh: BS LAN ANH chụp tháng 3-2018", [["Lan Anh"]]),
    ("(Ảnh: Công an TP.\nHCM)", [[]]),
    ("Video: Công an khám nhà ông Bình ở Tân Phong.", []), ("Video: Lan Anh", [["Lan Anh"]]),
    ("Trong ảnh: khu di tích đền Tân Phong", []), ("Ông xem ảnh. Rồi về.", []), ("Đường mới - Ảnh: Cổng thông tin điện tử huyện", [[]]),
])
def test_credits_in_line(line: str, expected: list[list[str]]) -> None:
    assert [[author.name for author in credit.authors] for credit in credits_in_line(line, 0, len(line))] == expected


def test_a_title_of_the_metadata_becomes_a_sentence() -> None:
    article = clean(RawArticle("x", BODY, title="Huyện Tân Phong làm đường"))
    assert (article.sentences[0].kind, article.sentences[0].text) == ("title", "Huyện Tân Phong làm đường")
    again = clean(RawArticle("x", article.text, title="Huyện Tân Phong làm đường"))
    assert again.text == article.text


def test_a_byline_with_a_stop_is_one_only_if_the_name_stands_nowhere_else() -> None:
    text = page("Huyện Tân Phong làm đường mới", BODY.replace("\n\n", "\n") + "\nLan Anh.", "Đường đất.")
    assert [author.name for author in clean(RawArticle("x", text)).authors] == ["Lan Anh"]
    named = text.replace("Huyện ủy Tân Phong họp", "bà Lan Anh họp")
    assert not clean(RawArticle("x", named)).authors
