"""Sources → store: read, clean, annotate, write, link. One bad source is reported and the rest goes on.

    report = ingest(["seeds"], Path("hoitin.db"))
    report.count("new")

Articles are written in small transactions, each of which leaves a sound store; names are linked at the end of the run. A run
that was cut off is made good by the next one.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path

from store import queries_judge as judge
from store import queries_write as sql
from store.annotate import annotate
from store.clean import article_text, clean
from store.db import transaction, writing
from store.duplicates import components, own_text, sample, similar, word_runs
from store.errors import HoitinError, SourceError
from store.ids import article_id
from store.judgements import Judgement, Rulings
from store.link import link
from store.pool import in_order
from store.queries_link import drop_orphans
from store.rows import ArticleRows, raw_of, rows_of, stated_of
from store.sources import Expanded, Failure, expand, prefix_of, read_all
from store.types import ANNOTATION_VERSION, RawArticle
from store.version import version

__all__ = ["Outcome", "Progress", "Report", "derive", "ingest", "reannotate", "relink"]

BATCH = 64
"""Articles a transaction: 64 write as fast as 1,000, and a killed run reads at most so many again."""

Progress = Callable[[int, int | None], None]
"""Told after each batch how many articles are done, of how many (None where nobody knows)."""

_log = logging.getLogger("hoitin.ingest")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source."""

    source: str
    status: str                     # a status of ingest_files
    reason: str | None = None


@dataclass(slots=True)
class Report:
    """What a run did."""

    outcomes: list[Outcome] = field(default_factory=list)

    def count(self, status: str) -> int:
        """How many sources ended so."""
        return sum(outcome.status == status for outcome in self.outcomes)


def derive(raw: RawArticle) -> ArticleRows:
    """All rows of one article. Pure."""
    article = clean(raw)
    return rows_of(raw, article, annotate(article), sample(own_text(article)))


def ingest(
    sources: Sequence[str | Path], path: Path, *, workers: int = 1, prune: bool = False, progress: Progress | None = None,
    judgements: Sequence[Judgement] = (),
) -> Report:
    """Reads the sources into the store; what did not change is left alone. SourceError where nothing can be read at all."""
    named = expand(sources)
    if not named.paths:
        raise SourceError("; ".join(f.reason for f in named.failures) or "no sources named")
    fresh = not path.exists()
    with writing(path) as db:
        run = _Run(db, progress, _total(named.paths), judgements)
        run.note(Outcome(f.source, "failed", f.reason) for f in named.failures)
        run.write(in_order(_derived, run.changed(read_all(named.paths)), workers))
        run.vanished(named, prune)
        run.finish()
        empty = fresh and not db.execute("select 1 from articles").fetchone()
    if empty:                       # nothing half-made where nothing was before
        path.unlink()
    return run.report


def reannotate(
    path: Path, *, workers: int = 1, progress: Progress | None = None, judgements: Sequence[Judgement] = ()
) -> Report:
    """Derives everything anew from the stored articles, by the rules of today; no source file is needed."""
    if not path.is_file():
        raise SourceError(f"no store at {path.as_posix()!r}: nothing to annotate anew")
    with writing(path) as db:
        run = _Run(db, progress, int(db.execute("select count(*) from articles").fetchone()[0]), judgements)
        run.leave_full_text()
        articles = (raw_of(source, text, stated) for source, text, stated in sql.stored_articles(db))
        run.write(in_order(_derived, (("reannotated", raw) for raw in articles), workers))
        run.finish()
    return run.report


def relink(path: Path, judgements: Sequence[Judgement]) -> Report:
    """Links the store by these judgements: those it does not follow yet are applied, those no longer made are taken back."""
    if not path.is_file():
        raise SourceError(f"no store at {path.as_posix()!r}: nothing to judge")
    with writing(path) as db:
        run = _Run(db, None, None, judgements)
        run.finish()
    return run.report


def _derived(item: tuple[str, RawArticle] | Outcome) -> tuple[Outcome, ArticleRows | None]:
    """An article's rows with what it is to the store; runs in the workers."""
    if isinstance(item, Outcome):
        return item, None
    status, raw = item
    try:
        return Outcome(raw.source, status), derive(raw)
    except HoitinError as error:
        return Outcome(raw.source, "failed", str(error)), None
    except Exception as error:      # a rule that trips over one article must not cost the others
        _log.debug("%r could not be annotated", raw.source, exc_info=True)
        return Outcome(raw.source, "failed", f"{raw.source!r}: a rule failed: {type(error).__name__}: {error}"), None


def _total(paths: Iterable[Path]) -> int | None:
    names = [path.name for path in paths]
    return None if any(name == "-" or ".jsonl" in name for name in names) else len(names)


class _Run:
    """One run over one store: what was seen, what is to be linked, what was reported."""

    def __init__(
        self, db: sqlite3.Connection, progress: Progress | None, total: int | None, judgements: Sequence[Judgement]
    ) -> None:
        self.db, self.progress, self.total = db, progress, total
        self.rulings = Rulings.of(judgements)
        self.report = Report()
        self.seen: dict[int, str] = {}              # article id → source
        self.failed: set[str] = set()
        self.related: set[int] = set()              # articles whose near-duplicates are to be looked at
        self.indexed = not sql.full_text_is_left(db)    # else the run before was cut off while it annotated anew
        with transaction(db):
            self.id = sql.begin_run(db, _now(), version(), ANNOTATION_VERSION)

    def leave_full_text(self) -> None:
        """The full-text indexes are written anew at the end."""
        with transaction(self.db):
            sql.leave_full_text(self.db)
        self.indexed = False

    def note(self, outcomes: Iterable[Outcome]) -> None:
        """Adds to the report and to the log of the run."""
        outcomes = list(outcomes)
        self.report.outcomes += outcomes
        self.failed |= {o.source for o in outcomes if o.status == "failed"}
        with transaction(self.db):
            sql.note_file(self.db, self.id, ((o.source, o.status, o.reason) for o in outcomes))

    def changed(self, items: Iterable[RawArticle | Failure]) -> Iterator[tuple[str, RawArticle] | Outcome]:
        """Each item as what it is to the store: new, changed, unchanged, failed."""
        for item in items:
            if isinstance(item, Failure):
                yield Outcome(item.source, "failed", item.reason)
                continue
            identifier = article_id(item.source)
            if identifier in self.seen:
                yield Outcome(item.source, "failed", f"{item.source!r}: read twice in this run; the first one counts")
                continue
            self.seen[identifier] = item.source
            yield self._compared(identifier, item)

    def _compared(self, identifier: int, raw: RawArticle) -> tuple[str, RawArticle] | Outcome:
        known = sql.article_digest(self.db, identifier)
        if known is None:
            return "new", raw
        source, digest, stated, _ = known
        if source != raw.source:
            return Outcome(raw.source, "failed", f"{raw.source!r}: has the id of {source!r}; name the file otherwise")
        same = digest == sha256(article_text(raw).encode()).hexdigest() and stated == stated_of(raw)
        return Outcome(raw.source, "unchanged") if same else ("changed", raw)

    def write(self, derived: Iterator[tuple[Outcome, ArticleRows | None]]) -> None:
        """Writes what was derived, batch by batch."""
        done = 0
        while batch := list(islice(derived, BATCH)):
            with transaction(self.db):
                for outcome, rows in batch:
                    if rows is not None:
                        self._replace(rows, outcome.status != "new")
            self.note(outcome for outcome, _ in batch)
            done += len(batch)
            if self.progress:
                self.progress(done, self.total)

    def _replace(self, rows: ArticleRows, known: bool) -> None:
        if known:
            self._delete(rows.id)
        sql.insert_article(self.db, rows, indexed=self.indexed)
        self.related.add(rows.id)

    def _delete(self, article: int) -> None:
        self.related |= sql.duplicate_group(self.db, article)
        sql.delete_article(self.db, article, indexed=self.indexed)

    def vanished(self, named: Expanded, prune: bool) -> None:
        """Articles that came from one of the folders and are there no more."""
        present = set(self.seen.values()) | self.failed
        gone = [s for folder in named.folders for s in sql.sources_under(self.db, prefix_of(folder)) if s not in present]
        if prune:
            with transaction(self.db):
                for source in gone:
                    self._delete(article_id(source))
        reason = None if prune else "not there any more; --prune takes it out of the store"
        self.note(Outcome(source, "pruned" if prune else "vanished", reason) for source in gone)

    def finish(self) -> None:
        """Marks near-duplicates, links names, closes the run; all in one transaction."""
        with transaction(self.db):
            if not self.indexed:
                sql.rebuild_full_text(self.db)
            self._judge()
            self._near_duplicates()
            link(self.db, self.rulings)
            sql.end_run(self.db, self.id, _now())

    def _judge(self) -> None:
        """Lets the keys of judgements made or undone since the last run wait for linking; what only the articles can tell is
        derived from them anew."""
        old, new = judge.applied(self.db), self.rulings.keys
        articles = judge.articles_judged(self.db, old.keys() - new.keys())
        stored = [judge.stored_article(self.db, article) for article in articles]
        for article in articles:
            self._delete(article)
        if articles:
            drop_orphans(self.db)
        for source, text, stated in stored:
            self._replace(derive(raw_of(source, text, stated)), known=False)
        judge.touch(self.db, (key for judgement in old.keys() ^ new.keys() for key in (old | new)[judgement]))
        judge.note_keys(self.db, new)

    def _near_duplicates(self) -> None:
        if sql.was_cut_off(self.db, self.id):       # it wrote articles and looked at none of their near-duplicates
            self.related |= sql.all_articles(self.db)
        marked: dict[str, str] = {}
        for group in components(self.related, _Neighbours(self.db).of):
            marked |= sql.mark_duplicates(self.db, group)
        for index, outcome in enumerate(self.report.outcomes):
            if outcome.source in marked and outcome.status in ("new", "changed"):
                self.report.outcomes[index] = replace(outcome, status="near-duplicate", reason=f"of {marked[outcome.source]!r}")
        sql.note_file(self.db, self.id, ((o.source, o.status, o.reason) for o in self.report.outcomes if o.status == "near-duplicate"))


class _Neighbours:
    """The articles whose texts are similar to one; the word runs of the last few hundred are kept."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.runs = lru_cache(maxsize=512)(lambda article: word_runs(sql.own_text_of(db, article)))

    def of(self, article: int, known: set[int]) -> list[int]:
        """Those of them that are not known yet."""
        candidates = [other for other in sql.sharing_shingles(self.db, article) if other not in known]
        return [other for other in candidates if similar(self.runs(article), self.runs(other))]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
