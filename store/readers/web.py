"""An article on the web, fetched once for a curator: https only, public addresses only, within limits of size and time.

    read_link("https://bao.example/bai-1.html")     # RawArticle whose source is the address

A name is resolved first and every address it has must be public; the connection goes to the address that was checked, so a
second answer of the name server changes nothing. Each redirect is checked like the first address.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from store.errors import SourceError
from store.readers.sandbox import parse_apart
from store.readers.text import decode
from store.types import RawArticle

__all__ = ["Fetched", "fetch", "is_public", "read_link"]

SIZE_LIMIT = 12 << 20               # bytes; a page has 0.1 MB, a resolution as PDF 2 MB
TIME_LIMIT = 20.0                   # seconds for the whole fetch, redirects included
_WAIT = 8.0                         # seconds without a byte
_REDIRECTS = 5
_HEADERS = {
    "User-Agent": "hoitin/0.1 (one page, for a curator)",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.1",
    "Accept-Encoding": "identity",  # what arrives is what is counted
}
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/plain": ".txt",
}
# Addresses that carry another one inside: what they reach is not what they say.
_TUNNELS = tuple(ipaddress.IPv6Network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))

Resolve = Callable[[str, int], list[str]]
Connect = Callable[[str, int, str], http.client.HTTPConnection]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address holds; `suffix` names the reader."""

    url: str
    suffix: str
    content: bytes


def read_link(url: str) -> RawArticle:
    """The article at an address; SourceError says in one line why there is none."""
    fetched = fetch(url)
    if fetched.suffix == ".txt":
        return RawArticle(fetched.url, decode(fetched.content, fetched.url))
    with tempfile.TemporaryDirectory(prefix="hoitin-") as folder:
        path = Path(folder) / f"page{fetched.suffix}"
        path.write_bytes(fetched.content)
        try:
            parsed = parse_apart(f"store.readers{fetched.suffix}", path)
        except SourceError as error:
            raise SourceError(str(error).replace(path.as_posix(), fetched.url)) from error
    return RawArticle(fetched.url, parsed.text, parsed.title, parsed.publisher, parsed.published)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet: not this machine, not its network, no tunnel to them."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if any(ip in net for net in _TUNNELS):
            return False
    return ip.is_global and not ip.is_multicast


def _resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"{host!r}: no such host") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _connected(host: str, port: int, address: str) -> http.client.HTTPConnection:
    """TLS to the address that was checked, for the name that was asked."""
    connection = http.client.HTTPSConnection(host, port, timeout=_WAIT)
    raw = socket.create_connection((address, port), timeout=_WAIT)
    try:
        connection.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
    except BaseException:
        raw.close()
        raise
    return connection


def fetch(url: str, resolve: Resolve = _resolved, connect: Connect = _connected) -> Fetched:
    """What is at an address, after at most five redirects."""
    open_now: list[http.client.HTTPConnection] = []
    with _deadline(open_now):
        for _ in range(_REDIRECTS + 1):
            parts = _checked(url)
            answer = _asked(parts, resolve, connect, open_now)
            if isinstance(answer, Fetched):
                return answer
            url = urljoin(urlunsplit(parts), answer)
    raise SourceError(f"{url!r}: more than {_REDIRECTS} redirects")


@contextmanager
def _deadline(open_now: list[http.client.HTTPConnection]) -> Iterator[None]:
    """Cuts the connection when the time is over, whatever it is waiting for."""
    over = threading.Event()

    def cut() -> None:
        over.set()
        for connection in open_now:
            with suppress(OSError, AttributeError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(TIME_LIMIT, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except SourceError as error:
        if over.is_set():
            raise SourceError(f"took longer than {TIME_LIMIT:g} s") from error
        raise
    finally:
        timer.cancel()
        for connection in open_now:
            connection.close()


def _checked(url: str) -> SplitResult:
    """The parts of an address that may be asked; without fragment."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise SourceError(f"{url!r}: no web address") from error
    if parts.scheme != "https" or not parts.hostname:
        raise SourceError(f"{url!r}: only https addresses are read")
    if parts.username or parts.password or port not in (None, 443):
        raise SourceError(f"{url!r}: an address with a user or a port of its own is not read")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return SplitResult("https", host, path, query, "")


def _asked(
    parts: SplitResult, resolve: Resolve, connect: Connect, open_now: list[http.client.HTTPConnection]
) -> Fetched | str:
    """The content at an address, or where it redirects to."""
    host, url = parts.hostname or "", urlunsplit(parts)
    addresses = resolve(host, 443)
    if not addresses or not all(map(is_public, addresses)):
        raise SourceError(f"{url!r}: not on the public internet")
    try:
        connection = connect(host, 443, addresses[0])
        open_now.append(connection)
        connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers=_HEADERS)
        response = connection.getresponse()
        moved = response.getheader("Location")
        if response.status in (301, 302, 303, 307, 308) and moved:
            return moved
        return _content(url, response)
    except ssl.SSLError as error:
        raise SourceError(f"{url!r}: no safe connection ({error.reason or error})") from error
    except (OSError, http.client.HTTPException) as error:
        raise SourceError(f"{url!r}: cannot be reached ({error or type(error).__name__})") from error


def _content(url: str, response: http.client.HTTPResponse) -> Fetched:
    if response.status != 200:
        raise SourceError(f"{url!r}: the site answers {response.status} {response.reason}")
    kind = (response.getheader("Content-Type") or "text/html").split(";")[0].strip().lower()
    suffix = _SUFFIXES.get(kind)
    if suffix is None:
        raise SourceError(f"{url!r}: {kind} cannot be read; HTML, PDF, DOCX and plain text can")
    if response.getheader("Content-Encoding", "identity").lower() not in ("identity", ""):
        raise SourceError(f"{url!r}: comes packed, which was not asked for")
    content = response.read(SIZE_LIMIT + 1)
    if len(content) > SIZE_LIMIT:
        raise SourceError(f"{url!r}: more than {SIZE_LIMIT >> 20} MB")
    return Fetched(url, suffix, content)
