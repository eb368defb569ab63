"""Updates that were fetched and not answered yet, on disk, so that a killed bot answers them when it is started again.

    inbox = Inbox(Path("hoitin-state.db-inbox"))
    inbox.note(payload)             # Telegram's own JSON, before it is told that the updates have arrived
    inbox.done(update_id)           # answered
    inbox.left()                    # at start: what the process before left behind

A journal beside the state file, empty whenever nothing waits: a line for what came in, a line for each update done. It is
written without fsync, some microseconds a message: it outlives the process (SIGKILL, out of memory), not a power cut.
"""

from __future__ import annotations

import json
import logging
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Inbox"]

log = logging.getLogger(__name__)
YOUNG = 3600.0                      # seconds after which nobody waits for an answer any more
_TRIES = 2                          # what ends the process each time is not tried for ever
_LARGE = 1 << 18                    # bytes after which done lines are dropped
_IDS = re.compile(rb'"update_id"\s*:\s*(\d+)')      # inside a text the quotes would be escaped


@dataclass(slots=True)
class _Batch:
    """What came in one answer of Telegram."""

    line: bytes
    waiting: set[int]


class Inbox:
    """Without a path, or where the file cannot be written, it remembers nothing."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._batches: dict[int, _Batch] = {}       # by update id
        self._file: int | None = None
        self._size = 0
        self._before = b""
        if path is not None:
            self._open(path)

    def _open(self, path: Path) -> None:
        try:
            self._before = path.read_bytes() if path.exists() else b""
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as error:
            log.warning("%s cannot be written: %s; a killed bot will not know what it had not answered", path.name,
                        error.strerror)

    def note(self, payload: bytes, tries: int = 1, at: float | None = None) -> int | None:
        """Updates have come in: JSON that holds one or several. The highest id, None where there is none."""
        numbers = {int(number) for number in _IDS.findall(payload)}
        waiting = numbers - self._batches.keys()
        if waiting and self._file is not None:
            line = b"+%d %d %s\n" % (at or time.time(), tries, payload.replace(b"\n", b" "))
            batch = _Batch(line, waiting)
            self._batches.update(dict.fromkeys(waiting, batch))
            self._write(line)
        return max(numbers, default=None)

    def done(self, update_id: int) -> None:
        """This one needs no answer any more."""
        batch = self._batches.pop(update_id, None)
        if batch is None or self._file is None:
            return
        batch.waiting.discard(update_id)
        if not self._batches:
            self._empty()
        elif self._size > _LARGE:
            self._shorten()
        else:
            self._write(b"-%d\n" % update_id)

    def left(self) -> list[dict[str, Any]]:
        """The updates that an earlier process did not answer, oldest first; they are noted again."""
        found, self._before = list(_unanswered(self._before)), b""
        self._empty()
        for at, tries, update in found:
            self.note(json.dumps(update).encode(), tries + 1, at)
        return [update for _, _, update in found]

    def close(self) -> None:
        """Ends it; what still waits is for the next start."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
            if self._path is not None and not self._batches:
                self._path.unlink(missing_ok=True)

    def _write(self, line: bytes) -> None:
        if self._file is None:
            return
        try:
            self._size += os.write(self._file, line)
        except OSError as error:
            log.warning("the inbox cannot be written: %s", error.strerror)
            os.close(self._file)
            self._file = None

    def _empty(self) -> None:
        if self._file is not None and not self._before:
            os.ftruncate(self._file, 0)
            self._size = 0

    def _shorten(self) -> None:
        """Keeps only what waits; the new file takes the old one's place at once."""
        if self._path is None or self._file is None:
            return
        live = {id(batch): batch for batch in self._batches.values()}
        answered = (number for batch in live.values() for number in map(int, _IDS.findall(batch.line))
                    if number not in batch.waiting)
        text = b"".join(batch.line for batch in live.values()) + b"".join(b"-%d\n" % number for number in answered)
        fresh = self._path.with_name(self._path.name + "-new")
        try:
            fresh.write_bytes(text)
            fresh.chmod(0o600)
            fresh.replace(self._path)
            os.close(self._file)
            self._file, self._size = os.open(self._path, os.O_WRONLY | os.O_APPEND), 0
        except OSError as error:
            log.warning("the inbox cannot be written: %s", error.strerror)


def _unanswered(journal: bytes) -> Iterator[tuple[float, int, dict[str, Any]]]:
    """When, how often tried, and the update; a last line that was cut off by the end of the process is left out."""
    lines = journal.splitlines()
    done = {int(line[1:]) for line in lines if re.fullmatch(rb"-\d+", line)}
    for line in lines:
        match = re.fullmatch(rb"\+(\d+) (\d+) (.+)", line)
        if match is None or time.time() - int(match[1]) > YOUNG or int(match[2]) >= _TRIES:
            continue
        for update in _updates(match[3]):
            if update["update_id"] not in done:
                done.add(update["update_id"])
                yield float(match[1]), int(match[2]), update


def _updates(payload: bytes) -> list[dict[str, Any]]:
    """Those of an answer of getUpdates, or the one of a webhook."""
    try:
        read = json.loads(payload)
    except ValueError:
        return []
    found = read.get("result", [read]) if isinstance(read, dict) else []
    return [update for update in found if isinstance(update, dict) and isinstance(update.get("update_id"), int)]
