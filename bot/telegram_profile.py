"""How the bot presents itself: command menus per language and scope, and its descriptions.

Set at the start, and only what differs from what Telegram has: these calls are rationed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeChat
from telegram.error import TelegramError

from bot.commands import COMMANDS, Command
from bot.phrases import LANGUAGES, phrases

__all__ = ["menu", "present", "present_to_curator"]

log = logging.getLogger(__name__)
_NOT_IN_GROUPS = ("start", "lang", "watch", "watches", "unwatch", "quiet", "privacy", "forget", "export")


def menu(language: str, admin: bool = False, group: bool = False) -> list[BotCommand]:
    """The menu as Telegram takes it, in the order of the table."""
    number = LANGUAGES.index(language)
    rows = (row for row in COMMANDS if row.menu and (admin or not row.admin))
    return [BotCommand(row.name, _described(row, number)) for row in rows if not (group and row.name in _NOT_IN_GROUPS)]


def _described(row: Command, number: int) -> str:
    hint = f" – {row.argument[number]}" if row.argument[number] else ""
    return f"{row.help[number]}{hint}"[:256]


async def present(bot: Bot, language: str) -> None:
    """Menus and descriptions; `language` is for readers of languages that the bot does not speak."""
    steps = []
    for code, spoken in (("", language), *((code, code) for code in LANGUAGES)):
        steps.append(_set_menu(bot, menu(spoken), None, code))
        steps.append(_set_menu(bot, menu(spoken, group=True), BotCommandScopeAllGroupChats(), code))
        steps.append(_describe(bot, phrases(spoken)("telegram.description"),
                               phrases(spoken)("telegram.short_description"), code))
    await asyncio.gather(*(_quietly(step) for step in steps))


async def present_to_curator(bot: Bot, user_id: int) -> None:
    """The menu with the curators' commands; possible once the curator has written to the bot."""
    for code in ("", *LANGUAGES):
        await _quietly(_set_menu(bot, menu(code or "vi", admin=True), BotCommandScopeChat(user_id), code))


async def _quietly(step: object) -> None:
    """A menu is no reason not to start."""
    try:
        await step  # type: ignore[misc]  # a coroutine of this module
    except TelegramError as error:
        log.warning("the bot's menu or description could not be set: %s", error)


async def _set_menu(bot: Bot, wanted: Iterable[BotCommand], scope: BotCommandScope | None, code: str) -> None:
    wanted = tuple(wanted)
    if await bot.get_my_commands(scope=scope, language_code=code or None) != wanted:
        await bot.set_my_commands(wanted, scope=scope, language_code=code or None)


async def _describe(bot: Bot, long: str, short: str, code: str) -> None:
    if (await bot.get_my_description(language_code=code or None)).description != long:
        await bot.set_my_description(long, language_code=code or None)
    if (await bot.get_my_short_description(language_code=code or None)).short_description != short:
        await bot.set_my_short_description(short, language_code=code or None)
