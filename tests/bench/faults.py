"""Whether every answer arrives, once, while Telegram fails: each fault, in polling and webhook mode, over a real conversation.

    python tests/bench/faults.py --driver botdrive.py --db hoitin.db [--mode polling] [--fault 502]

The driver plays Telegram. A row: the fault, how many questions were answered, how many twice, how many the slowest took,
and what the driver holds against the calls (level error or warn). Exit code 1 where an answer is lost, where one comes
twice though the connection was not cut after Telegram took it, or where there is a violation.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HOOK = 18443                        # where the bot listens behind the address that Telegram is told
SAID = ("/who Đinh Tiến Dũng", "/event 2019", "/find thành ủy", "29/1")
FAULTS = ("none", "429:retry_after=1", "500", "502", "timeout:hold=12", "drop:phase=before", "drop:phase=after", "slow",
          "duplicate", "500:method=getUpdates", "drop:method=getUpdates", "409:method=getUpdates", "crash")
TWICE = ("drop:phase=after", "timeout:hold=12")     # Telegram may have taken what it did not confirm: nobody can know


def conversation(fault: str) -> list[str]:
    """The driver's steps; the fault strikes once the bot is at work, the crash between a question and its answer."""
    steps = ["--say", SAID[0]]
    for number, text in enumerate(SAID[1:]):
        if fault == "crash" and number == 0:
            steps += ["--send", text, "--crash", "--sleep", "6"]
            continue
        if fault not in ("none", "crash") and (number == 0 or fault.startswith(("slow", "duplicate")) is False):
            steps += ["--inject", fault]
        steps += ["--say", text]
    return steps


def run(driver: Path, db: Path, mode: str, fault: str, folder: Path) -> dict[str, Any]:
    """The driver's report."""
    report = folder / "report.json"
    report.unlink(missing_ok=True)
    state = folder / f"state-{mode}-{abs(hash(fault))}.db"
    hook = ("--env", "HOITIN_WEBHOOK_URL=https://127.0.0.1:8443/hook", "--env", f"HOITIN_WEBHOOK_LISTEN=127.0.0.1:{HOOK}",
            "--webhook-to", f"http://127.0.0.1:{HOOK}") if mode == "webhook" else ()
    start = f"{sys.executable} -c 'import sys; from bot.cli import main; sys.exit(main([\"run\", \"--db\", \"{db}\"]))'"
    command = [
        sys.executable, str(driver), "--start", start, "--token-env", "TELEGRAM_BOT_TOKEN", "--base-env", "TELEGRAM_BASE_URL",
        "--base-value", "{root}/bot", "--env", f"PYTHONPATH={ROOT}", "--env", f"HOITIN_STATE_DB={state}", *hook,
        "--json", str(report), "--wait", "40", "--settle", "1.5", *conversation(fault)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if not report.exists():
        sys.exit(f"the driver failed: {done.stderr[-1000:]}")
    measured: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return measured


def judge(report: dict[str, Any], mode: str, fault: str) -> bool:
    """Prints the row; whether all is well."""
    replies = [reply for step in report["steps"] for reply in step.get("replies", ())] + report["unclaimed"]
    texts = [reply["text"] for reply in replies if reply["kind"] == "message"]
    slowest = max((step["last_ms"] or 0 for step in report["steps"] if step["kind"] == "say"), default=0)
    lost, twice = len(SAID) - len(set(texts)), len(texts) - len(set(texts))
    bad = [v for v in report["violations"] if v["level"] in ("error", "warn")]
    print(f"{mode:8} {fault:24} answered {len(set(texts))} of {len(SAID)}, twice {twice}, slowest {slowest / 1000:5.1f} s, "
          f"violations {len(bad)}", flush=True)
    for violation in bad:
        print("   ", json.dumps(violation, ensure_ascii=False)[:200])
    return not lost and not bad and (not twice or fault in TWICE)


def main() -> int:
    """A row per mode and fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--driver", type=Path, required=True, help="the script that plays Telegram")
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--mode", choices=("polling", "webhook"), action="append")
    parser.add_argument("--fault", choices=FAULTS, action="append")
    args = parser.parse_args()
    good = True
    with tempfile.TemporaryDirectory() as name:
        for mode in args.mode or ("polling", "webhook"):
            for fault in args.fault or FAULTS:
                if mode == "webhook" and "getUpdates" in fault:
                    continue
                good = judge(run(args.driver, args.db.resolve(), mode, fault, Path(name)), mode, fault) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
