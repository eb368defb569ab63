"""The one table of commands: dispatch, /help, Telegram's menu and README are made from it.

A new command is a row here and an answering function: `def answer(ask: Ask) -> Answer` in `bot/answers/`.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers import (
    about,
    articles,
    documents,
    events,
    export,
    organizations,
    passages,
    questions,
    related,
    timelines,
    watch,
    who,
)
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
    Command("find", passages.find, ("tìm trong bài: từ, “cụm từ”, số hiệu; từ:2018 đến:2019 nguồn:…",
                                    "search the articles: words, “a phrase”, a code; from:2018 to:2019 source:…"),
            ("TỪ | \"CỤM TỪ\" | SỐ HIỆU", "WORDS | \"A PHRASE\" | CODE"), aliases=("tim",)),
    Command("doc", documents.doc, ("một văn bản: của ai, ngày nào, nói gì", "a document: by whom, when, about what"),
            ("SỐ HIỆU | TÊN", "NUMBER | TITLE"), aliases=("vb", "vanban")),
    Command("timeline", timelines.timeline, ("theo thứ tự thời gian", "in order of date"),
            ("TÊN | CHỨC VỤ | NĂM", "NAME | POST | YEAR"), aliases=("dong", "dongthoigian")),
    Command("related", related.related, ("ai xuất hiện cùng ai", "who appears with whom"), ("TÊN", "NAME"),
            aliases=("lienquan",)),
    Command("article", articles.article_card,
            ("một bài báo: tác giả, sự kiện, từng câu", "one article: facts, sentences"),
            ("TÊN TỆP | ĐẦU ĐỀ", "FILE | HEADLINE"), aliases=("bai", "baibao")),
    Command("stats", articles.stats, ("kho báo có bao nhiêu", "how much there is"), aliases=("thongke",)),
    Command("ask", questions.plain_question, ("một câu hỏi", "a plain question"), menu=False, aliases=("hoi",)),
    Command("near", passages.near, ("câu lân cận", "sentences around"), menu=False),
    Command("watch", watch.watch, ("báo khi có tin mới về tên, chức vụ, văn bản, “cụm từ”",
                                   "be told what is new about a name, a post, a document, “a phrase”"),
            ("TÊN | CHỨC VỤ | SỐ HIỆU | \"CỤM TỪ\"", "NAME | POST | CODE | \"PHRASE\""), aliases=("theodoi",)),
    Command("watches", watch.watches, ("đang theo dõi những gì", "what you watch"), aliases=("dangtheodoi",)),
    Command("unwatch", watch.unwatch, ("thôi theo dõi", "stop watching"), ("TÊN", "NAME"), aliases=("thoitheodoi",)),
    Command("quiet", watch.quiet, ("giờ yên lặng, không báo tin", "hours without news"), ("22-7", "22-7"),
            aliases=("yenlang",)),
    Command("export", export.export, ("câu trả lời trước thành tệp: trang đọc, bảng CSV, JSON",
                                      "the answer before as a file: a page, a CSV table, JSON"),
            ("html | csv | json", "html | csv | json"), aliases=("xuat",)),
    Command("lang", about.lang, ("đổi ngôn ngữ giao diện", "change the language of the interface"),
            ("vi | en", "vi | en"), aliases=("ngonngu", "language")),
)

COMMAND_OF: dict[str, Command] = {name: row for row in COMMANDS for name in (row.name, *row.aliases)}
