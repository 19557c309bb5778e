"""The web as one source reads it: one fetcher for all of its addresses, and nothing fetched twice."""

from __future__ import annotations

import os

from ..fetching import CaptureFile, Fetched, Fetcher
from .formats import Items
from .limits import Limits

# A list of sitemaps names sitemaps, which name pages; nothing that is honest goes further.
MOST_HOPS = 3


class Web:
    """Fetches what a person named and what that names in turn.

    ``captures`` is the WARC file that keeps whatever is fetched, ``contact`` an address for the hosts to complain to.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        allow_private: bool = False,
        captures: str | os.PathLike[str] | None = None,
        contact: str | None = None,
    ) -> None:
        self._captures = None if captures is None else CaptureFile(captures)
        self._fetcher = Fetcher(limits, allow_private=allow_private, contact=contact, captures=self._captures)
        self._followed: set[int] = set()

    def fetch_named(self, url: str) -> Fetched:
        """The page at an address that a person typed: read as a browser would, whatever robots.txt says of programs."""
        return self._fetcher.fetch(url, robots=False)

    def fetch_followed(self, url: str) -> Fetched:
        """The page at an address that an input names: politely. Raises ``FetchError``, as ``fetch_named`` does."""
        return self._fetcher.fetch(url)

    def now(self) -> str:
        return self._fetcher.now()

    def is_new(self, url: str) -> bool:
        """The address was not followed before: inputs name each other in circles, and pages many times."""
        key = hash(url.partition("#")[0])  # a number for an address: a list may have millions
        if key in self._followed:
            return False
        self._followed.add(key)
        return True

    def until_read(self, items: Items) -> Items:
        """The items; what was captured is on disk when they end, or are left."""
        try:
            yield from items
        finally:
            if self._captures is not None:
                self._captures.close()
