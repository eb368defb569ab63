"""Which body is part of which: `Ban Thường vụ Thành ủy Hà Nội` of `Thành ủy Hà Nội`, by what their names say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from store.annotate.organizations_lexicon import words
from store.annotate.organizations_names import CENTRAL, same_key
from store.link_evidence import bare_body

__all__ = ["Body", "parents"]


class Body(NamedTuple):
    """An organization under one of its keys; a body that curators made of two has two keys."""

    id: int
    key: str
    parent: int | None
    distinction: str | None


def parents(bodies: Iterable[Body]) -> dict[int, int | None]:
    """The parent of every body: the longest body whose name ends its own, None for none."""
    rows = sorted(bodies)
    by_key: dict[str, list[Body]] = defaultdict(list)
    for row in rows:
        by_key[row.key].append(row)
    wanted: dict[int, int | None] = {}
    for row in rows:
        found = (_same(row, by_key[tail]) for tail in _tails(row.key) if tail in by_key)
        wanted[row.id] = wanted.get(row.id) or next((one for one in found if one and one != row.id), None)
    return wanted


def _same(child: Body, bodies: list[Body]) -> int | None:
    """Of namesakes the one that is told apart as the child is (`Tỉnh ủy` of An Giang); a bare name alone is anybody's."""
    alike = [body.id for body in bodies if body.distinction == child.distinction]
    if child.distinction and len(alike) == 1:
        return alike[0]
    return bodies[0].id if len(bodies) == 1 and not bare_body(bodies[0].key) else None


def _tails(key: str) -> Iterator[str]:
    """The ends of a key that may be a body's name, the longest first: what begins with a head behind the first head (not the
    `ban kiểm tra` of `ủy ban kiểm tra`, not the `lạng sơn` of `tỉnh ủy lạng sơn`), and a brand (`đảng ủy pvn`)."""
    parts = key.split()
    at = _head(parts, 0, _general_heads())
    kinds = words().kinds.get(" ".join(parts[:at]), ())
    inner = "inner" in kinds or key.startswith(_PARTY)
    at += at > 0 and _head(parts, at, _heads()) * (kinds == ("sector",))      # `bộ công an`: its field
    while 0 < at < len(parts):
        last = at == len(parts) - 1
        if (inner and not parts[at].isnumeric()) if last else _head(parts, at, _heads()):
            yield " ".join(parts[at:])
        at += _head(parts, at, _general_heads()) or 1
    if inner and key.endswith(" trung ương") and key not in CENTRAL:
        yield "trung ương"


_PARTY = ("đảng ủy ", "đảng bộ ", "chi bộ ", "chi ủy ", "đoàn thanh niên ")


def _head(parts: list[str], at: int, heads: dict[str, list[list[str]]]) -> int:
    """How many words a head takes there, 0 for none."""
    found = heads.get(parts[at], ()) if at < len(parts) else ()
    return next((len(head) for head in found if parts[at : at + len(head)] == head), 0)


@cache
def _heads() -> dict[str, list[list[str]]]:
    return _by_first_word(words().kinds)


@cache
def _general_heads() -> dict[str, list[list[str]]]:
    """Heads but whole names: `ban tổ chức` and not `ban tổ chức trung ương`."""
    return _by_first_word(head for head, kinds in words().kinds.items() if kinds != ("fixed",))


def _by_first_word(heads: Iterable[str]) -> dict[str, list[list[str]]]:
    """Heads as keys have them, by their first word, the longest first."""
    table: dict[str, list[list[str]]] = defaultdict(list)
    for parts in {tuple(same_key(head).split()) for head in heads}:
        if parts:
            table[parts[0]].append(list(parts))
    return {first: sorted(found, key=len, reverse=True) for first, found in table.items()}
