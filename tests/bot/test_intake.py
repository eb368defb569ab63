"""Files and links from curators: ingested with a report, within limits, and never from a private network."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot import intake
from bot.engine import Engine
from bot.phrases import phrases
from bot.types import Conversation
from store.errors import SourceError
from store.ingest import ingest
from store.readers import web
from store.readers.web import fetch, is_public
from store.state import State

SAY = phrases("vi")
TEXT = "Thăm cảng cá\n\nSáng 5/6/2024, Bí thư Thành ủy Sông Lam Lê Thị Mẫu Đơn thăm cảng cá Cửa Lạch.\n"
PAGE = f"<html><head><meta property='og:title' content='Thăm cảng cá'></head><body><article>{TEXT}</article></body></html>"


class Desk:
    """A store with one page, a state file, an engine."""

    def __init__(self, folder: Path) -> None:
        (folder / "mot.txt").write_text("Hội chợ\n\nNgày 1/6/2024, hội chợ sách mở cửa.\n", encoding="utf-8")
        ingest([folder / "mot.txt"], folder / "tin.db")
        self.folder, self.state = folder, State(folder / "state.db")
        self.engine = Engine(folder / "tin.db", self.state)

    def send(self, name: str, content: bytes) -> str:
        """The report on a file."""
        answer = intake.file(self.engine, self.state, name, content, SAY)
        return "\n".join([answer.headline, *answer.notes])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A fresh one."""
    made = Desk(tmp_path)
    yield made
    made.engine.close()
    made.state.close()


def test_a_file_is_ingested_with_a_report(desk: Desk) -> None:
    said = desk.send("Thăm cảng.txt", TEXT.encode())
    assert "1 bài mới" in said
    assert "Lê Thị Mẫu Đơn" in said
    assert "đã có trong kho" in desk.send("Thăm cảng.txt", TEXT.encode())
    assert "Bí thư Thành ủy Sông Lam" in desk.engine.respond("/who Lê Thị Mẫu Đơn", Conversation()).plain


@pytest.mark.parametrize(("name", "content", "said"), [
    ("anh.jpg", b"x", "Không đọc được loại tệp"),
    ("khong-duoi", b"x", "Không đọc được loại tệp"),
    ("rong.txt", b"", "is empty"),
    ("hong.pdf", b"%PDF nothing", "damaged"),
    ("lon.txt", b"x" * (intake.FILE_LIMIT + 1), "lớn hơn 20 MB"),
])
def test_a_file_that_is_none_is_reported_and_not_kept(name: str, content: bytes, said: str, desk: Desk) -> None:
    assert said in desk.send(name, content)
    assert not list(desk.folder.glob("uploads/*"))


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "..\\..\\x.txt", "/abs/olute.txt", ".txt", "a\0b.txt", "x" * 300 + ".txt"])
def test_a_name_cannot_leave_the_folder(name: str, desk: Desk) -> None:
    desk.send(name, TEXT.encode())
    outside = [path for path in desk.folder.parent.rglob("*.txt") if path.parent not in (desk.folder, desk.folder / "uploads")]
    assert not [path for path in outside if desk.folder in path.parents]
    assert len(list(desk.folder.glob("uploads/*"))) == 1


@pytest.mark.parametrize(("text", "url"), [
    ("https://bao.example/a.html", "https://bao.example/a.html"), (" http://x.example ", "http://x.example"),
    ("xem https://bao.example/a", None), ("bao.example", None), ("", None),
])
def test_a_link_is_one_where_it_stands_alone(text: str, url: str | None) -> None:
    assert intake.only_link(text) == url


@pytest.mark.parametrize(("address", "public"), [
    ("93.184.215.14", True), ("2606:2800:220:1::1", True),
    ("127.0.0.1", False), ("10.1.2.3", False), ("192.168.0.1", False), ("172.16.0.1", False), ("169.254.169.254", False),
    ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("255.255.255.255", False),
    ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:127.0.0.1", False),
    ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("ff02::1", False), ("no address", False),
])
def test_only_the_open_internet_is_public(address: str, public: bool) -> None:
    assert is_public(address) == public


@pytest.mark.parametrize(("url", "word"), [
    ("http://bao.example/a", "https"), ("ftp://bao.example/a", "https"), ("file:///etc/passwd", "https"), ("https://", "https"),
    ("https://bao.example:8443/", "port"), ("https://user:pw@bao.example/", "user"), ("https://[::1", "no web address"),
    ("https://127.0.0.1/", "public"), ("https://127.1/", "public"), ("https://2130706433/", "public"),
    ("https://0x7f.1/", "public"), ("https://[::1]/", "public"), ("https://169.254.169.254/latest/", "public"),
    ("https://localhost/", "public"), ("https://[::ffff:10.0.0.1]/", "public"),
])
def test_addresses_within_are_refused(url: str, word: str) -> None:
    with pytest.raises(SourceError, match=word):
        fetch(url)


class Site(BaseHTTPRequestHandler):
    """A small site on loopback, reached as if it were public."""

    pages: dict[str, tuple[int, dict[str, str], bytes]] = {
        "/bai": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode()),
        "/moved": (302, {"Location": "/bai"}, b""),
        "/inward": (302, {"Location": "https://10.0.0.7/secret"}, b""),
        "/down": (301, {"Location": "http://bao.example/bai"}, b""),
        "/loop": (302, {"Location": "/loop"}, b""),
        "/gone": (404, {}, b""),
        "/picture": (200, {"Content-Type": "image/png"}, b"x"),
        "/packed": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, b"x"),
        "/huge": (200, {"Content-Type": "text/html"}, b"x" * 5000),
        "/empty": (200, {"Content-Type": "text/html"}, b"<html></html>"),
        "/text": (200, {"Content-Type": "text/plain"}, TEXT.encode()),
    }

    def do_GET(self) -> None:
        status, headers, body = self.pages[self.path]
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:     # noqa: A002  # the base's name
        """Silent."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """`https://bao.example` is the site; every other host is what its address says."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    port = server.server_address[1]

    def resolve(host: str, wanted: int) -> list[str]:
        return ["93.184.215.14"] if host == "bao.example" else [host]

    def connect(host: str, wanted: int, address: str) -> http.client.HTTPConnection:
        assert address == "93.184.215.14"
        return http.client.HTTPConnection("127.0.0.1", port, timeout=5)

    monkeypatch.setattr(web.fetch, "__defaults__", (resolve, connect))
    monkeypatch.setattr(web, "SIZE_LIMIT", 4000)
    yield
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(("path", "said"), [
    ("/bai#doan-2", "1 bài mới"), ("/moved", "1 bài mới"), ("/text", "1 bài mới"),
    ("/inward", "public internet"), ("/down", "only https"), ("/loop", "redirects"), ("/gone", "answers 404"),
    ("/picture", "image/png"), ("/packed", "packed"), ("/huge", "more than"), ("/empty", "no article"),
])
def test_a_link_is_ingested_or_refused(path: str, said: str, site: None, desk: Desk) -> None:
    answer = intake.link(desk.engine, desk.state, f"https://bao.example{path}", SAY)
    assert said in "\n".join([answer.headline, *answer.notes])
    if answer.found and path != "/text":
        assert "https://bao.example/bai" in answer.headline
        assert "Thăm cảng cá" in desk.engine.respond(answer.buttons[0][0].data, Conversation()).plain
