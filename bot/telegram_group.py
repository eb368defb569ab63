"""What in a group is said to the bot. Everything else is not its business, and it stays silent."""

from __future__ import annotations

import re

from bot.commands import COMMAND_OF

__all__ = ["addressed"]

_COMMAND = re.compile(r"/(\w{1,32})(?:@(\w+))?(?=\s|$)")


def addressed(text: str, username: str, reply_to_bot: bool = False) -> str | None:
    """The text without `@bot` where it is meant for it; None where it is not.

    `/who@bot x`, `/who x` (a command of ours), `@bot x`, and whatever replies to the bot are; `/who@other`, commands
    nobody here knows and chatter are not.
    """
    text = text.strip()
    command = _COMMAND.match(text)
    if command is not None:
        name, bot = command[1].lower(), (command[2] or "").lower()
        if bot:
            return f"/{command[1]}{text[command.end():]}" if bot == username.lower() else None
        return text if name in COMMAND_OF else None
    mention = re.compile(rf"(?<![\w@])@{re.escape(username)}(?!\w)[,:]?", re.IGNORECASE)
    if username and mention.search(text):
        return mention.sub(" ", text).strip() or "/help"
    return text if reply_to_bot and text else None
