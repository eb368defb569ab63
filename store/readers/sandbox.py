"""Strangers' files are parsed in a child process: whatever a PDF does to its parser, ingest goes on.

    parsed = parse_apart("store.readers.pdf", Path("nghi-quyet.pdf"))

The child imports the named module and calls its `parse(path) -> Parsed`. It has limits of memory and processor time,
the parent watches the clock; a child that breaks one is killed and the next file gets a new one. Otherwise one child
reads file after file, as importing a parser takes longer than reading a page with it.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from store.errors import SourceError
from store.text import storable
from store.types import RawArticle

__all__ = ["FILE_LIMIT", "Parsed", "missing_extra", "parse_apart", "read_apart"]

FILE_LIMIT = 64 << 20       # bytes of a file; the largest newspaper page of the corpus has 1 MB
TEXT_LIMIT = 8 << 20        # characters of an article: a thick book has 2 million
MEMORY_LIMIT = 768 << 20    # address space; trafilatura's imports alone map 300 MB
PROCESSOR_LIMIT = 15        # seconds a file
CLOCK_LIMIT = 20.0          # seconds a file, as the parent sees it
FILES_PER_CHILD = 200       # then a new child, so that no parser's leak adds up


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a parser found in a file; `text` has a paragraph a line."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None


def missing_extra(extra: str, what: str) -> NoReturn:
    """Says how to get the parser that is not installed."""
    raise SourceError(f"reading {what} needs one more package: pip install '.[{extra}]' in the folder of hoitin's source")


def read_apart(module: str, path: Path) -> RawArticle:
    """The article in a file, named by its path."""
    parsed = parse_apart(module, path)
    return RawArticle(path.as_posix(), parsed.text, parsed.title, parsed.publisher, parsed.published)


def parse_apart(module: str, path: Path) -> Parsed:
    """What `module.parse` makes of a file, in a child process; SourceError names the file and what is wrong with it."""
    source = path.as_posix()
    try:
        size = path.stat().st_size
    except OSError as error:
        raise SourceError(f"{source!r}: cannot be read: {error.strerror or error}") from error
    if not path.is_file():
        raise SourceError(f"{source!r}: no file")
    if size == 0:
        raise SourceError(f"{source!r}: the file is empty")
    if size > FILE_LIMIT:
        raise SourceError(f"{source!r}: {size >> 20} MB, more than the {FILE_LIMIT >> 20} MB that are read")
    answer = _CHILDREN.ask({"module": module, "path": str(path.resolve())})
    if "error" in answer:
        raise SourceError(f"{source!r}: {answer['error']}")
    return Parsed(**answer)


# -------------------------------------------------------------------------------------------------------- the parent

class _Children:
    """The child that reads now; a lock, as the bot's threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._files = 0

    def ask(self, question: dict[str, str]) -> dict[str, Any]:
        with self._lock:
            child = self._ready()
            self._files += 1
            answer = _exchange(child, json.dumps(question).encode() + b"\n")
            if answer is None:
                self.stop()
                return {"error": f"its parser was stopped: more than {CLOCK_LIMIT:.0f} s or {MEMORY_LIMIT >> 20} MB"}
            return answer

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._child is not None and (self._files >= FILES_PER_CHILD or self._child.poll() is not None):
            self.stop()
        if self._child is None:
            self._child, self._files = _start(), 0
        return self._child

    def forget(self) -> None:
        """In a forked process: the child is the parent's, and the lock may have been held just then."""
        self._lock, self._child = threading.Lock(), None

    def stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        child.wait()


def _start() -> subprocess.Popen[bytes]:
    code = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from store.readers.sandbox import serve; serve()"
    paths = [str(Path(p).resolve()) if p else str(Path.cwd()) for p in sys.path]
    environment = {k: v for k, v in os.environ.items() if "TOKEN" not in k and "SECRET" not in k}
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", code, json.dumps(paths)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, bufsize=0,
    )


def _exchange(child: subprocess.Popen[bytes], question: bytes) -> dict[str, Any] | None:
    """The child's answer; None when it died, hung or talks nonsense."""
    assert child.stdin is not None
    assert child.stdout is not None
    received = bytearray()
    deadline = time.monotonic() + CLOCK_LIMIT
    try:
        child.stdin.write(question)
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            while not received.endswith(b"\n"):
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    return None
                piece = os.read(child.stdout.fileno(), 1 << 16)
                if not piece or len(received) > 8 * TEXT_LIMIT:
                    return None
                received += piece
        answer = json.loads(received)
    except (OSError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


_CHILDREN = _Children()
atexit.register(_CHILDREN.stop)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_CHILDREN.forget)


# --------------------------------------------------------------------------------------------------------- the child

def serve() -> None:
    """Answers a line of JSON per question until standard input ends; runs in the child."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)                   # what a parser prints goes nowhere, the pipe is for answers
    _limit_memory()
    for line in sys.stdin.buffer:
        _limit_processor()
        answers.write(json.dumps(_answer(json.loads(line))).encode() + b"\n")
        answers.flush()


def _answer(question: dict[str, str]) -> dict[str, Any]:
    try:
        parsed = import_module(question["module"]).parse(Path(question["path"]))
    except SourceError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": f"its parser needs more than {MEMORY_LIMIT >> 20} MB"}
    except RecursionError:
        return {"error": "nested too deep to be read"}
    except Exception as error:      # a parser may raise anything on a broken file; ingest reports it and goes on
        return {"error": f"damaged, or not what its name says ({type(error).__name__})"}
    text = parsed.text.strip()
    if not text:
        return {"error": "no text in it"}
    if len(text) > TEXT_LIMIT:
        return {"error": f"more than {TEXT_LIMIT >> 20} million characters of text"}
    return {key: storable(value) if value else value for key, value in asdict(parsed).items()}


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):      # no such limits on Windows, others on macOS
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _limit_processor() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + PROCESSOR_LIMIT
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
