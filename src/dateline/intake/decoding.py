"""Bytes made into text, or the reason why they are none."""

from __future__ import annotations

import codecs
import re

from ..errors import IntakeError

# What the first bytes of a file that is no text give away.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet file"),
)
MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A page says its encoding in its first kilobyte.
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
SNIFFED = 4096
# What no text may hold: halves of surrogate pairs, which no encoding can write, and zero characters, which no database keeps.
_UNWRITABLE = re.compile("[\ud800-\udfff\0]")


def check_not_binary(name: str, head: bytes) -> None:
    """Raises ``IntakeError`` naming what the first bytes look like, when they are no text."""
    if any(head.startswith(mark) for mark, _ in MARKS):
        return
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            raise IntakeError(
                f"{name} is {kind}, not text; take the text out of it first (docs/formats.md lists what is read)"
            )
    if (place := head[:SNIFFED].find(0)) >= 0:
        raise IntakeError(
            f"{name} is a binary file (a zero byte at byte {place}), not text; docs/formats.md lists what is read"
        )


def decode_text(name: str, data: bytes) -> str:
    """The text of UTF-8 bytes, or of UTF-16 or UTF-32 with a byte order mark; the mark is no part of it."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decode(name, data[len(mark) :], encoding, len(mark))
    text = _decode(name, data, "utf-8", 0)
    if (place := text.find("\0")) >= 0:
        raise IntakeError(
            f"{name} is a binary file (a zero byte at character {place}), not text; docs/formats.md lists what is read"
        )
    return text


def decode_page(name: str, data: bytes, declared: str | None = None) -> str:
    """The text of a page: by its byte order mark, by the encoding that the server or the page declares, or else as UTF-8."""
    return decode_page_as(name, data, declared)[0]


def decode_page_as(name: str, data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text of a page, as by ``decode_page``, and the encoding that it was decoded from."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return decode_text(name, data), encoding
    encoding = known_encoding(declared) or _declared(data) or "utf-8"
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        # Pages are often a few bytes wrong; a reader shows them all the same. One bad byte in a thousand is another encoding.
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") * 1000 > len(text):
            raise IntakeError(_complaint(name, data, encoding, error.start)) from error
        return text, encoding


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data[:SNIFFED]) or _XML_CHARSET.search(data[:SNIFFED])
    return known_encoding(match[1].decode("ascii")) if match else None


def known_encoding(encoding: str | None) -> str | None:
    """The codec of that name, as browsers read it: what calls itself Latin-1 is Windows-1252; only text encodings."""
    try:
        info = codecs.lookup(encoding) if encoding else None
    except (LookupError, ValueError):
        return None
    if (
        info is None
        or not info._is_text_encoding
        or info.name.startswith(("utf-16", "utf-32", "utf-7", "idna", "punycode"))
    ):
        return None
    return {"iso8859-1": "cp1252", "ascii": "cp1252", "raw_unicode_escape": None, "unicode_escape": None}.get(
        info.name, info.name
    )


def _decode(name: str, data: bytes, encoding: str, skipped: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise IntakeError(_complaint(name, data, encoding, error.start, skipped)) from error


def _complaint(name: str, data: bytes, encoding: str, place: int, skipped: int = 0) -> str:
    return (
        f"{name} is not {encoding.upper()} at byte {place + skipped} (0x{data[place]:02x}); "
        "convert it first, e.g. iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
    )


def writable(text: str) -> str:
    """The text with what cannot be stored replaced one for one, so that no offset moves."""
    return text if text.isascii() and "\0" not in text else _UNWRITABLE.sub("\ufffd", text)


def unwritable(text: str) -> int:
    """How many characters of the text cannot be stored."""
    return 0 if text.isascii() and "\0" not in text else len(_UNWRITABLE.findall(text))
