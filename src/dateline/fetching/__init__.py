"""Pages from the web: safely, politely, and kept as they came if wished.

    fetcher = Fetcher(Limits(), contact="desk@paper.example")
    page = fetcher.fetch("https://news.example/talks")
    page.data, page.url, page.fetched_at

It raises ``FetchError`` with the reason when a page cannot be had or may not be fetched.
"""

from ..errors import FetchError
from .addresses import WEB, is_public
from .answers import Fetched, moment
from .captures import CaptureFile
from .fetcher import Bounds, Fetcher

__all__ = ["WEB", "Bounds", "CaptureFile", "FetchError", "Fetched", "Fetcher", "is_public", "moment"]
