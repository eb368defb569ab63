"""What makes two names the same: abbreviations written out, tone marks placed one way, letter case put aside."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from store.annotate.organizations_names import CITIES, same_key
from store.annotate.places_gazetteer import gazetteer
from store.text import nfc, plain
from store.types import DocumentFact, EntityKind

__all__ = ["document_key", "key_of", "number_parts", "post_key", "written_out"]



_LINK = tomllib.loads((files("store") / "lexicon" / "link.toml").read_text(encoding="utf-8"))
_WRITTEN_OUT: dict[str, str] = tomllib.loads(
    (files("store") / "lexicon" / "abbreviations.toml").read_text(encoding="utf-8"))["written_out"]
_ONLY_IN_CAPITALS = frozenset(_LINK["only_in_capitals"])
_DOCUMENT_KINDS: dict[str, str] = _LINK["document_kinds"]
_UNITS: list[str] = _LINK["units"]
_DOTTED = re.compile(r"\b[Tt]\.\s*[Ưư]\b\.?|\b(?:TP|Tp|tp)\.\s*(?=\w)|\b[QPHXqphx]\.\s*(?=\w)")
_WORD = re.compile(r"[\w&/-]+")
_UNIT = re.compile(rf"({'|'.join(sorted(_UNITS, key=len, reverse=True))}) (?=\D)(.+)")
# `01-CTr/TU`, `102/2017/NĐ-CP`, `20 - CTr / TU`, `19`: number, year, letters of the kind, issuer's letters.
_NUMBER = re.compile(
    r"(?P<number>\d+)(?:/(?P<year>(?:19|20)\d\d))?(?:[-/](?P<kind>[^\W\d_]+\d*))?(?:[-/](?P<issuer>[^\s]+))?")


@lru_cache(maxsize=65536)
def written_out(name: str) -> str:
    """Small letters, abbreviations in full: `UBND TP. Hà Nội` → `ủy ban nhân dân thành phố hà nội`, `đầu tư` as it is."""
    text = plain(nfc(name)).replace(" - ", "-").replace("–", "-")
    text = _DOTTED.sub(lambda match: "TW " if match.group()[0] in "Tt" and match.group()[-1] not in "Pp. "
                       and "ư" in match.group().lower() else match.group().replace(".", " "), text)
    return " ".join(_full(word) for word in _WORD.findall(text))


def _full(word: str) -> str:
    small = word.lower()
    if small in _ONLY_IN_CAPITALS and not word.isupper():
        return small
    return _WRITTEN_OUT.get(small, small)


@lru_cache(maxsize=65536)
def key_of(kind: EntityKind, name: str) -> str:
    """The key under which a name is linked across articles; documents with a number have `document_key`."""
    if kind == "person":
        return " ".join(plain(nfc(name)).lower().replace("-", " ").split())        # `Kim Jong-un`, `Kim Jong Un`
    if kind == "organization":
        return same_key(" ".join(plain(nfc(name)).split())) or name.lower()
    key = written_out(name) or name.lower()
    if kind == "place":
        unit = _UNIT.fullmatch(key)
        return key if not unit or _lower_namesake(unit[1], unit[2]) else unit[2]
    return key


def _lower_namesake(unit: str, name: str) -> bool:
    """Whether a unit bears the name of a higher one: `thành phố Sơn La` is not `Sơn La`, nor `xã Thới Bình` the district."""
    if name in CITIES:
        return False
    level = gazetteer().level.get(name.title())
    return (level == "province" and unit != "tỉnh") or (level == "district" and unit in ("xã", "phường", "thị trấn"))


# One post in several wordings, written out.
_SAME_POST: tuple[tuple[re.Pattern[str], str], ...] = tuple((re.compile(pattern), other) for pattern, other in _LINK["same_post"])


@lru_cache(maxsize=65536)
def post_key(name: str) -> str:
    """The key of a post: `Ủy viên TƯ Đảng` and `ủy viên Ban Chấp hành Trung ương Đảng` have one."""
    key = written_out(name)
    for pattern, other in _SAME_POST:
        key = pattern.sub(other, key)
    return key


def number_parts(number: str) -> dict[str, str]:
    """What a document's number says: its running number, year, letters of kind and issuer, in small letters."""
    match = _NUMBER.match(plain(nfc(number)).lower().replace(" ", "").replace("–", "-"))
    return {name: value for name, value in match.groupdict().items() if value} if match else {}


def document_key(name: str, fact: DocumentFact | None) -> str:
    """`chương trình 1` for `Chương trình số 01-CTr/TU`; with the term where no letters say whose number it is
    (`nghị quyết 4 khóa xii`); the name for documents without a number."""
    parts = number_parts(fact.number) if fact and fact.number else {}
    if fact is None or not parts:
        return key_of("document", name)
    kind = _DOCUMENT_KINDS.get(parts.get("kind", ""), written_out(fact.kind) if fact.kind else "")
    lettered = "kind" in parts or "year" in parts
    term = f" {written_out(fact.term)}" if fact.term and not lettered else ""
    return f"{kind} {int(parts['number'])}{term}".strip()
