"""Events that an article tells only beside its news: what somebody says on the fringe of one, and what was before.

They are reported where the article has no event of its own: a reader who asks what happened that day wants them.
"""

from __future__ import annotations

import re

from store.annotate.events_days import day_of, follows_at_once
from store.annotate.events_heads import Head, heads
from store.annotate.events_undated import Found
from store.annotate.page import DateSpan, Line

__all__ = ["before_that", "beside_the_news", "on_the_fringe"]

_FRINGE = re.compile(r"\bbên\s+(?:lề|hành\s+lang)\s+(?:của\s+)?$", re.IGNORECASE)


def beside_the_news(head: Head, line: Line) -> bool:
    """Whether somebody talks outside the hall: `bên lề kỳ họp`."""
    return _FRINGE.search(line.text[max(0, head.start - 24):head.start]) is not None


def on_the_fringe(lines: list[Line], days: dict[int, list[DateSpan]]) -> Found | None:
    """`Trả lời báo chí bên lề kỳ họp HĐND tỉnh sáng 5/7, …`: the session of that day."""
    for line in lines:
        if line.kind == "caption" or "bên " not in line.lower or not days.get(line.position):
            continue
        for head in heads(line):
            day = day_of(head, line, days)
            if head.noun and day is not None and beside_the_news(head, line) and _close(head, line, day):
                return Found(head, line, day, "on-the-fringe")
    return None


def _close(head: Head, line: Line, day: DateSpan) -> bool:
    """`bên lề kỳ họp sáng 5/7`, `sáng 5/7, trao đổi bên lề kỳ họp`."""
    return follows_at_once(day, head, line) or 0 <= line.start + head.start - day.end <= _NEAR_DAY


_NEAR_DAY = 60      # `Sáng 24/10, trao đổi với báo chí bên hành lang …`
_AT = re.compile(r"(?:\b(?:tại|trong|khi|đã|dự)\s+|(?<!sẽ )\btổ\s+chức\s+)$", re.IGNORECASE)
_RIGHT_BEHIND = re.compile(
    r"\s*[,)]?\s*(?:(?:tại|trong|dự)\s+|(?:[^\s,.;]+\s+){0,12}?(?:khi|đã|tổ\s+chức)\s+)", re.IGNORECASE)


def before_that(lines: list[Line], days: dict[int, list[DateSpan]]) -> Found | None:
    """`Trước đó, ngày 2/2, khi đến thăm …, ông A đã …`; `… được đưa ra tại cuộc họp chiều 12/3`; not of
    a day with its year, which is mostly history, and no announcement, which is news by itself or none."""
    for line in lines:
        if line.kind == "caption" or not days.get(line.position):
            continue
        for head in heads(line):
            day = day_of(head, line, days)
            if day is None or day.basis == "stated" or head.aside or "công bố" in head.kind:
                continue
            if not _AT.search(line.text[max(0, head.start - 12):head.start]):
                continue
            at = day.end - line.start
            if follows_at_once(day, head, line) or (at <= head.start and _RIGHT_BEHIND.fullmatch(line.text, at, head.start)):
                return Found(head, line, day, "before-that")
    return None
