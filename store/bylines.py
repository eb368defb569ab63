"""Who wrote it and who took the pictures: bylines, photo credits, source lines.

`Tú Linh; Ảnh: Viết Thành`, `Hoàng Thuỳ - Võ Hải`, `Lan Anh (Tổng hợp)`, `… tại buổi lễ - Ảnh: TỰ TRUNG`. Agencies, newspapers and
initials are no authors.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from store.sentences import CAPITALS
from store.text import fold, plain
from store.types import Author

__all__ = ["Credit", "authors_in_line", "credits_in_line", "is_source_line", "looks_like_name", "usual_letters"]

_WORDS = tomllib.loads((files("store") / "lexicon" / "furniture.toml").read_text(encoding="utf-8"))
_OUTLETS = frozenset(name.lower() for name in _WORDS["outlets"])
_ROLES = frozenset(fold(role) for role in (*_WORDS["byline_roles"], *_WORDS["photo_roles"]))
_PHOTO = frozenset(fold(role) for role in _WORDS["photo_roles"])
_MOVING = frozenset({"video", "clip"})
_AFTER = sorted(_WORDS["after_name"], key=len, reverse=True)

# A Vietnamese syllable, folded: what `Reuters`, `AFP`, `Getty` are not. `y` and `a` alone are minority names (Y Suôn).
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx])?"
    r"(?:uye|uya|uyu|ieu|yeu|uoi|uou|oai|oay|oeo|uay|[aeiouy]{1,2})(?:ch|ng|nh|[cmnpt])?")
# First words, and pairs of first words, that no author has; compared with their marks, as `Anh Minh` is one and `Ảnh Minh …` none.
_NOT_NAMES = frozenset(_WORDS["not_authors"])
_PART = re.compile(r"\s*(?:[;,&/]|\s[-–—]\s|[-–—]\s|\s[-–—]|\bvà\b|\s-\s)\s*")
_PARENTHESIS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*\Z")
_BEFORE = re.compile(r"(?:PV|CTV|BS|Bác sĩ|bác sĩ|ThS|TS|Phóng viên|phóng viên|Nhà báo)\.? +(?=\S+ +\S)")
_SHOT = re.compile(r"\s+(?:chụp|ghi|cắt)\s.*\Z")                    # `LAN ANH chụp tháng 3-2018`
_LABEL = re.compile(r"\s*(?P<label>[^\W\d_][^:;()]{1,20}?)\s*:\s*")
# A credit at the end of a caption or in brackets: ` - Ảnh: TỰ TRUNG.`, `(Ảnh: Lan Hương)`, `Ảnh minh hoạ: Hữu Công`.
_ROLE_WORDS = "|".join(sorted((re.escape(role) for role in {*_WORDS["photo_roles"], *(r.lower() for r in _WORDS["photo_roles"]),
                               "Ảnh minh hoạ", "ảnh minh hoạ", "Ảnh minh hoa", "đồ hoạ"}), key=len, reverse=True))
_CREDIT = re.compile(
    # without a colon only `ảnh minh hoạ` is a credit
    rf"(?:^|(?<=\s)|(?<=[.!?…”\"])|(?=[(\[]))(?P<lead>[-–—:]\s*|[(\[]\s*|)"
    rf"(?P<role>{_ROLE_WORDS})\s*(?::|(?<=[Aạa])(?=[.)\]]*\s*\Z))\s*"
    r"(?P<who>[^\n.:;()\[\]]*(?:(?<=TP)\.\s|\.(?!\s|\Z)[^\n.:;()\[\]]*|(?<=\b[^\W\d_])\.\s(?=[^\W\d_]{1,8}\s*(?:[.)\]]|\Z))[^\n.:;()\[\]]*)*)(?P<tail>\s*[)\]]?\s*\.?)"
    rf"(?=\s*\Z|\s+[\"“{CAPITALS}])")
# A line that is a credit from its first word, then also without a colon: `Ảnh TỰ TRUNG.`
_HEAD = re.compile(rf"\s*(?P<lead>[-–(\[]?)\s*(?P<role>{_ROLE_WORDS})(?:\s*:\s*|\s+(?=[{CAPITALS}]))(?P<who>[^\n.:]*)\.?[)\]]?\s*")
# `Theo TTXVN`, `(Theo báo Tin Tức)`; not `Theo ông Lê Văn Sáu, đó là sai.`, which says something.
_SOURCE = re.compile(
    rf"\(?\s*(?:(?:nguồn|nguồn tin|ngày đăng)\b|theo:?\s+(?:(?:báo|trang|tờ|tạp chí|đài|hãng)(?: tin| điện tử)?\s+)?"
    r"(?!(?:TS|GS|PGS|ThS|LS|ông|bà|anh|chị|đồng chí)\b)"
    rf"(?-i:[{CAPITALS}]|[\w.]+\.(?:vn|com|net)))", re.IGNORECASE)
_GOES_ON = re.compile(r",\s+(?=[^\W\d_])(?![A-ZÀ-ỸĐ])")         # `Theo Bộ Y tế, đã có ba ca`
# `Nhóm phóng viên`, `Mon (t / h)`: written by somebody whom nobody can name.
_NOBODY = re.compile(r"(?:Nhóm (?:PV|phóng viên|P\.?V\.?)[^.]*|[^\W\d_][^.()]{0,12}\((?:tổng hợp|t ?/ ?h|t\.h)\))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Credit:
    """A photo credit inside a line: where it begins and ends, and whom it names."""

    start: int
    end: int
    authors: tuple[Author, ...]


def usual_letters(name: str) -> str:
    """`TỰ TRUNG` → `Tự Trung`; other names stay as printed, with single spaces and tone marks placed one way."""
    words = plain(name).split()
    return " ".join(word.capitalize() if word.isupper() and len(word) > 1 else word for word in words)


def looks_like_name(text: str) -> bool:
    """Two to five Vietnamese syllables with capitals, and no agency, paper, office or place."""
    words = text.split()
    if not 2 <= len(words) <= 5 or not all(word[0].isupper() and word.isalpha() for word in words):
        return False
    folded = [fold(word) for word in words]
    low = [plain(word).lower() for word in words]
    if " ".join(low) in _OUTLETS or low[0] in _NOT_NAMES or " ".join(low[:2]) in _NOT_NAMES:
        return False
    if low[0] == "anh" and len(words) > 3:
        return False                # `Anh Nguyễn Minh Trí - Ảnh: …`: who is in the picture; `Anh Minh` is a pen name
    if any(len(word) > 1 and word.isupper() for word in words) != all(len(word) == 1 or word.isupper() for word in words):
        return False                # `PV Lan`, `TTXVN Lan`: an acronym among usual letters
    return sum(len(word) for word in words) > 3 and all(_SYLLABLE.fullmatch(word) for word in folded)


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a list of names: `A - B`, `A, B và C`, `A; B`."""
    begin = start
    for match in _PART.finditer(text, start, end):
        yield begin, match.start()
        begin = match.end()
    yield begin, end


def _without_notes(text: str, start: int, end: int) -> tuple[int, int]:
    """Without what may follow a name (`(Tổng hợp)`, `chụp lại`) and without dots and spaces around it."""
    while True:
        piece = text[start:end]
        shorter = _SHOT.sub("", _PARENTHESIS.sub("", piece.rstrip(" .\t\u00a0")))
        for note in _AFTER:
            if shorter.endswith(" " + note):
                shorter = shorter[: -len(note) - 1]
                break
        shorter = shorter.rstrip(" .,-–\t\u00a0")
        if len(shorter) == len(piece):
            break
        end = start + len(shorter)
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip(" \t\u00a0-–(")), end


def _named(text: str, start: int, end: int, role: Literal["text", "photo"]) -> Author | None:
    start, end = _without_notes(text, start, end)
    before = _BEFORE.match(text, start, end)
    if before:
        start = before.end()
    piece = plain(text[start:end])
    return Author(usual_letters(piece), role, start, end) if looks_like_name(piece) else None


def authors_in_line(text: str, start: int, end: int, *, dotted: bool = False) -> list[Author] | None:
    """The authors in a line that is nothing but a byline; empty for one that names nobody (`H.Y (tổng hợp)`), None for other
    lines. A name with a full stop is a caption, unless `dotted` says that it may be a byline."""
    if end - start > 120:
        return None
    start, end = _trim(text, start, end)
    line = text[start:end]
    if not line or len(line) > 90 or line[-1] in "!?…:":
        return None
    found: list[Author] = []
    known = is_source_line(line)
    role: Literal["text", "photo"] = "text"
    whole = _LABEL.match(text, start, end)
    if whole and fold(whole["label"]) in _ROLES:        # `Bài và ảnh: Lan Anh`: the `và` is no list of names
        role, known, start = "photo" if fold(whole["label"]) in _PHOTO else "text", True, whole.end()
    parts = list(_spans(text, *_without_notes(text, start, end)))
    for index, (begin, stop) in enumerate(parts):
        label = _LABEL.match(text, begin, stop)
        if label and fold(label["label"]) in _ROLES:
            role = "photo" if fold(label["label"]) in _PHOTO else "text"
            begin, known = label.end(), True
        author = _named(text, begin, stop, role)
        if author:
            found.append(author)
        elif not (known or _initials(text[begin:stop]) or (index and found and index == len(parts) - 1 and _outlet(text[begin:stop]))):
            return None
    if line[-1] == "." and not dotted and not known and not _initials(line):
        return None                 # a caption that is but a name: `Bà Trần Thị Lan.`
    return found if found or known or all(_initials(text[b:e]) for b, e in parts) else None


def _initials(text: str) -> bool:
    """`H.Y`, `Đ. V`, `N.H.N.`, `PV`, `TH`, `T. Hà`: nobody that can be named."""
    text = text.strip(" ()")
    return bool(re.fullmatch(r"(?:[^\W\d_]{1,2}\.\s*)+[^\W\d_]{0,8}\.?", text)) or (text.isupper() and text.isalpha() and len(text) <= 4)


def _outlet(text: str) -> bool:
    """`Kinh tế đô thị` in `Anh Quý- Kinh tế đô thị`, `Báo Tân Phong`, `tanphong.vn`."""
    text = text.strip()
    return text.lower() in _OUTLETS or text.startswith(("Báo ", "báo ", "Đài ")) or bool(re.fullmatch(r"[\w.]+\.(?:vn|com|net)", text))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), end - (len(inner) - len(inner.rstrip()))


def is_source_line(line: str) -> bool:
    """`Theo TTXVN`, `(Theo Dân trí)`, `Nguồn: Chinhphu.vn`, `Nhóm phóng viên`: short, no running text."""
    line = line.strip()
    if len(line) < 50 and _NOBODY.fullmatch(line):
        return True
    return len(line) < 50 and len(line.split()) <= 7 and line[-1:] not in ":,;" and _SOURCE.match(line) is not None \
        and _GOES_ON.search(line) is None


def _is_credit(match: re.Match[str], authors: list[Author]) -> bool:
    """Not `Trong ảnh: khu di tích …`, `Clip: học sinh kể lại …`: without a dash or bracket before it, it is short or names somebody."""
    words = len(match["who"].split())
    if words > 12 or match.string[: match.start()].endswith(("Trong ", "trong ")):
        return False
    if fold(match["role"]) in _MOVING:     # `Video: công an khám nhà`: what it shows
        return bool(authors) or words <= 2
    return bool(authors) or bool(match["lead"].strip()) or (words <= 4 and match["role"][0].isupper())


def credits_in_line(text: str, start: int, end: int) -> list[Credit]:
    """The photo credits of a line, with their authors."""
    line = text[start:end]
    if ":" not in line and "minh h" not in line and "ư liệu" not in line and not line.lstrip(" -–([").startswith("Ảnh "):
        return []
    found = []
    for match in _CREDIT.finditer(line):
        who, stop = start + match.start("who"), start + match.end("who")
        authors = [author for span in _spans(text, who, stop) if (author := _named(text, *span, "photo"))]
        if _is_credit(match, authors):
            found.append(Credit(start + match.start(), start + match.end(), tuple(authors)))
    if not found and (head := _HEAD.fullmatch(line)):
        spans = _spans(text, start + head.start("who"), start + head.end("who"))
        named = tuple(a for span in spans if (a := _named(text, *span, "photo")))
        if named or (":" in line and _is_credit(head, [])):
            found = [Credit(start, end, named)]
    return found
