"""Answer → Message: everything shown is escaped here, once, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from bot.phrases import Phrases, phrases
from bot.types import Answer, Block, Fact, Message, Quote

__all__ = ["LONGEST_QUOTE", "render"]

LONGEST_QUOTE = 700                 # characters of a sentence shown; the few longer ones are cut around what is marked
FEWER = ((3, LONGEST_QUOTE), (5, 420), (100, 260))      # the more sources, the shorter each: an answer is one screen
TIGHTER = (420, 260, 180, 120, 90)  # where it would not be one message otherwise
ONE_MESSAGE = 3200                  # characters; Telegram takes 4096, a reader fewer
LONGEST_TITLE = 110
SHORT_TITLE = 70                    # where there are more than five


def render(answer: Answer, language: str) -> Message:
    """Headline, facts under their headings, notes, then one block per source."""
    say = phrases(language)
    blocks = [_headline(answer), *_facts(answer), *_notes(answer)]
    room = ONE_MESSAGE - _size(blocks)
    return Message((*blocks, *_quotes(answer, say, room)), answer.buttons, answer)


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
            html.insert(0, f"<u>{escape(group, quote=False)}</u>")
            plain.insert(0, f"{group}:")
        yield Block("\n".join(html), "\n".join(plain))


def _refs(fact: Fact) -> str:
    return "".join(f" [{number}]" for number in fact.refs)


def _notes(answer: Answer) -> Iterator[Block]:
    for note in answer.notes:
        yield Block(f"<i>{escape(note, quote=False)}</i>", note)


def _quotes(answer: Answer, say: Phrases, room: int) -> list[Block]:
    """The sources, cut shorter where they would not fit into the room."""
    blocks: list[Block] = []
    usual = next(length for count, length in FEWER if len(answer.quotes) <= count)
    for longest in (usual, *(length for length in TIGHTER if length < usual)):
        blocks = list(_quoted(answer, say, longest))
        if _size(blocks) <= room:
            break
    return blocks


def _quoted(answer: Answer, say: Phrases, longest: int) -> Iterator[Block]:
    title = LONGEST_TITLE if len(answer.quotes) <= 5 else SHORT_TITLE
    for number, quote in enumerate(answer.quotes, 1):
        html, plain = _sentence(quote, longest)
        origin = _origin(quote, say, title)
        yield Block(
            f"<blockquote expandable>[{number}] {html}\n<i>{escape(origin, quote=False)}</i></blockquote>",
            f"[{number}] “{plain}”\n    {origin}")


def _origin(quote: Quote, say: Phrases, longest: int) -> str:
    """The article's title and day."""
    title = quote.title or quote.source.rsplit("/", 1)[-1]
    if len(title) > longest:
        title = title[:longest].rsplit(" ", 1)[0] + "…"
    return f"— {title} · {say.date(quote.published)}" if quote.published else f"— {title}"


def _window(quote: Quote, longest: int) -> tuple[int, int]:
    """The part of the sentence that is shown: all of it, or what lies around the first mark, in whole words."""
    length = len(quote.text)
    if length <= longest:
        return 0, length
    first = quote.marks[0][0] if quote.marks else 0
    start = max(0, min(first - longest // 3, length - longest))
    end = start + longest
    if start:
        space = quote.text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    if end < length:
        space = quote.text.rfind(" ", start + longest // 2, end)
        end = space if space >= 0 else end
    return start, end


def _sentence(quote: Quote, longest: int) -> tuple[str, str]:
    """The sentence with its marks in bold, and plain."""
    start, end = _window(quote, longest)
    before, after = "…" if start else "", "…" if end < len(quote.text) else ""
    parts, at = [], start
    for left, right in quote.marks:
        left, right = max(left, at), min(right, end)
        if left < right:
            parts += [escape(quote.text[at:left], quote=False), f"<b>{escape(quote.text[left:right], quote=False)}</b>"]
            at = right
    parts.append(escape(quote.text[at:end], quote=False))
    return before + "".join(parts) + after, before + quote.text[start:end] + after
