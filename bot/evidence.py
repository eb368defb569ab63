"""The sentences of the best articles that say most about a question; what is quoted where no fact answers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.fillers import alternatives, topic_words
from bot.matching import agrees, bare, canon
from store.queries import Connection
from store.queries_articles import SentenceRow, article_count, articles_with, sentences_of_article
from store.search import search
from store.text import fold

__all__ = ["DISTANT", "NEARLY", "PUNISHED", "SHOWN", "Evidence", "evidence", "word_weights"]

ARTICLES = 4                        # of the best are read; the answer is in the first in three of four cases
SHOWN = 3
NEARLY = 0.45                       # below this a passage has nothing to do with the question
DISTANT = 0.3                       # may have to do with it: shown, as the nearest there is
TITLE = 0.7                         # a word that only the headline has: it is what every sentence is about
HANDICAP, HANDICAP_MOST = 0.08, 0.5     # of an article per unit of its score behind the best one
CONTEXT = 0.35                      # a word that only the sentence before has
PAIRS = 0.35
HEADLINE = -0.15                    # says what it is about, seldom the answer
_DATED = re.compile(r"\d{1,2}[/.-]\d{1,2}|\bngày \d|\btháng \d|\bnăm \d{4}|\d{1,2}h\b", re.IGNORECASE)
_PLACED = re.compile(r"\b(?:tại|ở)\b", re.IGNORECASE)
_BECAUSE = re.compile(r"\b(?:do|vì|bởi|nhằm|để|lý do|nguyên nhân)\b", re.IGNORECASE)
_MONEY = re.compile(r"\d[\d.,]*\s*(?:tỷ|tỉ|triệu|nghìn|ngàn|đồng|USD)", re.IGNORECASE)
PUNISHED = re.compile(r"\b(?:khiển trách|cảnh cáo|cách (?:tất cả |hết )?(?:các )?chức|khai trừ|bãi nhiệm|đình chỉ|phạt)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:ông|bà|anh|chị|đồng chí)\b.+\b(?:ông|bà|anh|chị|đồng chí)\b", re.IGNORECASE)
# What kind of thing a question wants, and a sentence that may have it
_WANTS = (
    (re.compile(r"\b(?:khi nao|ngay nao|luc nao|bao gio|hom nao|thoi gian nao|ngay may|when)\b"), _DATED),
    (re.compile(r"\b(?:o dau|tai dau|noi nao|cho nao|ve dau|di dau|den dau|where)\b"), _PLACED),
    (re.compile(r"\b(?:vi sao|tai sao|ly do|nguyen nhan|sao lai|why)\b"), _BECAUSE),
    (re.compile(r"\b(?:bao nhieu tien|kinh phi|chi phi|gia bao nhieu|het bao nhieu|how much)\b"), _MONEY),
    (re.compile(r"\b(?:bao nhieu|may|how many|how much)\b"), re.compile(r"\d")),
    (re.compile(r"\b(?:bi ky luat|ky luat gi|xu ly (?:gi|the nao|ra sao)|bi gi)\b"), PUNISHED),
    (re.compile(r"\b(?:ai|nguoi nao) (?:da )?ky\b"), re.compile(r"\bký\b")),
    (re.compile(r"\b(?:nhung ai|gom ai|cung ai|voi ai|ten gi|ten la gi|co ai)\b"), _SEVERAL),
)
WANTED = 0.25


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence with how much of the question it holds: by itself, and with what stands around it."""

    row: SentenceRow
    score: float
    coverage: float
    with_context: float


def evidence(connection: Connection, question: str, looked_for: Sequence[str] = ()) -> list[Evidence]:
    """Sentences of the best articles, best first; `looked_for` are the words they must be about (by default the
    question's own)."""
    found = search(connection, question, ARTICLES)
    asking = alternatives("asking")
    words = [w for w in dict.fromkeys(topic_words(" ".join(looked_for) or question)) if (fold(w),) not in asking]
    if not found or not words:
        return []
    weights = word_weights(connection, words)
    wanted = [pattern for asks, pattern in _WANTS if asks.search(fold(question))]
    best = found[0].score
    scored = []
    for passage in found:
        # a lesser article needs a better sentence: scores of articles are log-odds of being the right one
        handicap = min(HANDICAP_MOST, HANDICAP * (best - passage.score))
        rows = [r for r in sentences_of_article(connection, passage.article_id) if r.kind in ("title", "body", "caption")]
        texts = [canon.__wrapped__(row.text) for row in rows]
        read = [_words(words) for words in texts]
        telling = _telling(weights, read)
        title = _words(canon(passage.title or ""))
        for number, row in enumerate(rows):
            before = read[number - 1] if number else {}
            text = " ".join(bare(texts[number]))
            scored.append(_scored(row, text, (read[number], title, before), telling, wanted, handicap))
    return sorted(scored, key=lambda e: (-e.score, e.row.article_id, e.row.position))


def word_weights(connection: Connection, words: Iterable[str]) -> dict[str, float]:
    """Rare words say more."""
    asked = list(words)
    counts = articles_with(connection, bare(asked))
    total = article_count(connection)
    return {word: math.log(1 + (total + 1) / (counts.get(fold(word), 0) + 0.5)) for word in asked}


def _telling(weights: Mapping[str, float], read: Sequence[Mapping[str, set[str]]]) -> dict[str, float]:
    """In an article about a metro line every sentence has its name: what stands in few of them finds the one asked for."""
    size = math.log(1 + len(read))
    told = {}
    for word, weight in weights.items():
        count = sum(_in(word, words) for words in read)
        told[word] = weight * (0.2 + 0.8 * math.log(1 + len(read) / max(1, count)) / size)
    return told


def _scored(
    row: SentenceRow, text: str, read: tuple[Mapping[str, set[str]], ...], weights: Mapping[str, float],
    wanted: Sequence[re.Pattern[str]], handicap: float,
) -> Evidence:
    """`text` is the folded sentence; `read` are its words, those of the headline and of the sentence before."""
    own, title, before = read
    total = sum(weights.values()) or 1.0
    held = {word for word in weights if _in(word, own)}
    named = {word for word in weights if word not in held and _in(word, title)}
    lent = {word for word in weights if word not in held | named and _in(word, before)}
    coverage = sum(weights[word] for word in held) / total
    context = sum(weights[word] for word in named | lent) / total
    worth = (TITLE * sum(weights[word] for word in named) + CONTEXT * sum(weights[word] for word in lent)) / total
    pairs = [1.0 if f"{fold(a)} {fold(b)}" in text else 0.0 for a, b in pairwise(weights)]
    score = coverage + worth + PAIRS * (sum(pairs) / len(pairs) if pairs else coverage)
    score += WANTED * any(pattern.search(row.text) for pattern in wanted) * min(1.0, coverage + context)
    score += HEADLINE if row.kind == "title" else 0.0
    return Evidence(row, score - handicap, coverage, coverage + context)


def _words(words: Iterable[str]) -> dict[str, set[str]]:
    """Words by their folded form."""
    found: dict[str, set[str]] = {}
    listed = tuple(words)
    for word, folded in zip(listed, bare(listed), strict=True):
        found.setdefault(folded, set()).add(word)
    return found


def _in(word: str, words: Mapping[str, set[str]]) -> bool:
    return any(agrees(word, printed) for printed in words.get(str(fold(word)), ()))
