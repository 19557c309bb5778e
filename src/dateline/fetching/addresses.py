"""Which web addresses may be fetched: http and https, without passwords, from hosts of the public internet.

An address that a stranger gave must not reach into the machine or network that runs dateline. So all the addresses that a
host's name resolves to are checked, and the connection goes to a checked address and not to the name, which could resolve
otherwise a moment later.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from ..errors import FetchError
from .answers import ADVICE

WEB = re.compile(r"https?://", re.IGNORECASE)
MOST_CHARACTERS = 4000  # of an address; servers refuse longer ones, and so do browsers' bars
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")  # RFC 8215; private to Python only from 3.11.10
# Not of the public internet, though Python, or an older one, says so: IETF's own (a cloud's metadata are at 192.0.0.192),
# the machine's host in another cloud, site-local, documentation.
_OTHERS = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "168.63.129.16/32", "fec0::/10", "3fff::/20")))
_SAFE = "/%:=&?~+!$,;'@()*[]|^-._"
_CONTROLS = re.compile(r"[\x00-\x20\x7f]")
# Below 1024 are mail servers, shells and the like, which must not be talked to in a stranger's name.
_OPEN_PORTS = frozenset({80, 443})
_FREE_PORTS = 1024

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """A web address taken apart: what to connect to, what to ask for."""

    url: str  # without the fragment, which stays with the reader of a page
    secure: bool
    host: str
    port: int
    path: str  # with the query, as it goes into the request

    @property
    def site(self) -> str:
        """Scheme, host and port: what one robots.txt speaks for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        plain = self.port == (443 if self.secure else 80)
        return f"{'https' if self.secure else 'http'}://{host}{'' if plain else f':{self.port}'}"


def parse_address(url: str) -> Target:
    """The parts of a web address. Raises ``FetchError`` when it is none, or one that is not to be fetched."""
    if len(url) > MOST_CHARACTERS or not WEB.match(url) or _CONTROLS.search(url):
        raise FetchError(f"{url[:80]!r} is no web address; addresses begin with http:// or https:// and have no spaces")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _host(parts.hostname or "")
        path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    except ValueError as error:
        raise FetchError(
            f"{url[:80]!r} could not be fetched, it is no web address ({error!s:.60}); {ADVICE}"
        ) from error
    if parts.username is not None or parts.password is not None:
        raise FetchError(
            f"the address at {parts.hostname} holds a user name or password; give it without, pages are fetched openly"
        )
    if not host:
        raise FetchError(f"{url[:80]!r} names no host; {ADVICE}")
    secure = parts.scheme.lower() == "https"
    return Target(url.partition("#")[0], secure, host, port or (443 if secure else 80), path)


def _host(name: str) -> str:
    """The name as it is resolved and as the request says it; raises ``UnicodeError`` for one that no host can have."""
    return name if name.isascii() else name.encode("idna").decode("ascii")


def follow(url: str, location: str) -> str:
    """The address that a redirect points to, as browsers read it: relative or not, UTF-8 in Latin-1, spaces within."""
    with suppress(UnicodeError):  # else it is Latin-1 as it is
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(url, location.strip().replace(" ", "%20"))
    except ValueError as error:
        raise FetchError(f"{url} was redirected to {location[:80]!r}, which is no web address; {ADVICE}") from error


def checked_addresses(target: Target, *, seconds: float, allow_private: bool) -> list[str]:
    """The addresses of the host, in the order to try, all of them being public."""
    found = [str(entry[4][0]).partition("%")[0] for entry in _resolve(target.host, target.port, seconds)]
    for address in found:
        if not allow_private and not is_public(ipaddress.ip_address(address)):
            raise FetchError(
                f"{target.url} is refused: {target.host} is at {address}, which is not a public address; {ADVICE}"
            )
    if target.port < _FREE_PORTS and target.port not in _OPEN_PORTS:
        raise FetchError(
            f"{target.url} is refused: port {target.port} belongs to another service than the web; {ADVICE}"
        )
    return list(dict.fromkeys(found))


def _resolve(host: str, port: int, seconds: float) -> list[Any]:
    """What the name resolves to. The system's resolver knows no time limit, so it is left behind when it takes too long."""
    found: list[Any] = []

    def look_up() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error)

    thread = threading.Thread(target=look_up, daemon=True, name="dateline-resolver")
    thread.start()
    thread.join(seconds)
    if not found:
        raise TimeoutError(f"the name {host[:80]} was not resolved within {seconds:.0f} seconds")
    if isinstance(found[0], Exception):
        raise found[0]
    if not found[0]:
        raise OSError(f"the name {host[:80]} has no address")
    return list(found[0])


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
        if address in _LOCAL_NAT64:
            return False
    if any(address in network for network in _OTHERS):
        return False
    return address.is_global and not (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
    )
