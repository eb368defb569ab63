"""Links that open the bot at a thing: `https://t.me/BOT?start=p_9f3k2c` asks `/who #9f3k2c`.

The payload is a letter for the command and the stable id of the thing, so a link outlives every re-ingest.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from bot.ask import from_key
from bot.phrases import Phrases
from bot.types import Answer, Button, Message
from store.queries import Connection, entity
from store.queries_articles import article
from store.queries_events import events

__all__ = ["deep_link", "kind_of", "payload", "said_by", "share_row"]

_COMMANDS = {
    "p": "who", "o": "org", "d": "doc", "e": "event", "a": "article", "t": "timeline", "r": "related",
}
_OF_KIND = {"person": "who", "organization": "org", "document": "doc", "event": "event", "article": "article"}
_LETTERS = {command: letter for letter, command in _COMMANDS.items()}
_PAYLOAD = re.compile(r"([a-z])_([0-9a-z]{1,13})")
_START = re.compile(r"/start(?:@\w+)?\s+(\S+)\s*")


def payload(answer: Answer | None, kind: str | None) -> str | None:
    """`p_9f3k2c` for an answer about one thing of the store, which is of this kind; None for a list of several."""
    if answer is None or not answer.found or not answer.subject or kind is None:
        return None
    command = answer.intent.command
    shown = _OF_KIND.get(kind) if command == "ask" else command
    if shown not in _LETTERS or (shown in _OF_KIND.values() and _OF_KIND.get(kind) != shown):
        return None                 # the events of a person are not the person
    return f"{_LETTERS[shown]}_{answer.subject.removeprefix('#')}"


def kind_of(connection: Connection, key: str | None) -> str | None:
    """What sort of thing has this id: person, organization, place, document, event, article."""
    identifier = from_key(key) if key else None
    if identifier is None:
        return None
    found = entity(connection, identifier)
    if found is not None:
        return found.kind
    if events(connection, [identifier]):
        return "event"
    return "article" if article(connection, identifier) else None


def deep_link(username: str, start: str) -> str:
    """The link that opens the bot there."""
    return f"https://t.me/{username}?start={start}"


def said_by(text: str) -> str:
    """What `/start p_9f3k2c` asks; any other text as it is."""
    match = _START.fullmatch(text.strip())
    found = _PAYLOAD.fullmatch(match[1]) if match else None
    if match is None:
        return text
    return f"{_COMMANDS[found[1]]} #{found[2]}" if found and found[1] in _COMMANDS else "/start"


def share_row(message: Message, kind: str | None, username: str, say: Phrases) -> tuple[Button, ...]:
    """`Chia sẻ`: lets the reader choose a chat for the link to this answer; empty where an answer has no link."""
    start = payload(message.answer, kind)
    if start is None or not username or message.answer is None:
        return ()
    link = deep_link(username, start)
    headline = message.answer.headline[:120]
    return (Button(say("telegram.share"), "", f"https://t.me/share/url?url={link}&text={quote(headline)}"),)
