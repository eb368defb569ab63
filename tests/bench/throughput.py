"""Answers a second on Telegram beside a bot that only echoes, on the same library, transport and settings, in one run.

    python tests/bench/throughput.py --driver botdrive.py --db hoitin.db [--messages 3000] [--concurrency 32] [--latency-ms 50]

The driver plays Telegram and its users (`--start CMD --load N …`, a JSON report); each of the users sends the next
message when the last is answered. Both bots take turns, so a neighbour on the machine disturbs both. Exit code 1 where
hoitin answers less than 0.7 of the echo's rate or 60 a second, where its p99 is over 1.5 times the echo's, or where a
message is lost. The driver parses what it is sent, so its own processor time, printed too, is part of the share: on two
cores that others use as well it takes more of it than the bot does. `--steady 20000` then looks for memory that grows.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SAID = ("/who Đinh Tiến Dũng", "/event 2019", "/find thành ủy", "/help", "hoang trung hai", "/org Thành ủy Hà Nội",
        "/who Bí thư Thành ủy Hà Nội", "29/1")
SHARE, RATE, TAIL = 0.7, 60.0, 1.5
GROWTH_MB = 12                      # the last half of a steady run may take so much more than the first

ECHO = '''
import asyncio, os, signal
from telegram.ext import ApplicationBuilder, MessageHandler, filters
from bot.app import AT_ONCE
from bot.telegram_delivery import Delivery
from bot.telegram_updates import InOrder
from bot.transport import AiohttpRequest

async def echo(update, context):
    await context.bot.send_message(update.effective_chat.id, update.effective_message.text)

async def main():
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    application = (ApplicationBuilder().token(os.environ["TELEGRAM_BOT_TOKEN"]).base_url(os.environ["TELEGRAM_BASE_URL"])
                   .request(AiohttpRequest(7.0)).get_updates_request(AiohttpRequest(10.0))
                   .rate_limiter(Delivery(lambda user: None)).concurrent_updates(InOrder(AT_ONCE)).build())
    application.add_handler(MessageHandler(filters.ALL, echo))
    async with application:
        await application.start()
        await application.updater.start_polling(timeout=25)
        await stop.wait()
        await application.updater.stop()
        await application.stop()

asyncio.run(main())
'''
HOITIN = "import sys; from bot.cli import main; sys.exit(main(['run', '--db', sys.argv[1]]))"


def load(args: argparse.Namespace, folder: Path, script: str, messages: int) -> dict[str, Any]:
    """What the driver measured of one bot."""
    (folder / "bot_under_load.py").write_text(script, encoding="utf-8")
    report = folder / "report.json"
    said = [part for text in SAID for part in ("--load-say", text)]
    command = [
        sys.executable, str(args.driver), "--start", f"{sys.executable} {folder / 'bot_under_load.py'} {args.db}",
        "--token-env", "TELEGRAM_BOT_TOKEN", "--base-env", "TELEGRAM_BASE_URL", "--base-value", "{root}/bot",
        "--env", f"PYTHONPATH={ROOT}", "--env", f"HOITIN_STATE_DB={folder / 'state.db'}", "--json", str(report),
        "--load", str(messages), "--concurrency", str(args.concurrency), "--latency-ms", str(args.latency_ms), *said]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120 + messages / 5, check=False)
    if not report.exists():
        sys.exit(f"the driver failed: {done.stderr[-1000:]}")
    measured: dict[str, Any] | None = json.loads(report.read_text(encoding="utf-8"))["load"]
    if measured is None or not measured["answered"]:
        sys.exit(f"no answers: {done.stdout[-1000:]}")
    return measured


def show(name: str, measured: dict[str, Any]) -> None:
    """One line."""
    ms = measured["ms"]
    print(f"{name:8} {measured['updates_per_s']:7.1f}/s  p50 {ms['p50']:6.1f}  p99 {ms['p99']:6.1f} ms  "
          f"cpu {1000 * measured['bot_cpu_s'] / measured['answered']:.2f} ms each, the driver's "
          f"{1000 * measured['driver_cpu_s'] / measured['answered']:.2f}  {measured['bot_rss_mb']:.0f} MB  "
          f"lost {measured['lost']}", flush=True)


def steady(args: argparse.Namespace, folder: Path) -> bool:
    """Whether memory stays flat: a long run takes no more than a short one."""
    short = load(args, folder, HOITIN, args.steady // 4)
    long = load(args, folder, HOITIN, args.steady)
    grown = long["bot_rss_mb"] - short["bot_rss_mb"]
    print(f"memory: {short['bot_rss_mb']:.0f} MB after {short['messages']} messages, {long['bot_rss_mb']:.0f} MB after "
          f"{long['messages']} ({grown:+.1f})")
    return bool(grown <= GROWTH_MB)


def main() -> int:
    """Prints both and the verdict."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--driver", type=Path, required=True, help="the script that plays Telegram")
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--messages", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--concurrency", type=int, default=32)
    parser.add_argument("--latency-ms", type=float, default=50)
    parser.add_argument("--steady", type=int, default=0, help="look for growing memory over so many messages")
    args = parser.parse_args()
    args.db = args.db.resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rounds = []
        for _ in range(args.rounds):
            echo, hoitin = (load(args, folder, script, args.messages) for script in (ECHO, HOITIN))
            show("echo", echo)
            show("hoitin", hoitin)
            rounds.append((hoitin["updates_per_s"] / echo["updates_per_s"], hoitin["ms"]["p99"] / echo["ms"]["p99"],
                           hoitin["updates_per_s"], hoitin["lost"]))
        share, tail, rate = (median(column) for column in list(zip(*rounds, strict=True))[:3])
        print(f"share of the echo's rate {share:.2f} (≥ {SHARE}), p99 {tail:.2f} times the echo's (≤ {TAIL}), "
              f"{rate:.0f} answers a second (≥ {RATE:.0f})")
        good = share >= SHARE and tail <= TAIL and rate >= RATE and not any(row[3] for row in rounds)
        if args.steady:
            good = steady(args, folder) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
