"""`hoitin run` in a process of its own talks to a Bot API over HTTP: a conversation, a fault, a clean end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from botapi import TOKEN, Fault, Server, Telegram

from store.ingest import ingest

ROOT = Path(__file__).resolve().parents[2]
RUN = [sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main(['run']))"]


def environment(folder: Path, root: str, **more: str) -> dict[str, str]:
    """What the child is told; nothing of the machine's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HOITIN_", "TELEGRAM_"))}
    return {**kept, "PYTHONPATH": str(ROOT), "NO_PROXY": "*", "TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_BASE_URL": f"{root}/bot",
            "HOITIN_DB": str(folder / "hoitin.db"), "HOITIN_STATE_DB": str(folder / "state.db"), **more}


@contextmanager
def running(folder: Path, root: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    """The bot; whatever happens, it does not outlive the test."""
    child = subprocess.Popen(RUN, cwd=folder, env=environment(folder, root, **more), stderr=subprocess.PIPE, text=True)
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        if child.stderr is not None:
            child.stderr.close()


def wait_for(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Until it holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def stopped(child: subprocess.Popen[str]) -> str:
    """Tells it to stop; what it logged. Its exit code is 0."""
    child.send_signal(signal.SIGTERM)
    _, log = child.communicate(timeout=20)
    assert child.returncode == 0, log
    return log


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("real")
    ingest([ROOT / "seeds"], made / "hoitin.db")
    return made


def test_a_conversation(folder: Path) -> None:
    telegram = Telegram(faults=[Fault(500, "getMe"), Fault(500), Fault(-1)])
    with Server(telegram) as root, running(folder, root, HOITIN_LOG_LEVEL="debug") as child:
        telegram.says("/who Đinh Tiến Dũng")
        wait_for(lambda: telegram.texts())
        assert "Bí thư Thành ủy Hà Nội" in telegram.texts()[0]
        telegram.says("/event 29/1")
        wait_for(lambda: len(telegram.texts()) == 2)
        telegram.types("dinh tien dung")
        wait_for(lambda: telegram.done("answerInlineQuery"))
        wait_for(lambda: len(telegram.done("setMyCommands")) == 6)
        log = stopped(child)
    assert len(telegram.texts()) == 2
    assert TOKEN.split(":")[1] not in log
    assert "Traceback" not in log
    assert telegram.done("answerInlineQuery")[0]["results"]
    assert not telegram.updates or telegram.updates[0] is not None


@pytest.mark.parametrize(("more", "said"), [
    ({"TELEGRAM_BOT_TOKEN": ""}, "TELEGRAM_BOT_TOKEN is not set: get one in Telegram from @BotFather"),
    ({"TELEGRAM_BOT_TOKEN": TOKEN[:-5] + "wrong"}, "does not know this token"),
    ({"HOITIN_ADMINS": "me"}, "HOITIN_ADMINS: 'me'"),
])
def test_what_cannot_start_says_so_in_one_line(folder: Path, more: dict[str, str], said: str) -> None:
    with Server(Telegram()) as root:
        done = subprocess.run(RUN, cwd=folder, env=environment(folder, root, **more), capture_output=True, text=True,
                              timeout=30, check=False)
    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "wrong" not in done.stderr.replace("mistyped", "")
