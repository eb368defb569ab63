"""A page by the standard library alone: its letters, what it declares about itself, its lines outside the menus."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from store.edtf import is_valid
from store.errors import SourceError
from store.text import fold

__all__ = ["Declared", "PlainPage", "declared", "decode_page"]

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
_CLEAN = 500        # letters for each that cannot be read; Vietnamese in another encoding has one in five
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode_page(content: bytes) -> str:
    """A page as text: by its byte order mark, else UTF-8, else the encoding it declares."""
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    said = _CHARSET.search(content[:4096])
    names = [marked] if marked else ["utf-8", *([said.group(1).decode("ascii")] if said else [])]
    for name in names:
        try:
            page = content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" in page[:8192]:
            raise SourceError("a binary file, no page")
        if not page.strip():
            raise SourceError("the file is empty")
        return page
    page = content.decode("utf-8", "replace")       # a page put together from parts may have a stray byte
    if page.count("\ufffd") * _CLEAN <= len(page):
        return page
    raise SourceError("neither UTF-8 nor the encoding it declares")


# ------------------------------------------------------------------------------------------- what a page says of itself

@dataclass(frozen=True, slots=True)
class Declared:
    """What the page's own metadata states."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None    # EDTF day
    author: str | None = None


_TITLE = ("og:title", "headline", "twitter:title", "h1", "title")
_PUBLISHER = ("og:site_name", "publisher", "dc.publisher")
_PUBLISHED = ("article:published_time", "datepublished", "pubdate", "dc.date.issued", "dc.date", "time")
_AUTHOR = ("author", "article:author", "dc.creator")
_DAY = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?:$|[T\s])")


def declared(page: str) -> Declared:
    """The first of each that the page states; None where it is silent."""
    head = _Head()
    head.feed(page)
    head.close()
    found = head.found
    days = (m.group(1) for key in _PUBLISHED for m in [_DAY.match(found.get(key, ""))] if m)
    return Declared(
        title=_first(found, _TITLE),
        publisher=_first(found, _PUBLISHER),
        published=next((day for day in days if is_valid(day)), None),
        author=next((name for name in (found.get(key) for key in _AUTHOR) if name and "/" not in name), None),
    )


def _first(found: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((found[key] for key in keys if found.get(key)), None)


class _Head(HTMLParser):
    """Collects meta tags, JSON-LD, `<title>`, the first `<h1>` and the first `<time datetime>`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self._inside: str | None = None
        self._pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "meta":
            self._note(given.get("property") or given.get("name") or given.get("itemprop"), given.get("content"))
        elif tag == "time" and given.get("datetime"):
            self._note("time", given["datetime"])
        elif tag in ("title", "h1") or (tag == "script" and "ld+json" in given.get("type", "")):
            self._inside, self._pieces = tag, []

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._pieces.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            text, self._inside = "".join(self._pieces), None
            if tag == "script":
                self._note_json(text)
            else:
                self._note(tag, text)

    def _note(self, key: str | None, value: str | None) -> None:
        value = " ".join((value or "").split())
        if key and value:
            self.found.setdefault(key.lower(), value)

    def _note_json(self, text: str) -> None:
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            return
        for item in _articles(data):
            for key in ("headline", "datePublished", "publisher", "author"):
                self._note(key, _named(item.get(key)))


def _articles(data: object, depth: int = 0) -> Iterator[dict[str, object]]:
    """The JSON-LD objects that are articles, wherever they lie."""
    if depth > 4:
        return
    if isinstance(data, list):
        for item in data[:50]:
            yield from _articles(item, depth + 1)
    elif isinstance(data, dict):
        if "Article" in str(data.get("@type")) or "datePublished" in data:
            yield data
        yield from _articles(data.get("@graph"), depth + 1)


def _named(value: object) -> str | None:
    """`"A"`, `{"name": "A"}` or a list of them, as `A, B`."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return _named(value.get("name"))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_named, value[:8]))) or None
    return None


# ------------------------------------------------------------------------------------------------- the page's own lines

_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "nav", "header", "footer", "aside", "form",
    "button", "select", "option", "iframe", "object", "video", "audio", "canvas", "head", "dialog", "menu",
    "textarea",
})
_BLOCKS = frozenset({
    "address", "article", "blockquote", "br", "caption", "center", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre",
    "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "body", "html",
})
_KEPT = 400     # letters an <article> or <main> must hold to be taken for the whole article


@dataclass(slots=True)
class PlainPage:
    """A page's visible lines; `lines` those of its article, `folded` all of them for look-ups."""

    lines: list[str] = field(default_factory=list)
    folded: str = ""

    @classmethod
    def of(cls, page: str) -> PlainPage:
        """Reads a page."""
        body = _Body()
        body.feed(page)
        body.close()
        body.end_line()
        inner = [text for inside, text in body.lines if inside]
        lines = inner if sum(map(len, inner)) >= _KEPT else [text for _, text in body.lines]
        return cls(lines, fold(body.seen[:1 << 20]))


class _Body(HTMLParser):
    """Collects lines with whether they lie in `<article>` or `<main>`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[bool, str]] = []
        self._everything: list[str] = []
        self._line: list[str] = []
        self._skipping: list[str] = []
        self._articles = 0

    @property
    def seen(self) -> str:
        """All text outside scripts and styles, menus included."""
        return " ".join(self._everything)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.end_line()
        if tag in ("article", "main"):
            self._articles += 1
        # An article's own <header> holds its headline, only the page's is a menu.
        if tag in _SKIPPED and not (tag == "header" and self._articles):
            self.end_line()
            self._skipping.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._skipping:
            while self._skipping.pop() != tag:      # unclosed tags within
                pass
        if tag in _BLOCKS:
            self.end_line()
        if tag in ("article", "main") and self._articles:
            self._articles -= 1

    def handle_data(self, data: str) -> None:
        if not {"script", "style", "template"} & set(self._skipping):
            self._everything.append(data)
        if not self._skipping:
            self._line.append(data)

    def end_line(self) -> None:
        """A block begins or ends: what came since the last one is a line."""
        text = " ".join("".join(self._line).split())
        self._line = []
        if text:
            self.lines.append((self._articles > 0, text))
