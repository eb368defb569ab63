"""Which posts of the store are meant by a typed one: the very head, body and area, abbreviations and left-out words aside.

    find_post(library, read_post("chu tich ubnd tinh quang nam 2018"))      the posts of Quảng Nam, none of Quảng Ninh
    find_post(library, read_post("pct quận 1"))                             `Phó Chủ tịch UBND quận 1`
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from bot.areas import cut, ends_in_area, is_area, without_city
from bot.library import Library
from bot.matching import Fit, agrees, bare, canon
from bot.when import When, read_when

__all__ = ["Post", "begins_like_a_post", "find_post", "nearly", "read_post"]

ALIKE = 0.75                        # of the words of both, where each has some the other has not
SHARED = 0.5                        # of the words asked for that a nearly so called post must have
# What may follow a post without making it another one: `Bí thư Thành ủy Cần Thơ khóa XIV`
_TAILS = frozenset({"khóa", "khoá", "nhiệm", "kỳ", "đương"})
_PREFIXES = {("pho",), ("quyen",), ("tong",), ("dong",), ("pho", "tong"), ("tan", "pho"), ("nu", "pho"), ("tan",)}
# Said of a post, no part of its name: `chủ tịch Hà Tĩnh mới`, `tân chủ tịch`
_NEW_AFTER = (("moi",), ("hien", "nay"), ("hien", "tai"), ("duong", "nhiem"), ("bay", "gio"), ("truoc", "day"), ("cu",))
_NEW_BEFORE = (("tan",), ("cuu",), ("nguyen",), ("ong",), ("ba",))
# The body that people leave out before a place: `chủ tịch Hà Tĩnh`, `bí thư quận 1`
_BODIES_OF = {
    ("chu", "tich"): ("ủy ban nhân dân", "ủy ban nhân dân huyện", "ủy ban nhân dân thị xã", "ủy ban nhân dân quận",
                      "ủy ban nhân dân xã"),
    ("bi", "thu"): ("thành ủy", "tỉnh ủy", "huyện ủy", "quận ủy", "thị ủy"),
}
_ENGLISH = re.compile(r"\b(?:of|committee|council)\b", re.IGNORECASE)
_BODIES = (("uy", "ban", "nhan", "dan"), ("hoi", "dong", "nhan", "dan"), ("thanh", "uy"), ("tinh", "uy"))


@dataclass(frozen=True, slots=True)
class Post:
    """A post asked for: its words, the time, and the posts of the store it means."""

    asked: str
    words: tuple[str, ...]
    whens: tuple[When, ...]
    fits: tuple[Fit, ...] = ()


@lru_cache(maxsize=1)
def _heads() -> frozenset[tuple[str, ...]]:
    """The words posts begin with, folded."""
    titles = tomllib.loads((files("store") / "lexicon" / "titles.toml").read_text(encoding="utf-8"))
    listed = "|".join((titles["body"], titles["whole"], titles["rank"], titles["prefixes"])).replace("\n", "|")
    return frozenset(bare(entry.split()) for part in listed.split("|") if (entry := part.strip()))


@lru_cache(maxsize=1)
def _whole() -> frozenset[tuple[str, ...]]:
    """Posts that are complete without a body, folded: `Thủ tướng`, `Chủ tịch nước`."""
    titles = tomllib.loads((files("store") / "lexicon" / "titles.toml").read_text(encoding="utf-8"))
    entries = titles["whole"].replace("\n", "|").split("|")
    return frozenset(bare(canon(entry)) for entry in entries if entry.strip())


def begins_like_a_post(words: Sequence[str]) -> int:
    """How many words of its beginning are the head of a post; 0 for none."""
    folded = bare(words)
    size = next((n for n in range(min(5, len(folded)), 0, -1) if folded[:n] in _heads()), 0)
    if size and folded[:size] in _PREFIXES:
        return size + begins_like_a_post(words[size:]) if len(words) > size else 0
    return size


def read_post(text: str) -> Post:
    """A post and the time asked for, as typed."""
    rest, whens = read_when(text)
    words = canon(rest)
    return Post(rest, _plain(_body_first(words) if _ENGLISH.search(rest) else words), whens)


def _plain(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without what is only said of whoever holds the post: `tân`, `mới`."""
    for tail in _NEW_AFTER:
        if len(words) > len(tail) + 1 and bare(words[-len(tail):]) == tail and begins_like_a_post(words):
            words = words[:-len(tail)]
    for head in _NEW_BEFORE:
        if bare(words[:len(head)]) == head and begins_like_a_post(words[len(head):]):
            words = words[len(head):]
    return words


def _body_first(words: tuple[str, ...]) -> tuple[str, ...]:
    """English puts the place before the body: `chairman of the Cần Thơ People's Committee`."""
    size = begins_like_a_post(words)
    body = next((len(b) for b in _BODIES if bare(words[-len(b):]) == b), 0)
    if size and body and len(words) > size + body and bare(words[size:size + body]) != bare(words[-body:]):
        return (*words[:size], *words[-body:], *words[size:-body])
    return words


def find_post(library: Library, post: Post) -> Post:
    """The post with those of the store that it means: just so named, or, where it leaves the body open, begun so; the
    first way to read it that the store knows."""
    for words in _readings(post.words):
        fits = [fit for form in words for fit in _fits(library, form)]
        if fits:
            best = next(form for form in words if _fits(library, form))
            return replace(post, words=best, fits=tuple(dict.fromkeys(fits)))
    return _put_right(library, post)


def _put_right(library: Library, post: Post) -> Post:
    """The post with a word misspelt or in another order; `Kiên Giang`, which nobody is named of, is no `Tiền Giang`."""
    words = None if ends_in_area(post.words) else library.posts.respelt(post.words)
    fits = _fits(library, words) if words else library.posts.shuffled(post.words) if begins_like_a_post(post.words) else []
    return replace(post, words=words or fits[0].words, fits=tuple(fits)) if fits else post


def _readings(words: tuple[str, ...]) -> Iterator[list[tuple[str, ...]]]:
    """As typed, together with the body that a bare place leaves out; then without the city after a district; then with
    Ho Chi Minh City by its other name."""
    yield [words, *_with_body(words)]
    shorter = without_city(words)
    if shorter != words:
        yield [shorter, *_with_body(shorter)]
    if bare(words[-2:]) == ("sai", "gon"):
        named = (*words[:-2], "hồ", "chí", "minh")
        yield [named, *_with_body(named)]


def _with_body(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """`chủ tịch hà tĩnh` → `chủ tịch ủy ban nhân dân hà tĩnh`."""
    for head, bodies in _BODIES_OF.items():
        for before in ((), ("pho",)):
            lead = (*before, *head)
            rest = words[len(lead):]
            if bare(words[:len(lead)]) == lead and rest and is_area(rest):
                return [(*words[:len(lead)], *body.split(), *rest) for body in bodies]
    return []


def _fits(library: Library, words: tuple[str, ...]) -> list[Fit]:
    """Posts of the store with these words from the beginning, broken off in the middle of no place."""
    fits = [fit for fit in library.posts.find(words) if fit.how != "within" and not cut(fit.words, len(words))]
    if any(fit.accents for fit in fits):
        fits = [fit for fit in fits if fit.accents]
    same = [fit for fit in fits if _same(fit, words)]
    named = ends_in_area(words) or bare(words) in _whole() or _names_its_body(library, same, words)
    return same if same and named else fits


def _same(fit: Fit, words: Sequence[str]) -> bool:
    return fit.how == "equal" or fit.words[len(words)] in _TAILS


def _names_its_body(library: Library, fits: Sequence[Fit], words: Sequence[str]) -> bool:
    """Whether more than the head was asked for, so that other bodies' posts are no answer."""
    if not fits:
        return False
    tail = words[begins_like_a_post(words):]
    bodies = [tail] if len(tail) > 2 else []
    if bare(words)[:2] in (("bo", "truong"), ("thu", "truong")) and tail:
        bodies.append(("bộ", *tail))        # left out after the head: `Bộ trưởng Y tế`
    return any(fit.how == "equal" for body in bodies for fit in library.organizations.find(body))


def nearly(library: Library, words: Sequence[str]) -> list[Fit]:
    """Posts of the same head whose words stand in the query or have it, with others between or after: `Phó Trưởng ban
    Thường trực Ban Tổ chức` for `phó trưởng ban tổ chức`, `Giám đốc Sở Y tế` for `giám đốc sở y tế Cần Thơ`; else those
    that the query goes on from: `Trưởng đoàn công tác số 3` for `trưởng đoàn công tác số 3 kiểm tra thu hồi tài sản`."""
    size = begins_like_a_post(words)
    tail = words[size:]
    if not size or not tail:
        return []
    begun = [fit for fit in library.posts.find(words[:size]) if fit.how != "within" and len(fit.words) > size]
    fitting = [fit for fit in begun if _in_order(tail, fit.words[size:]) or _shorter(fit.words[size:], tail)]
    if not fitting and not ends_in_area(words):
        fitting = next((fits for end in range(len(words) - 1, size + 1, -1)
                        if (fits := [fit for fit in library.posts.find(words[:end]) if fit.how == "equal"])), [])
    return sorted(fitting, key=lambda fit: abs(len(fit.words) - len(words)))


def _shorter(words: Sequence[str], tail: Sequence[str]) -> bool:
    """Whether a body as printed is the one asked for without its place: `Sở Y tế TP` for `sở y tế Cần Thơ`."""
    printed = bare(words)
    for unit in (("thanh", "pho"), ("tinh",), ("tp",)):
        if printed[-len(unit):] == unit:
            printed = printed[:-len(unit)]
    if ends_in_area(words) and ends_in_area(tail) and printed[-1:] != bare(tail)[-1:]:
        return False                # of another province: nobody asked for that
    shared = len(set(printed) & set(bare(tail)))
    if shared >= ALIKE * max(len(set(printed)), len(set(tail))):
        return True
    return len(printed) >= max(2, SHARED * len(tail)) and _in_order(printed, bare(tail))


def _in_order(asked: Sequence[str], words: Sequence[str]) -> bool:
    """Whether all the words stand among the others, in this order."""
    rest = iter(words)
    return all(any(agrees(word, other) or agrees(other, word) for other in rest) for word in asked)
