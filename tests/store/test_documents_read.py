"""Web pages, PDF and Word files: the paragraphs of the article, one a line; hostile files: one clear line."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from store.errors import SourceError
from store.readers import READERS, html_page, read, sandbox
from store.readers.html import parse_page
from store.readers.pdf import paragraphs, without_running_heads
from store.types import RawArticle

TITLE = "Thành ủy Sông Lam họp bàn quy hoạch"
BODY = (
    "Chiều 12/3, Thành ủy Sông Lam tổ chức hội nghị bàn về quy hoạch đô thị đến năm 2035, dưới sự chủ trì của Bí thư "
    "Thành ủy Lê Thị Mẫu Đơn.",
    "Phát biểu tại hội nghị, bà Lê Thị Mẫu Đơn đề nghị các sở, ngành hoàn thành báo cáo trước ngày 30/4 và công khai "
    "lấy ý kiến người dân ở từng phường.",
    "Theo ông Trần Văn Thử, Chủ tịch UBND thành phố, quy hoạch lần này dành 40% diện tích cho cây xanh, mặt nước và "
    "công trình công cộng.",
)
PAGE = f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{TITLE} - Báo Thử Nghiệm</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="Báo Thử Nghiệm">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2024-03-12T17:05:00+07:00",
"author": {{"name": "Ngọc Bích"}}}}</script><style>p {{color: red}}</style></head><body>
<header><nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/t">Thời sự</a></li></ul></nav></header>
<main><article><h1>{TITLE}</h1>{"".join(f"<p>{p}</p>" for p in BODY)}<p class="author">Ngọc Bích</p></article></main>
<aside><h3>Tin liên quan</h3><ul><li><a href="/x">Khởi công cầu vượt ngã tư Chợ Mới</a></li></ul></aside>
<form><textarea>Ý kiến của bạn</textarea><button>Gửi bình luận</button></form>
<footer>Bản quyền thuộc Báo Thử Nghiệm</footer></body></html>"""


def one(path: Path) -> RawArticle:
    """The article of a file."""
    (article,) = read(path)
    assert isinstance(article, RawArticle)
    return article


def lines(article: RawArticle) -> list[str]:
    """Its printed lines."""
    return [line for line in article.text.split("\n") if line]


def make_docx(path: Path) -> None:
    """A Word file with a headline, three paragraphs and a table."""
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.core_properties.title = TITLE
    for paragraph in (TITLE, *BODY):
        document.add_paragraph(paragraph)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Nơi nhận", "Văn phòng Thành ủy"
    document.save(str(path))


def make_pdf(path: Path, locked: bool = False) -> None:
    """A PDF of three pages set in narrow lines, with a running head and page numbers."""
    pytest.importorskip("matplotlib")
    pypdf = pytest.importorskip("pypdf")
    import textwrap

    from matplotlib import rc_context
    from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
    from matplotlib.figure import Figure

    with rc_context({"pdf.fonttype": 42}), PdfPages(str(path)) as pages:
        for number, paragraph in enumerate(BODY, 1):
            page = [*([TITLE] if number == 1 else []), *textwrap.wrap(paragraph, 60)]
            figure = Figure(figsize=(6, 8))
            FigureCanvasPdf(figure)
            for i, line in enumerate(["Báo Thử Nghiệm", *page, f"Trang {number}"]):
                figure.text(0.1, 0.9 - 0.05 * i, line)
            pages.savefig(figure)
    if locked:
        writer = pypdf.PdfWriter(clone_from=path)
        writer.encrypt("bí mật")
        writer.write(path)


def make_html(path: Path) -> None:
    """A page with menus, a form and metadata."""
    path.write_text(PAGE, encoding="utf-8")


@pytest.mark.parametrize(("name", "make", "rest"), [
    ("trang.html", make_html, ["Ngọc Bích"]),
    ("van-ban.docx", make_docx, ["Nơi nhận", "Văn phòng Thành ủy"]),
    ("van-ban.pdf", make_pdf, []),
])
def test_a_paragraph_a_line(name: str, make: Callable[[Path], None], rest: list[str], tmp_path: Path) -> None:
    make(tmp_path / name)
    article = one(tmp_path / name)
    assert lines(article) == [TITLE, *BODY, *rest]
    assert article.source == (tmp_path / name).as_posix()


def test_a_page_says_its_title_publisher_and_day(tmp_path: Path) -> None:
    make_html(tmp_path / "trang.html")
    article = one(tmp_path / "trang.html")
    assert (article.title, article.publisher, article.published) == (TITLE, "Báo Thử Nghiệm", "2024-03-12")


def test_a_page_is_read_without_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    parsed = parse_page(PAGE.encode())
    assert [line for line in parsed.text.split("\n") if line] == [TITLE, *BODY, "Ngọc Bích"]
    assert parsed.published == "2024-03-12"


@pytest.mark.parametrize(("head", "day"), [
    ('<meta property="article:published_time" content="2023-02-21T09:00:00+07:00">', "2023-02-21"),
    ('<meta itemprop="datePublished" content="2023-02-21">', "2023-02-21"),
    ('<time datetime="2023-02-21 08:00">sáng nay</time>', "2023-02-21"),
    ('<meta property="article:published_time" content="21/02/2023">', None),
    ('<meta property="article:published_time" content="2023-02-31">', None),
    ('<script type="application/ld+json">{"@graph": [{"@type": "Article", "datePublished": "2023-02-21"}]}</script>',
     "2023-02-21"),
    ('<script type="application/ld+json">{broken</script>', None),
])
def test_only_a_declared_day_is_a_day(head: str, day: str | None) -> None:
    assert html_page.declared(f"<html><head>{head}</head><body>Ngày 5/5/2020</body></html>").published == day


@pytest.mark.parametrize(("content", "letters"), [
    ("<p>Bộ trưởng</p>".encode(), "Bộ trưởng"),
    ("<p>Bộ trưởng</p>".encode("utf-8-sig"), "Bộ trưởng"),
    ("<p>Bộ trưởng</p>".encode("utf-16"), "Bộ trưởng"),
    (b"<p>" + b"x" * 600 + "Bộ trưởng\n".encode() + b"\xff</p>", "Bộ trưởng"),
    ('<meta charset="windows-1252"><p>Thi\xean Thanh</p>'.encode("windows-1252"), "Thiên Thanh"),
])
def test_a_page_keeps_its_letters(content: bytes, letters: str) -> None:
    assert letters in html_page.decode_page(content)


@pytest.mark.parametrize(("given", "wanted"), [
    (["Chiều 12/3, Thành ủy Sông Lam tổ chức", "hội nghị bàn về quy hoạch."],
     ["Chiều 12/3, Thành ủy Sông Lam tổ chức hội nghị bàn về quy hoạch."]),
    (["Dự hội nghị có các đồng chí Trần Văn", "Thử, Lê Thị Mẫu Đơn.", "Hội nghị kéo dài một ngày như dự định."],
     ["Dự hội nghị có các đồng chí Trần Văn Thử, Lê Thị Mẫu Đơn.", "Hội nghị kéo dài một ngày như dự định."]),
    (["Kết luận", "Hội nghị thống nhất ba nội dung sau đây:", "- quy hoạch đất;", "- quy hoạch cây xanh."],
     ["Kết luận", "Hội nghị thống nhất ba nội dung sau đây:", "- quy hoạch đất;", "- quy hoạch cây xanh."]),
    (["Một đoạn.", "", "đoạn khác"], ["Một đoạn.", "đoạn khác"]),
    ([], []),
])
def test_lines_of_a_page_become_paragraphs(given: list[str], wanted: list[str]) -> None:
    assert list(paragraphs(given)) == wanted


def test_running_heads_go_and_text_stays() -> None:
    pages = [["BÁO SỐ 7", f"Điều {n}", "x", "y", f"z{n * n}z", f"- {n} -"] for n in (1, 2, 3)]
    assert list(without_running_heads(pages)) == [[f"Điều {n}", "x", "y", f"z{n * n}z"] for n in (1, 2, 3)]
    assert list(without_running_heads([["Một", "2024"]])) == [["Một", "2024"]]


def bomb(path: Path) -> None:
    """A small zip that unpacks to 400 MB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts, parts.open("[Content_Types].xml", "w") as part:
        for _ in range(400):
            part.write(b" " * (1 << 20))


def written(content: bytes) -> Callable[[Path], None]:
    """Writes these bytes."""
    return lambda path: path.write_bytes(content) and None


@pytest.mark.parametrize(("name", "make", "word"), [
    ("rong.pdf", written(b""), "empty"),
    ("hong.pdf", written(b"%PDF-1.7\nhello"), "damaged"),
    ("khong-phai.pdf", written(b"xin ch\xc3\xa0o"), "damaged"),
    ("khoa.pdf", lambda path: make_pdf(path, locked=True), "password"),
    ("hong.docx", written(b"PK\x03\x04rubbish"), "damaged"),
    ("cu.docx", written(b"\xd0\xcf\x11\xe0" + b"\0" * 600), "old .doc"),
    ("bom.docx", bomb, "unpacks to 400 MB"),
    ("nhi-phan.html", written(b"\x7fELF\0\0\0\0<p>"), "binary"),
    ("trong.html", written(b"<html><body><script>x()</script></body></html>"), "no article"),
    ("sai-bang-ma.html", written(b"<p>\xff\xfa\x81\xfe\x90</p>"), "UTF-8"),
    ("vang.pdf", lambda path: None, "No such file"),
])
def test_a_bad_file_is_one_clear_line(name: str, make: Callable[[Path], None], word: str, tmp_path: Path) -> None:
    if name.endswith("docx"):
        pytest.importorskip("docx")
    make(tmp_path / name)
    with pytest.raises(SourceError) as caught:
        list(read(tmp_path / name))
    message = str(caught.value)
    assert word in message
    assert name in message
    assert "\n" not in message


@pytest.mark.parametrize(("extra", "package", "name"), [("pdf", "pypdf", "x.pdf"), ("docx", "docx", "x.docx")])
def test_a_missing_extra_names_its_cure(
    extra: str, package: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.readers import docx, pdf

    monkeypatch.setitem(sys.modules, package, None)
    (tmp_path / name).write_bytes(b"PK")
    with pytest.raises(SourceError, match=rf"pip install '\.\[{extra}\]'"):
        {"pdf": pdf, "docx": docx}[extra].parse(tmp_path / name)


# Parsers gone wild, as modules the child can import.
WILD = {
    "greedy": "def parse(path):\n    return bytearray(4 << 30)\n",
    "hanging": "import time\ndef parse(path):\n    time.sleep(60)\n",
    "dying": "import os\ndef parse(path):\n    os._exit(3)\n",
    "talking": "from store.readers.sandbox import Parsed\ndef parse(path):\n    print('x')\n    return Parsed('tốt')\n",
}


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux")
@pytest.mark.parametrize(("module", "word"), [
    ("greedy", "MB"), ("hanging", "stopped"), ("dying", "stopped"), ("talking", "")
])
def test_a_wild_parser_is_stopped_and_the_next_file_read(
    module: str, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{module}.py").write_text(WILD[module], encoding="utf-8")
    (tmp_path / "x").write_text("x", encoding="utf-8")
    make_html(tmp_path / "trang.html")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sandbox, "CLOCK_LIMIT", 2.0)
    sandbox._CHILDREN.stop()
    try:
        if word:
            with pytest.raises(SourceError, match=word):
                sandbox.parse_apart(module, tmp_path / "x")
        else:
            assert sandbox.parse_apart(module, tmp_path / "x").text == "tốt"
        monkeypatch.setattr(sandbox, "CLOCK_LIMIT", 20.0)
        assert one(tmp_path / "trang.html").title == TITLE
    finally:
        sandbox._CHILDREN.stop()


def test_every_suffix_has_one_reader() -> None:
    assert {".txt", ".html", ".htm", ".pdf", ".docx"} <= set(READERS)
