"""Heads, fields of work and stop words of the names of bodies, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from store.annotate.places_gazetteer import CAPITAL, alternatives, lexicon

__all__ = ["Words", "words"]

_JOINT = r"(?:,? (?:và|&|-|–) |, ?| ?[-–&] ?| )"


@dataclass(frozen=True, slots=True)
class Words:
    """What the grammar of bodies knows."""

    kinds: dict[str, tuple[str, ...]]       # head in small letters → the rules it may start
    head: re.Pattern[str]
    bare: frozenset[str]                    # heads that are a body alone
    short: frozenset[str]                   # heads that stand for a fuller form
    military: frozenset[str]
    fixed: frozenset[str]
    with_country: frozenset[str]
    field: re.Pattern[str]
    acronym: re.Pattern[str]
    stop: re.Pattern[str]
    topic_stop: re.Pattern[str]
    theme: re.Pattern[str]
    generic: re.Pattern[str]
    between: re.Pattern[str]
    press: re.Pattern[str]
    press_before: re.Pattern[str]
    press_after: re.Pattern[str]
    press_not_after: re.Pattern[str]


def _kinds(heads: dict[str, Any], fixed: list[str]) -> dict[str, tuple[str, ...]]:
    kinds: dict[str, list[str]] = {}
    for kind, names in (
        ("fixed", fixed), ("area", heads["area"]["yes"] + heads["area"]["short"]), ("inner", heads["inner"]["short"]),
        ("topic", heads["topic"]["heads"]), ("numbered", heads["numbered"]["heads"] + heads["numbered"]["military"]),
        ("sector", heads["sector"]["heads"]), ("named", heads["named"]["heads"]),
    ):
        for name in names:
            of_name = kinds.setdefault(name.lower(), [])
            if kind not in of_name:
                of_name.append(kind)
    return {name: tuple(found) for name, found in kinds.items()}


def _field(parts: list[str]) -> str:
    """`giáo dục` + `đào tạo`, the later parts optional, each with either case of its first letter and words."""
    pattern = ""
    for part in reversed(parts):
        words = " ".join(f"[{w[0].lower()}{w[0].upper()}]{re.escape(w[1:])}" for w in part.replace(",", " ,").split())
        words = words.replace(r" [,,]", ",?")
        pattern = f"{words}(?!\\w){f'(?:{_JOINT}{pattern})?' if pattern else ''}"
    return pattern


@cache
def words() -> Words:
    """The compiled lexicon."""
    heads, lists = lexicon("org_heads.toml"), lexicon("organizations.toml")
    fixed: list[str] = lists["fixed"]
    central = [f"{body} {name}" for body in heads["inner"]["short"] for name in lists["central"]]
    kinds = _kinds(heads, fixed)
    spelled = [*fixed, *(h for kind, table in heads.items() for key, value in table.items() if key in ("yes", "short", "heads")
                         for h in value), *heads["numbered"]["military"]]
    lower = lambda names: frozenset(name.lower() for name in names)  # noqa: E731
    stops = set(lists["stops"])
    return Words(
        kinds=kinds,
        head=re.compile(rf"(?<![\w/-])(?:{alternatives(spelled)})(?!\w)"),
        bare=lower([*heads["area"]["yes"], *heads["inner"]["yes"]]),
        short=lower([*heads["area"]["short"], *heads["inner"]["short"], *heads["topic"]["heads"], *heads["named"]["short"],
                     "Bộ", "Sở", "Cục", *central]),
        military=lower(heads["numbered"]["military"]),
        fixed=frozenset(fixed),
        with_country=frozenset(lists["with_country"]),
        field=re.compile("|".join(sorted((_field(parts) for parts in lists["fields"]), key=len, reverse=True))),
        acronym=re.compile(rf"(?!(?:TP|TPHCM|HCM|UBND|HĐND|MTTQ)\b)[{CAPITAL}]{{2,7}}(?: ?[-&–,] ?[{CAPITAL}]{{1,5}}){{0,3}}(?!\w)"
                           rf"|[{CAPITAL}]{{1,3}}(?: ?[-&–] ?[{CAPITAL}]{{1,5}}){{1,3}}(?!\w)"),
        stop=re.compile(rf"(?:{alternatives(stops, either_case=False)})(?!\w)"),
        topic_stop=re.compile(rf"(?:{alternatives(stops - set(lists['topic_allows']), either_case=False)})(?!\w)"),
        theme=re.compile(rf" (?:(?:{alternatives(heads['topic']['themes'], either_case=False)})(?!\w))"),
        generic=re.compile(rf" (?:{alternatives(heads['topic']['generic'])})(?!\w)"),
        between=re.compile(rf"(?: (?:{alternatives(heads['named']['between'])})(?!\w)(?: và|,)?)+"),
        press=re.compile(rf"(?<![\w.])(?:{alternatives(lists['press'], either_case=False)})(?!\w)"),
        press_before=re.compile(rf"(?:^|\W)(?:{alternatives(lists['press_before'], either_case=False)}) [“\"']?$"),
        press_after=re.compile(rf"[”\"']? (?:{alternatives(lists['press_after'], either_case=False)})(?!\w)"),
        press_not_after=re.compile(rf"(?:^|\W)(?:{alternatives(lists['press_not_after'], either_case=False)}):?(?: báo| trang)? ?$"),
    )
