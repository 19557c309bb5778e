"""RSS 0.9x, 1.0 and 2.0 and Atom: entries out of XML, also out of broken XML.

Not by feedparser: version 6.0.14 takes 15 seconds of CPU over 50 kB of line breaks, 12 over an author of 50 kB, and 9 over
500 bytes of nested entities. Here a feed is parsed by libxml2 with entities off; one that is not well-formed is cut into its
entries, so that a fault in one does not spoil the next.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Any
from urllib.parse import urljoin

from ...errors import IntakeError
from .feed_entry import Feed, FeedEntry
from .fragment import MARKUP, plain_text
from .xml_safety import local_name, mending_parser, safe_xml, strict_parser

ROOTS = frozenset({"rss", "RDF", "feed"})
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# Elements by these names mean other things in other namespaces (media:title, itunes:summary); prefixes as feeds write them.
_SPACES = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
    "http://purl.org/atompub/tombstones/1.0": "at:",
}
_ROOT_TAG = re.compile(r"\s*(<((?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z_][\w.-]{0,40}))(?:\s[^<>]{0,4000})?>)")
_ENTRY_TAG = re.compile(r"<((?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry))(?=[\s>])")
# Fields that are often HTML put in without escaping it.
_LOOSE = ("description", "content:encoded", "summary", "content", "title")
_MAIL_NAME = re.compile(r"\S{1,200}@\S{1,200}\s*\(([^()]{1,200})\)\s*")
_TITLE_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")


def read_xml_feed(name: str, data: bytes, charset: str | None, url: str | None, most: int) -> Feed:
    """At most ``most`` entries of an RSS or Atom feed. Raises ``IntakeError`` when it is none, or nothing of it can be read."""
    from lxml import etree

    text = safe_xml(name, data, charset)
    root_tag = _ROOT_TAG.match(text)
    if root_tag is None or root_tag[3] not in ROOTS:
        begins = text[:40].strip()
        raise IntakeError(f"{name} is no feed: it begins {begins!r}; a feed begins with <rss>, <rdf:RDF> or <feed>")
    try:
        root = etree.fromstring(text.encode("utf-8"), strict_parser(), base_url=url)
    except etree.XMLSyntaxError as error:
        return _read_broken(name, text, root_tag, url, most, str(error.msg))
    found = (element for element in root.iter("{*}item", "{*}entry") if _is_entry(element))
    language = _language(root)
    entries = [_entry(element, url, language) for element in islice(found, most)]
    more = next(found, None) is not None
    entries += islice(_tombstones(root), most)
    return Feed(title=_feed_title(root), entries=tuple(entries), faults=(_too_many(most),) if more else ())


def _too_many(most: int) -> str:
    return f"it holds more than {most:,} entries, and those after were not read; split it"


def _read_broken(name: str, text: str, root_tag: re.Match[str], url: str | None, most: int, fault: str) -> Feed:
    """The entries of a feed that is not well-formed, each read by itself."""
    from lxml import etree

    opening, root_name = root_tag[1].removesuffix("/>").removesuffix(">") + ">", root_tag[2]
    starts = [match.start() for match in islice(_ENTRY_TAG.finditer(text), most + 1)]
    head = text[root_tag.end() : starts[0] if starts else len(text)]
    top = etree.fromstring(f"{opening}{head}</{root_name}>".encode(), mending_parser())
    title, language = (None, None) if top is None else (_feed_title(top), _language(top))
    entries, faults = [], [_too_many(most)] if len(starts) > most else []
    for number, (start, end) in enumerate(pairwise([*starts[:most], *(starts[most:] or [len(text)])]), start=1):
        tag = _ENTRY_TAG.match(text, start)
        closing = text.find(f"</{tag[1]}", start, end) if tag else -1
        if closing < 0:
            faults.append(f"entry {number} never ends, the feed is cut off or broken there")
            continue
        piece = f"{opening}{_escape_loose(text[start:closing])}</{tag[1] if tag else ''}></{root_name}>"
        root = etree.fromstring(piece.encode("utf-8"), mending_parser(), base_url=url)
        found = None if root is None else next(root.iter("{*}item", "{*}entry", "item", "entry"), None)
        if found is None:
            faults.append(f"entry {number} is broken XML, and nothing of it can be read")
        else:
            entries.append(_entry(found, url, language))
    if not entries and not faults:
        raise IntakeError(f"{name} is broken XML ({fault:.100}), and no entry of it can be read; get the feed again")
    if not faults and f"</{root_name}" not in text[-2000:]:
        faults.append("the feed is cut off; entries after the last one read are missing")
    return Feed(
        title=title, entries=tuple(entries), faults=tuple(faults), warning=f"the feed is broken XML ({fault:.100})"
    )


def _escape_loose(piece: str) -> str:
    """The entry with bare HTML in its text fields escaped, so that an unclosed <p> there closes nothing else."""
    for field in _LOOSE:
        opening = re.search(rf"<{field}(?:\s[^<>]{{0,500}})?>", piece)
        end = piece.find(f"</{field}>", opening.end()) if opening else -1
        if opening and end >= 0 and not piece.startswith("<![CDATA[", opening.end()):
            words = piece[opening.end() : end].replace("<", "&lt;")
            piece = f"{piece[: opening.end()]}{words}{piece[end:]}"
    return piece


def _is_entry(element: Any) -> bool:
    parent = element.getparent()
    return parent is not None and local_name(parent) in {"channel", "RDF", "feed", "rss"}


def _feed_title(root: Any) -> str | None:
    for element in root.iter("{*}title"):
        if local_name(element.getparent()) in {"channel", "feed"}:
            return _title(element)
    return None


def _tombstones(root: Any) -> Iterator[FeedEntry]:
    """Entries that the feed says are deleted (RFC 6721)."""
    for element in root.iter("{http://purl.org/atompub/tombstones/1.0}deleted-entry"):
        if reference := _attribute(element, "ref"):
            yield FeedEntry(
                external_id=reference,
                url=reference if _is_web(reference) else None,
                modified=_attribute(element, "when"),
                cancelled="the feed says that it was deleted",
            )


# -- one entry -------------------------------------------------------------------------------


def _entry(element: Any, url: str | None, language: str | None) -> FeedEntry:
    fields: dict[str, list[Any]] = {}
    for child in element.iterchildren("*"):
        fields.setdefault(_name(child), []).append(child)
    external_id = _first(fields, "guid", "id") or _about(element)
    content, whole = _body(fields)
    published = _first(
        fields, "pubDate", "published", "issued", "dc:date", "dcterms:issued", "dcterms:created", "created"
    )
    modified = _first(fields, "updated", "modified", "dcterms:modified")
    return FeedEntry(
        external_id=external_id,
        url=_link(fields, url),
        headline=next((words for each in fields.get("title", ()) if (words := _title(each))), None),
        body=content,
        whole=whole,
        published=published or modified,
        modified=modified,
        authors=tuple(dict.fromkeys(_authors(fields))),
        sections=tuple(dict.fromkeys(_sections(fields))),
        origins=tuple(dict.fromkeys(_origins(fields))),
        enclosures=tuple(dict.fromkeys(_enclosures(fields, url))),
        language=_first(fields, "dc:language", "language") or _attribute(element, _LANGUAGE) or language,
    )


def _name(element: Any) -> str:
    space, _, name = element.tag.rpartition("}")
    if not space:
        return str(name)  # also "content:encoded" where the feed does not declare the prefix
    prefix = _SPACES.get(space[1:])
    return f"{prefix}{name}" if prefix is not None else f"{space}}}{name}"


def _text(element: Any) -> str:
    return "".join(element.itertext())


def _first(fields: dict[str, list[Any]], *names: str) -> str | None:
    for name in names:
        for element in fields.get(name, ()):
            if words := " ".join(_text(element).split()):
                return words
    return None


def _attribute(element: Any, name: str) -> str | None:
    return " ".join((element.get(name) or "").split()) or None


def _body(fields: dict[str, list[Any]]) -> tuple[str, bool]:
    """The words of the entry, and whether the feed gave them as the whole article."""
    for name in ("content:encoded", "content"):
        for element in fields.get(name, ()):
            if words := _words(element):
                return words, True
    found = [_words(each) for name in ("description", "summary", "dc:description") for each in fields.get(name, ())]
    return max(found, key=len, default=""), False


def _words(element: Any) -> str:
    kind = (element.get("type") or element.get("mode") or "html").lower()
    if len(element):  # XHTML inside, or HTML that was never escaped
        return plain_text(_inside(element))
    words = _text(element)
    if kind in {"text", "text/plain"}:
        return words.strip()
    if "/" in kind and not kind.startswith("text/") and "html" not in kind:
        return ""  # a picture or a file, not words
    return plain_text(words)


def _inside(element: Any) -> str:
    from lxml import etree

    parts = [html.escape(element.text or "", quote=False)]
    for inner in element.iter("*"):
        name = local_name(inner)
        if inner is not element and re.fullmatch(r"[A-Za-z]\w*", name, re.ASCII):
            inner.tag = name  # <xhtml:p> is <p>
    etree.cleanup_namespaces(element)
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(parts)


def _title(element: Any) -> str | None:
    words = _text(element)
    if element.get("type") not in {"text", "text/plain"} and MARKUP.search(words):
        words = html.unescape(_TITLE_TAG.sub("", words))
    return " ".join(words.split()) or None


def _link(fields: dict[str, list[Any]], url: str | None) -> str | None:
    """The address of the article: the original behind a counting redirect, a link, or an id that is an address."""
    if original := _first(fields, "feedburner:origLink"):
        return original
    for element in fields.get("link", ()):
        is_page = element.get("rel", "alternate") == "alternate" and "html" in element.get("type", "text/html")
        if is_page and (found := _absolute(element, element.get("href") or _text(element), url)):
            return found
    for element in (*fields.get("guid", ()), *fields.get("id", ())):
        words = _text(element).strip()
        if element.get("isPermaLink", "true").lower() == "true" and _is_web(words):
            return words
    return None


def _is_web(words: str) -> bool:
    return words.lower().startswith(("http://", "https://")) and not re.search(r"\s", words)


def _absolute(element: Any, words: str, url: str | None) -> str | None:
    try:
        address = urljoin(element.base or url or "", words.strip())
    except ValueError:
        return None
    return address if _is_web(address) else None


def _authors(fields: dict[str, list[Any]]) -> Iterator[str]:
    for name in ("author", "dc:creator"):
        for element in fields.get(name, ()):
            named = [each for each in element.iterchildren("*") if local_name(each) == "name"]
            for holder in named or [element]:
                words = " ".join(_text(holder).split())
                mail = _MAIL_NAME.fullmatch(words)
                if words:
                    yield mail[1].strip() if mail else words


def _sections(fields: dict[str, list[Any]]) -> Iterator[str]:
    for name in ("category", "dc:subject"):
        for element in fields.get(name, ()):
            if words := _attribute(element, "label") or _attribute(element, "term") or " ".join(_text(element).split()):
                yield words


def _origins(fields: dict[str, list[Any]]) -> Iterator[str]:
    """Whom the entry came from first: the name and address of RSS's source, the title and link of Atom's."""
    for element in fields.get("source", ()):
        inner = {local_name(each): each for each in element.iterchildren("*")}
        title = inner.get("title", element)
        link = _attribute(element, "url")
        if "link" in inner:
            link = _attribute(inner["link"], "href")
        words = " ".join(part for part in (_title(title), link and f"<{link}>") if part)
        if words:
            yield words
    if stated := _first(fields, "dc:source"):
        yield stated


def _enclosures(fields: dict[str, list[Any]], url: str | None) -> Iterator[str]:
    for name in ("enclosure", "media:content"):
        yield from (found for each in fields.get(name, ()) if (found := _absolute(each, each.get("url") or "", url)))
    for each in fields.get("link", ()):
        if each.get("rel") == "enclosure" and (found := _absolute(each, each.get("href") or "", url)):
            yield found


def _about(element: Any) -> str | None:
    return next((words for key, words in element.items() if key.rpartition("}")[2] == "about"), None)


def _language(root: Any) -> str | None:
    """The language that the feed as a whole declares."""
    for element in root.iter("{*}language"):
        if local_name(element.getparent()) in {"channel", "feed"}:
            return " ".join(_text(element).split()) or None
    return _attribute(root, _LANGUAGE)
