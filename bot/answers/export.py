"""/export: the answer before, or any answer, whole, as CSV, JSON or a page to read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, cast

from bot.answers.common import nothing
from bot.ask import Ask
from bot.phrases import Phrases
from bot.types import Answer, Attachment, Fact, Intent, Quote
from store.export_csv import csv_bytes
from store.text import syllables

if TYPE_CHECKING:
    from bot.commands import Command

__all__ = ["FORMATS", "as_csv", "as_html", "as_json", "export", "whole"]

FORMATS = ("html", "csv", "json")
MOST_PAGES = 60                     # of an answer; about 500 facts, a file one still reads
_COLUMNS = ("group", "fact", "sentence", "title", "published", "source", "start", "end")


def export(ask: Ask) -> Answer:
    """A file of the answer before; `csv /who …` of the answer to that message."""
    kind, message = _read(ask.intent.argument)
    last = ask.conversation.last
    if not message and last is not None and last.intent.command == "export":
        message = _read(last.intent.argument)[1]
    source = _answer_to(ask, message) if message else last
    if source is None or not (source.facts or source.quotes):
        return nothing(ask, ask.say("export.nothing"))
    complete = whole(ask, source)
    message = message or _as_message(source.intent)
    content = _WRITERS[kind](complete, ask.say)
    file = Attachment(f"{_slug(complete.headline)}.{kind}", content, complete.headline)
    others = tuple(ask.button(other.upper(), "/export", f"{other} {message}") for other in FORMATS if other != kind)
    headline = ask.say("export.done", what=complete.headline, facts=len(complete.facts), quotes=len(complete.quotes))
    answer = nothing(ask, headline, buttons=(others,))
    return replace(answer, intent=Intent("export", f"{kind} {message}"), attachment=file)


def _read(argument: str) -> tuple[str, str]:
    """The format (a page to read where none is named) and the message, if any."""
    first, _, rest = argument.strip().partition(" ")
    return (first.lower(), rest.strip()) if first.lower() in FORMATS else (FORMATS[0], argument.strip())


def _as_message(intent: Intent) -> str:
    """What somebody would type to be answered so."""
    return intent.argument if intent.command == "ask" else f"/{intent.command} {intent.argument}".strip()


def _answer_to(ask: Ask, message: str) -> Answer | None:
    """The answer to a message, without what only makes sense in a conversation."""
    command, _, argument = message.removeprefix("/").partition(" ") if message.startswith("/") else ("ask", "", message)
    return None if command == "export" else _answered(ask, Intent(command, argument.strip()))


def _answered(ask: Ask, intent: Intent) -> Answer | None:
    row = cast("Command | None", ask.commands.get(intent.command))      # typed as an object to avoid a cycle
    if row is None or row.admin:
        return None
    return row.answer(replace(ask, intent=intent))


def whole(ask: Ask, answer: Answer) -> Answer:
    """All pages of an answer as one."""
    pages = [answer] if answer.page == 1 or answer.pages == 1 else []
    for page in range(len(pages) + 1, min(answer.pages, MOST_PAGES) + 1):
        more = _answered(ask, replace(answer.intent, page=page))
        if more is not None:
            pages.append(more)
    quotes: list[Quote] = []
    facts: list[Fact] = []
    for part in pages:
        facts += _numbered(part, quotes)
    return replace(pages[0], facts=tuple(dict.fromkeys(facts)), quotes=tuple(quotes), page=1, pages=1)


def _numbered(part: Answer, quotes: list[Quote]) -> list[Fact]:
    """A page's facts with the numbers of its sources among all sources, to which they are added."""
    places = {(quote.article_id, quote.position): number for number, quote in enumerate(quotes, 1)}
    numbers = {}
    for own, quote in enumerate(part.quotes, 1):
        place = (quote.article_id, quote.position)
        if place not in places:
            quotes.append(quote)
            places[place] = len(quotes)
        numbers[own] = places[place]
    return [replace(fact, refs=tuple(numbers[ref] for ref in fact.refs if ref in numbers)) for fact in part.facts]


def _slug(headline: str) -> str:
    """A file name that every system takes."""
    return "-".join(["hoitin", *syllables(headline)])[:60].rstrip("-")


# ------------------------------------------------------------------------------------------------------------- formats

def as_csv(answer: Answer, say: Phrases) -> bytes:
    """A row for each fact and source; sources that no fact names have rows of their own."""
    rows: list[tuple[object, ...]] = []
    for fact in answer.facts:
        cited: Sequence[Quote | None] = [answer.quotes[ref - 1] for ref in fact.refs] or [None]
        rows += [(fact.group, fact.text, *_cells(quote)) for quote in cited]
    named = {ref for fact in answer.facts for ref in fact.refs}
    rows += [("", "", *_cells(quote)) for number, quote in enumerate(answer.quotes, 1) if number not in named]
    return csv_bytes(_COLUMNS, rows)


def _cells(quote: Quote | None) -> tuple[object, ...]:
    if quote is None:
        return (None,) * 6
    return quote.text, quote.title, quote.published, quote.source, quote.start, quote.end


def as_json(answer: Answer, say: Phrases) -> bytes:
    """Headline, facts with the numbers of their sources, the sources, notes."""
    return json.dumps({
        "question": _as_message(answer.intent),
        "headline": answer.headline,
        "found": answer.found,
        "facts": [{"group": fact.group, "text": fact.text, "sources": fact.refs} for fact in answer.facts],
        "sources": [
            {"number": number, "sentence": quote.text, "title": quote.title, "published": quote.published,
             "source": quote.source, "start": quote.start, "end": quote.end}
            for number, quote in enumerate(answer.quotes, 1)
        ],
        "notes": answer.notes,
    }, ensure_ascii=False, indent=1).encode()


_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{headline}</title>
<style>body{{font:17px/1.55 system-ui,sans-serif;max-width:44rem;margin:auto;padding:1.2rem}}h1{{font-size:1.35rem}}
h2{{font-size:1.05rem;margin-bottom:.2rem}}a{{color:inherit}}blockquote{{margin:.8rem 0;padding-left:.8rem;
border-left:3px solid #8888}}.by{{opacity:.75;font-size:.9em}}mark{{background:#fd06;color:inherit}}</style></head>
<body><p class="by">{question}</p><h1>{headline}</h1>
{facts}
{notes}
{sources}
</body></html>
"""


def as_html(answer: Answer, say: Phrases) -> bytes:
    """A page of its own: no scripts, nothing loaded from elsewhere."""
    sources = "\n".join(_source(number, quote, say) for number, quote in enumerate(answer.quotes, 1))
    return _PAGE.format(
        language=say.language, question=escape(_as_message(answer.intent)), headline=escape(answer.headline),
        facts="\n".join(_groups(answer.facts)), notes="\n".join(f"<p><em>{escape(note)}</em></p>" for note in answer.notes),
        sources=f"<h2>{escape(say('export.sources'))}</h2>\n{sources}" if sources else "").encode()


def _groups(facts: Sequence[Fact]) -> list[str]:
    """A heading and a list for each group, in order of their first fact."""
    pieces = []
    for group in dict.fromkeys(fact.group for fact in facts):
        items = "".join(f"<li>{escape(fact.text)} {_links(fact)}</li>" for fact in facts if fact.group == group)
        pieces.append((f"<h2>{escape(group)}</h2>" if group else "") + f"<ul>{items}</ul>")
    return pieces


def _links(fact: Fact) -> str:
    return " ".join(f'<a href="#s{ref}">[{ref}]</a>' for ref in fact.refs)


def _source(number: int, quote: Quote, say: Phrases) -> str:
    parts, at = [], 0
    for start, end in quote.marks:
        parts += [escape(quote.text[at:start]), f"<mark>{escape(quote.text[start:end])}</mark>"]
        at = end
    parts.append(escape(quote.text[at:]))
    title = escape(quote.title or quote.source)
    if quote.source.startswith(("https://", "http://")):
        title = f'<a href="{escape(quote.source)}" rel="noreferrer">{title}</a>'
    day = f" · {escape(say.date(quote.published))}" if quote.published else ""
    return f'<blockquote id="s{number}">[{number}] {"".join(parts)}<div class="by">{title}{day}</div></blockquote>'


_WRITERS = {"html": as_html, "csv": as_csv, "json": as_json}
