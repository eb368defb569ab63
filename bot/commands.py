"""The one table of commands: dispatch, /help, Telegram's menu and README are made from it.

A new command is a row here and an answering function: `def answer(ask: Ask) -> Answer` in `bot/answers/`.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers import about, events, organizations, who
from bot.ask import Answering

__all__ = ["COMMANDS", "COMMAND_OF", "Command"]


@dataclass(frozen=True, slots=True)
class Command:
    """A row: `help` is one line, `argument` the hint that stands after the name; both as (Vietnamese, English)."""

    name: str
    answer: Answering
    help: tuple[str, str]
    argument: tuple[str, str] = ("", "")
    aliases: tuple[str, ...] = ()
    menu: bool = True               # shown in Telegram's menu and /help
    admin: bool = False             # for curators only; others get a polite refusal


COMMANDS: tuple[Command, ...] = (
    Command("start", about.start, ("bắt đầu", "begin"), menu=False, aliases=("batdau",)),
    Command("help", about.help_, ("hỏi được những gì, hỏi thế nào", "what can be asked, and how"),
            aliases=("trogiup", "huongdan")),
    Command("who", who.who, ("một người hay một chức vụ", "a person, or the holders of a post"),
            ("TÊN | CHỨC VỤ", "NAME | POST"), aliases=("ai", "nguoi")),
    Command("org", organizations.org, ("một cơ quan: ai giữ chức gì ở đó, sự kiện, văn bản",
                                       "an organization: its posts, events, documents"),
            ("TÊN", "NAME"), aliases=("tc", "tochuc", "coquan")),
    Command("event", events.event, ("sự kiện: ngày, tháng, năm, chủ đề, người, tổ chức",
                                    "events: day, month, year, topic, person, organization"),
            ("NGÀY | CHỦ ĐỀ | TÊN", "DATE | TOPIC | NAME"), aliases=("sk", "sukien")),
    Command("lang", about.lang, ("đổi ngôn ngữ giao diện", "change the language of the interface"),
            ("vi | en", "vi | en"), aliases=("ngonngu", "language")),
)

COMMAND_OF: dict[str, Command] = {name: row for row in COMMANDS for name in (row.name, *row.aliases)}
