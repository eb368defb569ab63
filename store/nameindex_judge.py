"""What a candidate name is worth: score, wrong letters, and the manner in which a query fits it."""

from __future__ import annotations

from typing import Literal

from rapidfuzz.distance import OSA

__all__ = ["How", "compare"]

How = Literal["exact", "unaccented", "swapped", "fuzzy", "partial"]


def compare(
    typed: list[str], folded: list[str], syllables: list[str], bare: list[str], edits: int
) -> tuple[float, int, How]:
    """Score, wrong letters and manner in which a query fits a name, both as syllables with and without diacritics."""
    wrong_tones = sum(a != b for a, b in zip(typed, folded, strict=True)) and _unmatched(typed, syllables, folded)
    letters = max(4, sum(map(len, bare)))
    if "".join(folded) == "".join(bare):
        if typed == syllables:
            return 1.0, 0, "exact"
        if "".join(typed) == "".join(syllables):
            return 0.99, 0, "unaccented"
        return 0.995 - 0.01 * wrong_tones - 0.01 * (len(folded) != len(bare)), 0, "unaccented"
    if len(folded) < len(bare) and edits < 3:
        return _part(folded, bare, wrong_tones, letters)
    if sorted(folded) == sorted(bare):
        return 0.96 - 0.01 * wrong_tones, 0, "swapped"
    straight = OSA.distance(" ".join(folded), " ".join(bare))
    if len(folded) > len(bare) and straight > 2:
        extra = len(folded) - len(bare)
        part, edits, _ = _part(bare, folded, 0, letters)
        return part - 0.15 * extra - 0.005 * wrong_tones, edits, "partial"
    turned = _aligned(folded, bare)
    off = min(straight, turned)
    swapped = 0.03 if turned < straight else 0.0
    return 0.99 - swapped - off * max(0.045, 0.6 / letters) - 0.004 * wrong_tones, off, "fuzzy"


def _part(part: list[str], whole: list[str], wrong_tones: int, letters: int) -> tuple[float, int, How]:
    """How a part fits a longer name: its end counts most, then family and given name, then its beginning."""
    edits = _aligned(part, whole)
    size = len(part)
    if _close(part, whole[-size:], edits):
        score = 0.88 if size > 1 else 0.86
    elif size > 1 and _close([part[0], part[-1]], [whole[0], whole[-1]], edits):
        score = 0.87
    elif _close(part, whole[:size], edits):
        score = 0.84 if size > 1 else 0.78
    else:
        score = 0.76 if size > 1 else 0.66
    covered = sum(map(len, part)) / letters
    score -= 0.06 * (1 - min(1.0, covered)) * (size > 1)
    return score - 0.12 * edits * 4 / max(4, sum(map(len, part))) - 0.02 * wrong_tones, edits, "partial"


def _close(part: list[str], piece: list[str], edits: int) -> bool:
    return sum(OSA.distance(a, b, score_cutoff=3) for a, b in zip(part, piece, strict=True)) <= edits


def _aligned(part: list[str], whole: list[str]) -> int:
    """Wrong letters when every syllable typed goes to the nearest one still free, exact ones first."""
    free = list(whole)
    left = []
    for word in part:
        if word in free:
            free.remove(word)
        else:
            left.append(word)
    total = 0
    for word in left:
        if not free:
            total += len(word)
            continue
        nearest = min(free, key=lambda other: OSA.distance(word, other))
        total += OSA.distance(word, nearest)
        free.remove(nearest)
    return total


def _unmatched(typed: list[str], syllables: list[str], folded: list[str]) -> int:
    """How many syllables typed with diacritics the name does not have in this spelling."""
    free = list(syllables)
    missed = 0
    for word, bare in zip(typed, folded, strict=True):
        if word in free:
            free.remove(word)
        elif word != bare:
            missed += 1
    return missed
