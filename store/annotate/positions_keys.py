"""What makes two forms of a post the same: abbreviations written out, units named once, joining words left out.

`Phó ban Tổ chức`, `Phó trưởng Ban Tổ chức` and `Phó trưởng ban thường trực Ban Tổ chức Thành ủy` begin with one key, `Giám đốc
Sở TN & MT` and `Giám đốc Sở Tài nguyên và Môi trường` are one, `Ủy viên T.Ư Đảng` is the `Ủy viên Ban Chấp hành Trung ương`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from store.annotate.persons_lexicon import listed, syllable_set, table
from store.annotate.positions_titles import Title
from store.text import fold

__all__ = ["head_key", "key", "tail_key"]

_POSTS = table("post_keys.toml")


def _bare(abbreviation: str) -> str:
    return re.sub(r"\W", "", fold(abbreviation))


# `GD & ĐT`, `GDĐT`, `GD-ĐT`: one abbreviation
_WRITTEN_OUT = {_bare(short): fold(full) for short, full in table("abbreviations.toml")["written_out"].items()}
_WRITTEN_OUT |= {_bare(short): fold(full) for short, full in _POSTS["written_out"].items()}
_ANY_CASE = syllable_set(_POSTS["any_case"])
_JOINTS = re.compile(r"(?<=[A-ZĐƯ])(?: ?[&–-] ?|, ?)(?=[A-ZĐƯ]{2})")
_WORD = re.compile(r"\w+")
_LEFT_OUT = syllable_set(_POSTS["left_out"])
_HEADS: dict[str, str] = {fold(short): fold(full) for short, full in _POSTS["heads"].items()}
_UNITS: dict[str, str] = {
    fold(head): fold(unit) for unit, heads in _POSTS["units"].items() for head in listed(heads)
}
_COMMITTEE = re.compile(r"(?:ban )?chap hanh (?=trung uong)")
_PARTY = re.compile(r"trung uong(?: dang cong san(?: viet nam)?)?")


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """The folded words of a text, abbreviations written out, `và`, `của` left out."""
    text = _JOINTS.sub("", text.replace("T.Ư", "TW"))
    words = (_full(word) for word in _WORD.findall(text))
    return " ".join(word for word in " ".join(words).split() if word not in _LEFT_OUT)


def _full(word: str) -> str:
    folded = fold(word)
    return _WRITTEN_OUT.get(folded, folded) if word.isupper() or folded in _ANY_CASE else folded


def head_key(title: Title) -> str:
    """The key of a title's head: `Phó ban` as `Phó trưởng ban`; a `dự khuyết` is no full member."""
    head = key(title.head)
    head = _HEADS.get(head, head)
    return f"{head} du khuyet" if "dự khuyết" in f"{title.modifiers} {title.tail[:9]}".lower() else head


def tail_key(title: Title) -> str:
    """The key of the body: the unit that the head names already is left out, the central committee has one name."""
    tail = key(title.tail)
    unit = _UNITS.get(key(title.head).removeprefix("pho ").removeprefix("quyen "), "")
    if unit:
        tail = tail.removeprefix(f"{unit} ")
    tail = _COMMITTEE.sub("", tail.removeprefix("du khuyet "))
    return "trung uong dang" if _PARTY.fullmatch(tail) and "vien" in key(title.head) else tail
