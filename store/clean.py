"""RawArticle → Article: every line gets its kind, so that only what the article itself says can become a fact.

The passes of `PASSES` go over the printed lines in order; each marks the lines it knows and leaves the rest. Nothing is thrown
away: what is no text of the article is kept as furniture, a repetition, a byline, and all of it is covered by sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from store import furniture
from store.bylines import authors_in_line, credits_in_line, is_source_line
from store.edtf import is_valid
from store.sentences import breaks_off, split
from store.text import Folded, fold, nfc
from store.types import Article, Author, RawArticle, Sentence, SentenceKind

__all__ = ["PASSES", "article_text", "clean"]

_HEADLINE_WORDS = 45                # the longest headline of 20,000 articles has 38
_LINE = re.compile(r"[^\n]+")


@dataclass(slots=True)
class _Line:
    """A printed line, or several where one was broken after an abbreviation."""

    start: int
    end: int
    text: str
    group: int                      # lines with no empty line between them share one
    folded: Folded
    kind: SentenceKind | None = None
    parts: list[tuple[int, int, SentenceKind]] = field(default_factory=list)    # bylines and credits inside it


@dataclass(slots=True)
class _Sheet:
    """An article while its lines are sorted out."""

    text: str
    lines: list[_Line]
    title: str | None
    published: str | None
    authors: list[Author] = field(default_factory=list)

    def open(self) -> list[_Line]:
        """The lines nothing has been said of yet."""
        return [line for line in self.lines if line.kind is None]


def clean(raw: RawArticle) -> Article:
    """The article in NFC with its sentences of every kind, its authors and its date of publication."""
    text = article_text(raw)
    sheet = _Sheet(text, list(_lines(text)), raw.title, raw.published)
    for step in PASSES:
        step(sheet)
    return Article(
        source=raw.source, title=sheet.title, publisher=raw.publisher, published=sheet.published, text=text,
        sha256=sha256(text.encode()).hexdigest(), sentences=tuple(_sentences(sheet)), authors=_unique(sheet.authors),
    )


def article_text(raw: RawArticle) -> str:
    """The text of the article in NFC, with its headline: a title that only the metadata has is put before it, so that it can be found
    and quoted."""
    if not raw.title or 0 <= fold(raw.text[:4000]).find(fold(raw.title)) < 200:
        return nfc(raw.text)
    return nfc(f"{raw.title}\n\n{raw.text}")


def _lines(text: str) -> Iterator[_Line]:
    group, start = 0, None
    previous = 0
    for match in _LINE.finditer(text):
        if not match.group().strip():
            continue
        if start is None:
            start = match.start()
            if text.count("\n", previous, start) > 1:
                group += 1
        if not breaks_off(match.group()):
            yield _line(text, start, match.end(), group)
            start, previous = None, match.end()
    if start is not None:
        yield _line(text, start, len(text), group)


def _line(text: str, start: int, end: int, group: int) -> _Line:
    line = text[start:end]
    return _Line(start, end, line, group, fold(line))


# ------------------------------------------------------------------------------------------------------------- passes

def menus(sheet: _Sheet) -> None:
    """Menus, forms, counters, and what stands in a section of other articles."""
    in_section = False
    for line in sheet.lines:
        if furniture.opens_section(line.folded):
            in_section = True
            line.kind = "furniture"
        elif furniture.is_furniture(line.text, line.folded) or furniture.glued_headlines(line.text):
            line.kind = "furniture"
        elif in_section:
            in_section = not furniture.runs(line.text) or line.text.rstrip().endswith(("?", "!"))    # headlines ask, too
            line.kind = "furniture" if in_section else None


def headline(sheet: _Sheet) -> None:
    """The title: the line that prints the one stated, else the first line when it has no stop and text follows."""
    lines = sheet.open()
    if not lines:
        return
    first = lines[0]
    printed = furniture.printed_date(first.text)
    head = first.text[: printed.start] if printed else first.text
    stated = sheet.title is not None and (found := first.folded.find(fold(sheet.title))) >= 0 and found < 20
    if not stated and (sheet.title is not None or not _is_headline(head, len(lines))):
        return
    first.kind = "title"
    if sheet.title is None:
        sheet.title = " ".join(head.split())
    if printed:
        first.parts.append((first.start + printed.start, first.start + printed.end, "byline"))
        sheet.published = sheet.published or _valid(printed.date)


def _is_headline(line: str, lines: int) -> bool:
    words = line.split()
    return lines > 1 and 2 <= len(words) <= _HEADLINE_WORDS and not line.rstrip(" ”\"").endswith((".", ",", ";", ":", "…"))


def _valid(date: str) -> str | None:
    return date if is_valid(date) else None


def publication_lines(sheet: _Sheet) -> None:
    """`Thứ Hai, 14/10/2019, 20:12 (GMT+7)` alone on a line near the top or at the end."""
    lines = sheet.open()
    for index, line in enumerate(lines):
        if (index < 4 or index >= len(lines) - 3) and len(line.text) < 80 and (printed := furniture.printed_date(line.text)):
            line.kind = "byline"
            sheet.published = sheet.published or _valid(printed.date)


def photo_credits(sheet: _Sheet) -> None:
    """Photo credits, alone or at the end of a caption; the line before a lone one is its caption."""
    before: _Line | None = None
    for line in sheet.lines:
        found = credits_in_line(sheet.text, line.start, line.end)
        if found and _is_byline(sheet.text, line):
            continue                # `Tú Linh; Ảnh: Viết Thành`
        for credit in found:
            sheet.authors += credit.authors
            line.parts.append((credit.start, credit.end, "byline"))
        if found and line.kind is None:
            alone = _rest(line) < 4
            line.kind = "byline" if alone else "caption" if len(line.text.split()) <= 80 else None
            if alone and before is not None and before.group >= line.group - 1 and _may_be_caption(sheet.text, before):
                before.kind = "caption"
        before = line


def _may_be_caption(text: str, line: _Line) -> bool:
    return line.kind is None and len(line.text.split()) <= 45 and authors_in_line(text, line.start, line.end) is None


def _is_byline(text: str, line: _Line) -> bool:
    """Whether a line with a photo credit begins with who wrote the text."""
    named = authors_in_line(text, line.start, line.end)
    return bool(named) and named is not None and named[0].role == "text"


def _rest(line: _Line) -> int:
    """How many letters of a line are outside its credits."""
    covered = sum(end - start for start, end, _ in line.parts)
    return len(line.text.strip()) - covered


def pictures_at_the_end(sheet: _Sheet) -> None:
    """Texts with a sentence a line keep their captions behind an empty line at the end."""
    lines = [line for line in sheet.lines if line.kind not in ("furniture", "byline")]
    sizes: dict[int, int] = {}
    for line in lines:
        sizes[line.group] = sizes.get(line.group, 0) + 1
    body = max(sizes, key=lambda group: (sizes[group], -group), default=0)
    if sizes.get(body, 0) < 3:
        return
    for line in lines:
        after = line.group > body and line.kind is None and len(line.text.split()) <= 120
        if after and authors_in_line(sheet.text, line.start, line.end) is None:
            line.kind = "caption"


def bylines(sheet: _Sheet) -> None:
    """Names alone on a line below the text or right under the headline, source lines, `H.Y (tổng hợp)`."""
    lines = [line for line in sheet.lines if line.kind not in ("furniture", "title")]
    last = max((i for i, line in enumerate(lines) if line.kind is None and authors_in_line(sheet.text, line.start, line.end) is None
                and (furniture.runs(line.text) or len(line.text.split()) > 12)), default=-1)
    for index, line in enumerate(lines):
        if line.kind is not None or not (index > last or index < 2):
            continue
        found = authors_in_line(sheet.text, line.start, line.end, dotted=_named_once(sheet.text, line.text))
        if found is not None or is_source_line(line.text):
            line.kind = "byline"
            sheet.authors += found or []


def _named_once(text: str, line: str) -> bool:
    """Whether a short line's words stand nowhere else: who is only named there wrote the text."""
    return len(line) < 40 and text.count(line.strip(" .")) == 1


def repetitions(sheet: _Sheet) -> None:
    """A line printed before, the headline once more (over every picture), a teaser. Where the pictures are listed at the end, the
    line that stands for one in the running text is its caption."""
    seen: dict[str, _Line] = {}
    title = next((line.folded for line in sheet.lines if line.kind == "title"), Folded(""))
    for line in sheet.lines:
        if line.kind not in (None, "caption"):
            continue
        first = seen.setdefault(line.folded.rstrip(" ."), line)
        again = first is not line and (len(line.text.split()) >= 4 or line.kind == "caption")
        if again and line.kind == "caption" and first.kind is None and authors_in_line(sheet.text, first.start, first.end) is None:
            first.kind = "caption"
        same = bool(title) and furniture.near(line.folded, title) and not furniture.runs(line.text)
        if again or same or (line.kind is None and furniture.is_teaser(line.text)):
            line.kind = "repeated"


def captions(sheet: _Sheet) -> None:
    """Lines without a stop between paragraphs that say what a picture shows."""
    for line in sheet.open():
        if furniture.looks_like_caption(line.text):
            line.kind = "caption"


def datelines(sheet: _Sheet) -> None:
    """`HNP - ` before the first sentences."""
    for line in sheet.open()[:3]:
        length = furniture.dateline(line.text)
        if length:
            line.parts.append((line.start, line.start + length, "byline"))


PASSES: tuple[Callable[[_Sheet], None], ...] = (
    menus, headline, publication_lines, photo_credits, pictures_at_the_end, repetitions, bylines, captions, datelines,
)


# ----------------------------------------------------------------------------------------------------------- sentences

def _sentences(sheet: _Sheet) -> Iterator[Sentence]:
    position = 0
    for line in sheet.lines:
        for start, end, kind in _pieces(line):
            for first, last in split(sheet.text, start, end):
                yield Sentence(position, first, last, kind, sheet.text[first:last])
                position += 1


def _pieces(line: _Line) -> Iterator[tuple[int, int, SentenceKind]]:
    """The line and the parts of another kind in it, in order."""
    kind, begin = line.kind or "body", line.start
    for start, end, other in sorted(line.parts):
        yield begin, start, kind
        yield start, end, other
        begin = end
    yield begin, line.end, kind


def _unique(authors: list[Author]) -> tuple[Author, ...]:
    """Each author once a role; who wrote the text is not named again for the pictures."""
    found: dict[str, Author] = {}
    for author in sorted(authors, key=lambda a: (a.role == "photo", a.start)):
        found.setdefault(fold(author.name), author)
    return tuple(sorted(found.values(), key=lambda author: author.start))
