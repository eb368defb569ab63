"""The environment, read once: `.env` in the working folder, then the real environment, which wins.

A value that cannot be used is one line that names the variable and the way out (SettingsError).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

from dotenv import dotenv_values

from store.errors import SettingsError

__all__ = ["TOKEN_HELP", "VARIABLES", "Settings", "Webhook", "load"]

T = TypeVar("T")

VARIABLES: dict[str, str] = {
    "TELEGRAM_BOT_TOKEN": "the token that @BotFather gives; `hoitin run` needs it",
    "TELEGRAM_BASE_URL": "a Bot API server of one's own, for example http://127.0.0.1:8081/bot",
    "TELEGRAM_BASE_FILE_URL": "where that server hands out files, for example http://127.0.0.1:8081/file/bot",
    "HOITIN_DB": "the corpus, hoitin.db where unset",
    "HOITIN_STATE_DB": "what the bot learns from its users, hoitin-state.db where unset",
    "HOITIN_ADMINS": "Telegram ids of the curators, with commas",
    "HOITIN_ALLOWED": "Telegram ids of the users and chats that may ask; empty: everyone",
    "HOITIN_LANG": "vi or en: for people whose Telegram speaks another language, and in the terminal",
    "HOITIN_LOG_LEVEL": "debug, info, warning or error",
    "HOITIN_WEBHOOK_URL": "https address that Telegram shall call; unset: long polling",
    "HOITIN_WEBHOOK_LISTEN": "address and port to listen on behind it, 127.0.0.1:8443 where unset",
    "HOITIN_WEBHOOK_SECRET": "what Telegram shows at each call; unset: derived from the token, nobody can guess it",
    "HOITIN_WEBHOOK_CERT": "certificate file (PEM), where hoitin itself speaks TLS; unset: a proxy in front does",
    "HOITIN_WEBHOOK_KEY": "its key file (PEM)",
}

TOKEN_HELP = ("get one in Telegram from @BotFather (/newbot, or /mybots for a bot you have) and put "
              "TELEGRAM_BOT_TOKEN=123456789:AA… into .env")
_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
_LEVELS = ("debug", "info", "warning", "error")
_PORTS = (443, 80, 88, 8443)        # the only ones Telegram calls


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram delivers, and how it shows that it is Telegram."""

    url: str
    secret: str
    host: str = "127.0.0.1"
    port: int = 8443
    cert: Path | None = None
    key: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, checked. The token is kept out of repr, so it cannot get into a log by accident."""

    token: str | None = None
    base_url: str | None = None
    base_file_url: str | None = None
    db: Path = Path("hoitin.db")
    state_db: Path = Path("hoitin-state.db")
    admins: frozenset[int] = frozenset()
    allowed: frozenset[int] = frozenset()
    language: str = "vi"
    log_level: str = "info"
    webhook: Webhook | None = None

    def __repr__(self) -> str:
        return f"Settings(db={str(self.db)!r}, token={'set' if self.token else 'unset'})"

    def require_token(self) -> str:
        """The token; SettingsError says where to get one."""
        if not self.token:
            raise SettingsError(f"TELEGRAM_BOT_TOKEN is not set: {TOKEN_HELP}")
        return self.token

    def may_ask(self, user_id: int, chat_id: int) -> bool:
        """Whether somebody is let in: everyone where nobody is named, curators always."""
        return not self.allowed or bool(self.allowed & {user_id, chat_id}) or user_id in self.admins


def load(environment: Mapping[str, str] | None = None, dotenv: Path | None = Path(".env")) -> Settings:
    """The settings of this process; `dotenv` may be missing."""
    values = _merged(os.environ if environment is None else environment, dotenv)
    token = _checked(values, "TELEGRAM_BOT_TOKEN", _token)
    return Settings(
        token=token,
        base_url=_checked(values, "TELEGRAM_BASE_URL", _http),
        base_file_url=_checked(values, "TELEGRAM_BASE_FILE_URL", _http),
        db=Path(values.get("HOITIN_DB") or "hoitin.db"),
        state_db=Path(values.get("HOITIN_STATE_DB") or "hoitin-state.db"),
        admins=_checked(values, "HOITIN_ADMINS", _ids) or frozenset(),
        allowed=_checked(values, "HOITIN_ALLOWED", _ids) or frozenset(),
        language=_checked(values, "HOITIN_LANG", _one_of("vi", "en")) or "vi",
        log_level=_checked(values, "HOITIN_LOG_LEVEL", _one_of(*_LEVELS)) or "info",
        webhook=_webhook(values, token),
    )


def _merged(environment: Mapping[str, str], dotenv: Path | None) -> dict[str, str]:
    """Both sources without blanks around the values; an empty value is an unset one."""
    values: dict[str, str] = {}
    if dotenv is not None and dotenv.is_file():
        try:
            values = {name: value for name, value in dotenv_values(dotenv, encoding="utf-8").items() if value}
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{str(dotenv)!r} cannot be read: {error}; save it as UTF-8 text") from error
    values.update({name: environment[name] for name in VARIABLES if name in environment})
    return {name: value.strip() for name, value in values.items() if value.strip()}


def _checked(values: Mapping[str, str], name: str, check: Callable[[str], T]) -> T | None:
    """The value in its type; None where unset. A check raises ValueError with the way out."""
    value = values.get(name)
    if value is None:
        return None
    try:
        return check(value)
    except ValueError as error:
        shown = "" if name in ("TELEGRAM_BOT_TOKEN", "HOITIN_WEBHOOK_SECRET") else f"{value!r}: "
        raise SettingsError(f"{name}: {shown}{error}") from None


def _token(value: str) -> str:
    if not _TOKEN.fullmatch(value):
        raise ValueError(f"this is no bot token (digits, a colon, about 35 letters): {TOKEN_HELP}")
    return value


def _http(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("write a whole address, for example http://127.0.0.1:8081/bot")
    return value


def _ids(value: str) -> frozenset[int]:
    words = re.split(r"[\s,;]+", value.strip(" ,;"))
    wrong = [word for word in words if not re.fullmatch(r"-?\d{1,19}", word)]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is no Telegram id; write numbers with commas, for example 123456,-1001234567 "
                         "(@userinfobot tells yours)")
    return frozenset(map(int, words))


def _one_of(*choices: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value.lower() not in choices:
            raise ValueError(f"choose one of {', '.join(choices)}")
        return value.lower()
    return check


def _webhook(values: Mapping[str, str], token: str | None) -> Webhook | None:
    url = _checked(values, "HOITIN_WEBHOOK_URL", _webhook_url)
    if url is None:
        return None
    host, port = _checked(values, "HOITIN_WEBHOOK_LISTEN", _address) or _default_address(urlsplit(url))
    cert = _checked(values, "HOITIN_WEBHOOK_CERT", _file)
    key = _checked(values, "HOITIN_WEBHOOK_KEY", _file)
    if (cert is None) != (key is None):
        missing = "HOITIN_WEBHOOK_KEY" if key is None else "HOITIN_WEBHOOK_CERT"
        raise SettingsError(f"{missing}: certificate and key go together; set both, or none behind a TLS proxy")
    secret = _checked(values, "HOITIN_WEBHOOK_SECRET", _secret) or _derived_secret(token or "")
    return Webhook(url, secret, host, port, cert, key)


def _webhook_url(value: str) -> str:
    parts = urlsplit(value)
    local = parts.hostname in ("127.0.0.1", "localhost")       # a Bot API server on the same machine may call http
    if parts.scheme != "https" and not (local and parts.scheme == "http"):
        raise ValueError("Telegram calls https addresses only, for example https://bot.example.org/hoitin")
    if not local and (parts.port or 443) not in _PORTS:
        raise ValueError(f"Telegram calls the ports {', '.join(map(str, _PORTS))} only")
    return value


def _address(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError("write ADDRESS:PORT or a port, for example 0.0.0.0:8443")
    return host.strip("[]") or "127.0.0.1", int(port)


def _default_address(url: SplitResult) -> tuple[str, int]:
    """On the same machine the address in the URL itself; else 8443, for the proxy in front."""
    if url.hostname in ("127.0.0.1", "localhost") and url.port:
        return "127.0.0.1", url.port
    return "127.0.0.1", 8443


def _file(value: str) -> Path:
    if not Path(value).is_file():
        raise ValueError("there is no such file")
    return Path(value)


def _secret(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value):
        raise ValueError("use 16 to 256 of A-Z a-z 0-9 _ -, or leave it unset: then one is derived from the token")
    return value


def _derived_secret(token: str) -> str:
    """The same at every start, as Telegram must know it; nobody without the token can tell it."""
    return blake2b(token.encode(), key=b"hoitin webhook secret", digest_size=32).hexdigest()
