"""How many messages of questions files are answered rightly, per kind; in process, a few milliseconds each.

    python tests/bench/answers.py --db hoitin.db [--errors] [--floor 0.95] QUESTIONS.json…
    python tests/bench/answers.py --articles FOLDER QUESTIONS.json…        # ingested into a store of its own first

A file is a list of `{"id", "say", "kind", "expect": […], "expect_not": […], "unanswerable": bool}`. A message is right
when the message holds every string of `expect` (or its sources' names do), what is asserted holds none of `expect_not`,
and an unanswerable one asserts nothing. Letter case, tone placement, spacing and the form of dates do not matter.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.engine import Engine
from bot.render import ON_A_TERMINAL
from bot.types import Conversation, Message
from store.ingest import ingest

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SYLLABLE = re.compile(rf"([a-zđ\u0302\u0306\u031b]*)([{_TONES}])([a-zđ\u0302\u0306\u031b]*)")
_DAY = re.compile(r"\b0?(\d{1,2})[./-]0?(\d{1,2})(?:[./-](\d{4}))?\b")
_IN_WORDS = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2})(?: năm (\d{4}))?")
_MONTH = re.compile(r"tháng (\d{1,2}) năm (\d{4})")


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with what is wrong with its answer; nothing where it is right."""

    kind: str
    fault: str | None
    asserted: bool                  # the fault is something asserted, not something missing


def comparable(text: str) -> str:
    """Small letters, tone marks at the end of their syllable, d/m dates without zeros, single spaces."""
    text = unicodedata.normalize("NFC", text.lower())
    for pattern in (_IN_WORDS, _DAY):
        text = pattern.sub(lambda match: "/".join(filter(None, match.groups())), text)
    text = _MONTH.sub(r"tháng \1/\2", text)
    text = _SYLLABLE.sub(r"\1\3\2", unicodedata.normalize("NFD", text))
    return " ".join(unicodedata.normalize("NFC", text).split())


def judge(question: dict[str, object], message: Message) -> Judged:
    """Whether a message answers a question."""
    kind = "unanswerable" if question.get("unanswerable") else str(question["kind"])
    answer = message.answer
    if answer is None:
        return Judged(kind, "no answer", False)
    if kind == "unanswerable":
        return Judged(kind, f"asserted {answer.headline[:100]!r}" if answer.found else None, answer.found)
    whole = comparable(" ".join([message.plain, *(quote.source for quote in answer.quotes)]))
    said = comparable("\n".join([answer.headline, *(fact.text for fact in answer.facts)]))
    missing = [e for e in _strings(question, "expect") if comparable(e) not in whole]
    wrong = [e for e in _strings(question, "expect_not") if comparable(e) in said]
    faults = [*(f"lacks {e!r}" for e in missing), *(f"asserts {e!r}" for e in wrong)]
    return Judged(kind, "; ".join(faults) or None, bool(wrong))


def _strings(question: dict[str, object], key: str) -> list[str]:
    values = question.get(key)
    return [str(value) for value in values] if isinstance(values, list) else []


def main() -> int:
    """Prints right and all per kind; 1 where the share of right ones is below the floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    store = parser.add_mutually_exclusive_group(required=True)
    store.add_argument("--db", type=Path)
    store.add_argument("--articles", nargs="+")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--floor", type=float, default=0.0)
    parser.add_argument("files", nargs="+", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.db or Path(folder) / "answers.db"
        if args.articles:
            ingest(args.articles, path)
        return _ask_all(path, args.files, args.errors, args.floor)


def _ask_all(path: Path, files: list[Path], errors: bool, floor: float) -> int:
    engine = Engine(path, screen=ON_A_TERMINAL)
    engine.respond("Ai chủ trì hội nghị?", Conversation())       # builds what is derived once
    questions = [question for file in files for question in json.loads(file.read_text(encoding="utf-8"))]
    results, took = [], []
    for question in questions:
        began = time.perf_counter()
        judged = judge(question, engine.respond(question["say"], Conversation()))
        took.append(time.perf_counter() - began)
        results.append(judged)
        if judged.fault and errors:
            print(f"{question['id']:6} {question['say']!r}: {judged.fault}")
    engine.close()
    return _report(results, took, floor)


def _report(results: list[Judged], took: list[float], floor: float) -> int:
    total, right = Counter(r.kind for r in results), Counter(r.kind for r in results if not r.fault)
    for kind in sorted(total):
        print(f"{kind:13} {right[kind]:4} of {total[kind]:4}")
    share = right.total() / max(1, total.total())
    took.sort()
    print(f"right {right.total()} of {total.total()} = {share:.3f}, wrongly asserted {sum(r.asserted for r in results)}; "
          f"ms p50 {took[len(took) // 2] * 1000:.1f}, p99 {took[int(len(took) * 0.99)] * 1000:.1f}")
    return 1 if share < floor else 0


if __name__ == "__main__":
    sys.exit(main())
