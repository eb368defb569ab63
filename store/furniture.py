"""What of a page is no part of its article: menus, forms, headlines of other articles, counters, datelines, dates of publication."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from store.sentences import CAPITALS
from store.text import Folded, fold

__all__ = [
    "Printed", "dateline", "glued_headlines", "is_furniture", "is_teaser", "looks_like_caption", "opens_section", "printed_date", "runs",
]

_WORDS = tomllib.loads((files("store") / "lexicon" / "furniture.toml").read_text(encoding="utf-8"))
_EDGES = " \t\u00a0.:,;*|»«<>()[]•·-–—/!…"


def _bare(text: str) -> str:
    return fold(text).strip(_EDGES)


_LINES = frozenset(_bare(line) for line in _WORDS["lines"])
_SECTIONS = frozenset(_bare(line) for line in _WORDS["sections"])
_BEGINNINGS = tuple(fold(line) for line in _WORDS["beginnings"])
_CAPTION_BEGINNINGS = tuple(_WORDS["caption_beginnings"])
_CAPTION_WORDS = tuple(_WORDS["caption_words"])
_COUNTER = re.compile(r"[\W_]*\d{1,4}[\W_]*|[\W_]+")
_PATH = re.compile(r"\s*[|»>/•·–-]\s*")
_HEADLINE = re.compile(
    rf"(?<![{CAPITALS}\d_])(?<=\w)\s+(?:" + "|".join(re.escape(word) for word in _WORDS["headline_words"]) + r")\s(?=[^\W\d_])")
_TWICE = re.compile(r"\b([A-ZĐ]\w+ [A-ZĐ]\w+) \1\b")
_DATELINE = re.compile(
    r"\s*(?:\((?P<in>[^\W\d_][\w&. ]{1,18})\)\s*[-–—:,.]?|(?P<out>" + "|".join(re.escape(line) for line in _WORDS["datelines"])
    + r")\s*[-–—]+)\s*(?=[\"“" + CAPITALS + r"\d])")
_OUTSIDE = frozenset(fold(line) for line in _WORDS["datelines"])


def runs(line: str) -> bool:
    """Whether a line is running text: it ends as sentences end."""
    return line.rstrip(" \t\u00a0”\"’)»]*").endswith((".", "!", "?", "…", ";", ":", ",")) and len(line.split()) >= 8


def is_furniture(line: str, folded: Folded) -> bool:
    """Menus, buttons, forms, counters alone on a line."""
    if len(line) > 160:
        return False
    if _COUNTER.fullmatch(line):
        return True
    bare = folded.strip(_EDGES)
    if bare in _LINES or bare in _SECTIONS or folded.startswith(_BEGINNINGS):
        return True
    if len(line) > 80:
        return False
    parts = [_bare(part) for part in _PATH.split(line) if part.strip()]
    return len(parts) > 1 and all(part in _LINES for part in parts)


def opens_section(folded: Folded) -> bool:
    """`Tin liên quan`, `Các bài mới đăng`, `Để lại một bình luận`."""
    return len(folded) < 60 and folded.strip(_EDGES) in _SECTIONS


def glued_headlines(line: str) -> bool:
    """Several headlines of other articles in one line without a stop: `… đề cao trách nhiệm Lập đoàn kiểm tra Hà Nội Hà Nội đề xuất …`."""
    words = len(line.split())
    if words < 18 or runs(line):
        return False
    return bool(_TWICE.search(line)) or len(_HEADLINE.findall(line)) >= 2


def is_teaser(line: str) -> bool:
    """The beginning of the article, cut off by the site: `… và giải quyết […]`."""
    return line.rstrip().endswith(("[…]", "[...]", "(…)"))


def looks_like_caption(line: str) -> bool:
    """A line without a stop that tells what a picture shows."""
    words = line.split()
    if not 2 <= len(words) <= 45 or line.rstrip().endswith((".", "!", "?", ";", ":", ",", "…")):
        return False
    return line.startswith(_CAPTION_BEGINNINGS) or any(word in line for word in _CAPTION_WORDS)


def dateline(line: str) -> int:
    """How many characters of a line tell who sent it: `HNP - Chiều …`, `(Dân trí) - Sáng …`; 0 for none."""
    match = _DATELINE.match(line)
    if match is None:
        return 0
    inside = match["in"]
    if inside and not (fold(inside) in _OUTSIDE or (inside.isupper() and len(inside) <= 8) or "." in inside):
        return 0
    return match.end()


@dataclass(frozen=True, slots=True)
class Printed:
    """A date of publication as the page prints it."""

    start: int
    end: int
    date: str                       # ISO day


_DAY = r"(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>(?:19|20)\d\d)"
_TIME = r"\d{1,2}\s*[:hg]\s*\d{2}(?::\d\d)?(?:\s*(?:AM|PM|am|pm|phút))?"
_WEEKDAY = r"(?:(?:Thứ\s+\w+|thứ\s+\w+|Chủ nhật|Chủ Nhật|CN|T[2-7])\s*,?\s*)?"
_STAMP = rf"{_WEEKDAY}(?:ngày\s+)?(?:{_TIME}\s*[,|-]?\s*)?{_WEEKDAY}(?:ngày\s+)?{_DAY}(?:\s*[,|•-]?\s*{_TIME})?(?:\s*\(?GMT\s*\+?\s*\d\)?)?"
_IN_BRACKETS = re.compile(rf"\s*[(\[]\s*(?=[^)\]]*\d\s*[:hg]\s*\d\d){_STAMP}\s*[)\]]\s*\Z")
_ALONE = re.compile(
    r"\s*[(\[]?\s*(?:(?:Ngày đăng|Đăng ngày|Ngày cập nhật|Cập nhật lúc|Cập nhật|Đăng lúc|Xuất bản|Ngày xuất bản|Thời gian)\s*:?\s*)?"
    rf"{_STAMP}\s*[)\]]?\s*\Z",
    re.IGNORECASE)


def printed_date(line: str) -> Printed | None:
    """The date at the end of a headline in brackets with the time of day, or alone on a line."""
    if len(line) > 300 or not any(c.isdigit() for c in line[-40:]):
        return None
    match = _IN_BRACKETS.search(line) or _ALONE.match(line)
    if match is None:
        return None
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Printed(match.start(), match.end(), f"{year:04}-{month:02}-{day:02}")


def near(folded: Folded, title: Folded) -> bool:
    """Whether two lines share nearly all their words."""
    a, b = set(folded.split()), set(title.split())
    return len(a & b) >= 0.8 * max(len(a), len(b), 1) and len(a) >= 4
