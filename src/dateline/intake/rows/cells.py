"""What stands in one place of a row, made into words: strings, numbers, lists, objects with a name."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from ...errors import ConfigError
from ..decoding import writable
from ..feeds.fragment import plain_text
from ..published import parse_published
from .fields import Place, plain_name

# The name under which an object says what it is called, in the order of trust.
_NAMES = tuple("name @value #text value literal rendered plaintext title text label url @id $oid $date".split())
_PARAGRAPH_NAMES = ("text", "plaintext", "value", "rendered", "content", "paragraph", "sentence", "body")
_NOTHING = frozenset({"", "none", "null", "nan", "nat", "n/a", "na", "<na>", "\\n"})
_MOST_WORDS = 100  # authors, sections: a longer list is a table of its own
_DEEP = 8
_PAGE = re.compile(
    r"\s*+(?:<\?xml[^>]{0,200}+>\s*+)?(?><!--(?:[^-]|-(?!->))*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.I
)
_FRAGMENT = re.compile(
    r"\s*<(?:p|div|article|section|figure|h[1-6]|ul|ol|blockquote|main|span|table|br)\b[^>]{0,2000}>", re.I
)
_CUT = re.compile(r"\[\+\d+ chars\]\s*\Z")
_EPOCH_SECONDS = range(100_000_000, 20_000_000_000)  # 1973 to 2603; smaller numbers are years, days or counters


def value_at(row: Mapping[str, Any], place: Place) -> Any:
    """What stands there, ``None`` where nothing does; lists on the way give their first object."""
    value = row.get(place.name)
    for name in place.within:
        if isinstance(value, list):
            value = next((each for each in value if isinstance(each, dict)), None)
        if not isinstance(value, dict):
            return None
        plain = plain_name(name)
        value = next((inner for key, inner in value.items() if key == name or plain_name(str(key)) == plain), None)
    return value


def words_of(value: Any, depth: int = 0) -> Iterator[str]:
    """The words in a value, one for each thing that it names, with single spaces."""
    if depth > _DEEP or value is None or isinstance(value, bool):
        return
    if isinstance(value, str | bytes):
        words = " ".join(writable(_string(value)).split())
        if words.casefold() not in _NOTHING:
            yield words
    elif isinstance(value, float):
        if math.isfinite(value):
            yield str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    elif isinstance(value, date):
        yield value.isoformat()
    elif isinstance(value, Mapping):
        for name in _NAMES:
            if found := list(words_of(value.get(name), depth + 1)):
                yield found[0]
                return
    elif isinstance(value, list | tuple):
        for each in value[:_MOST_WORDS]:
            yield from words_of(each, depth + 1)
    else:
        yield str(value)


def text_of(value: Any, depth: int = 0) -> str | None:
    """A text as it stands; paragraphs in a list or an object are put together with a blank line between them."""
    if isinstance(value, str | bytes):
        text = _string(value)
        short = text.strip().casefold() if len(text) < 100 else text[:100] if not text.isspace() else ""
        return text if short not in _NOTHING else None
    if depth > _DEEP:
        return None
    if isinstance(value, list | tuple):
        parts = [part for part in (text_of(each, depth + 1) for each in value) if part]
    elif isinstance(value, Mapping):
        parts = _parts(value, depth)
    else:
        return None
    return "\n\n".join(parts) or None


def _parts(value: Mapping[str, Any], depth: int) -> list[str]:
    """The paragraphs of an object: the summary and sections of fundus, or the one member that holds words."""
    if isinstance(value.get("sections"), list | tuple):
        found = [value.get("summary")]
        for section in value["sections"]:
            inner = section if isinstance(section, Mapping) else {"paragraphs": section}
            found += [inner.get("headline"), inner.get("paragraphs")]
        return [part for part in (text_of(each, depth + 1) for each in found) if part]
    return [part for name in _PARAGRAPH_NAMES if (part := text_of(value.get(name), depth + 1))][:1]


def date_of(value: Any) -> str:
    """The date in a value as ISO 8601; numbers may count seconds or milliseconds since 1970.

    Raises ``ConfigError`` where there is none.
    """
    if isinstance(value, datetime | date):
        return parse_published(value.isoformat())
    words = next(words_of(value), "")
    number = re.fullmatch(r"(\d{9,14})(?:\.\d+)?", words)
    if number and not re.fullmatch(r"(?:19|20)\d{12}", number[1]):
        seconds = int(number[1]) if int(number[1]) in _EPOCH_SECONDS else int(number[1]) // 1000
        if seconds in _EPOCH_SECONDS:
            return parse_published(datetime.fromtimestamp(seconds, UTC).isoformat())
    try:
        return parse_published(words)
    except ConfigError:
        raise ConfigError(f"the date {words[:60]!r} cannot be read") from None


def is_page(text: str) -> bool:
    """The text is a whole page of HTML."""
    return _PAGE.match(text) is not None


def without_markup(text: str) -> str:
    """The text; if it is a piece of HTML, its words."""
    return plain_text(text) if _FRAGMENT.match(text) and text.rstrip().endswith(">") else text


def is_cut(text: str) -> bool:
    """The source cut the text off and says how much is missing: "… [+5123 chars]"."""
    return _CUT.search(text[-60:]) is not None


def _string(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("utf-8", "replace")
