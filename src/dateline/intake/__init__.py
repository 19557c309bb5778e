"""Files, folders, standard input and web addresses become raw items, one a report.

    for item in read_source("reports.jsonl"):
        if isinstance(item, Rejection):
            print(item.message)

A bad input never stops the rest: it comes out as a ``Rejection``.
"""

from .limits import Limits
from .published import parse_published
from .sources import FORMATS, read_source

__all__ = ["FORMATS", "Limits", "parse_published", "read_source"]
