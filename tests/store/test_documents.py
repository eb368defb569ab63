"""Documents of sentences (tests/data/documents.txt), what is said of them, and the inputs that must not slow them down."""

from __future__ import annotations

import pytest
from marked import annotated, marked, rows


@pytest.mark.parametrize("row", rows("documents.txt"))
def test_documents(row: str) -> None:
    expected, found = marked(row, "document")
    assert found == expected


@pytest.mark.parametrize(
    ("text", "kind", "number", "issuer", "issued", "term"),
    [
        ("Chỉ thị 05-CT/TW của Bộ Chính trị được quán triệt.", "Chỉ thị", "05-CT/TW", "Bộ Chính trị", None, None),
        ("Quyết định 221 - QĐ / TW ngày 27/4/2009 của Ban Bí thư.", "Quyết định", "221-QĐ/TW", "Ban Bí thư", "2009-04-27", None),
        ("Ban Bí thư ban hành Chỉ thị số 41 về lễ hội.", "Chỉ thị", "41", "Ban Bí thư", None, None),
        ("Nghị quyết 54 của Quốc hội có hiệu lực.", "Nghị quyết", "54", "Quốc hội", None, None),
        ("Chương trình phối hợp công tác giai đoạn 2017-2021 kết thúc.", "Chương trình", None, None, None, "2017-2021"),
        ("Ban Thường vụ Huyện ủy lúc đó vẫn ban hành thông báo 176.", "Thông báo", "176", "Ban Thường vụ Huyện ủy", None, None),
        ("Nghị quyết về phát triển kinh tế cảng cạn của Đảng bộ thành phố.", "Nghị quyết", None, None, None, None),
        ("Theo thông báo số 370 (ngày 18/4/2007), đất đã thu hồi.", "Thông báo", "370", None, "2007-04-18", None),
        ("Quy định 101 về nêu gương, nhiều cán bộ khóa XI làm theo.", "Quy định", "101", None, None, None),
        ("Quy định 101 của Ban Bí thư khóa XI có hiệu lực.", "Quy định", "101", "Ban Bí thư", None, "khóa XI"),
        ("Đại hội sửa Điều lệ Đoàn sáng nay.", "Điều lệ", None, None, None, None),
        ("Hai bên tôn trọng UNCLOS.", "Công ước", None, None, None, None),
        ("Chương trình số 01-CTr/TU khóa XVII được triển khai.", "Chương trình", "01-CTr/TU", None, None, "khóa XVII"),
    ],
)
def test_what_is_said_of_a_document(
    text: str,
    kind: str,
    number: str | None,
    issuer: str | None,
    issued: str | None,
    term: str | None,
) -> None:
    (fact,) = annotated(text).documents
    assert (fact.kind, fact.number, fact.issuer, fact.issued, fact.term) == (kind, number, issuer, issued, term)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Nghị quyết 54 về cơ chế đặc thù phát triển TP. Sông Trà đã có hiệu lực.", "cơ chế đặc thù phát triển TP. Sông Trà"),
        ("Quy định 101 về nêu gương của cán bộ, đảng viên, nhất là người đứng đầu.", "nêu gương của cán bộ, đảng viên"),
        ('Chỉ thị 05 về "Làm theo gương Bác" được quán triệt.', "Làm theo gương Bác"),
        ("Bộ bàn dự thảo nghị quyết về việc dừng dự án cảng cạn phía Tây.", "dừng dự án cảng cạn phía Tây"),
    ],
)
def test_what_a_document_is_about(text: str, title: str) -> None:
    (fact,) = annotated(text).documents
    assert fact.title == title


@pytest.mark.parametrize(
    "text",
    [
        "Đề án " + "xây dựng, " * 10_000,
        "Đề án a" + ", bến cảng" * 10_000,
        "Nghị quyết về " + "sông, suối, hồ và " * 5_000,
        "Nghị quyết về phí cảng, kho và Nghị quyết về bến, " * 1_000,
        "Luật " * 10_000,
        "Nghị quyết số 5, " * 4_000,
        "Đề án " + "xây dựng " * 10_000,
        "chương trình " * 8_000,
        "01-CTr/TU và " * 4_000,
        "Công ước của " * 5_000,
        "quy định của " * 5_000,
        "1 - QĐ - " * 5_000,
        "",
    ],
)
def test_long_runs_end(text: str) -> None:
    page = annotated(text)
    assert all(page.article.text[m.start : m.end] == m.surface for m in page.of("document"))
