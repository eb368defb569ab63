"""Titles in a line: head, modifiers and the name of the body they belong to.

`nguyên Phó Bí thư Thường trực Huyện ủy Đồng Phú` is a former post with the head `Phó Bí thư`, the modifier
`Thường trực` and the tail `Huyện ủy Đồng Phú`. The tail grammar goes on over capitals, organizations and places found
before, lower-case words of `title_tails.toml` and numbers of units; it stops at persons, verbs and other titles.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from store.annotate.page import Line, Page, Token
from store.annotate.persons_context import heads_pattern, lowered
from store.annotate.persons_lexicon import alternation, listed, syllable_set, table
from store.types import Mention

__all__ = ["Title", "titles_of"]

_WORDS = table("titles.toml")
_TAILS = table("title_tails.toml")
_RANKS = frozenset(word.lower() for word in listed(_WORDS["rank"]))
_WHOLE = frozenset(listed(_WORDS["whole"]))
_MODIFIER = re.compile(rf"(?: {alternation(listed(_WORDS['modifiers']))}(?!\w))*")
_TRADES = listed(_WORDS["trade"])
_HEAD = re.compile(heads_pattern())
_HEAD_OR_TRADE = re.compile(heads_pattern(_TRADES))
# Trades are posts after a name …
_TRADE_BESIDE = re.compile(r"(?:[\w)],|[\w)] [–-]| \() ?(?:(?:nguyên|cựu|hiện|đang|vốn|là) )*$")
# … or given by a clause
_TRADE_GIVEN = re.compile(r"(?<!\w)(?:là|làm) $")
_SAYS = re.compile(r" (?:cho biết|cho rằng|cho hay|nói|giải thích|trả lời)(?!\w)")
_CROWD = ("công chức", "viên chức", "nhà nước", "quản lý", "cơ sở", "chuyên trách", "nhà trường", "cơ quan")
_RIGHTS = "".join(rf"(?<!\b{word} )" for word in listed(_WORDS["before_rights"]))     # `chính quyền Tổng thống …`
_PREFIX = re.compile(rf"(?<!\w){_RIGHTS}(?:{alternation(listed(_WORDS['prefixes']))} )+$")
_CHARGED = re.compile(" [a-zđ]")
_FRESH = alternation(listed(_WORDS["fresh"]))
_FORMER = re.compile(rf"(?<!\w){alternation(listed(_WORDS['former']))} (?:là |{_FRESH} )?$")
_PLURAL = re.compile(rf"(?<![\w/.,-])(?:{alternation(listed(_WORDS['plural']))}|\d{{1,2}}) (?:(?:đồng chí|vị|ông|bà|vị) )?$")
_NOT = re.compile(rf"(?<!\w){alternation(listed(_WORDS['not_titles']))}(?!\w)")
_SHARED = re.compile(rf"(?:{alternation(listed(_WORDS['shared']))})(?!\w)")
_ASSISTANT = ("trợ lý", "thư ký", "chánh văn phòng", "phó chánh văn phòng", "văn phòng", "cố vấn")
_ABBREVIATED = syllable_set("TP T Q P H TX TT Tp tp")
_ABROAD = ("đại sứ", "tổng lãnh sự", "trưởng đại diện", "công sứ", "tham tán", "điều phối viên", "đại biện lâm thời")
_CREDITS = ("Ảnh", "Pv", "Video", "Đồ")
_BODY_WORDS = syllable_set(
    "UBND HĐND MTTQ TP TP. Tỉnh Thành Huyện Quận Thị Đảng Chi Ban Bộ Sở Cục Vụ Phòng Ủy Hội Trung Thường Quân Công Mặt"
)
_LINKS = frozenset(listed(_TAILS["links"]))
_VERBS_TOO = frozenset(listed(_TAILS["verbs_too"]))
_NUMBERED = frozenset(listed(_TAILS["numbered"]))


def _tail_words() -> dict[str, list[tuple[str, ...]]]:
    """Tail words by their first syllable, the longest first."""
    words: dict[str, list[tuple[str, ...]]] = {}
    for entry in listed(_TAILS["words"]):
        parts = tuple(entry.split())
        words.setdefault(parts[0], []).append(parts)
    return {first: sorted(entries, key=len, reverse=True) for first, entries in words.items()}


_TAIL_WORDS = _tail_words()


# `giám đốc | trung tâm xúc tiến …`: a body that was not read is a body, so the post is none of another's
_UNREAD_BODY = re.compile(rf" {alternation(listed(_WORDS['unread_bodies']))}(?!\w)")


@dataclass(slots=True)
class Title:
    """A title as printed; offsets in the line. `name` is the post without `nguyên`, brackets left out."""

    start: int
    end: int
    head: str               # as printed, with prefixes: `Phó Bí thư`
    modifiers: str          # `Thường trực`
    tail: str               # `Huyện ủy Đồng Phú`
    name: str
    former: bool
    plural: bool
    rank: bool
    organization: str | None
    line: int               # Sentence.position
    listed: bool = False    # bare, in the list of a career
    led: bool = False       # bare, but another title follows: `Bộ trưởng, Chủ nhiệm Văn phòng …`; or words of a body

    @property
    def shared(self) -> bool:
        """Whether several people hold such a post at once: `Phó …`, `Ủy viên …`."""
        return _SHARED.match(self.head.lower()) is not None

    @property
    def proper(self) -> bool:
        """Whether the tail has a name of its own: `UBND huyện Đồng Phú`, not `Huyện ủy`."""
        return any(word[0].isupper() and word not in _BODY_WORDS for word in self.tail.split())

    @property
    def whole(self) -> bool:
        """Whether the head needs no body: `Chủ tịch nước`, `Thiếu tướng`."""
        return self.rank or self.head.lower() in _WHOLE


def titles_of(page: Page, line: Line) -> list[Title]:
    """The titles of a line, in order, none inside another."""
    low = lowered(line.text)
    heads = list(_HEAD_OR_TRADE.finditer(low))
    if not heads:
        return []
    barred = {at for match in _NOT.finditer(low) for at in range(match.start(), match.end())}
    parser = _Parser(page, line, low)
    found: list[Title] = []
    for head in heads:
        inside = found and head.start() < found[-1].end
        if inside or (head.start() in barred and head.end() - 1 in barred):
            continue
        title = parser.title(head)
        if head.group() not in _TRADES or _is_post(title, low[max(0, title.start - 24):title.start], low[title.end:title.end + 12]):
            found.append(title)
    return found


def _is_post(trade: Title, left: str, right: str) -> bool:
    """`Lê Thu Cúc (nguyên | cán bộ Sở Y tế`, `về làm | giáo viên Trường Kim Đồng`; no `ông là cán bộ nhà nước`, and
    nobody's in `Theo bà Cúc, cán bộ phường nói …`."""
    if trade.plural or not trade.tail or trade.tail.lower() in _CROWD or _SAYS.match(right):
        return False
    named = trade.proper or trade.organization is not None
    return _TRADE_BESIDE.search(left) is not None or (named and _TRADE_GIVEN.search(left) is not None)


class _Parser:
    """Parses titles of one line over its tokens and the mentions found so far."""

    def __init__(self, page: Page, line: Line, low: str) -> None:
        self.line, self.low = line, low
        self.tokens: list[Token] = line.tokens
        self.starts = [token.start for token in self.tokens]
        mentions = sorted(page.by_line.get(line.position, []), key=_start)
        self.persons = {m.start for m in mentions if m.kind == "person"}
        self.bodies = {m.start: m for m in sorted(mentions, key=lambda m: m.end) if m.kind != "person"}
        self.given = {tuple(m.name.split()[-2:]) for m in page.of("person") if m.name.count(" ") == 2}
        self.organizations = [m for m in mentions if m.kind == "organization"]
        self.places = [m for m in mentions if m.kind == "place"]
        self.place_ends = {m.end for m in self.places}
        self.heads = {
            line.start + start: line.start + m.end() for m in _HEAD.finditer(low) for start in (m.start(), _prefixed(low, m.start()))
        }

    def title(self, match: re.Match[str]) -> Title:
        text, base = self.line.text, self.line.start
        start, head_end = match.start(), match.end()
        start = _prefixed(self.low, start)
        left = self.low[max(0, start - 40):start]
        rank = match.group() in _RANKS
        modifiers = _MODIFIER.match(self.low, head_end)
        body = modifiers.end() if modifiers else head_end
        end, gaps = (head_end, []) if rank else self._tail(body, match.group())
        if rank:
            body = head_end
        end -= self._short_name(text[body:end])
        tail = _without(text, body, end, gaps) if end > body else ""
        if tail.islower() and self.low.startswith(" này", end):       # `Chủ tịch tổ chức này`: of which, stands elsewhere
            tail = tail.rpartition(" của ")[0] if len(tail.split()) > 3 else ""
        if not tail and _CHARGED.match(self.low, body):        # `Phó chủ tịch | phụ trách mảng hạ tầng`
            body = body - len(" phụ trách") if self.low.endswith(" phụ trách", head_end, body) else body
            end = min(end, body)
        if re.fullmatch(" (?:(?:tiền|đương) nhiệm|còn lại)", self.low[head_end:body]):       # no part of the post
            body = head_end
        return Title(
            start, end, text[start:head_end], text[head_end:body].strip(), tail,
            " ".join(f"{text[start:body]} {tail}".split()),
            _FORMER.search(left) is not None or "tiền nhiệm" in self.low[head_end:head_end + 11],
            _PLURAL.search(_FORMER.sub("", left)) is not None, rank,
            self._organization(base + start, base + body, base + end), self.line.position,
            led=not tail and _UNREAD_BODY.match(self.low, end) is not None,
        )

    def _short_name(self, tail: str) -> int:
        """Letters at the end of a tail that are a person's given names: `Bí thư Thành ủy TP. HCM | Thiện Nhân`."""
        last = tail.split(" ")[-2:]
        return len(" ".join(last)) + 1 if len(tail.split()) > 3 and tuple(last) in self.given else 0

    def _organization(self, start: int, body: int, end: int) -> str | None:
        """The body a title belongs to: the longest organization that reaches to its end, else a place."""
        over = [m for m in self._near(self.organizations, start, end) if start <= m.start and body < m.end <= end + 1]
        if over:
            return max(over, key=lambda m: m.end - m.start).name
        within = [m for m in self._near(self.places, body, end) if body <= m.start and m.end <= end]
        return max(within, key=lambda m: m.end).name if within else None

    def _near(self, mentions: list[Mention], start: int, end: int) -> list[Mention]:
        """The mentions, in order of their start, that begin in a stretch."""
        return mentions[bisect_left(mentions, start, key=_start):bisect_left(mentions, end, key=_start)]

    def _tail(self, body: int, head: str) -> tuple[int, list[tuple[int, int]]]:
        """Where the tail that begins at `body` ends, and the bracketed stretches in it to leave out."""
        at = bisect_left(self.starts, self.line.start + body)
        end, gaps, good = body, list[tuple[int, int]](), -1
        if self._owned(at):
            gaps.append((body, self.tokens[at].end - self.line.start))
            at += 1
        while at < len(self.tokens):
            step = self._step(at, good == at, head)
            if not step:
                break
            size, solid = step
            if self.tokens[at].text == "(":
                gaps.append((self.tokens[at].start - self.line.start, self.tokens[at + size - 1].end - self.line.start))
            at += size
            if solid:
                good, end = at, self.tokens[at - 1].end - self.line.start
        return end, gaps

    def _step(self, at: int, fresh: bool, head: str) -> tuple[int, bool] | None:
        """How many tokens the tail takes from `at`, and whether it may end after them; None: it stops here."""
        token = self.tokens[at]
        if size := self._solid(at, head):
            return size, True
        text = token.text
        if text == "." and self._abbreviation(at):
            return 1, False
        if text == "(" and (size := self._acronym(at)):
            return size, False
        if not fresh:
            return None
        if text == ",":
            return (1, False) if self._enumeration(at + 1, head) else None
        if text in _LINKS and at + 1 < len(self.tokens) and self._solid(at + 1, head) and self._linked(at, text, head):
            return 1, False
        return None

    def _owned(self, at: int) -> bool:
        """`tổng giám đốc | của | Công ty …`: a body or place goes on after the `của`, which the post's name leaves out."""
        if at + 1 >= len(self.tokens) or self.tokens[at].text != "của":
            return False
        after = self.tokens[at + 1]
        body = self.bodies.get(after.start)
        return after.start not in self.persons and (after.capital or (body is not None and body.kind != "document"))

    def _solid(self, at: int, head: str) -> int:
        """How many tokens from `at` belong to a body's name by themselves."""
        if at >= len(self.tokens):
            return 0
        token = self.tokens[at]
        if token.start in self.persons:
            return 0
        delegation = head.endswith("đoàn") and token.text.lower() in ("đại", "đbqh")      # `Trưởng đoàn | đại biểu Quốc hội`
        if token.start in self.heads and not (at and (delegation or head in _ASSISTANT)):
            return self._known(at)
        if head in _ASSISTANT and token.start in self.heads:        # `trợ lý | Thủ tướng`
            return self._until(at, self.heads[token.start])
        body = self.bodies.get(token.start)
        if body and (body.kind != "document" or self.tokens[at - 1].text.lower() in ("đạo", "bcđ")):
            return max(self._until(at, body.end), self._word(at))       # `Ban chỉ đạo | Chương trình 03-CTr/TU`
        if word := self._word(at):
            return word
        if token.text[0].isdigit():
            return 1 if self._number(at) else 0
        return 1 if token.capital and token.text[0].isalpha() else 0

    def _known(self, at: int) -> int:
        """A head that begins a body's own name is part of it only if found so: `Văn phòng Chủ tịch nước`."""
        body = self.bodies.get(self.tokens[at].start)
        return self._until(at, body.end) if body and body.kind == "organization" else 0

    def _until(self, at: int, end: int) -> int:
        size = bisect_left(self.starts, end) - at
        inside = range(at, at + size)
        stop = next((i for i in inside if self.tokens[i].start in self.persons), at + size)
        return max(stop - at, 0)

    def _word(self, at: int) -> int:
        if at and self.tokens[at - 1].end in self.place_ends and not self.tokens[at].capital and self._verb(at):
            return 0
        for parts in _TAIL_WORDS.get(self.tokens[at].text.lower(), ()):
            if len(parts) <= len(self.tokens) - at and all(
                self.tokens[at + k].text.lower() == part for k, part in enumerate(parts)
            ):
                return len(parts)
        return 0

    def _verb(self, at: int) -> bool:
        """Whether `chỉ đạo`, `tổ chức` begins here: after a place a verb, no work of a body's."""
        two = " ".join(token.text for token in self.tokens[at:at + 2])
        return two in _VERBS_TOO or self.tokens[at].text in _VERBS_TOO

    def _number(self, at: int) -> bool:
        """`quận 1`, `khóa XIV`, `Xây dựng 79`; no dates, no counts."""
        before = self.tokens[at - 1]
        token = self.tokens[at]
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if len(token.text) > 4 or (after and after.text in "/-%" and after.start == token.end):
            return False
        named = before.text.lower() in {*_NUMBERED, "phố"} or (before.capital and before.text[0].isalpha())
        if after is None or after.text in ",.;)":
            named = named or before.text.isalpha()          # `Công ty Xây dựng 79`, at the name's end
        if before.text == "." and at > 1:
            named = self.tokens[at - 2].text in _ABBREVIATED
        return named and before.end + 1 >= token.start

    def _abbreviation(self, at: int) -> bool:
        before, dot = self.tokens[at - 1], self.tokens[at]
        if before.text not in _ABBREVIATED or before.end != dot.start or at + 1 >= len(self.tokens):
            return False
        after = self.tokens[at + 1]
        return after.capital or after.text[0].isdigit()

    def _acronym(self, at: int) -> int:
        """`Hội đồng nhân dân (HĐND) thành phố`: the bracket is passed over where the name goes on after it."""
        close = next((i for i in range(at + 1, min(at + 4, len(self.tokens))) if self.tokens[i].text == ")"), None)
        if close is None or not self.tokens[at + 1].text.isupper() or not self._solid(close + 1, ""):
            return 0
        return close - at + 1

    def _enumeration(self, at: int, head: str) -> bool:
        """`Lao động, Thương binh và Xã hội`: up to four words and `và` before the name ends."""
        taken = 0
        while taken < 5:
            size = self._solid(at, head)
            if not size or self.tokens[at].text.lower() in ("tỉnh", "huyện", "thành", "tp", "quận", "xã", "phường"):
                return False
            taken += size
            at += size
            if at >= len(self.tokens):
                return False
            if self.tokens[at].text == "và":
                return self._solid(at + 1, head) > 0
            if self.tokens[at].text == ",":
                at += 1
        return False

    def _linked(self, at: int, text: str, head: str) -> bool:
        """Whether a link joins words of one name: `tội phạm về ma túy`, `Đại sứ … tại …`, `kế hoạch - tài chính`."""
        if text == "về":
            return self.tokens[at - 1].text.lower() in ("ban", "phạm", "đề", "hội", "cục")
        if text in ("tại", "ở"):
            return head in _ABROAD
        if text in "-–":
            before, after = self.tokens[at - 1], self.tokens[at + 1]
            aside = before.capital and not after.capital and self._verb(at + 1)      # `tỉnh Hà Nam - chỉ đạo …`
            return after.text.capitalize() not in _CREDITS and not aside
        return True


def _prefixed(low: str, start: int) -> int:
    """Where a head that stands at `start` begins with its prefixes: `| Phó tổng giám đốc`."""
    prefix = _PREFIX.search(low[max(0, start - 24):start])
    return start + prefix.start() - min(start, 24) if prefix else start


def _start(mention: Mention) -> int:
    return mention.start


def _without(text: str, start: int, end: int, gaps: list[tuple[int, int]]) -> str:
    """The text of a stretch without the gaps inside it."""
    parts = []
    for gap_start, gap_end in gaps:
        if gap_end <= end:
            parts.append(text[start:gap_start])
            start = gap_end
    parts.append(text[start:end])
    return " ".join("".join(parts).split())


