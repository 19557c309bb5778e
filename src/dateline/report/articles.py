"""Which article a report is a version of: the same for every capture of one address, or one id of one outlet."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from ..records import content_id
from ..rulefiles import RuleModel, read_toml

_AMP_SUFFIX = re.compile(r"(?:[/.]amp(?:\.html?|/)?|\.amp\.html?)$", re.IGNORECASE)
_AMP_FOLDER = re.compile(r"^/amp(?=/)|/amp(?=/)(?=.*\d)", re.IGNORECASE)
_HOST_PREFIX = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)", re.IGNORECASE)
_SLASHES = re.compile(r"/{2,}")


class Addresses(RuleModel):
    """Parts of addresses that do not tell articles apart."""

    tracking: tuple[str, ...]
    search: tuple[str, ...]
    lists: tuple[str, ...]
    last: tuple[str, ...]
    fronts: tuple[str, ...]


@cache
def _rules() -> Addresses:
    return read_toml("report/addresses.toml", Addresses)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole names, and beginnings of names."""
    names = _rules().tracking
    return frozenset(name for name in names if name[-1] != "*"), tuple(name[:-1] for name in names if name[-1] == "*")


def article_id(url: str | None, canonical_url: str | None, outlet: str | None, external_id: str | None) -> str | None:
    """The id of the article; ``None`` when neither an address nor an outlet with an id names one.

    The canonical address counts when it is of the same site: a copy at another outlet is another article.
    """
    address = normal_address(url)
    own = normal_address(canonical_url)
    if own and (address is None or _host(own) == _host(address)):
        address = own
    if address:
        return content_id("d", address)
    if outlet and external_id:
        return content_id("d", outlet, external_id)
    return None


def normal_address(url: str | None) -> str | None:
    """The address without what does not tell articles apart: "ledger.example/2021/crossing"; ``None`` for a front page,
    a search or a list.

    >>> normal_address("http://www.Ledger.example/2021/crossing/?utm_source=x#top")
    'ledger.example/2021/crossing'
    """
    try:
        # Half of a surrogate pair, which a program may hand over, cannot be quoted.
        parts = urlsplit((url or "").strip().encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    query = _query(parts.query)
    path = _path(parts.path)
    if query is None or _is_list(path) or not (path or query):
        return None
    where = _HOST_PREFIX.sub("", host) + (f":{port}" if port and port not in (80, 443) else "")
    return f"{where}{path}{'?' + query if query else ''}"


def _path(path: str) -> str:
    path = _SLASHES.sub(
        "/", quote(unquote(path, errors="surrogateescape"), safe="/:@!$&'()*+,;=~-._", errors="surrogateescape")
    )
    path = _AMP_FOLDER.sub("", _AMP_SUFFIX.sub(_amp_replacement, path, count=1), count=1).rstrip("/")
    folder, _, last = path.rpartition("/")
    return folder if last.lower() in _rules().fronts else path


def _amp_replacement(match: re.Match[str]) -> str:
    """ "story.amp.html" is "story.html"; "story/amp/" is "story"."""
    return match.group()[4:] if match.group().lower().startswith(".amp.") else ""


def _query(query: str) -> str | None:
    """The telling parameters in order of name, or ``None`` for those of a search."""
    exact, beginnings = _tracking()
    kept = []
    for name, value in parse_qsl(query, keep_blank_values=False, max_num_fields=200) if query.count("&") < 200 else ():
        folded = name.lower()
        if folded in _rules().search and not value.isdigit():
            return None
        if folded not in exact and not folded.startswith(beginnings):
            kept.append((name, value))
    return urlencode(sorted(kept), errors="surrogateescape")


def _is_list(path: str) -> bool:
    """The path leads to a list: "/tag/peace", "/author/jane-doe", "/world/page/2"."""
    folders = [part.lower() for part in path.split("/") if part]
    if any(part in _rules().lists for part in folders[-2:]) or any(part in _rules().last for part in folders[-1:]):
        return True
    return folders[-2:-1] == ["page"] and folders[-1].isdigit()


def _host(address: str) -> str:
    return address.partition("/")[0].partition("?")[0]
