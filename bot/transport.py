"""The Bot API over aiohttp, in the place of python-telegram-bot's httpx.

Measured with 32 people asking at once: three times the answers a second and a third of the processor time; at 128,
nine times (httpx's pool: https://github.com/encode/httpx/issues/3215). Connections are kept for a minute, so a
conversation pays for TLS once. No message of an error here holds an address, as the address holds the token.
"""

from __future__ import annotations

import json
import os
from typing import Any
from urllib.request import getproxies

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

__all__ = ["AiohttpRequest", "NotConnected"]

os.environ.setdefault("PTB_TIMEDELTA", "1")     # the library's coming default; without it every 429 warns about it

_CONNECTIONS = 256                  # more than concurrent updates need; the pool is never what one waits for
_KEPT = 60.0                        # seconds an idle connection lives; Telegram closes after 60 to 75
_JSON = {"Content-Type": "application/json"}
_ECHO = frozenset(("text", "entities", "caption", "caption_entities", "reply_markup", "reply_to_message",
                   "link_preview_options"))


class NotConnected(NetworkError):
    """The request never reached Telegram: sending it again cannot double anything."""


class AiohttpRequest(BaseRequest):
    """One pool of connections. `seconds` is how long an answer may take where the caller names no time."""

    def __init__(self, seconds: float = 7.0, upload_seconds: float = 20.0) -> None:
        self._seconds = seconds
        self._upload_seconds = upload_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds without a byte after which a call is given up."""
        return self._seconds

    async def initialize(self) -> None:
        """Opens the pool."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=_KEPT, ttl_dns_cache=300)
            jar = aiohttp.DummyCookieJar()
            self._session = aiohttp.ClientSession(connector=connector, trust_env=_proxied(), cookie_jar=jar)

    async def shutdown(self) -> None:
        """Closes it."""
        if self._session is not None:
            await self._session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Telegram's words, without its echo of a message just sent: to parse that anew, every entity and button of it,
        would take as long as all the rest of a call."""
        answer = BaseRequest.parse_json_payload(payload)
        result = answer.get("result")
        if isinstance(result, dict) and "message_id" in result:
            answer["result"] = {key: value for key, value in result.items() if key not in _ECHO}
        return answer

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call: status and body. Files go as multipart, everything else as JSON, which is a third of a form."""
        if self._session is None:
            raise NotConnected("the transport is not open")
        uploading = request_data is not None and request_data.contains_files
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._seconds
        timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=5.0, sock_read=max(seconds, self._upload_seconds) if uploading else seconds)
        try:
            async with self._session.request(method, url, timeout=timeout, **_body(request_data)) as response:
                status, content = response.status, await response.read()
        except aiohttp.ClientConnectorError as error:
            raise NotConnected(f"no connection to {error.host}:{error.port}: {error.os_error.strerror}") from None
        except aiohttp.ConnectionTimeoutError:
            raise NotConnected("no connection within 5 s") from None
        except TimeoutError:
            raise TimedOut(f"no answer within {timeout.sock_read:g} s") from None
        except aiohttp.InvalidURL:
            raise NetworkError("the address of the Bot API server is no URL: see TELEGRAM_BASE_URL") from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"the connection broke: {type(error).__name__}") from None
        if status >= 500 and not content.startswith(b"{"):      # a gateway's page, not Telegram's words
            raise NetworkError(f"{response.reason} ({status})")
        return status, content


def _proxied() -> bool:
    """Whether the environment names a proxy. aiohttp then looks it up anew for every call, twice in a thread, a tenth of
    the call's time; `NO_PROXY` alone is none."""
    return bool(getproxies().keys() - {"no"})


def _body(data: RequestData | None) -> dict[str, Any]:
    """How aiohttp takes the parameters."""
    if data is None:
        return {}
    if not data.contains_files:
        # Vietnamese as it is: half the bytes of the library's payload, which escapes every letter
        return {"data": json.dumps(data.json_parameters, ensure_ascii=False).encode("utf-8", "replace"), "headers": _JSON}
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}
