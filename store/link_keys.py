"""What makes two names the same: abbreviations written out, tone marks placed one way, letter case put aside."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from store.text import nfc, plain
from store.types import EntityKind

__all__ = ["key_of", "written_out"]

_TABLE = tomllib.loads((files("store") / "lexicon" / "abbreviations_names.toml").read_text(encoding="utf-8"))
_WRITTEN_OUT: dict[str, str] = _TABLE["written_out"]
_CITIES: list[str] = _TABLE["city_left_out"]
_DOTTED = re.compile(r"\bt\.\s*ư\b\.?|\btp\.\s*(?=\w)")
_WORD = re.compile(r"[\w/-]+")


@lru_cache(maxsize=65536)
def written_out(name: str) -> str:
    """Small letters, abbreviations in full: `UBND TP. Hà Nội` → `ủy ban nhân dân thành phố hà nội`."""
    text = plain(nfc(name)).lower().replace(" - ", "-").replace("–", "-")
    text = _DOTTED.sub(lambda match: "trung ương" if match.group().startswith("t.") else "thành phố ", text)
    return " ".join(_WRITTEN_OUT.get(word, word) for word in _WORD.findall(text))


@lru_cache(maxsize=65536)
def key_of(kind: EntityKind, name: str) -> str:
    """The key under which a name is linked across articles."""
    key = written_out(name)
    if kind == "organization":
        for city in _CITIES:
            key = key.replace(f"thành phố {city}", city)
    return key
