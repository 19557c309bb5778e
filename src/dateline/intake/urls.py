"""Pages fetched from the web: http and https, from public addresses only, within limits of size, time and redirects.

An address that a stranger gave must not reach into the machine or network that runs dateline. So every address that the
host's name resolves to is checked at each redirect, and the connection goes to a checked address and not to the name,
which could resolve otherwise a moment later. Proxies set in the environment are not used, since they would resolve again.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from .. import __version__
from ..errors import IntakeError
from .limits import Limits

WEB = re.compile(r"https?://", re.IGNORECASE)
REDIRECTS = frozenset({301, 302, 303, 307, 308})
ADVICE = "check the address, or save the page and give the file"
_CHUNK = 65_536
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SAFE = "/%:=&?~+!$,;'@()*[]|^-._"
_HEADERS = {
    "User-Agent": f"dateline/{__version__}",
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, application/x-ndjson;q=0.9",
    "Accept-Encoding": "gzip, identity",
    "Connection": "close",
}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave: where it came from in the end, its bytes, and the type and charset that the server declared."""

    url: str
    data: bytes
    content_type: str
    charset: str | None


def fetch(url: str, limits: Limits, *, allow_private: bool = False) -> Fetched:
    """The page at a web address. ``allow_private`` lets tests fetch from their own machine; nothing else sets it.

    Raises ``IntakeError`` when the address is refused, or the page cannot be had within the limits.
    """
    deadline = time.monotonic() + limits.fetch_seconds
    where = url
    for _ in range(limits.redirects + 1):
        try:
            answer = _fetch_once(where, limits, deadline, allow_private)
        except (OSError, http.client.HTTPException, UnicodeError, ValueError, zlib.error) as error:
            if time.monotonic() >= deadline:
                raise IntakeError(f"{url} took longer than {limits.fetch_seconds:g} seconds; {ADVICE}") from error
            raise IntakeError(f"{url} could not be fetched ({_reason(error)}); {ADVICE}") from error
        if isinstance(answer, Fetched):
            return answer
        where = urljoin(where, answer)
    raise IntakeError(f"{url} was redirected more than {limits.redirects} times; {ADVICE}")


def _fetch_once(url: str, limits: Limits, deadline: float, allow_private: bool) -> Fetched | str:
    """The page, or the address that the server points to instead."""
    parts = _parts(url)
    address, port = _checked_address(url, parts, allow_private)
    with _connection(parts, address, port, deadline) as connection:
        path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
        connection.request("GET", path, headers=_HEADERS)
        answer = connection.getresponse()
        location = answer.headers.get("Location")
        if answer.status in REDIRECTS and location:
            return location
        if answer.status != 200:
            raise IntakeError(
                f"{url} could not be fetched: the server answered {answer.status} {answer.reason!s:.40}; {ADVICE}"
            )
        data = _body(url, answer, limits.html_bytes, deadline)
    return Fetched(url.partition("#")[0], data, answer.headers.get_content_type(), _charset(answer.headers))


def _parts(url: str) -> SplitResult:
    if len(url) > 4000 or not WEB.match(url) or re.search(r"[\x00-\x20\x7f]", url):
        raise IntakeError(
            f"{url[:80]!r} is no web address; addresses begin with http:// or https:// and have no spaces"
        )
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None:
        raise IntakeError(
            f"the address at {parts.hostname} holds a user name or password; give it without, pages are fetched openly"
        )
    if not parts.hostname:
        raise IntakeError(f"{url[:80]!r} names no host; {ADVICE}")
    return parts


def _checked_address(url: str, parts: SplitResult, allow_private: bool) -> tuple[str, int]:
    """The first address of the host, all of them being public."""
    port = parts.port or (443 if parts.scheme.lower() == "https" else 80)
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    for address in addresses:
        if not allow_private and not is_public(ipaddress.ip_address(address)):
            raise IntakeError(f"{url} is refused: {parts.hostname} is at {address}, which is not a public address")
    return addresses[0], port


def is_public(address: Address) -> bool:
    """The address is one of the public internet, also the IPv4 address that an IPv6 address may carry within."""
    if isinstance(address, ipaddress.IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            carried = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if carried is not None and not is_public(carried):
            return False
        if address.ipv4_mapped is not None:
            return True
    return address.is_global and not (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
    )


@contextmanager
def _connection(parts: SplitResult, address: str, port: int, deadline: float) -> Iterator[http.client.HTTPConnection]:
    """A connection to the checked address that speaks to the host by its name, and is cut at the deadline.

    The cut is a timer of its own: a server that sends a byte now and then never meets a socket's time limit.
    """
    left = max(deadline - time.monotonic(), 0.01)
    plain = socket.create_connection((address, port), timeout=left)
    timer = threading.Timer(left, _cut, (plain,))
    timer.daemon = True
    timer.start()
    connection = http.client.HTTPConnection(str(parts.hostname), port, timeout=left)
    try:
        if parts.scheme.lower() == "https":
            wrapped = ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname)
            connection.sock = wrapped
            connection.default_port = 443
            timer.cancel()
            timer = threading.Timer(max(deadline - time.monotonic(), 0.01), _cut, (wrapped,))
            timer.daemon = True
            timer.start()
        else:
            connection.sock = plain
        yield connection
    finally:
        timer.cancel()
        connection.close()
        plain.close()


def _cut(plain: socket.socket) -> None:
    try:
        plain.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it was closed already


def _body(url: str, answer: http.client.HTTPResponse, most: int, deadline: float) -> bytes:
    """The body, unpacked, of at most ``most`` bytes: a small packed body may be a huge one."""
    packing = (answer.headers.get("Content-Encoding") or "identity").strip().lower()
    if packing not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise IntakeError(f"{url} came packed as {packing!r:.30}, which was not asked for; {ADVICE}")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32) if packing not in ("identity", "") else None
    chunks, size = [], 0
    while chunk := answer.read1(_CHUNK):
        if unpacker is not None:
            chunk = unpacker.decompress(chunk, most + 1 - size)
        chunks.append(chunk)
        size += len(chunk)
        if size > most:
            raise IntakeError(f"{url} is larger than {most:,} bytes, too large for one page; {ADVICE}")
        if time.monotonic() >= deadline:
            break
    if time.monotonic() >= deadline:
        raise TimeoutError("time is up")  # also when the cut looked like the end of the page
    if answer.length or (unpacker is not None and not unpacker.eof):
        raise ConnectionError("the connection ended before the page did")
    return b"".join(chunks)


def _charset(headers: Message) -> str | None:
    return headers.get_content_charset()


def _reason(error: Exception) -> str:
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{type(error).__name__}: {words!s:.100}" if words else type(error).__name__
