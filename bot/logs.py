"""Logging of a running bot: one line an event on stderr, and no secret in it at any level."""

from __future__ import annotations

import logging
import sys

__all__ = ["Redacting", "setup"]

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# They print whole addresses or whole messages below WARNING: the address of a Bot API call holds the token, and what
# people ask is nobody's business (https://github.com/python-telegram-bot/python-telegram-bot/issues/3722).
_TALKATIVE = ("httpx", "httpcore", "telegram", "asyncio", "aiohttp", "tornado.access", "apscheduler")


class Redacting(logging.Formatter):
    """Formats as usual, tracebacks included, then takes every secret out of the finished line."""

    def __init__(self, *secrets: str) -> None:
        super().__init__(_FORMAT)
        self.secrets = sorted({part for secret in secrets for part in _parts(secret)}, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The line without secrets."""
        line = super().format(record)
        for secret in self.secrets:
            line = line.replace(secret, "<secret>")
        return line


def _parts(secret: str) -> list[str]:
    """A token whole, its secret half alone, and both as they stand in an address."""
    half = secret.partition(":")[2]
    return [part for part in (secret, secret.replace(":", "%3A"), half) if len(part) >= 8]


def setup(level: str, *secrets: str) -> None:
    """Logs to stderr from this level on; libraries from WARNING on, unless the level is debug, then from INFO on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting(*secrets))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    quiet = logging.INFO if level == "debug" else logging.WARNING
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(quiet, logging.WARNING) if name.startswith("http") else quiet)
    logging.captureWarnings(True)
