"""The one table of commands: dispatch, /help, Telegram's menu and README are made from it.

A new command is a row here and an answering function: `def answer(ask: Ask) -> Answer` in `bot/answers/`.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers import (
    about,
    articles,
    curate,
    documents,
    events,
    export,
    organizations,
    passages,
    privacy,
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
    of_corpus: bool = False         # depends on store, words and language alone, so answers are kept


COMMANDS: tuple[Command, ...] = (
    Command("start", about.start, ("bắt đầu", "begin"), menu=False, aliases=("batdau",)),
    Command("help", about.help_, ("hỏi được những gì, hỏi thế nào", "what can be asked, and how"),
            aliases=("trogiup", "huongdan")),
    Command("who", who.who, ("một người hay một chức vụ", "a person, or the holders of a post"),
            ("TÊN | CHỨC VỤ", "NAME | POST"), aliases=("ai", "nguoi"), of_corpus=True),
    Command("org", organizations.org, ("một cơ quan: ai giữ chức gì ở đó, sự kiện, văn bản",
                                       "an organization: its posts, events, documents"),
            ("TÊN", "NAME"), aliases=("tc", "tochuc", "coquan"), of_corpus=True),
    Command("event", events.event, ("sự kiện: ngày, tháng, năm, chủ đề, người, tổ chức",
                                    "events: day, month, year, topic, person, organization"),
            ("NGÀY | CHỦ ĐỀ | TÊN", "DATE | TOPIC | NAME"), aliases=("sk", "sukien"), of_corpus=True),
    Command("find", passages.find, ("tìm trong bài: từ, “cụm từ”, số hiệu; từ:2018 đến:2019 nguồn:…",
                                    "search the articles: words, “a phrase”, a code; from:2018 to:2019 source:…"),
            ("TỪ | \"CỤM TỪ\" | SỐ HIỆU", "WORDS | \"A PHRASE\" | CODE"), aliases=("tim",), of_corpus=True),
    Command("doc", documents.doc, ("một văn bản: của ai, ngày nào, nói gì", "a document: by whom, when, about what"),
            ("SỐ HIỆU | TÊN", "NUMBER | TITLE"), aliases=("vb", "vanban"), of_corpus=True),
    Command("timeline", timelines.timeline, ("theo thứ tự thời gian", "in order of date"),
            ("TÊN | CHỨC VỤ | NĂM", "NAME | POST | YEAR"), aliases=("dong", "dongthoigian"), of_corpus=True),
    Command("related", related.related, ("ai xuất hiện cùng ai", "who appears with whom"), ("TÊN", "NAME"),
            aliases=("lienquan",), of_corpus=True),
    Command("article", articles.article_card,
            ("một bài báo: tác giả, sự kiện, từng câu", "one article: facts, sentences"),
            ("TÊN TỆP | ĐẦU ĐỀ", "FILE | HEADLINE"), aliases=("bai", "baibao"), of_corpus=True),
    Command("stats", articles.stats, ("kho báo có bao nhiêu", "how much there is"), aliases=("thongke",), of_corpus=True),
    Command("ask", questions.plain_question, ("một câu hỏi", "a plain question"), menu=False, aliases=("hoi",), of_corpus=True),
    Command("near", passages.near, ("câu lân cận", "sentences around"), menu=False, of_corpus=True),
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
    Command("merge", curate.merge, ("gộp hai mục là một", "make two things one"), ("A | B", "A | B"), ("gop",), admin=True),
    Command("split", curate.split, ("tách một mục làm hai", "divide a thing"), ("A | CỤM TỪ", "A | WORDS"), ("tach",),
            admin=True),
    Command("rename", curate.rename, ("đổi tên gọi", "change what it is called"), ("A | TÊN", "A | NAME"), ("doiten",),
            admin=True),
    Command("alias", curate.alias, ("thêm tên khác", "add another name"), ("A | TÊN", "A | NAME"), ("tenkhac",), admin=True),
    Command("hide", curate.hide, ("bỏ mục nhận nhầm", "take out what was found by mistake"), ("A", "A"), ("bomuc",),
            admin=True),
    Command("undo", curate.undo_last, ("hoàn tác quyết định biên tập", "undo a judgement"), ("SỐ", "NUMBER"), ("hoantac",),
            admin=True),
    Command("judgements", curate.judgements, ("các quyết định biên tập", "what curators judged"), aliases=("quyetdinh",),
            admin=True),
    Command("privacy", privacy.privacy, ("bot giữ gì về bạn", "what the bot keeps about you"), aliases=("riengtu",)),
    Command("forget", privacy.forget, ("xóa mọi thứ về bạn", "delete all about you"), aliases=("quen",)),
    Command("cancel", curate.cancel, ("thôi", "cancel"), menu=False),
    Command("lang", about.lang, ("đổi ngôn ngữ giao diện", "change the language of the interface"),
            ("vi | en", "vi | en"), aliases=("ngonngu", "language")),
)

COMMAND_OF: dict[str, Command] = {name: row for row in COMMANDS for name in (row.name, *row.aliases)}
