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
    "text",
    [
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
