"""schema.org facts in a page's JSON-LD: the article among what the page describes, and what is said of it.

Pages break JSON in ever the same ways (comments around it, trailing commas, bare line ends, a cut-off end); what can be
mended is, the rest is skipped. Depth, size and number are limited.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ...records import MarkField
from ..claims import Claim, clean
from .schema_org import SchemaOrg, schema_org, type_name

MOST_SCRIPTS = 40
MOST_CHARACTERS = 2_000_000
MOST_NODES = 3_000
DEEPEST = 12
MOST_AUTHORS = 20
FOUND_IN = "json-ld"

_WRAPPING = re.compile(
    r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?://\s*)?(?:-->|\]\]>|/\*\s*\]\]>\s*\*/)\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MISSING_COMMA = re.compile(r"([}\]\"])([^\S\n]*\n\s*\")")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
# The last resort, for JSON that no mending makes whole. Only what cannot be mistaken: the first date and headline.
_LOOSE = re.compile(r'"(headline|datePublished|dateModified)"\s*:\s*"((?:[^"\\\n]|\\.){1,400})"')
_BLOCK_END = re.compile(r"<\s*(?:br|/p|/div|/li|/h\d|/blockquote|/tr)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class JsonLd:
    """What the JSON-LD of a page says; ``article_body`` has one paragraph a line where its source parts them."""

    claims: tuple[Claim, ...] = ()
    article_body: str | None = None
    captions: tuple[str, ...] = ()


def read_json_ld(scripts: Iterable[str], *, title: str, urls: frozenset[str]) -> JsonLd:
    """The facts of the article that the scripts describe. ``title`` and ``urls`` are the page's, to tell it from teasers."""
    nodes: list[Node] = []
    loose: list[Claim] = []
    for number, script in enumerate(scripts):
        if number >= MOST_SCRIPTS:
            break
        if len(script) > MOST_CHARACTERS:
            continue
        parsed = _parsed(script)
        if parsed is None:
            loose.extend(_loose_claims(script))
        else:
            nodes.extend(_nodes(parsed, schema_org()))
        if len(nodes) > MOST_NODES:
            break
    nodes = nodes[:MOST_NODES]
    known = {str(node["@id"]): node for node in reversed(nodes) if "@id" in node and len(node) > 1}
    articles = [node for node in nodes if _kind(node) == "article"]
    article = _main_article(articles, title, urls)
    pages = [node for node in nodes if _kind(node) == "page" and "datePublished" in node]
    sources = [node for node in (article, *pages[:1]) if node is not None]
    claims = [claim for node in sources for claim in _claims(node, known, node is article)]
    claims += loose
    for node in nodes:
        if _kind(node) == "site" and isinstance(node.get("name"), str):
            claims.append(Claim("outlet", node["name"], FOUND_IN))
    return JsonLd(tuple(claims), _article_body(article), tuple(_captions(article, known)))


def _parsed(script: str) -> Any | None:
    text = script.strip().removeprefix("\ufeff")
    if not text or text[0] not in "{[":
        text = _WRAPPING.sub("", text).strip()
    for mend in (_as_it_is, _without_wrapping, _with_commas_mended, _unescaped):
        try:
            return json.loads(mend(text), strict=False)
        except RecursionError:
            return None
        except ValueError:
            continue
    try:
        return json.JSONDecoder(strict=False).raw_decode(_with_commas_mended(text))[0]
    except (ValueError, RecursionError):
        return None


def _as_it_is(text: str) -> str:
    return text


def _without_wrapping(text: str) -> str:
    return _WRAPPING.sub("", _WRAPPING.sub("", text)).strip().rstrip(";")


def _with_commas_mended(text: str) -> str:
    text = _BAD_ESCAPE.sub(r"\\\\", _without_wrapping(text))
    return _TRAILING_COMMA.sub(r"\1", _MISSING_COMMA.sub(r"\1,\2", text))


def _unescaped(text: str) -> str:
    return html.unescape(text)


def _loose_claims(script: str) -> Iterator[Claim]:
    fields: dict[str, MarkField] = {"headline": "headline", "datePublished": "published", "dateModified": "modified"}
    seen: set[str] = set()
    for match in _LOOSE.finditer(script):
        if match[1] not in seen:
            seen.add(match[1])
            yield Claim(fields[match[1]], match[2].replace('\\"', '"').replace("\\/", "/"), FOUND_IN)


def _nodes(value: Any, words: SchemaOrg, depth: int = 0) -> Iterator[Node]:
    """The things described, in order, where an article may stand."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for item in value[:MOST_NODES]:
            yield from _nodes(item, words, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in words.inside:
            if isinstance(value.get(key), dict | list):
                yield from _nodes(value[key], words, depth + 1)


def _types(node: Node) -> list[str]:
    value = node.get("@type")
    return [type_name(each) for each in (value if isinstance(value, list) else [value])[:8] if isinstance(each, str)]


def _kind(node: Node) -> str | None:
    words = schema_org()
    for name in _types(node):
        if name in words.articles:
            return "article"
        if name in words.pages:
            return "page"
        if name in words.sites:
            return "site"
    return None


def _main_article(articles: list[Node], title: str, urls: frozenset[str]) -> Node | None:
    """The article that the page is about: the one at its address or under its title, else the first of the best type."""
    if len(articles) <= 1:
        return articles[0] if articles else None
    order = schema_org().articles
    folded = title.casefold()

    def fit(numbered: tuple[int, Node]) -> tuple[int, ...]:
        number, node = numbered
        headline = clean(_text(node.get("headline") or node.get("name"))).casefold()
        return (
            -int(bool(urls & set(_addresses(node)))),
            -int(bool(headline) and headline in folded),
            min(order.index(name) for name in _types(node) if name in order),
            -int(bool(node.get("articleBody"))),
            -int(bool(node.get("datePublished"))),
            number,
        )

    return min(enumerate(articles), key=fit)[1]


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value.partition("#")[0]


def _claims(node: Node, known: dict[str, Node], is_article: bool) -> Iterator[Claim]:
    for each in schema_org().property:
        for name in each.names:
            if name not in node or (name == "name" and (not is_article or "headline" in node)):
                continue
            value = node[name]
            if each.field == "author":
                yield from _authors(value, known)
            elif each.field == "url":
                for address in _addresses({name: value}):
                    yield Claim("url", address, FOUND_IN)
            elif words := _text(value, known):
                yield Claim(each.field, words, FOUND_IN)


def _authors(value: Any, known: dict[str, Node]) -> Iterator[Claim]:
    for each in (value if isinstance(value, list) else [value])[:MOST_AUTHORS]:
        entity = _resolved(each, known)
        types = _types(entity) if isinstance(entity, dict) else []
        names = entity.get("name") if isinstance(entity, dict) else entity
        for name in (names if isinstance(names, list) else [names])[:MOST_AUTHORS]:
            if not (words := _text(name)):
                continue
            # Many sites call their writers organisations and their desks persons; the name itself tells better.
            yield Claim("author", words, FOUND_IN, lone="person" in types)


def _resolved(value: Any, known: dict[str, Node]) -> Any:
    """What a reference stands for: ``{"@id": …}`` is described elsewhere in the graph."""
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return known.get(value["@id"], value)
    return value


def _text(value: Any, known: dict[str, Node] | None = None) -> str:
    """The words of a value: a string, the first of a list, the name of a thing."""
    for _ in range(4):
        if isinstance(value, list):
            value = next((each for each in value[:20] if each), None)
        elif isinstance(value, dict):
            value = _resolved(value, known or {})
            value = value.get("name") or value.get("@value") or value.get("alternateName")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)


def _article_body(article: Node | None) -> str | None:
    body = article.get("articleBody") if article else None
    if isinstance(body, list):
        body = "\n".join(each for each in body[:2000] if isinstance(each, str))
    if not isinstance(body, str):
        return None
    if "&lt;" in body or "&amp;" in body or "&#" in body:
        body = html.unescape(body)
    if "<" in body:
        body = _TAG.sub("", _BLOCK_END.sub("\n", body))
    if "&" in body:
        body = html.unescape(body)
    return _LINES.sub("\n", _SPACES.sub(" ", body)).strip() or None


def _captions(article: Node | None, known: dict[str, Node]) -> Iterator[str]:
    for key in ("image", "associatedMedia", "primaryImageOfPage") if article else ():
        value = article.get(key) if article else None
        for each in (value if isinstance(value, list) else [value])[:50]:
            image = _resolved(each, known)
            if isinstance(image, dict) and (words := clean(_text(image.get("caption")))):
                yield words
