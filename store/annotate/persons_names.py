"""What a run of capitals holds: a body's or a place's words, then a person's name.

`Hà Nội Ngô Thị Thu Cúc` is a place and a person, `Hồ Chí Minh Lê Xuân Đức` too. Every cut of the run is scored by the
syllable lexicons (surname, middle, given) and the gazetteer; the best one wins. Scores are sums of small weights, set
by hand so that the rows of `tests/data/persons.txt` come out right; about 3 is a safe name (`Nguyễn Thu Cúc` is 5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from store.annotate.persons_lexicon import listed, syllable_set, table
from store.annotate.places_gazetteer import gazetteer
from store.text import fold

__all__ = ["Piece", "decode", "is_country", "is_syllable", "name_score", "place_weight", "plausible", "usual_case"]

_SURNAMES = table("surnames.toml")
_STRONG, _USUAL, _WEAK = (syllable_set(_SURNAMES[key]) for key in ("strong", "usual", "weak"))
_GIVEN = table("given.toml")
_COMMON, _SEEN = syllable_set(_GIVEN["common"]), syllable_set(_GIVEN["seen"])
_OTHER = table("not_persons.toml")
_NEVER_NAMES = frozenset(listed(_OTHER["never_names"]))
_STEMS, _BRANCHES = syllable_set(_OTHER["stems"]), syllable_set(_OTHER["branches"])
_NAMESAKES = frozenset(listed(_OTHER["namesakes"]))
_NEVER_FIRST = syllable_set(_OTHER["never_first"])
_PLACE_FIRST = syllable_set(_OTHER["foreign_never_first"])
_NEVER, _FOREIGN_NEVER = syllable_set(_OTHER["never"]), syllable_set(_OTHER["foreign_never"])
_FOREIGN = table("foreign_names.toml")
_FOREIGN_GIVEN, _FOREIGN_FIRST = syllable_set(_FOREIGN["given"]), syllable_set(_FOREIGN["first"])

_SHORT_COUNTRIES = frozenset(table("places.toml").get("short_countries", ()))

# The shape of a Vietnamese syllable without tones, marks folded: `nghieng`, `quynh`, `y`, but no `yong`.
_SYLLABLE = re.compile(
    r"(?!y[aou])(?:ngh?|nh|gh|gi|ch|kh|ph|qu|th|tr|[bcdghklmnprstvx])?(?:[aeiouy]{1,3})(?:ch|ng|nh|[cmnpt])?\Z"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words `first` to `last` (exclusive) of a run, and what they are."""

    kind: Literal["person", "place", "other"]
    first: int
    last: int
    score: float
    foreign: bool = False


_PLACE_WEIGHT = {"province": 5.0, "country": 5.0, "region": 4.0, "city": 4.0, "site": 4.0, "district": 3.0, "ward": 0.5}


@cache
def _single_countries() -> frozenset[str]:
    """`Cuba`, `Singapore`: countries of one word that is no name's syllable (`Đức`, `Nga` are)."""
    return frozenset(
        name for name, level in gazetteer().level.items() if level == "country" and " " not in name
    ).union({"Lào"}) - _COMMON - _SEEN


def is_country(word: str) -> bool:
    """Whether a word before a foreign name is the country of its post: `Ngoại trưởng Nga Sergei Petrov`."""
    return word in _SHORT_COUNTRIES or word in _single_countries()


def place_weight(name: str) -> float:
    """How surely a name is a place: 5 a province or country, 3 a district, a half a ward, 0 unknown."""
    if name == "Hồ Chí Minh":       # the city, an academy, a union; the man is `persons_context.president`'s
        return 5.0
    return _PLACE_WEIGHT.get(gazetteer().level.get(name, ""), 0.0)


@cache
def is_syllable(word: str) -> bool:
    """Whether a word has the shape of one Vietnamese syllable: `Nghiêng`, not `Trump`."""
    return _SYLLABLE.match(fold(word)) is not None and not re.search(r"[fjwz]", word.lower())


def usual_case(word: str) -> str:
    """`NGUYỄN` as `Nguyễn`; mixed case and acronyms stay: `McCain`, `K'Ré`, `UBND`."""
    return word.capitalize() if len(word) > 1 and word.isupper() and is_syllable(word) else word


def _surname(word: str) -> float:
    if word in _STRONG:
        return 3.0
    if word in _USUAL:
        return 2.0
    return 0.5 if word in _WEAK else -1.0


def _middle(word: str) -> float:
    """`Văn`, `Thị` mark a name; `A` does in the names of the Mông (`Giàng A Chu`)."""
    if word in ("Thị", "Văn"):
        return 2.0
    if word in _COMMON:
        return 0.7
    if word in _SEEN:
        return 0.4
    return -0.7 if is_syllable(word) else -4.0


def _no_name(word: str) -> bool:
    """`UBND`, `HCM`, `Sở`: acronyms and words of offices."""
    return word in _NEVER or (len(word) > 1 and word.isupper())


def plausible(words: Sequence[str]) -> bool:
    """Whether words could be a name at all: no acronym, no `University`, no year, no whole place."""
    if _old_year(words) or " ".join(words) in _NEVER_NAMES or words[0] in _NEVER_FIRST:
        return False
    if words[0] in _PLACE_FIRST and not all(map(is_syllable, words)):        # `người dân Ea H'leo`
        return False
    if any(w in _FOREIGN_NEVER or _no_name(w) or _initial(w) for w in words):
        return False
    return place_weight(" ".join(words)) < 4


def _old_year(words: Sequence[str]) -> bool:
    """`nhân chứng Mậu Thân`: a year of the old calendar."""
    return len(words) == 2 and words[0] in _STEMS and words[1] in _BRANCHES


def _initial(word: str) -> bool:
    """`Trịnh H`, `Thạch Sà Kh`: letters that stand for names."""
    return len(word) < 3 and not any(letter in "aeiouy" for letter in fold(word))


_LENGTH = {2: -1.0, 3: 0.5, 4: 0.2, 5: -2.0}


def name_score(words: Sequence[str]) -> float:
    """How well words are a Vietnamese name: surname, middle syllables, given name."""
    size = len(words)
    if size not in _LENGTH or any(map(_no_name, words)) or words[0] in _NEVER_FIRST or _initial(words[-1]):
        return -9.0
    if _old_year(words) or (words[-1] == "Thị" and size != 3) or " ".join(words) in _NEVER_NAMES:
        return -9.0
    score = _surname(words[0]) + _LENGTH[size] + sum(map(_middle, words[1:]))
    if size == 5 and words[1] in ("Thị", "Văn"):     # Tôn Nữ Thị Thu Cúc, Lê Thị Ngọc Thu Cúc
        score += 1.5
    return score


def _foreign_score(words: Sequence[str]) -> float:
    """How well words are a name that is not Vietnamese; only runs with such a word are asked."""
    if not 2 <= len(words) <= 6 or not plausible(words):
        return -9.0
    if words[0] in _SHORT_COUNTRIES and (len(words) == 2 or not is_syllable(words[1])):      # `Mỹ Nixon`, `Pháp Edouard Philippe`
        return -9.0
    if words[0] in _PLACE_FIRST or words[0] in _single_countries():      # `Krông Pắk`, `Cuba Fidel Castro`
        return -9.0
    strange = sum(not is_syllable(w) for w in words)
    score = 0.4 * strange - 0.3 * (len(words) > 4)
    if words[0] in _FOREIGN_GIVEN:
        score += 2.0
    elif words[0] in ("Y", "A", "H") or words[0].startswith("H'"):      # `Y Luyện Niê Kđăm`: names of the highlands
        score += 1.2
    elif words[0] in _FOREIGN_FIRST and len(words) <= 3:
        score += 2.1 if "-" in words[1] else 1.5 if len(words) == 3 else 0.8
    return score


def _place_score(words: Sequence[str], unit: float) -> float:
    known = place_weight(" ".join(words)) if len(words) > 1 else 0.0
    if known:
        return known + 0.3 * len(words) + (1.0 if unit else 0.0)
    if unit and 1 <= len(words) <= 3 and words[0] not in _STRONG:
        return 1.5 - 0.1 * len(words)
    return -9.0


def decode(run: Sequence[str], unit: float = 0.0, taken: frozenset[int] = frozenset()) -> list[Piece]:
    """The best cut of a run (words in usual case) into pieces; words `taken` are a post's; `unit` is how much the word
    before speaks against a name (`đường` 3, `huyện` 1.5). Linear in its length."""
    foreign = any(not is_syllable(word) for word in run)
    best: list[tuple[float, Piece | None]] = [(0.0, None)]       # by end: the score so far and the last piece
    for end in range(1, len(run) + 1):
        best.append(max(_endings(run, end, best, unit, taken, foreign), key=lambda option: option[0]))
    pieces: list[Piece] = []
    last = best[-1][1]
    while last is not None:
        pieces.append(last)
        last = best[last.first][1]
    return pieces[::-1]


def _endings(
    run: Sequence[str], end: int, best: list[tuple[float, Piece | None]], unit: float, taken: frozenset[int],
    foreign: bool,
) -> Iterator[tuple[float, Piece]]:
    """The ways to end a cut at `end`, each with the score of the whole."""
    for start in range(max(0, end - 6), end):
        if end - start > 1 and not taken.isdisjoint(range(start, end)):
            continue
        score, before = best[start]
        after_name = before is not None and before.kind == "person"
        for piece in _pieces(run, start, end, 0.0 if start else unit, foreign and start not in taken):
            both = after_name and piece.kind == "person"
            if after_name and piece.kind == "place" and not _street(run, before):      # `Lê Gia | Thái Bình` is a man
                both = True
            cut_short = after_name and _could_go_on(run[start], piece, start in taken)
            late = start > 0 and piece.kind == "person" and not piece.foreign and _begins_before_a_surname(run, start, end)
            yield score + piece.score - 4.0 * both - 1.2 * cut_short - 2.0 * late, piece


def _begins_before_a_surname(run: Sequence[str], start: int, end: int) -> bool:
    """`Lam | Giang Lê Thu Cúc`: the last syllable of a place before a sure surname, rather than a name of its own."""
    sure = _surname(run[start]) < 3.0 <= _surname(run[start + 1]) if end - start > 2 else False
    return sure and not _no_name(run[start - 1])


def _street(run: Sequence[str], piece: Piece | None) -> bool:
    """Whether a name is mostly a school's or a street's, so that its town may follow: `Trần Phú Hà Tĩnh`."""
    return piece is not None and " ".join(run[piece.first:piece.last]) in _NAMESAKES


def _could_go_on(word: str, piece: Piece, taken: bool) -> bool:
    """A syllable left over after a name is most likely its last: `Lê Thị Minh | Khai`."""
    return piece.kind == "other" and not taken and not _no_name(word)


def _pieces(run: Sequence[str], start: int, end: int, unit: float, foreign: bool) -> list[Piece]:
    words = run[start:end]
    if len(words) == 1:      # a surname left over is a name cut short: `Triệu | Đỗ Thu Cúc`
        if words[0] in _single_countries():
            return [Piece("place", start, end, 1.0)]
        surname = _surname(words[0]) >= 2.0
        if unit:
            return [Piece("other", start, end, 0.0 if surname else 1.0)]
        return [Piece("other", start, end, -1.5 if surname and end < len(run) else -0.2)]
    found = []
    if (score := _place_score(words, unit)) > 0:
        found.append(Piece("place", start, end, score))
    if (score := name_score(words) - unit) > 0:
        found.append(Piece("person", start, end, score))
    if foreign and any(not is_syllable(w) for w in words) and (score := _foreign_score(words)) > 0:
        found.append(Piece("person", start, end, score, foreign=True))
    return found


