"""Which format an input has, by its first bytes; its name decides only where they leave it open."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from .decoding import MARKS, SNIFFED
from .exports.export_labels import looks_like_export
from .rows.dialects import begins_as_table
from .url_list import looks_like_urls

# File names that say what is in them; a folder is searched for these, and a file of another name is judged by its content.
SUFFIXES: dict[str, str] = {
    ".arrow": "arrow",
    ".atom": "feed",
    ".csv": "csv",
    ".eml": "eml",
    ".feather": "arrow",
    ".htm": "html",
    ".html": "html",
    ".ipc": "arrow",
    ".json": "json",
    ".jsonl": "jsonl",
    ".mbox": "eml",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".psv": "csv",
    ".rdf": "feed",
    ".rss": "feed",
    ".tab": "csv",
    ".text": "text",
    ".tsv": "csv",
    ".txt": "text",
    ".urls": "urls",
    ".warc": "warc",
    ".xhtml": "html",
    ".xml": "feed",
}
# Names of what is packed: the format is that of the name before, "html" for page.html.gz, or of the files inside.
PACKED_SUFFIXES = frozenset({".bz2", ".gz", ".tar", ".tbz2", ".tgz", ".txz", ".tzst", ".xz", ".zip", ".zst"})
READ_SUFFIXES = ", ".join(sorted({*SUFFIXES, *PACKED_SUFFIXES}))
SKIPPABLE = b"\x2a\x4d\x18"  # a zstd frame without data: a number from 0x50 to 0x5f, then this
_WRAPPINGS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("gz", re.compile(rb"\x1f\x8b\x08")),
    ("bz2", re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")),
    ("xz", re.compile(rb"\xfd7zXZ\x00")),
    ("zst", re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18")),
    ("zip", re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)")),
)
_TAR_BLOCK = 512
# What stands at the head of mail, and of a page that a browser saved as mail.
_MAIL_HEADER = re.compile(
    rb"^(from|received|return-path|message-id|mime-version|delivered-to|x-[a-z-]{1,60}|to|subject|date|content-type|sender"
    rb"|reply-to|list-id|dkim-signature|arc-[a-z-]{1,40}|snapshot-content-location):",
    re.IGNORECASE | re.MULTILINE,
)
_MAILBOX = re.compile(rb"From \S{1,200} +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} ")
_SAVED_PAGE = re.compile(
    rb"^(?:snapshot-content-location:|content-type:\s*multipart/related\b|from: <saved by )",
    re.IGNORECASE | re.MULTILINE,
)
# No comment is looked at twice: with ways to divide the comments up, 300 empty ones would take longer than anyone waits.
_HTML_START = re.compile(
    rb"(?>\s++|<!--(?:[^-]|-(?!->))*+-->|<\?xml[^>]{0,200}+>)*+"
    rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta)\b",
    re.IGNORECASE,
)
# The root element of XML, past its declaration, comments, instructions and document type.
_XML_ROOT = re.compile(
    rb"(?>\s++|<\?[^>]{0,1000}+>|<!--(?:[^-]|-(?!->))*+-->|<!DOCTYPE[^>\[]{0,500}+(?:\[[^\]]*+\]\s*+)?>)*+"
    rb"<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z]+)[\s/>]",
    re.IGNORECASE,
)
_JSON_FEED = re.compile(rb"\s*\{[^\0]*?\"version\"\s*:\s*\"https?:\\?/\\?/jsonfeed\.org\\?/version")
_TAG = re.compile(rb"<(?:/?[a-zA-Z][a-zA-Z0-9]*[\s/>]|!)")
# A list, or an object spread over lines; and an object whose list of reports begins among its first members.
_JSON_DOCUMENT = re.compile(rb"[\s\x1e]*(?:\[\s*(?:\{|\]\s*\Z|\"https?:)|\{[ \t]*\r?\n)")
_JSON_LIST_INSIDE = re.compile(
    rb'\s*\{(?:\s*+"[^"]{1,40}"\s*+:\s*+(?:"[^"]{0,200}"|[\w.+-]{1,30}|\{)\s*+,?)*+'
    rb'\s*+"(?:articles|results|items|data|documents|docs|stories|hits|@graph|posts|records|reports|rows|entries|news)"\s*+:\s*+\[\s*+\{'
)
_JSON = re.compile(rb"\s*(?:\{\s*(?:\"|\}|\r?\n)|\[\s*\{)")


def _is_warc(head: bytes, named: str | None) -> bool:
    return re.match(rb"\s{0,16}WARC/\d\.\d", head) is not None


def _is_eml(head: bytes, named: str | None) -> bool:
    return _MAILBOX.match(head) is not None or _mail_headers(head) >= (1 if named == "eml" else 3)


def _is_mhtml(head: bytes, named: str | None) -> bool:
    headers = _mail_headers(head)
    return headers >= 1 and (named == "mhtml" or (headers >= 3 and _SAVED_PAGE.search(_before_blank(head)) is not None))


def _mail_headers(head: bytes) -> int:
    """How many kinds of mail header stand before the first empty line; none when it does not begin with a header."""
    if not re.match(rb"[A-Za-z][A-Za-z0-9-]{1,60}:", head):
        return 0
    return len({found.lower() for found in _MAIL_HEADER.findall(_before_blank(head))})


def _before_blank(head: bytes) -> bytes:
    return re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]


def _is_parquet(head: bytes, named: str | None) -> bool:
    return head.startswith((b"PAR1", b"PARE"))


def _is_arrow(head: bytes, named: str | None) -> bool:
    return head.startswith((b"ARROW1\0\0", b"FEA1")) or (named == "arrow" and head.startswith(b"\xff\xff\xff\xff"))


def _is_json(head: bytes, named: str | None) -> bool:
    if _JSON_DOCUMENT.match(head) is not None:
        return True
    if not _JSON.match(head):
        return False
    lines = head.split(b"\n", 2)
    in_lines = len(lines) > 2 and lines[0].rstrip().endswith(b"}") and lines[1][:1] == b"{"
    return not in_lines and (named == "json" or _JSON_LIST_INSIDE.match(head) is not None)


def _is_jsonl(head: bytes, named: str | None) -> bool:
    return named == "jsonl" or _JSON.match(head) is not None


def _is_sitemap(head: bytes, named: str | None) -> bool:
    root = _XML_ROOT.match(head)
    return root is not None and root[1] in {b"urlset", b"sitemapindex"}


def _is_feed(head: bytes, named: str | None) -> bool:
    root = _XML_ROOT.match(head)
    if root is not None and root[1] in {b"rss", b"RDF", b"feed"}:
        return True
    return _JSON_FEED.match(head) is not None or (
        named == "feed" and head.lstrip()[:1] == b"<" and not _is_html(head, None)
    )


def _is_html(head: bytes, named: str | None) -> bool:
    return _HTML_START.match(head) is not None or (named == "html" and _TAG.search(head) is not None)


def _is_urls(head: bytes, named: str | None) -> bool:
    return named == "urls" or looks_like_urls(head)


def _is_lexisnexis(head: bytes, named: str | None) -> bool:
    return looks_like_export(head)


def _is_csv(head: bytes, named: str | None) -> bool:
    return named == "csv" or begins_as_table(head)


# One line a format, asked in this order: does it begin so? ``named`` is the format that the file's name speaks of.
_TESTS: tuple[tuple[str, Callable[[bytes, str | None], bool]], ...] = (
    ("parquet", _is_parquet),
    ("arrow", _is_arrow),
    ("warc", _is_warc),
    ("mhtml", _is_mhtml),
    ("eml", _is_eml),
    ("sitemap", _is_sitemap),
    ("feed", _is_feed),
    ("json", _is_json),
    ("jsonl", _is_jsonl),
    ("html", _is_html),
    ("urls", _is_urls),
    ("lexisnexis", _is_lexisnexis),
    ("csv", _is_csv),
)


def find_format(head: bytes, suffix: str) -> str:
    """The format of an input by its first bytes, "text" where nothing else fits."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            head = head[len(mark) :].decode(encoding, "ignore").encode()
            break
    head, named = head[:SNIFFED], SUFFIXES.get(suffix)
    return next((name for name, test in _TESTS if test(head, named)), "text")


def find_wrapping(head: bytes) -> str | None:
    """How the input is packed, by its first bytes: gz, bz2, xz, zst, zip or tar."""
    found = next((name for name, sign in _WRAPPINGS if sign.match(head)), None)
    return found or ("tar" if is_tar_header(head[:_TAR_BLOCK]) else None)


def is_tar_header(block: bytes) -> bool:
    """The block is the header of a file in a tar archive: its checksum is right."""
    digits = block[148:156].strip(b" \0")
    if len(block) < _TAR_BLOCK or not block[0] or not re.fullmatch(rb"[0-7]{1,8}", digits):
        return False
    rest = block[:148] + b" " * 8 + block[156:]
    # Old writers added the bytes up as signed ones.
    return int(digits, 8) in (sum(rest), sum(rest) - 256 * sum(byte > 127 for byte in rest))


def suffix_inside(name: str) -> str:
    """The suffix of what is packed in a file of that name: ".html" for page.html.gz, none for pages.tgz."""
    path = PurePosixPath(name)
    return PurePosixPath(path.stem).suffix.lower() if path.suffix.lower() in PACKED_SUFFIXES else path.suffix.lower()


def is_input_name(name: str) -> bool | None:
    """Whether a file of that name in a folder or archive is read; ``None`` without a suffix, where the content decides."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in PACKED_SUFFIXES:
        inside = suffix_inside(name)
        # "app.js.gz" is none of ours, "news.2019.gz" may be.
        return not (inside[1:].isalpha() and inside not in SUFFIXES and inside not in PACKED_SUFFIXES)
    return suffix in SUFFIXES if suffix else None


def speaks_for_itself(head: bytes) -> bool:
    """The content of a file without a suffix says what it is; plain text could be anything."""
    return find_wrapping(head) is not None or find_format(head, "") != "text"
