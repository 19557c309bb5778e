"""A parse that is done with is freed at once, and what was learned from it stays."""

from __future__ import annotations

import gc
import weakref

import pytest

from dateline.language.parse import Parse, Sentence, Token


class _Watched(Parse):
    """A parse that a weak reference can watch."""


def small_parse() -> _Watched:
    sentence = Sentence(0, 0, 12, "paragraph", 0)
    verb = Token(1, 7, 12, "spoke", "spoke", "speak", "VBD", "ROOT", sentence)
    noun = Token(0, 0, 6, "Troops", "troops", "troop", "NNS", "nsubj", sentence)
    verb.head = noun.head = verb
    verb.children.append(noun)
    sentence.tokens.extend([noun, verb])
    return _Watched("Troops spoke", [sentence], [noun, verb])


def test_a_released_parse_holds_no_ring() -> None:
    parse = small_parse()
    span = parse.span_of(parse.tokens)
    parse.release()
    seen = weakref.ref(parse)
    gc.disable()
    try:
        del parse
        assert seen() is None
        assert not [each for each in gc.get_objects() if isinstance(each, Token) and each.text == "spoke"]
    finally:
        gc.enable()
    assert span.text == "Troops spoke"


def test_a_released_parse_cannot_be_read() -> None:
    parse = small_parse()
    verb = parse.tokens[1]
    parse.release()
    assert not parse.tokens
    with pytest.raises(AttributeError):
        _ = verb.is_root
