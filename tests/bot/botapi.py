"""A small Bot API of our own: people write to the bot, it keeps what the bot does, and it can fail as Telegram fails.

    telegram = Telegram()
    Recorder(telegram)              in the place of the network, inside the process
    with Server(telegram) as root:  over HTTP on loopback, for a bot in a process of its own

It refuses what Telegram refuses (markup, lengths, buttons, edits that change nothing), so a test that passes here has
sent nothing that would not arrive.
"""

from __future__ import annotations

import fnmatch
import itertools
import json
import re
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

__all__ = ["TOKEN", "Fault", "Recorder", "Server", "Telegram"]

TOKEN = "123456789:AAtestTOKENtestTOKENtestTOKEN_12345"
BOT = {"id": 123456789, "is_bot": True, "first_name": "hoitin", "username": "hoitin_bot", "supports_inline_queries": True}
_TAG = re.compile(r"<(/?)([a-z]+)[^>]*>")
Json = dict[str, Any]


@dataclass
class Fault:
    """The next calls that fit fail: `status` 429, 500 or 403 (with words), 0 no answer, -1 cut, -2 cut afterwards."""

    status: int
    method: str = "send*"
    times: int = 1
    retry_after: int = 0


class Refused(Exception):
    """A 400 of Telegram's."""


@dataclass
class Telegram:
    """Chats, the updates waiting for the bot, and every call of the bot in `calls` as (method, parameters)."""

    faults: list[Fault] = field(default_factory=list)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    messages: dict[tuple[int, int], Json] = field(default_factory=dict)
    updates: deque[Json] = field(default_factory=deque)
    blocked: set[int] = field(default_factory=set)
    news: threading.Condition = field(default_factory=threading.Condition)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    # ------------------------------------------------------------------------------------------------ what people do

    def says(self, text: str, user: int = 7, chat: int | None = None, language: str = "vi", **more: Any) -> Json:
        """Somebody writes; a chat below 0 is a group."""
        message = {"message_id": next(self._numbers), "date": int(time.time()), "chat": self._chat(chat or user),
                   "from": self._user(user, language), "text": text, **more}
        return self.push("message", message)

    def edits(self, update: Json, text: str) -> Json:
        """The same message, written anew."""
        return self.push("edited_message", {**update["message"], "text": text, "edit_date": int(time.time())})

    def presses(self, label: str, user: int = 7, chat: int | None = None) -> Json:
        """Presses a button of the newest message with buttons."""
        newest = max(m["message_id"] for (c, _), m in self.messages.items() if c == (chat or user) and "reply_markup" in m)
        message = self.messages[chat or user, newest]
        buttons = [b for row in message["reply_markup"]["inline_keyboard"] for b in row]
        button = next(b for b in buttons if label in (b["text"], b.get("callback_data")) or label in b["text"])
        return self.push("callback_query", {"id": str(next(self._numbers)), "from": self._user(user, "vi"), "data": button[
            "callback_data"], "chat_instance": "1", "message": message})

    def types(self, query: str, user: int = 7, offset: str = "") -> Json:
        """Types `@bot query` somewhere."""
        return self.push("inline_query", {
            "id": str(next(self._numbers)), "from": self._user(user, "vi"), "query": query, "offset": offset})

    def push(self, kind: str, payload: Json) -> Json:
        """An update, waiting for the bot."""
        update = {"update_id": 1000 + next(self._numbers), kind: payload}
        with self.news:
            self.updates.append(update)
            self.news.notify_all()
        return update

    @staticmethod
    def _user(user: int, language: str) -> Json:
        return {"id": user, "is_bot": False, "first_name": f"Lan {user}", "language_code": language}

    @staticmethod
    def _chat(chat: int) -> Json:
        return {"id": chat, "type": "private", "first_name": "Lan"} if chat > 0 else {
            "id": chat, "type": "supergroup", "title": "Nhóm"}

    # ------------------------------------------------------------------------------------------------ what the bot did

    def done(self, pattern: str = "*") -> list[Json]:
        """The parameters of its calls to these methods that reached Telegram."""
        return [parameters for method, parameters in self.calls if fnmatch.fnmatch(method, pattern)]

    def texts(self, chat: int = 7) -> list[str]:
        """What stands in a chat from the bot, as read there."""
        return [m["text"] for (c, _), m in sorted(self.messages.items(), key=lambda item: item[0][1]) if c == chat]

    # ------------------------------------------------------------------------------------------------------- the calls

    def call(self, method: str, parameters: Json) -> tuple[int, Json]:
        """Status and answer of a call; -1 and -2 where the connection breaks, 0 where nothing comes back."""
        fault = next((f for f in self.faults if f.times and fnmatch.fnmatch(method, f.method)), None)
        if fault is not None:
            fault.times -= 1
            if fault.status == -2:
                self._answer(method, parameters)
            words = {429: "Too Many Requests", 403: "Forbidden: bot was blocked by the user", 500: "Internal Server Error",
                     409: "Conflict: terminated by other getUpdates request", 401: "Unauthorized",
                     400: "Bad Request: chat not found"}.get(fault.status, "")
            more = {"parameters": {"retry_after": fault.retry_after}} if fault.retry_after else {}
            return fault.status, {"ok": False, "error_code": fault.status, "description": words, **more}
        return self._answer(method, parameters)

    def _answer(self, method: str, parameters: Json) -> tuple[int, Json]:
        if parameters.get("chat_id") in self.blocked:
            return 403, {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
        try:
            result = getattr(self, f"_{method}", lambda p: True)(parameters)
        except Refused as error:
            return 400, {"ok": False, "error_code": 400, "description": f"Bad Request: {error}"}
        if method != "getUpdates":
            self.calls.append((method, parameters))
        return 200, {"ok": True, "result": result}

    def _getMe(self, parameters: Json) -> Json:  # as the Bot API calls it
        return BOT

    def _getMyCommands(self, parameters: Json) -> list[Json]:
        return []

    def _getMyDescription(self, parameters: Json) -> Json:
        return {"description": ""}

    def _getMyShortDescription(self, parameters: Json) -> Json:
        return {"short_description": ""}

    def _getUpdates(self, parameters: Json) -> list[Json]:
        with self.news:
            while self.updates and self.updates[0]["update_id"] < int(parameters.get("offset") or 0):
                self.updates.popleft()
            if not self.updates:
                self.news.wait(min(2.0, float(parameters.get("timeout") or 0)))
            return list(self.updates)

    def _sendMessage(self, parameters: Json) -> Json:
        message = {"message_id": next(self._numbers), "date": int(time.time()), "chat": self._chat(parameters["chat_id"]),
                   "from": BOT, **_looks(parameters)}
        self.messages[parameters["chat_id"], message["message_id"]] = message
        return message

    def _sendPhoto(self, parameters: Json) -> Json:
        photo = [{"file_id": "p1", "file_unique_id": "u1", "width": 1, "height": 1}]
        return {"message_id": next(self._numbers), "date": 0, "chat": self._chat(parameters["chat_id"]), "photo": photo}

    def _sendDocument(self, parameters: Json) -> Json:
        return {"message_id": next(self._numbers), "date": 0, "chat": self._chat(parameters["chat_id"])}

    def _editMessageText(self, parameters: Json) -> Json:
        key = parameters["chat_id"], parameters["message_id"]
        if key not in self.messages:
            raise Refused("message to edit not found")
        old, new = self.messages[key], _looks(parameters)
        if (old["text"], old.get("reply_markup")) == (new["text"], new.get("reply_markup")):
            raise Refused("message is not modified: specified new message content and reply markup are the same")
        self.messages[key] = {**{k: v for k, v in old.items() if k not in ("text", "reply_markup")}, **new}
        return self.messages[key]

    def _deleteMessage(self, parameters: Json) -> bool:
        self.messages.pop((parameters["chat_id"], parameters["message_id"]), None)
        return True

    def _answerInlineQuery(self, parameters: Json) -> bool:
        ids = [result["id"] for result in parameters["results"]]
        if len(ids) > 50 or len(set(ids)) != len(ids) or any(len(i.encode()) > 64 for i in ids):
            raise Refused("RESULT_ID_INVALID")
        for result in parameters["results"]:
            _parsed(result["input_message_content"]["message_text"], "HTML")
        return True


def _looks(parameters: Json) -> Json:
    """Text and buttons as they are shown; Refused in Telegram's words."""
    text = _parsed(parameters["text"], parameters.get("parse_mode"))
    if not text.strip():
        raise Refused("message text is empty")
    if len(text.encode("utf-16-le")) // 2 > 4096:
        raise Refused("message is too long")
    markup = parameters.get("reply_markup")
    for button in (b for row in (markup or {}).get("inline_keyboard", ()) for b in row):
        if not button["text"] or not ("url" in button or 1 <= len(button["callback_data"].encode()) <= 64):
            raise Refused("BUTTON_DATA_INVALID")
    return {"text": text.strip(), **({"reply_markup": markup} if markup else {})}


def _parsed(text: str, mode: str | None) -> str:
    """What a reader sees."""
    if mode is None:
        return text
    stack: list[str] = []
    for match in _TAG.finditer(text):
        if not match[1]:
            stack.append(match[2])
        elif not stack or stack.pop() != match[2]:
            raise Refused(f"can't parse entities: unexpected end tag at {match.start()}")
    rest = _TAG.sub("", text)
    if stack or "<" in rest:
        raise Refused("can't parse entities: unclosed start tag")
    return unescape(rest)


def _structured(parameters: dict[str, str]) -> Json:
    """Parameters as the Bot API reads them: JSON where it is JSON."""
    made: Json = {}
    for name, value in parameters.items():
        try:
            made[name] = json.loads(value) if name not in ("text", "caption", "data") and isinstance(value, str) else value
        except ValueError:
            made[name] = value
    return made


class Recorder(BaseRequest):
    """The stand-in in the place of the network."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    @property
    def read_timeout(self) -> float:
        """As the real transport has it."""
        return 1.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
                         ) -> tuple[int, bytes]:
        """The answer, or the way the connection fails."""
        parameters = _structured(request_data.json_parameters) if request_data else {}
        if request_data is not None and request_data.contains_files:
            parameters["files"] = {name: len(content) for name, (_, content, _) in request_data.multipart_data.items()}
        status, answer = self.telegram.call(url.rsplit("/", 1)[1], parameters)
        if status == 0:
            raise TimedOut("no answer")
        if status < 0:
            raise NetworkError("the connection broke")
        return status, json.dumps(answer).encode()


class Server:
    """The stand-in over HTTP; the root address on entering."""

    def __init__(self, telegram: Telegram) -> None:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                parts = urlsplit(self.path).path.split("/")
                if parts[1] != f"bot{TOKEN}":
                    self.reply(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
                    return
                status, answer = telegram.call(parts[2], _structured(json.loads(body) if body else {}))
                if status > 0:
                    self.reply(status, answer)
                else:
                    self.close_connection = True

            def reply(self, status: int, answer: Json) -> None:
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        class Quiet(ThreadingHTTPServer):
            def handle_error(self, *_: object) -> None:
                """A bot that was killed leaves broken pipes."""

        self.http = Quiet(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True

    def __enter__(self) -> str:
        threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{self.http.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self.http.shutdown()
        self.http.server_close()
