"""A plain question → what it asks for: rules from `store/lexicon/question_grammar.toml` over its folded words.

    read_question("Ai chủ trì hội nghị chiều 21/2?").slots    {"role": "chair", "event": "hội nghị chiều 21/2"}, kind role
    read_question("tong bi thu la ai")                        kind who_is, name `tong bi thu`
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from bot.fillers import alternatives, grammar
from store.text import fold, nfc, plain

__all__ = ["Question", "Rule", "read_question", "rules"]

_TOKEN = re.compile(r'[^\s?!,;“”"()]+|,')
_LONGEST = 60                       # words that are read; rules are regular expressions with two open groups at most


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the grammar, its tables written into the pattern."""

    kind: str
    pattern: re.Pattern[str]
    example: str
    fixed: Mapping[str, str]        # slots the row gives itself: the role


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the slots in the words as typed; `kind` is `open` where no rule fits."""

    text: str
    kind: str = "open"
    slots: Mapping[str, str] = field(default_factory=dict)

    def slot(self, name: str) -> str:
        """A slot, empty where the question has none."""
        return self.slots.get(name, "")


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rows in their order."""
    text = (files("store") / "lexicon" / "question_grammar.toml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)["rule"]
    tables = {name: "(?:" + "|".join(" ".join(entry) for entry in alternatives(name)) + ")" for name in grammar()}
    return tuple(_rule(row, tables) for row in rows)


def _rule(row: Mapping[str, str], tables: Mapping[str, str]) -> Rule:
    pattern = row["pattern"]
    for name, table in tables.items():
        pattern = pattern.replace("{" + name + "}", table)
    fixed = {name: value for name, value in row.items() if name not in ("kind", "pattern", "example", "not")}
    return Rule(row["kind"], re.compile(pattern), row["example"], fixed)


@dataclass(frozen=True, slots=True)
class _Words:
    """A question's words as typed, and folded in one string with where each begins."""

    typed: tuple[str, ...]
    folded: str
    starts: tuple[int, ...]

    def cut(self, start: int, end: int) -> str:
        """The words as typed that lie in this part of the folded string."""
        chosen = [word for word, at in zip(self.typed, self.starts, strict=True) if start <= at < end]
        return " ".join(chosen).replace(" ,", ",").strip(" ,.")


def _read(words: list[str]) -> _Words:
    folded, starts, at = [], [], 0
    for word in words:
        folded.append(str(fold(word)))
        starts.append(at)
        at += len(folded[-1]) + 1
    return _Words(tuple(words), " ".join(folded).replace(" ,", ","), _without_gaps(folded, starts))


def _without_gaps(folded: list[str], starts: list[int]) -> tuple[int, ...]:
    """A comma stands at its word: what follows begins one earlier."""
    shift, out = 0, []
    for word, start in zip(folded, starts, strict=True):
        shift += word == ","
        out.append(start - shift)
    return tuple(out)


def read_question(text: str) -> Question:
    """What a message asks for."""
    tokens = [token.rstrip(".…") or token for token in _TOKEN.findall(plain(nfc(text)))][:_LONGEST]
    tokens = _bare(tokens)
    for order in (tokens, _date_last(tokens)):
        question = _by_rules(text, order) if order else Question(text)
        if question.kind != "open":
            return question
    return Question(text)


def _by_rules(text: str, tokens: list[str]) -> Question:
    words = _read(tokens)
    for rule in rules():
        match = rule.pattern.fullmatch(words.folded)
        if match is None:
            continue
        slots = {name: words.cut(*match.span(name)) for name, value in match.groupdict().items() if value}
        if _sane(rule, slots, words):
            return Question(text, rule.kind, {**rule.fixed, **slots})
    return Question(text)


def _sane(rule: Rule, slots: Mapping[str, str], words: _Words) -> bool:
    """`máy` and `mây` are no `mấy`; a question about nothing is none."""
    if rule.kind == "number":
        return any(word.lower() in ("mấy", "may", "nhiêu", "nhieu", "lượng", "luong", "many") for word in words.typed)
    return all(fold(value) not in ("", "la", "gi", "ai", "cua") for name, value in slots.items() if name != "more")


def _date_last(tokens: list[str]) -> list[str]:
    """A date that opens a question goes to its end: `Năm 2019 ai là …` asks as `ai là … Năm 2019`."""
    size, of_dates = 0, alternatives("date_words")
    while size < len(tokens) and ((str(fold(tokens[size])),) in of_dates or tokens[size][:1].isdigit()):
        size += 1
    rest = tokens[size:]
    if not size or not rest or not any(token[:1].isdigit() for token in tokens[:size]):
        return tokens
    return (rest[1:] if rest[0] == "," else rest) + tokens[:size]


def _bare(tokens: list[str]) -> list[str]:
    """The question without what is said before and after it."""
    changed = True
    while changed and len(tokens) > 1:
        changed = False
        folded = [str(fold(token)) for token in tokens]
        for entry in alternatives("before"):
            if tuple(folded[:len(entry)]) == entry and len(tokens) > len(entry):
                tokens, changed = tokens[len(entry):], True
                break
        for entry in () if changed else alternatives("after"):
            if tuple(folded[-len(entry):]) == entry and len(tokens) > len(entry) + 1:
                tokens, changed = tokens[:-len(entry)], True
                break
    while tokens and tokens[-1] == ",":
        tokens = tokens[:-1]
    return tokens
