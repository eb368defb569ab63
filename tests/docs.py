"""Keeps README true: writes what stands between its markers from the code and from real answers.

    python tests/docs.py            says which blocks are out of date (exit 1 if any)
    python tests/docs.py --write    writes them

Markers: `<!-- transcript: NAME -->`, `<!-- commands -->`, `<!-- schema -->`, `<!-- views -->`, each closed by `<!-- end -->`.
"""

from __future__ import annotations

import pathlib
import re
import sqlite3
import sys
import tempfile
from collections.abc import Callable

ROOT = pathlib.Path(__file__).resolve().parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from bot.cli import SUBCOMMANDS  # noqa: E402
from bot.commands import COMMANDS  # noqa: E402  (after the path is set, when run as a script)
from bot.engine import Engine  # noqa: E402
from bot.render import ON_A_TERMINAL  # noqa: E402
from bot.types import Conversation  # noqa: E402
from store.ingest import ingest  # noqa: E402

README = ROOT / "README.md"
BLOCK = re.compile(r"(<!-- (transcript: \w+|commands|subcommands|environment|schema|views) -->\n)(.*?)(<!-- end -->)", re.DOTALL)

TRANSCRIPTS: dict[str, tuple[str, ...]] = {
    "opening": ("/who dinh tien dung", "Ai chủ trì hội nghị chiều 21/2?"),
    "people": ("/who bà Hoài", "bà ấy chủ trì cuộc họp nào?", "/who Bí thư Thành uỷ Hà Nội"),
    "events": ("/event 29/1", "Ai chủ trì hội nghị ngày 29/1?"),
    "documents": ("/doc 221-QD/TW", "Chương trình 07-CTr/TU về cái gì?"),
    "passages": ('/find "trái tim của cả nước"', "/find đường sắt Nhổn"),
    "english": ("/lang en", "who chaired the meeting on 21/2?"),
}


def seed_store(folder: pathlib.Path) -> pathlib.Path:
    """A fresh store of the five seed articles."""
    path = folder / "hoitin.db"
    ingest([ROOT / "seeds"], path)
    return path


def transcript(engine: Engine, messages: tuple[str, ...]) -> str:
    """The conversation as `hoitin chat` prints it, as a text block."""
    conversation = Conversation()
    lines = []
    for message in messages:
        lines += [f"› {message}", "", engine.respond(message, conversation).plain, ""]
    return "```text\n" + "\n".join(lines).rstrip() + "\n```\n"


def commands_table() -> str:
    """The table of chat commands."""
    rows = [f"| `{' '.join(filter(None, (f'/{c.name}', c.argument[0].replace(' | ', ', '))))}` | {c.help[0]} | {c.help[1]} |"
            for c in COMMANDS if c.menu]
    return "\n".join(["| command | tiếng Việt | English |", "|---|---|---|", *rows]) + "\n"


def subcommands_table() -> str:
    """The table of `hoitin` subcommands."""
    rows = [f"| `hoitin {s.name}` | {s.help} |" for s in SUBCOMMANDS]
    return "\n".join(["| command | what it does |", "|---|---|", *rows]) + "\n"


def environment() -> str:
    """`.env.example` as it stands: every variable with its meaning."""
    return "```sh\n" + (ROOT / ".env.example").read_text(encoding="utf-8").rstrip() + "\n```\n"


def schema(db: sqlite3.Connection) -> str:
    """The tables as SQLite keeps them, comments included."""
    rows = db.execute("select sql from sqlite_schema where type = 'table' and sql is not null "
                      "and name not like '%\\_fts\\_%' escape '\\' and name not like 'sqlite%' and name not like '\\_%' escape '\\' "
                      "order by rootpage = 0, rowid")
    return "```text\n" + ";\n\n".join(row[0] for row in rows) + ";\n```\n"


def views_table(db: sqlite3.Connection) -> str:
    """The views with their columns."""
    names = [row[0] for row in db.execute("select name from sqlite_schema where type = 'view' order by name")]
    rows = [f"| `{n}` | {', '.join(d[0] for d in db.execute(f'select * from {n} limit 0').description)} |" for n in names]
    return "\n".join(["| view | columns |", "|---|---|", *rows]) + "\n"


def made(text: str, folder: pathlib.Path) -> str:
    """README with every block made anew."""
    path = seed_store(folder)
    engine = Engine(path, screen=ON_A_TERMINAL)
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        makers: dict[str, Callable[[], str]] = {
            "commands": commands_table, "subcommands": subcommands_table, "environment": environment,
            "schema": lambda: schema(db), "views": lambda: views_table(db),
        }

        def block(match: re.Match[str]) -> str:
            name = match.group(2)
            if name.startswith("transcript: "):
                content = transcript(engine, TRANSCRIPTS[name.removeprefix("transcript: ")])
            else:
                content = makers[name]()
            return match.group(1) + content + match.group(4)

        return BLOCK.sub(block, text)


def main() -> int:
    """Compares or writes; the exit code says whether README was up to date."""
    before = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        after = made(before, pathlib.Path(folder))
    if "--write" in sys.argv:
        README.write_text(after, encoding="utf-8")
        return 0
    if before != after:
        print("README.md is out of date: python tests/docs.py --write")
    return int(before != after)


if __name__ == "__main__":
    sys.exit(main())
