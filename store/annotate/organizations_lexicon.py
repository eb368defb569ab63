"""Heads, fields of work and stop words of the names of bodies, compiled once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from store.annotate.places_gazetteer import CAPITAL, lexicon
from store.annotate.wordtree import alternatives

__all__ = ["Words", "words"]

_JOINT = r"(?:,? (?:và|&|-|–) |, ?| ?[-–&] ?| )"


@dataclass(frozen=True, slots=True)
class Words:
    """What the grammar of bodies knows."""

    kinds: dict[str, tuple[str, ...]]  # head in small letters → the rules it may start
    head: re.Pattern[str]
    general: re.Pattern[str]  # heads but those of whole names
    bare: frozenset[str]  # heads that are a body alone
    short: frozenset[str]  # heads that stand for a fuller form
    military: frozenset[str]
    fixed: frozenset[str]
    with_country: frozenset[str]
    brands: frozenset[str]  # firms whose branch is named by its area
    fields: dict[str, tuple[re.Pattern[str], ...]]
    acronym: re.Pattern[str]
    stop: re.Pattern[str]
    strong_stops: frozenset[str]
    topic_stop: re.Pattern[str]
    theme: re.Pattern[str]
    generic: re.Pattern[str]
    generic_name: re.Pattern[str]  # a whole name that is nobody's: `trường ĐH`
    between: re.Pattern[str]
    after_comma: re.Pattern[str]
    compound_start: Callable[[str, int], bool]
    compounds: frozenset[str]  # first two syllables of words that names are made of
    not_short_before: re.Pattern[str]  # what follows a head that is only part of a word: `Bộ trưởng`
    not_before: frozenset[str]
    compound: re.Pattern[str]
    task_capital: re.Pattern[str]  # the same with a capital: `Tiểu ban Văn kiện`
    task: re.Pattern[str]  # words of several syllables that a task is made of: `xử lý sự cố`
    not_after: dict[str, frozenset[str]]
    title_before: frozenset[str]
    not_a_name: frozenset[str]
    school_words: frozenset[str]
    press: re.Pattern[str]
    press_small: re.Pattern[str]  # the same names in small letters: `báo Tuổi trẻ`
    press_before: re.Pattern[str]
    press_after: re.Pattern[str]
    press_not_after: re.Pattern[str]


def _starts(compounds: frozenset[str]) -> Callable[[str, int], bool]:
    pattern = re.compile(r"\w+ \w+")

    def begins(text: str, at: int) -> bool:
        match = pattern.match(text, at)
        return match is not None and match.group().lower() in compounds

    return begins


def _lower(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)


def _kinds(heads: dict[str, Any], fixed: list[str]) -> dict[str, tuple[str, ...]]:
    kinds: dict[str, list[str]] = {}
    for kind, names in (
        ("fixed", fixed),
        ("area", heads["area"]["yes"] + heads["area"]["short"]),
        ("inner", heads["inner"]["short"]),
        ("topic", heads["topic"]["heads"]),
        ("center", heads["center"]["heads"]),
        ("agency", heads["agency"]["heads"]),
        ("numbered", heads["numbered"]["heads"] + heads["numbered"]["military"]),
        ("sector", heads["sector"]["heads"]),
        ("named", heads["named"]["heads"]),
    ):
        for name in names:
            of_name = kinds.setdefault(name.lower(), [])
            if kind not in of_name:
                of_name.append(kind)
    return {name: tuple(found) for name, found in kinds.items()}


def _either(word: str) -> str:
    return f"[{word[0].lower()}{word[0].upper()}]{re.escape(word[1:])}"


def _field(parts: list[str]) -> str:
    """`giáo dục` + `đào tạo`: the later parts optional, the words with either first letter, a comma between them or not."""
    pattern = ""
    for part in reversed(parts):
        spelled = ",? ".join(_either(word.strip(",")) for word in part.split())
        pattern = spelled + r"(?!\w)" + (f"(?:{_JOINT}{pattern})?" if pattern else "")
    return pattern


def _fields(rows: list[list[str]]) -> dict[str, tuple[re.Pattern[str], ...]]:
    """The patterns of all fields by their first word."""
    table: dict[str, list[re.Pattern[str]]] = {}
    for parts in rows:
        table.setdefault(parts[0].split()[0].strip(",").lower(), []).append(re.compile(_field(parts)))
    return {first: tuple(patterns) for first, patterns in table.items()}


@cache
def words() -> Words:
    """The compiled lexicon."""
    heads, lists = lexicon("org_heads.toml"), lexicon("organizations.toml")
    fixed: list[str] = lists["fixed"]
    central = [f"{body} {name}" for body in heads["inner"]["short"] for name in lists["central"]]
    kinds = _kinds(heads, fixed)
    spelled = [
        *fixed,
        *(h for kind, table in heads.items() for key, value in table.items() if key in ("yes", "short", "heads") for h in value),
        *heads["numbered"]["military"],
    ]
    stops = set(lists["stops"])
    compounds = frozenset(
        {*lists["compounds"], *(" ".join(part.replace(",", "").split()[:2]) for parts in lists["fields"] for part in parts)}
    )
    return Words(
        kinds=kinds,
        head=re.compile(rf"(?<![\w/-])(?:{alternatives(spelled, each_word=True)})(?!\w)"),
        general=re.compile(rf"(?<![\w/-])(?:{alternatives(spelled[len(fixed) :], each_word=True)})(?!\w)"),
        bare=_lower([*heads["area"]["yes"], *heads["inner"]["yes"]]),
        short=_lower(
            [
                *heads["area"]["short"],
                *heads["inner"]["short"],
                *heads["topic"]["heads"],
                *heads["named"]["short"],
                *heads["center"]["heads"],
                "Bộ",
                "Sở",
                "Cục",
                *central,
            ]
        ),
        military=_lower(heads["numbered"]["military"]),
        fixed=_lower(fixed),
        with_country=_lower(lists["with_country"]),
        brands=frozenset(lists["brands"]),
        fields=_fields(lists["fields"]),
        acronym=re.compile(
            rf"(?!(?:TP|TPHCM|HCM|UBND|HĐND|MTTQ)\b)[{CAPITAL}]{{2,7}}(?: ?[-&–,] ?[{CAPITAL}]{{1,5}}){{0,3}}(?!\w)"
            rf"|[{CAPITAL}]{{1,3}}(?: ?[-&–] ?[{CAPITAL}]{{1,5}}){{1,3}}(?!\w)"
        ),
        stop=re.compile(rf"(?:{alternatives(stops, either_case=False)})(?!\w)"),
        strong_stops=frozenset(lists["strong_stops"]),
        topic_stop=re.compile(rf"(?:{alternatives(stops - set(lists['topic_allows']), either_case=False)})(?!\w)"),
        theme=re.compile(rf" (?:(?:{alternatives(heads['topic']['themes'], either_case=False)})(?!\w))"),
        generic=re.compile(rf" (?:{alternatives(heads['topic']['generic'])})(?!\w)"),
        generic_name=re.compile(
            rf"(?:{alternatives(lists['generic_heads'])}) (?:{alternatives(lists['generic_names'], either_case=False)})"
        ),
        between=re.compile(rf"(?: (?:{alternatives(heads['named']['between'], either_case=False)})(?!\w)(?: và)?)+"),
        after_comma=re.compile(rf"(?:{alternatives(lists['topic_after_comma'], either_case=False)})(?!\w)"),
        compound_start=_starts(compounds),
        compounds=compounds,
        compound=re.compile(rf"(?:{alternatives(lists['compounds'], either_case=False)})(?!\w)"),
        task_capital=re.compile(
            rf"(?:{alternatives({w.capitalize() for w in [*lists['task_words'], *lists['compounds']]}, either_case=False)})(?!\w)"
        ),
        task=re.compile(rf"(?:{alternatives([*lists['task_words'], *lists['compounds']], either_case=False)})(?!\w)"),
        not_short_before=re.compile(rf" (?:{alternatives(heads['named']['not_short_before'], either_case=False)})(?!\w)"),
        not_before=frozenset(heads["named"]["not_before"]),
        not_after={head: frozenset(before) for head, before in heads["named"]["not_after"].items()},
        title_before=frozenset(heads["named"]["title_before_standing"]),
        not_a_name=frozenset(heads["named"]["not_a_name"]),
        school_words=frozenset(heads["named"]["school_words"]),
        press=re.compile(rf"(?<![\w.])(?:{alternatives(lists['press'], either_case=False)})(?!\w)"),
        press_small=re.compile(rf"(?:{alternatives({name.lower() for name in lists['press']}, either_case=False)})(?!\w)"),
        press_before=re.compile(rf"(?:^|\W)(?:{alternatives(lists['press_before'], either_case=False)}) [“\"']?$"),
        press_after=re.compile(rf"[”\"']? (?:{alternatives(lists['press_after'], either_case=False)})(?!\w)"),
        press_not_after=re.compile(rf"(?:^|\W)(?:{alternatives(lists['press_not_after'], either_case=False)}):?"
            r"(?: báo| trang| tờ| tờ báo| nhật báo| tạp chí| hãng tin| kênh)? ?$"),
    )
