"""What curators send: a file or a link becomes an article of the store, with a report.

    intake.file(engine, state, "nghi-quyet.pdf", content, say)      # blocking; call in a thread

Files are kept in `uploads/` beside the store under a name made of their content, so the same file sent twice is the same
article, and `hoitin ingest` can read them again.
"""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from bot.ask import to_key
from bot.engine import Engine
from bot.phrases import Phrases
from bot.types import Answer, Button, Intent
from store.errors import HoitinError, SourceError
from store.ids import article_id
from store.ingest import Report, ingest
from store.queries_articles import article, article_entities
from store.queries_events import events_in_article
from store.readers import READERS, reader_of
from store.readers.web import read_link
from store.state import State
from store.state_judgements import standing_judgements
from store.text import syllables

__all__ = ["FILE_LIMIT", "file", "link", "only_link"]

FILE_LIMIT = 20 << 20               # bytes; what Telegram lets bots download
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_SHOWN = 6                          # names in a report


def only_link(text: str) -> str | None:
    """The link, where a message is nothing else."""
    return text.strip() if _LINK.fullmatch(text.strip()) else None


def file(engine: Engine, state: State, name: str, content: bytes, say: Phrases) -> Answer:
    """Ingests a file and tells what became of it."""
    if reader_of(Path(name)) is None:
        return _said(say("intake.kind", name=name, kinds=", ".join(sorted(READERS))))
    if len(content) > FILE_LIMIT:
        return _said(say("intake.large", name=name, size=FILE_LIMIT >> 20))
    path = _kept(engine.library.path, name, content)
    answer = _ingested(engine, state, path, say, name)
    if not answer.found:
        path.unlink(missing_ok=True)    # nothing of it is in the store
    return answer


def link(engine: Engine, state: State, url: str, say: Phrases) -> Answer:
    """Ingests the page at an address and tells what became of it."""
    try:
        raw = read_link(url)
    except SourceError as error:
        return _said(say("intake.failed", name=url), str(error))
    with tempfile.TemporaryDirectory(prefix="hoitin-") as folder:
        line = Path(folder) / "link.jsonl"
        line.write_text(json.dumps(asdict(raw)) + "\n", encoding="utf-8")
        return _ingested(engine, state, line, say, raw.source, raw.source)


def _kept(store: Path, name: str, content: bytes) -> Path:
    """The file, written where the store is; its name has nothing of the sender's path."""
    suffix = next(s for s in sorted(READERS, key=len, reverse=True) if name.lower().endswith(s))
    stem = "-".join(syllables(Path(name).name[: -len(suffix)]))[:60] or "tep"
    folder = store.parent / "uploads"
    folder.mkdir(exist_ok=True)
    path = folder / f"{stem}-{sha256(content).hexdigest()[:10]}{suffix}"
    path.write_bytes(content)
    return path


def _ingested(engine: Engine, state: State, path: Path, say: Phrases, name: str, source: str | None = None) -> Answer:
    try:
        report = ingest([path], engine.library.path, judgements=standing_judgements(state))
    except (HoitinError, OSError) as error:
        return _said(say("intake.failed", name=name), str(error))
    engine.library.refresh()
    return _reported(engine, report, say, name, source)


def _said(headline: str, *notes: str) -> Answer:
    return Answer(Intent("intake"), found=False, headline=headline, notes=notes)


def _reported(engine: Engine, report: Report, say: Phrases, name: str, source: str | None) -> Answer:
    """What was read, and what was understood of it."""
    good = [outcome for outcome in report.outcomes if outcome.status not in ("failed", "vanished")]
    reasons = [outcome.reason for outcome in report.outcomes if outcome.status == "failed" and outcome.reason]
    if not good:
        return _said(say("intake.failed", name=name), *reasons[:3])
    connection = engine.library.connection
    identifiers = [article_id(source or outcome.source) for outcome in good]
    buttons = [Button(row.title or name, f"article {to_key(row.id)}")
               for i in identifiers[:_SHOWN] for row in [article(connection, i)] if row]
    lines = [say(f"intake.{good[0].status.replace('-', '_')}", name=name, count=len(good))]
    if len(identifiers) == 1:
        named = [row.name for row in article_entities(connection, identifiers[0]) if row.kind == "person"]
        events = events_in_article(connection, identifiers[0])
        lines.append(say("intake.understood", persons=", ".join(named[:_SHOWN]) or "–", events=len(events)))
    answer = _said(lines[0], *lines[1:], *(say("intake.also_failed", reason=reason) for reason in reasons[:3]))
    return Answer(answer.intent, True, answer.headline, notes=answer.notes,
                  buttons=tuple((button,) for button in buttons))
