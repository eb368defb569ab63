"""The one meaning of "same text": NFC, tone placement, fold.

Three forms of a text, from the printed to the searched:

`nfc`    what an article keeps: NFC, its own letters, spaces and tone marks.
`plain`  what the annotators read: the same length as its NFC input, so offsets carry over; NBSP and tabs are spaces,
         Icelandic Ð (U+00D0) is Vietnamese Đ, the tone mark stands on the first vowel (`uỷ` → `ủy`, `hoà` → `hòa`).
`fold`   what is compared without diacritics: `plain`, lower case, no marks, `đ` as `d`, single spaces.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NewType

__all__ = ["Folded", "fold", "has_diacritics", "nfc", "plain", "storable", "syllables"]

Folded = NewType("Folded", str)

# One character to one character: offsets must survive.
_SAME_LENGTH = str.maketrans({
    "\u00d0": "Đ", "\u0110": "Đ", "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\t": " ", "\u2009": " ",
    "\u200b": " ", "\ufeff": " ", "\u00ad": " ", "\u2060": " ", "\u3000": " ", "\r": " ", "\x0b": " ", "\x0c": " ",
} | {chr(code): " " for code in (*range(0x00, 0x09), *range(0x0E, 0x20), 0x7F)})

# What `_SAME_LENGTH` changes; most texts hold none of it, and looking is cheaper than translating.
_ODD = re.compile("[" + "".join(re.escape(chr(code)) for code, other in _SAME_LENGTH.items() if chr(code) != other) + "]")

_TONES = "\u0300\u0301\u0303\u0309\u0323"   # grave, acute, tilde, hook above, dot below


def _tone_pairs() -> dict[str, str]:
    """`uỷ` → `ủy`, `oà` → `òa`, `oé` → `óe` for every tone and letter case."""
    pairs = {}
    for first, second in ("uy", "oa", "oe"):
        for a in (first, first.upper()):
            for b in (second, second.upper()):
                for tone in _TONES:
                    old = a + unicodedata.normalize("NFC", b + tone)
                    pairs[old] = unicodedata.normalize("NFC", a + tone) + b
    return pairs


_TONE_PAIRS = _tone_pairs()
# Only an open syllable moves its tone (`hoà`, not `hoàn`), and `qu` is a consonant (`quý`, `quỷ` stay).
_SECOND = "".join(sorted({pair[1] for pair in _TONE_PAIRS}))
_OLD_TONE = re.compile(rf"[uUoO](?<![qQ].)[{_SECOND}](?!\w)")
_OLD_LETTERS = re.compile(f"[{_SECOND}]")


def _fold_table() -> dict[int, str]:
    table = {ord("đ"): "d", ord("Đ"): "d", 0xD0: "d"}
    for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        if letter in "đĐ\u00d0" or not letter.isalpha():
            continue
        bare = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
        table[code] = bare.lower()
    table.update(dict.fromkeys(range(768, 880), ""))
    return {code: letter for code, letter in _SAME_LENGTH.items() if code not in table} | table


_FOLD = _fold_table()
# Letters of other alphabets and rare marks; the quotes and dashes of a newspaper need no second look.
_UNFOLDED = re.compile(r"[^\x00-\x7f–—“”‘’…«»•°©®×·→★²³½€]")
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")


def nfc(text: str) -> str:
    """The text in NFC; nothing else is changed."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def storable(text: str) -> str:
    """Without NUL and lone surrogates, which JSON, a command line and broken files can hold and SQLite and UTF-8 refuse; of the
    same length."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def plain(text: str) -> str:
    """The working form of an NFC text, of the same length: offsets in one are offsets in the other."""
    if _ODD.search(text):
        text = text.translate(_SAME_LENGTH)
    if _OLD_LETTERS.search(text):
        text = _OLD_TONE.sub(lambda match: _TONE_PAIRS.get(match.group(), match.group()), text)
    return text


def fold(text: str) -> Folded:
    """Lower case, no diacritics, `đ` as `d`, white space as single spaces; idempotent."""
    return _folded(text) if len(text) > _A_NAME else _folded_name(text)


def _folded(text: str) -> Folded:
    folded = text.lower() if text.isascii() and text.isprintable() else text.translate(_FOLD)
    if not folded.isascii() and _UNFOLDED.search(folded):
        folded = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c)).lower()
        folded = unicodedata.normalize("NFC", folded)
    return Folded(" ".join(folded.split()))


_A_NAME = 60                        # characters; names come again and again
_folded_name = lru_cache(maxsize=32768)(_folded)


def has_diacritics(text: str) -> bool:
    """Whether the text was typed with Vietnamese letters (`đ`, marks), so that exact forms should rank first."""
    return fold(text) != _SPACES.sub(" ", text.lower()).strip()


def syllables(text: str) -> list[str]:
    """The folded syllables and numbers of a text, punctuation dropped: `TP. Hà Nội` → `['tp', 'ha', 'noi']`."""
    return _WORD.findall(fold(text))
