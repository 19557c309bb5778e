"""Writes the seeds of the fuzz corpus: one or more tiny inputs a format, sound and broken, all made up here.

    python tests/fuzz/make_corpus.py

``scripts/fuzz`` adds what it finds beside them: ``crash-…`` for inputs that once crashed, ``new-…`` for inputs that came out
in a new way. ``test_fuzz_corpus.py`` reads them all again.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
TEXT = "Ministers meet\nBy Ada Example\n\nQUITO, March 3 (Harbour Wire) - The ministers met on Monday.\n"
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ministers meet</title>'
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ministers meet"}</script></head>'
    "<body><article><h1>Ministers meet</h1><p>The ministers met on Monday – at last.</p></article></body></html>"
)
ROW = {
    "id": "7",
    "text": TEXT,
    "published": "2019-03-28",
    "outlet": "The Daily Ledger",
    "url": "https://ledger.example/1",
}
NINJS = {"uri": "urn:1", "version": "2", "pubstatus": "usable", "headline": "Ministers meet", "body_text": TEXT}
RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>The Daily Ledger</title><item><title>Ministers meet</title>'
    "<link>https://ledger.example/1</link><guid>1</guid><pubDate>Thu, 28 Mar 2019 10:00:00 GMT</pubDate>"
    "<description>&lt;p&gt;The ministers met on Monday.&lt;/p&gt;</description></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Ledger</title><entry><id>1</id><title>Ministers meet</title>'
    '<updated>2019-03-28T10:00:00Z</updated><content type="html">They met.</content></entry></feed>'
)
JSON_FEED = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_text": "They met."}]}
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
    "<url><loc>https://ledger.example/1</loc><news:news><news:title>Ministers meet</news:title></news:news></url></urlset>"
)
MAIL = (
    "From: The Daily Ledger <news@ledger.example>\r\nTo: a@home.example\r\nSubject: =?utf-8?q?Talks_=E2=80=93?=\r\n"
    "Date: Thu, 28 Mar 2019 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
)
LEXIS = (
    "1 of 1 DOCUMENTS\n\nThe Daily Ledger\n\nMarch 28, 2019 Thursday\n\nMinisters meet\n\nBYLINE: Ada Example\n\n"
    "SECTION: News; Pg. 4\n\nLENGTH: 9 words\n\nThe ministers met on Monday.\n\nLOAD-DATE: March 29, 2019\n\nLANGUAGE: ENGLISH\n"
)


def seeds() -> Iterator[tuple[str, bytes]]:
    """Names and bytes of all seeds."""
    rows = "".join(json.dumps(row) + "\n" for row in (ROW, {"html": PAGE}, NINJS, {"bad": 1}))
    yield "text", TEXT.encode()
    yield "text-utf16", TEXT.encode("utf-16")
    yield "html", PAGE.encode()
    yield "html-old", "<html><meta charset=windows-1251><p>Привет</p></html>".encode("cp1251")
    yield "jsonl", rows.encode()
    yield "json-list", json.dumps([ROW, NINJS], indent=1).encode()
    yield "json-ninjs", json.dumps({**NINJS, "pubstatus": "canceled"}).encode()
    yield "csv", b'id;text;published\n1;"The ministers met; at last.";2019-03-28\n2;;\n'
    yield "tsv", b"url\ttitle\nhttps://ledger.example/1\tMinisters meet\n"
    yield "rss", RSS.encode()
    yield "atom", ATOM.encode()
    yield "jsonfeed", json.dumps(JSON_FEED).encode()
    yield "sitemap", SITEMAP.encode()
    yield "urls", b"https://ledger.example/1\nhttps://ledger.example/2\n"
    yield "lexisnexis", LEXIS.encode()
    yield from mail_seeds()
    yield from archive_seeds(rows.encode())
    yield from table_seeds()


def mail_seeds() -> Iterator[tuple[str, bytes]]:
    page = base64.encodebytes(PAGE.encode()).decode()
    related = (
        'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: '
        f"base64\r\nContent-Location: https://ledger.example/1\r\n\r\n{page}\r\n--b--\r\n"
    )
    yield "mhtml", (MAIL + "Snapshot-Content-Location: https://ledger.example/1\r\n" + related).encode()
    attached = f"Content-Type: message/rfc822\r\n\r\n{MAIL}\r\nForwarded.\r\n"
    rows = 'Content-Type: text/plain\r\nContent-Disposition: attachment; filename="a.jsonl"\r\n\r\n{"text": "One."}\r\n'
    parts = "".join(f"--b\r\n{part}" for part in ("Content-Type: text/plain\r\n\r\nThey met.\r\n", attached, rows))
    mail = f'{MAIL}Content-Type: multipart/mixed; boundary="b"\r\n\r\n{parts}--b--\r\n'
    yield "eml", mail.encode()
    border = "From a@b.example Thu Mar 28 10:00:00 2019\n"
    yield "mbox", f"{border}{MAIL}\nOne.\n\n{border}{MAIL}\n>From two.\n".encode()


def warc_record(number: int, fields: str, body: bytes, by: int = 0) -> bytes:
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{fields}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-06-01T00:00:00Z\r\nWARC-Target-URI: https://ledger.example/{number}"
        f"\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(block) + by}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def archive_seeds(rows: bytes) -> Iterator[tuple[str, bytes]]:
    page = PAGE.encode()
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)
    records = [warc_record(1, "", page), warc_record(2, "Content-Encoding: gzip\r\n", gzip.compress(page, mtime=0)),
               warc_record(3, "Transfer-Encoding: chunked\r\n", chunked), warc_record(4, "", page, by=99),
               warc_record(5, "", page).replace(b"200 OK", b"410 Gone")]  # fmt: skip
    yield "warc", b"".join(records)
    yield "warc-gz", b"".join(gzip.compress(record, mtime=0) for record in records)
    yield "warc-cut", b"".join(gzip.compress(record, mtime=0) for record in records)[:-60]
    yield "gz", gzip.compress(rows, mtime=0)
    yield "bz2", bz2.compress(rows)
    yield "xz", lzma.compress(rows)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (("a.txt", TEXT.encode()), ("b.jsonl", rows), ("c.html.gz", gzip.compress(page, mtime=0))):
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    yield "zip", out.getvalue()
    yield "zip-cut", out.getvalue()[:-90]
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tape:
        for name, data in (("a.txt", TEXT.encode()), ("é" * 60 + ".html", page)):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tape.addfile(info, io.BytesIO(data))
    yield "tar", out.getvalue()[:5120]
    yield "tar-gz", gzip.compress(out.getvalue(), mtime=0)


def table_seeds() -> Iterator[tuple[str, bytes]]:
    """Parquet and Arrow, where pyarrow is installed; what was written before stays otherwise."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        return
    table = pa.table({"id": ["1", "2"], "text": [TEXT, None], "published": ["2019-03-28", "bad"]})
    out = io.BytesIO()
    pq.write_table(table, out, compression="snappy")
    yield "parquet", out.getvalue()
    out = io.BytesIO()
    with pa.ipc.new_file(out, table.schema) as writer:
        writer.write_table(table)
    yield "arrow", out.getvalue()
    out = io.BytesIO()
    with pa.ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table)
    yield "arrow-stream", out.getvalue()


def main() -> None:
    CORPUS.mkdir(exist_ok=True)
    for name, data in seeds():
        (CORPUS / name).write_bytes(data)


if __name__ == "__main__":
    main()
