"""Settings: what is read, what wins, and one line for everything that cannot be used."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.logs import Redacting
from bot.settings import VARIABLES, Settings, load
from store.errors import SettingsError

TOKEN = "123456789:AAtestTOKENtestTOKENtestTOKEN_12345"
ROOT = Path(__file__).resolve().parents[2]

READ = [
    ({}, "db", Path("hoitin.db")),
    ({}, "language", "vi"),
    ({}, "webhook", None),
    ({"HOITIN_DB": "/somewhere/x.db"}, "db", Path("/somewhere/x.db")),
    ({"HOITIN_DB": "  "}, "db", Path("hoitin.db")),
    ({"HOITIN_STATE_DB": "s.db"}, "state_db", Path("s.db")),
    ({"TELEGRAM_BOT_TOKEN": f" {TOKEN} "}, "token", TOKEN),
    ({"HOITIN_ADMINS": "1, 2;3 -100"}, "admins", frozenset({1, 2, 3, -100})),
    ({"HOITIN_ALLOWED": "7,"}, "allowed", frozenset({7})),
    ({"HOITIN_LANG": "EN"}, "language", "en"),
    ({"HOITIN_LOG_LEVEL": "DEBUG"}, "log_level", "debug"),
    ({"TELEGRAM_BASE_URL": "http://127.0.0.1:8081/bot"}, "base_url", "http://127.0.0.1:8081/bot"),
]

REFUSED = [
    ({"TELEGRAM_BOT_TOKEN": "hunter2"}, "TELEGRAM_BOT_TOKEN: .*@BotFather"),
    ({"HOITIN_ADMINS": "1, lan"}, "HOITIN_ADMINS: .*'lan'"),
    ({"HOITIN_ALLOWED": "@lan"}, "HOITIN_ALLOWED"),
    ({"HOITIN_LANG": "fr"}, "HOITIN_LANG: 'fr': choose one of vi, en"),
    ({"HOITIN_LOG_LEVEL": "loud"}, "HOITIN_LOG_LEVEL"),
    ({"TELEGRAM_BASE_URL": "localhost"}, "TELEGRAM_BASE_URL"),
    ({"HOITIN_WEBHOOK_URL": "http://example.org/x"}, "https"),
    ({"HOITIN_WEBHOOK_URL": "https://example.org:9999/x"}, "ports 443"),
    ({"HOITIN_WEBHOOK_URL": "https://example.org/x", "HOITIN_WEBHOOK_LISTEN": "nowhere"}, "HOITIN_WEBHOOK_LISTEN"),
    ({"HOITIN_WEBHOOK_URL": "https://example.org/x", "HOITIN_WEBHOOK_SECRET": "short"}, "HOITIN_WEBHOOK_SECRET"),
    ({"HOITIN_WEBHOOK_URL": "https://example.org/x", "HOITIN_WEBHOOK_CERT": "/no/such/file"}, "no such file"),
    ({"HOITIN_WEBHOOK_URL": "https://example.org/x", "HOITIN_WEBHOOK_CERT": __file__}, "HOITIN_WEBHOOK_KEY"),
]


@pytest.mark.parametrize(("environment", "name", "value"), READ)
def test_read(environment: dict[str, str], name: str, value: object) -> None:
    assert getattr(load(environment, None), name) == value


@pytest.mark.parametrize(("environment", "said"), REFUSED)
def test_what_cannot_be_used_is_one_line(environment: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        load(environment, None)
    assert "\n" not in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_the_environment_wins_over_dotenv(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("HOITIN_LANG=en\nHOITIN_DB=from-file.db # why\nHOITIN_ADMINS=\n", encoding="utf-8")
    settings = load({"HOITIN_DB": "from-environment.db"}, dotenv)
    assert (settings.db, settings.language, settings.admins) == (Path("from-environment.db"), "en", frozenset())


def test_a_missing_token_says_where_to_get_one() -> None:
    with pytest.raises(SettingsError, match=r"TELEGRAM_BOT_TOKEN is not set: .*@BotFather"):
        load({}, None).require_token()


def test_the_token_is_in_no_repr_and_no_log_line() -> None:
    assert TOKEN not in repr(Settings(token=TOKEN))
    record = logging.LogRecord("x", 10, "", 1, "GET https://api.telegram.org/bot%s/getMe", (TOKEN,), None)
    line = Redacting(TOKEN).format(record)
    assert TOKEN.split(":")[1] not in line
    assert "<secret>" in line


@pytest.mark.parametrize(("url", "address"), [
    ("https://bot.example.org/hoitin", ("127.0.0.1", 8443)),
    ("https://127.0.0.1:9443/x", ("127.0.0.1", 9443)),
])
def test_webhook_defaults(url: str, address: tuple[str, int]) -> None:
    webhook = load({"TELEGRAM_BOT_TOKEN": TOKEN, "HOITIN_WEBHOOK_URL": url}, None).webhook
    assert webhook is not None
    assert (webhook.host, webhook.port) == address
    assert len(webhook.secret) == 64
    other = load({"TELEGRAM_BOT_TOKEN": TOKEN[:-1] + "x", "HOITIN_WEBHOOK_URL": url}, None).webhook
    assert other is not None
    assert other.secret != webhook.secret


@pytest.mark.parametrize(("allowed", "admins", "user", "chat", "let_in"), [
    ("", "", 1, 1, True),
    ("1", "", 1, 1, True),
    ("1", "", 2, 2, False),
    ("-100", "", 2, -100, True),
    ("1", "9", 9, 9, True),
])
def test_who_may_ask(allowed: str, admins: str, user: int, chat: int, let_in: bool) -> None:
    assert load({"HOITIN_ALLOWED": allowed, "HOITIN_ADMINS": admins}, None).may_ask(user, chat) is let_in


def test_the_example_names_every_variable_and_no_other() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = {line.lstrip("#").split("=")[0] for line in lines if "=" in line and line.lstrip("#")[0].isupper()}
    assert named == set(VARIABLES)
