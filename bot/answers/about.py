"""About the bot itself: /start, /help, /lang."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bot.ask import Ask
from bot.phrases import LANGUAGES, phrases
from bot.types import Answer, Button, Fact

if TYPE_CHECKING:
    from bot.commands import Command

__all__ = ["help_", "lang", "start", "unknown"]


def start(ask: Ask) -> Answer:
    """A word of welcome with a few questions to press."""
    say = ask.say
    examples = tuple((Button(text, text),) for key in ("one", "two", "three") if (text := say(f"start.example_{key}")))
    return Answer(ask.intent, found=False, headline=say("start.welcome"), notes=(say("start.how"),),
                  buttons=(*examples, (ask.button(say("start.help"), "help"),)))


def help_(ask: Ask) -> Answer:
    """Every command of the menu with its hint, made from the table."""
    say, vi = ask.say, ask.language == "vi"
    lines = []
    for row in _rows(ask):
        if row.menu and (not row.admin or ask.conversation.admin):
            hint = row.argument[0 if vi else 1]
            lines.append(Fact(f"/{row.name}{' ' + hint if hint else ''} – {row.help[0 if vi else 1]}"))
    return Answer(ask.intent, found=False, headline=say("help.headline"), facts=tuple(lines),
                  notes=(say("help.plain"),))


def _rows(ask: Ask) -> list[Command]:
    """The rows of the table, each once."""
    return list(dict.fromkeys(cast("list[Command]", list(ask.commands.values()))))   # typed as objects to avoid a cycle


def lang(ask: Ask) -> Answer:
    """Changes the language of this conversation; the face keeps it for the user."""
    wanted = ask.intent.argument.strip().lower()[:2]
    if wanted not in LANGUAGES:
        choice = tuple(ask.button(phrases(code)("lang.name"), "lang", code) for code in LANGUAGES)
        return Answer(ask.intent, found=False, headline=ask.say("lang.which"), buttons=(choice,))
    ask.conversation.language = wanted
    return Answer(ask.intent, found=False, headline=phrases(wanted)("lang.set"))


def unknown(ask: Ask) -> Answer:
    """A command nobody knows."""
    return Answer(ask.intent, found=False, headline=ask.say("help.unknown", command=ask.intent.argument),
                  buttons=((ask.button(ask.say("start.help"), "help"),),))
