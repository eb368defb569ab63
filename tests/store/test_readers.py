"""Files in, articles out; what cannot be read is one clear line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from store.errors import SourceError
from store.readers import read, reader_of
from store.types import RawArticle


def lines(*items: object) -> bytes:
    return "\n".join(item if isinstance(item, str) else json.dumps(item) for item in items).encode()


@pytest.mark.parametrize(("name", "content", "texts"), [
    ("a.txt", "Một\r\nhai".encode(), ["Một\nhai"]),
    ("a.txt", b"\xef\xbb\xbfC\xc3\xa2u", ["Câu"]),
    ("A.TXT", b"x", ["x"]),
    ("a.jsonl", lines({"text": "Một"}, "", {"text": "Hai", "source": "hai", "title": "T", "published": "2019-10-14"}), ["Một", "Hai"]),
    ("a.jsonl.gz", gzip.compress(lines({"text": "Một"})), ["Một"]),
    ("a.jsonl", b'{"text": "x\\u0000y\\ud800", "source": "\\ud800", "title": "\\udc00", "publisher": "\\u0000"}', ["x y?"]),
])
def test_read(tmp_path: Path, name: str, content: bytes, texts: list[str]) -> None:
    (tmp_path / name).write_bytes(content)
    found = list(read(tmp_path / name))
    assert [item.text for item in found if isinstance(item, RawArticle)] == texts


@pytest.mark.parametrize(("name", "content", "message"), [
    ("a.txt", b"", "empty"), ("a.txt", b" \n\t", "empty"), ("a.txt", b"\x89PNG\0\0", "binary"),
    ("a.txt", "Cộng hòa".encode("utf-16")[2:], "binary"), ("a.txt", "Cộng hòa".encode("utf-16"), "UTF-16; convert"),
    ("a.txt", b"C\xf4ng h\xf2a", "not UTF-8 at byte"), ("a.jsonl", b"", "no articles"), ("a.jsonl.gz", b"no gzip", "cannot be read"),
    ("a.xyz", b"x", "no reader"),
])
def test_unreadable(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=message) as raised:
        list(read(tmp_path / name))
    assert "\n" not in str(raised.value)
    assert name in str(raised.value)


@pytest.mark.parametrize(("line", "message"), [
    ("{", "not JSON"), ("[1]", "JSON object"), ('{"text": ""}', "'text' is missing"), ('{"title": "x"}', "'text' is missing"),
    ('{"text": 1}', "'text' is no string"), ('{"text": "x", "n": ' + "9" * 5000 + "}", "not JSON"),
    ('{"text": "x", "published": "14/10/2019"}', "'published' is no date"),
])
def test_bad_lines_do_not_stop_the_file(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines({"text": "Một"}, line, {"text": "Ba"}))
    first, bad, last = read(path)
    assert isinstance(first, RawArticle)
    assert isinstance(last, RawArticle)
    assert isinstance(bad, SourceError)
    assert message in str(bad)
    assert "a.jsonl#2" in str(bad)
    assert last.source.endswith("a.jsonl#3")


def test_metadata(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(
        {"source": "https://bao.example/1", "text": "Câu.", "title": "Tin", "published": "2019-10-14", "publisher": "Báo Mẫu"}))
    assert list(read(tmp_path / "a.jsonl")) == [RawArticle("https://bao.example/1", "Câu.", "Tin", "Báo Mẫu", "2019-10-14")]


def test_the_longest_suffix_counts() -> None:
    assert reader_of(Path("x.jsonl.gz")) is not None
    assert reader_of(Path("x.gz")) is None
    assert reader_of(Path("x.json")) is None
