"""One request and its answer: to a checked network address, within limits of time and size.

Proxies set in the environment are not used, since they would resolve the host's name again. No cookies are kept.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from functools import cache

from ..errors import FetchError
from .addresses import Target
from .answers import ADVICE
from .packing import Packings

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536
_CONNECT_S = 10.0  # to one of the host's addresses, so that a dead one leaves time for the next
_TRIED_ADDRESSES = 4
FAULTS = (OSError, http.client.HTTPException, UnicodeError, ValueError)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request brought. The body is read only where the answer is a page (200)."""

    status: int
    reason: str
    headers: Message
    data: bytes
    address: str

    @property
    def location(self) -> str | None:
        """Where a redirect points to."""
        return self.headers.get("Location") if self.status in REDIRECTS else None


def ask(
    target: Target, addresses: list[str], headers: Mapping[str, str], packings: Packings, *, most: int, deadline: float
) -> Answer:
    """The answer to a GET request. Raises one of ``FAULTS``, or ``FetchError`` for a body that is too large.

    Header lines are limited by Python's own http.client: 100 of them, of 64 KB at most.
    """
    with _connection(target, addresses, deadline) as (connection, address):
        connection.request("GET", target.path, headers=dict(headers))
        with closing(connection.getresponse()) as answer:
            data = _body(target.url, answer, packings, most, deadline) if answer.status == 200 else b""
            return Answer(answer.status, str(answer.reason)[:80], answer.headers, data, address)


@contextmanager
def _connection(
    target: Target, addresses: list[str], deadline: float
) -> Iterator[tuple[http.client.HTTPConnection, str]]:
    """A connection to a checked address that speaks to the host by its name, and is cut at the deadline.

    The cut is a timer of its own: a server that sends a byte now and then never meets a socket's time limit.
    """
    plain, address = _connect(target, addresses, deadline)
    left = max(deadline - time.monotonic(), 0.01)
    plain.settimeout(left)
    connection = http.client.HTTPConnection(target.host, target.port, timeout=left)
    if target.secure:
        connection.default_port = 443
        plain = _trust().wrap_socket(plain, server_hostname=target.host, do_handshake_on_connect=False)
    timer = threading.Timer(left, _cut, (plain,))
    timer.daemon = True
    timer.start()
    try:
        if isinstance(plain, ssl.SSLSocket):
            plain.do_handshake()
        connection.sock = plain
        yield connection, address
    finally:
        timer.cancel()
        connection.close()
        plain.close()


def _connect(target: Target, addresses: list[str], deadline: float) -> tuple[socket.socket, str]:
    fault: OSError = OSError("the host has no address")
    for address in addresses[:_TRIED_ADDRESSES]:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("time is up")
        try:
            return socket.create_connection((address, target.port), timeout=min(left, _CONNECT_S)), address
        except OSError as error:
            fault = error
    raise fault


@cache
def _trust() -> ssl.SSLContext:
    """The certificates that the system trusts; reading them takes 20 ms, so it is done once."""
    return ssl.create_default_context()


def _cut(plain: socket.socket) -> None:
    try:
        socket.socket.shutdown(plain, socket.SHUT_RDWR)
    except OSError:
        return  # it was closed already


def _body(url: str, answer: http.client.HTTPResponse, packings: Packings, most: int, deadline: float) -> bytes:
    """The body, unpacked, of at most ``most`` bytes both as it comes and as it is."""
    if answer.length is not None and answer.length > most:
        raise _too_large(url, most)
    unpacker = packings.unpacker(answer.headers.get("Content-Encoding"))
    chunks: list[bytes] = []
    size = received = 0
    while chunk := answer.read1(_CHUNK):
        received += len(chunk)
        plain = unpacker.feed(chunk, most + 1 - size)
        chunks.append(plain)
        size += len(plain)
        if max(size, received) > most:
            raise _too_large(url, most)
        if time.monotonic() >= deadline:
            break
    if time.monotonic() >= deadline:
        raise TimeoutError("time is up")  # also when the cut looked like the end of the page
    if answer.length or not unpacker.is_whole():
        raise ConnectionError("the connection ended before the page did")
    return b"".join(chunks)


def _too_large(url: str, most: int) -> FetchError:
    return FetchError(f"{url} is larger than {most:,} bytes, too large to be fetched; {ADVICE}")
