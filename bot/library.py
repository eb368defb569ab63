"""The store as the answers use it: a read-only connection per thread, and one index of names for all of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TypeVar

from bot.areas import ends_in_area
from bot.eventbook import EventBook
from bot.matching import Phrasebook, canon
from store.nameindex import NameIndex
from store.queries import Clock, Connection, connect, data_version, name_rows, stamp, time_limit
from store.queries_people import PositionRow, all_positions, post_wordings

__all__ = ["Library"]

T = TypeVar("T")


class Library:
    """Opens the store once per thread; what is derived from it is made again when the store has changed."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._local = threading.local()
        self._lock = threading.Lock()
        self._made: dict[str, object] = {}
        self._making: dict[str, threading.Lock] = {}    # one each, so a slow index keeps nobody from another
        self._opened: list[Connection] = []
        self._stamp: tuple[int, int] | None = None
        self._ = self.connection    # a missing or foreign store is reported at once

    @property
    def connection(self) -> Connection:
        """This thread's connection; a store that was replaced by a new file is opened anew."""
        stat = self.path.stat() if self.path.exists() else None
        identity = (stat.st_dev, stat.st_ino) if stat else None
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None or (identity and identity != self._local.identity):
            connection = connect(self.path)
            self._local.connection, self._local.identity, self._local.version = connection, identity, None
            with self._lock:
                self._opened.append(connection)
        return connection

    def refresh(self) -> int:
        """Called before each answer: forgets what was derived when somebody wrote to the store; a number that grows
        with every such change, for caches."""
        connection = self.connection
        version = data_version(connection)
        if version != self._local.version:
            self._local.version = version
            found = stamp(connection)
            with self._lock:
                if found != self._stamp:
                    self._stamp = found
                    self._made.clear()
        return hash(self._stamp)

    def once(self, name: str, make: Callable[[Connection], T]) -> T:
        """Something derived from the whole store, made at first use and kept until the store changes."""
        found = self._made.get(name)
        if found is None:
            with self._lock:
                making = self._making.setdefault(name, threading.Lock())
            with self._uncounted(), making:
                found = self._made.get(name)
                if found is None:
                    found = self._kept(name, make)
        return found  # type: ignore[return-value]  # one name, one type: each caller names its own

    def _kept(self, name: str, make: Callable[[Connection], T]) -> T:
        """Makes it, and keeps it unless the store changed meanwhile."""
        before = self._stamp
        made = make(self.connection)
        with self._lock:
            if before == self._stamp:
                self._made[name] = made
        return made

    def warm(self) -> None:
        """Makes all of it: seconds of work with 5,000 articles, better done before somebody waits."""
        self.refresh()
        for made in ("persons", "posts", "organizations", "events", "documents", "organization_names"):
            getattr(self, made)

    @property
    def persons(self) -> NameIndex:
        """All names of persons."""
        return self.once("persons", lambda c: NameIndex.build(
            (row.name, row.entity_id, row.mentions) for row in name_rows(c, ["person"]) if row.kind != "short"))

    @property
    def organization_names(self) -> NameIndex:
        """All names of organizations, abbreviations written out, for misspelt ones."""
        return self.once("organization names", lambda c: NameIndex.build(
            ((row.name, row.entity_id, row.mentions) for row in name_rows(c, ["organization"])),
            reading=lambda name: " ".join(canon(name))))

    @property
    def organizations(self) -> Phrasebook:
        """All names of organizations by their words."""
        return self.once("organizations", lambda c: Phrasebook(
            (row.entity_id, row.name) for row in name_rows(c, ["organization"])))

    @property
    def events(self) -> EventBook:
        """All events by the words that describe them."""
        return self.once("events", EventBook.build)

    @property
    def documents(self) -> Phrasebook:
        """All names of documents by their words."""
        return self.once("documents", lambda c: Phrasebook(
            (row.entity_id, row.name) for row in name_rows(c, ["document"])))

    @property
    def posts(self) -> Phrasebook:
        """All posts by their words in every wording, their organization's name added where the post leaves it out."""
        return self.once("posts", _posts)

    @contextmanager
    def limit(self, seconds: float) -> Iterator[None]:
        """Stops the queries of one answer after this time; what `once` makes for all answers is not counted."""
        with time_limit(self.connection, seconds) as self._local.clock:
            try:
                yield
            finally:
                self._local.clock = None

    def _uncounted(self) -> AbstractContextManager[None]:
        clock: Clock | None = getattr(self._local, "clock", None)
        return clock.stopped() if clock else nullcontext()

    def close(self) -> None:
        """Closes the connections of all threads."""
        with self._lock:
            opened, self._opened = self._opened, []
        for connection in opened:
            connection.close()
        self._local = threading.local()


def _posts(connection: Connection) -> Phrasebook:
    named = [(row.id, name) for row in all_positions(connection) for name in _post(row)]
    every = {(post, name.lower()): name for post, name in (*post_wordings(connection), *named)}
    return Phrasebook((post, name) for (post, _), name in every.items())


def _post(row: PositionRow) -> list[str]:
    """`Bí thư Thành ủy` of `Thành ủy Cần Thơ` is also `Bí thư Thành ủy Cần Thơ`."""
    left_out = row.organization and not ends_in_area(canon(row.name))
    full = f"{row.title} {row.organization}" if left_out else row.name
    return [row.name] if full.lower() == row.name.lower() else [row.name, full]
