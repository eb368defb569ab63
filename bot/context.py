"""What a message means after the last answer: `ông ấy`, `còn năm 2017?`, `ai nữa?`, `chi tiết [2]`.

    understood("bà ấy từng giữ chức gì", conversation, library)   `Lê Thu Cúc từng giữ chức gì`, after an answer about her

The result is a message like any other, so nothing after this knows that there was a context.
"""

from __future__ import annotations

import re

from bot.answers.posts import begins_like_a_post
from bot.ask import from_key, to_key
from bot.fillers import alternatives
from bot.library import Library
from bot.matching import canon
from bot.names import who_is_meant
from bot.question import read_question
from bot.types import Answer, Conversation
from bot.when import read_when
from store.nameindex_syllables import words
from store.queries import entity
from store.queries_events import events
from store.text import fold, nfc, plain

__all__ = ["understood"]

_DETAIL = re.compile(r"(?:chi tiet|nguon|cau|doan|xem|source|detail|details)?\s*(?:so\s*)?\[?(\d{1,2})\]?\s*")
_MARKED = re.compile(r"(?:chi tiet|nguon|cau|doan|xem|source|detail|details|\[)")
_AND = re.compile(
    r"(?:vậy|vay|thế|the|thì|thi)?\s*(?:còn|con|what about|and|how about)\s+(.+?)"
    r"\s*(?:thì sao|thi sao|thì ai|thi ai|sao)?\s*\??", re.IGNORECASE)
_HOW_ABOUT = re.compile(r"(.+?)\s+(?:thì sao|thi sao)\s*\??", re.IGNORECASE)


def understood(text: str, conversation: Conversation, library: Library) -> str:
    """The message with what it takes from the last answer written out; the same text where it takes nothing."""
    if text.lstrip().startswith("/"):       # before the last answer is looked at: whoever asks, it is the same answer
        return text
    last = conversation.last
    if last is None:
        return text
    typed = " ".join(plain(nfc(text)).split())
    return _detail(typed, last) or _more(typed, last) or _and(typed, last, library) or _pronoun(typed, last, library) or text


def _detail(typed: str, last: Answer) -> str | None:
    """`chi tiết [2]`: what stands around the second source."""
    folded = str(fold(typed))
    match = _DETAIL.fullmatch(folded)
    if match is None or not _MARKED.match(folded):
        return None
    number = int(match[1])
    if not 1 <= number <= len(last.quotes):
        return None
    quote = last.quotes[number - 1]
    return f"near {to_key(quote.article_id)}.{quote.position}"


def _more(typed: str, last: Answer) -> str | None:
    """`ai nữa?`, `tiếp`: the next page; of an event everybody who was there."""
    if tuple(str(fold(typed)).rstrip("?!. ").split()) not in alternatives("more"):
        return None
    if last.page < last.pages:
        return f"/{last.intent.command} {last.intent.argument}|{last.page + 1}"
    opens = next((b.data for row in last.buttons for b in row if b.data.startswith("event #")), None)
    return opens if last.intent.command == "ask" else None


def _and(typed: str, last: Answer, library: Library) -> str | None:
    """`còn năm 2017?` asks the last question of another time, `còn Đà Nẵng?` of another place or person."""
    match = _AND.fullmatch(typed) or _HOW_ABOUT.fullmatch(typed)
    if match is None or not last.intent.argument or last.intent.argument.startswith("~"):
        return None
    asked = _named(last.intent.argument, library)
    rest, whens = read_when(match[1])
    before, _ = read_when(asked)
    if whens and not rest.strip():
        return f"/{last.intent.command} {before} {match[1]}"
    return _other_body(asked, match[1], last.intent.command, library) or _other_person(asked, match[1], library)


def _named(argument: str, library: Library) -> str:
    """The argument with a name for a key."""
    key = from_key(argument)
    row = entity(library.connection, key) if key is not None else None
    return row.name if row else argument


def _other_body(asked: str, other: str, command: str, library: Library) -> str | None:
    """The post asked for before, of another body: the longest beginning of it that fits."""
    question = read_question(asked)
    post = read_when(question.slot("name") or question.slot("post") or asked)[0].split()
    size = begins_like_a_post(canon(" ".join(post)))
    for kept in range(len(post) - 1, 0, -1) if size else ():
        candidate = " ".join([*post[:kept], other])
        if any(fit.how != "within" for fit in library.posts.find(canon(candidate))):
            return f"/who {candidate}"
    return None


def _other_person(asked: str, other: str, library: Library) -> str | None:
    """The same question about somebody else."""
    meant = who_is_meant(library, other)
    if meant.manner == "none":
        return None
    person = read_question(asked).slot("person")
    return asked.replace(person, other) if person else f"/who {other}"


def _pronoun(typed: str, last: Answer, library: Library) -> str | None:
    """`ông ấy`, `hội nghị đó` → the person or event the last answer was about."""
    name = _subject(last, library)
    if name is None:
        return None
    tokens = typed.split()
    folded = [str(fold(token)).strip("?!.,") for token in tokens]
    table = "pronouns_event" if name.startswith("#") else "pronouns"
    for entry in alternatives(table):
        size = len(entry)
        for at in range(len(tokens) - size + 1):
            if tuple(folded[at:at + size]) == entry:
                tail = "?" if tokens[at + size - 1].endswith("?") else ""
                return " ".join([*tokens[:at], name + tail, *tokens[at + size:]])
    return None


def _subject(last: Answer, library: Library) -> str | None:
    """The name of the person, or the key of the event, that the last answer was about."""
    keys = [last.subject] if last.subject else list(last.mentioned[:1]) if len(last.mentioned) == 1 else []
    key = from_key(keys[0]) if keys else None
    if key is None:
        return None
    row = entity(library.connection, key)
    if row is not None:
        return row.name if words(row.name) else None
    return to_key(key) if events(library.connection, [key]) else None
