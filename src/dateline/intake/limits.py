"""How much an input may cost. Everything from outside is hostile until it has been measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one input. A JSON Lines file may be of any length: it is read line by line."""

    text_bytes: int = 4_000_000  # a text file; a million characters of report are read in the pipeline, in any script
    html_bytes: int = 20_000_000  # a saved or fetched page
    line_bytes: int = 20_000_000  # one line, object or row, which may hold a page
    row_group_bytes: int = 64_000_000_000  # what a Parquet row group says that it unpacks to; it is read in parts
    arrow_batch_bytes: int = 1_000_000_000  # one batch of an Arrow file, which is unpacked as a whole
    columnar_memory: int = (
        8_000_000_000  # addresses of the process that reads Parquet and Arrow; a page may claim any size
    )
    feed_bytes: int = 20_000_000  # a feed, of which a day's is a tenth of a megabyte, a whole archive a few
    feed_entries: int = 20_000  # entries of one feed
    sitemap_bytes: int = 60_000_000  # a sitemap, which may have 50 MB by its rules
    sitemap_entries: int = 50_000  # addresses of one sitemap, by its rules
    mail_bytes: int = 40_000_000  # one mail message, attachments included; a page saved as MHTML with its pictures
    record_bytes: int = 25_000_000  # one record of a web archive; larger ones are passed over without being held
    unpacked_ratio: int = 250  # news packs to a tenth, templates over and over to a hundredth; a bomb to a thousandth
    unpacked_free: int = 64_000_000  # bytes that may be unpacked before the ratio counts: small inputs pack oddly
    unpacked_bytes: int = 1 << 42  # four terabytes out of one source are a month of reading, or a fault
    spooled_bytes: int = 4_000_000_000  # an archive out of a pipe, kept on disk while it is read
    members: int = 5_000_000  # files in the archives of one source; they are read one by one and cost no memory
    depth: int = 5  # archives within archives
    fetch_bytes: int = (
        60_000_000  # whatever is fetched: a page, a feed, a sitemap (which may have 50 MB), a small archive
    )
    fetch_seconds: float = 30.0  # a whole download, redirects included
    redirects: int = 5
