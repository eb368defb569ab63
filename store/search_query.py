"""A typed query → what is searched: words, phrases in quotes, codes of documents; any string is safe.

    parse_query('"trái tim của cả nước" 20 - CTr/TU ai nói')
    → phrases trai tim cua ca nuoc (as typed), 20 ctr tu; words without those that only ask
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise

from store.search_words import accented_words, bare
from store.text import nfc, plain

__all__ = ["LONGEST", "Phrase", "SearchQuery", "parse_query"]

LONGEST = 32
"""Words of a query that are looked at."""

_LEXICON = tomllib.loads((files("store") / "lexicon" / "question_words.toml").read_text(encoding="utf-8"))
_ASKING = frozenset(_LEXICON["single"])
_ASKING_BARE = frozenset(bare(word) for word in _ASKING)
_ASKING_NUMBER = tuple(" ".join(map(bare, words.split())) for words in _LEXICON["number"])
_QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”|«([^»]+)»')
# `01-CTr/TU`, `20 - CTr/TU`, `102 - QĐ / TW`, `03/NQ-CP`: a number, then letters tied to it by marks
_CODE = re.compile(r"\b\d{1,5}(?:\s?[-–/]\s?\d{4})?(?:\s?[-–/]\s?[A-ZĐƯa-zđư]{1,8}){1,4}\b")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand side by side; `exact`: typed with diacritics, which must be the same."""

    words: tuple[str, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is searched: the words as typed, those that weigh, those side by side, and what must be there."""

    typed: tuple[str, ...]          # all words, with the diacritics typed
    words: tuple[str, ...]          # folded, words that only ask left out
    accented: tuple[str, ...]       # the same as typed; empty where the query has no diacritics
    pairs: tuple[str, ...]          # neighbouring words, folded, as the index has them: `thanh_uy`
    accented_pairs: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    asks_number: bool = False       # `bao nhiêu`, `mấy`, `khi nào`: a sentence with a number answers rather


def parse_query(text: str) -> SearchQuery:
    """What a query asks for; empty of words and phrases where there is none in it."""
    text = plain(nfc(text)).replace("\n", " ")
    quoted = [next(part for part in match if part) for match in _QUOTED.findall(text)]
    codes = [match.group() for match in _CODE.finditer(text) if any(c.isupper() for c in match.group())]
    typed = accented_words(text)[:LONGEST]
    folded = [bare(word) for word in typed]
    has_accents = typed != folded
    content = [i for i in range(len(typed)) if not _asks(typed[i], has_accents)] or list(range(len(typed)))
    return SearchQuery(
        typed=tuple(typed),
        words=tuple(dict.fromkeys(folded[i] for i in content)),
        accented=tuple(dict.fromkeys(typed[i] for i in content)) if has_accents else (),
        pairs=tuple(dict.fromkeys(map("_".join, pairwise(folded)))),
        accented_pairs=tuple(dict.fromkeys(map("_".join, pairwise(typed)))) if has_accents else (),
        phrases=tuple(_phrases(quoted, codes)),
        asks_number=any(f" {words} " in f" {' '.join(folded)} " for words in _ASKING_NUMBER),
    )


def _asks(word: str, has_accents: bool) -> bool:
    # `là` asks; typed with diacritics, `la` (of `La Gi`) does not
    return word in _ASKING if has_accents else word in _ASKING_BARE


def _phrases(quoted: list[str], codes: list[str]) -> list[Phrase]:
    found = []
    for part in quoted:
        words = tuple(accented_words(part)[:LONGEST])
        if words:
            exact = any(word != bare(word) for word in words)
            found.append(Phrase(words if exact else tuple(map(bare, words)), exact))
    inside = {word for phrase in found for word in phrase.words}
    for code in codes:
        words = tuple(bare(word) for word in accented_words(code))
        if not set(words) <= inside:
            found.append(Phrase(words, exact=False))
    return found
