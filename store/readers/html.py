"""Saved web pages: the article without the page around it, a paragraph a line.

The text is what trafilatura takes for the article; without it (extra `html`), what stands in `<article>`, `<main>` or
the body outside menus and forms. Title, publisher and day come from what the page itself declares (Open Graph, JSON-LD,
`<time>`); a date that is only guessed from the text is left to the annotators.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from store.errors import SourceError
from store.readers.html_page import Declared, PlainPage, declared, decode_page
from store.readers.sandbox import Parsed, read_apart
from store.text import fold
from store.types import RawArticle

__all__ = ["parse", "parse_page", "read"]


def read(path: Path) -> Iterator[RawArticle]:
    """One article."""
    yield read_apart("store.readers.html", path)


def parse(path: Path) -> Parsed:
    """The article in a saved page."""
    return parse_page(path.read_bytes())


def parse_page(content: bytes) -> Parsed:
    """The article in a page's bytes; SourceError where there is none."""
    page = decode_page(content)
    facts = declared(page)
    plain = PlainPage.of(page)
    lines = _main_text(page) or plain.lines
    if not lines:
        raise SourceError("no article on this page")
    return Parsed("\n".join(_with_frame(lines, facts, plain)), facts.title, facts.publisher, facts.published)


def _main_text(page: str) -> list[str]:
    """The paragraphs trafilatura finds; none where it is not installed or finds nothing."""
    try:
        from trafilatura import extract
    except ImportError:
        return []
    text = extract(page, include_comments=False, include_tables=True, favor_recall=True, output_format="txt")
    return [line for line in (" ".join(line.split(" ")).strip() for line in (text or "").split("\n")) if line]


def _with_frame(lines: list[str], facts: Declared, plain: PlainPage) -> Iterator[str]:
    """The headline first and the byline last, as in print, where the main text lacks them."""
    seen = {fold(line) for line in lines}
    if facts.title and fold(facts.title) not in seen:
        yield facts.title
        yield ""
    yield from lines
    author = facts.author
    # A declared author counts where the page also shows it: `admin` and the editor's account name are not printed.
    if author and fold(author) in plain.folded and not any(fold(author) in line for line in seen):
        yield author
