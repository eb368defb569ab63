"""Answer → Message: everything shown is escaped here, once, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from bot.ask import to_key
from bot.phrases import Phrases, phrases
from bot.types import Answer, Block, Button, Fact, Message, Quote

__all__ = ["LONGEST_QUOTE", "ONE_SCREEN", "ON_A_TERMINAL", "render"]

LONGEST_QUOTE = 700                 # characters of a sentence shown; the few longer ones are cut around what is marked
FEWER = ((2, LONGEST_QUOTE), (3, 420), (5, 300), (100, 220))    # the more passages, the shorter each
TIGHTER = (420, 300, 220, 160, 100, 70)    # where it would be more than a screen otherwise
ONE_SCREEN = 1100                   # characters on a phone: sentences that prove facts are cut to it; `[1]` shows all
ON_A_TERMINAL = 2600                # the same where there is more room
ONE_MESSAGE = 3200                  # where the passages are the answer; Telegram takes 4096, a reader fewer
LONGEST_TITLE = 110
MANY = 5                            # sentences; of more each is a line or two
MARKED = 3                          # that prove facts; of more each is cut so near to what it proves that no bold is needed
SHORT_TITLE = 40                    # below one of several sentences
MOSTLY = 0.45                       # of what is shown: bold letters that are as many as the others stress nothing
BESIDE = 24                         # characters around what is marked that are always worth showing
SOURCES = 8                         # buttons in a row


def render(answer: Answer, language: str, screen: int = ONE_SCREEN) -> Message:
    """Headline, facts under their headings, notes, then one block per source; sentences that prove facts are cut, down to
    the words around what is marked, where the message would be longer than `screen` characters."""
    say = phrases(language)
    blocks = [_headline(answer), *_facts(answer), *_notes(answer)]
    room = (screen if answer.facts else ONE_MESSAGE) - _size(blocks)
    return Message((*blocks, *_quotes(answer, say, room)), (*answer.buttons, *_sources(answer)), answer)


def _sources(answer: Answer) -> Iterator[tuple[Button, ...]]:
    """`[1] [2] …`: each sentence whole, in its neighbourhood."""
    if answer.facts and not any(button.data.startswith("near ") for row in answer.buttons for button in row):
        yield tuple(Button(f"[{number}]", f"near {to_key(quote.article_id)}.{quote.position}")
                    for number, quote in enumerate(answer.quotes[:SOURCES], 1))


def _size(blocks: Iterable[Block]) -> int:
    return sum(len(block.plain) + 2 for block in blocks)


def _headline(answer: Answer) -> Block:
    return Block(f"<b>{escape(answer.headline, quote=False)}</b>", answer.headline)


def _facts(answer: Answer) -> Iterator[Block]:
    """A block per heading."""
    for group, members in groupby(answer.facts, key=lambda fact: fact.group):
        facts = list(members)
        html = [f"• {escape(fact.text, quote=False)}{_refs(fact)}" for fact in facts]
        plain = [f"• {fact.text}{_refs(fact)}" for fact in facts]
        if group:
            html.insert(0, f"{escape(group, quote=False)}:")
            plain.insert(0, f"{group}:")
        yield Block("\n".join(html), "\n".join(plain))


def _refs(fact: Fact) -> str:
    return "".join(f" [{number}]" for number in fact.refs)


def _notes(answer: Answer) -> Iterator[Block]:
    if answer.notes:
        notes = "\n".join(answer.notes)
        yield Block(f"<i>{escape(notes, quote=False)}</i>", notes)


def _quotes(answer: Answer, say: Phrases, room: int) -> list[Block]:
    """The sources, cut shorter where they would not fit into the room."""
    blocks: list[Block] = []
    usual = LONGEST_QUOTE if answer.facts else next(length for count, length in FEWER if len(answer.quotes) <= count)
    tighter = TIGHTER[:len(TIGHTER) - (len(answer.quotes) <= MANY) - (len(answer.quotes) <= MARKED)]
    for longest in (usual, *(length for length in tighter if length < usual)):
        blocks = list(_quoted(answer, say, longest))
        if _size(blocks) <= room:
            break
    return blocks


def _quoted(answer: Answer, say: Phrases, longest: int) -> Iterator[Block]:
    """A block per sentence; the article stands below the last of its sentences that follow each other."""
    title = LONGEST_TITLE if len(answer.quotes) == 1 or not answer.facts else SHORT_TITLE
    for number, quote in enumerate(answer.quotes, 1):
        html, plain = _sentence(quote, longest, marked=not answer.facts or len(answer.quotes) <= MARKED)
        following = answer.quotes[number:number + 1]
        origin = "" if following and following[0].article_id == quote.article_id else _origin(quote, say, title)
        yield Block(
            f"<blockquote expandable>[{number}] {html}{origin and f'{chr(10)}{escape(origin, quote=False)}'}</blockquote>",
            f"[{number}] “{plain}”{origin and f'{chr(10)}    {origin}'}")


def _origin(quote: Quote, say: Phrases, longest: int) -> str:
    """The article's title and day."""
    title = quote.title or quote.source.rsplit("/", 1)[-1]
    if title.startswith("“") and (longest < LONGEST_TITLE or quote.text.startswith(title[1:20])):
        title = title.rpartition("(")[2].rstrip(")")        # called by how it begins: the file's name is shorter
    if len(title) > longest:
        title = title[:longest].rsplit(" ", 1)[0] + "…"
    return f"— {title} · {say.date(quote.published)}" if quote.published else f"— {title}"


def _windows(quote: Quote, longest: int) -> list[tuple[int, int]]:
    """The parts of the sentence that are shown: all of it, or what lies around each mark, in whole words."""
    text, length = quote.text, len(quote.text)
    if length <= longest:
        return [(0, length)]
    marks = quote.marks[:1] or ((0, 0),)
    for mark in quote.marks[1:]:
        if mark[1] - mark[0] + sum(end - start for start, end in marks) <= max(longest, LONGEST_QUOTE // 2):
            marks = (*marks, mark)
    around = max(BESIDE, (longest - sum(end - start for start, end in marks)) // (2 * len(marks)))
    found: list[tuple[int, int]] = []
    for first, last in marks:
        last = min(last, first + LONGEST_QUOTE)
        lacks = max(0, around - first)                          # what is not there on the left may stand on the right
        start = 0 if first - around <= BESIDE else text.find(" ", first - around, first) + 1 or first
        space = text.rfind(" ", last, last + around + lacks)
        end = length if last + around + lacks >= length - BESIDE else space if space >= 0 else last
        if found and start <= found[-1][1] + BESIDE:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _sentence(quote: Quote, longest: int, *, marked: bool) -> tuple[str, str]:
    """The sentence with its marks in bold, and plain; `…` stands for what is left out."""
    html: list[str] = []
    plain: list[str] = []
    windows = _windows(quote, longest)
    marks = quote.marks if marked else ()
    if sum(right - left for left, right in marks) > MOSTLY * sum(end - start for start, end in windows):
        marks = ()
    for start, end in windows:
        parts, at = [], start
        for left, right in marks:
            left, right = max(left, at), min(right, end)
            if left < right:
                parts += [escape(quote.text[at:left], quote=False), f"<b>{escape(quote.text[left:right], quote=False)}</b>"]
                at = right
        parts.append(escape(quote.text[at:end], quote=False))
        html.append("".join(parts))
        plain.append(quote.text[start:end])
    before, after = "…" if windows[0][0] else "", "…" if windows[-1][1] < len(quote.text) else ""
    return before + " … ".join(html) + after, before + " … ".join(plain) + after
