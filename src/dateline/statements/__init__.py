"""Who says what: direct, indirect and mixed attributions, with speaker, cue and content as exact spans."""

from __future__ import annotations

from collections.abc import Sequence

from ..language.cast import Cast
from ..language.parse import Parse
from ..records import Place, Report, Statement, Timex
from .attributions import Scene
from .content import Quoted
from .lexicon import load_lexicon, stance_of
from .phrases import add_phrases
from .quotations import find_quotations
from .quoting import add_quotations
from .statements_of import Builder, Settings
from .verbs import add_verbs

__all__ = ["find_statements", "stance_of"]


def find_statements(
    report: Report, parse: Parse, cast: Cast, times: Sequence[Timex], places: Sequence[Place]
) -> tuple[Statement, ...]:
    """Every attribution of the report in the order of its cues; attributions inside attributions are statements too."""
    lexicon = load_lexicon()
    quoted = Quoted(find_quotations(report))
    scene = Scene(parse, quoted)
    add_verbs(scene, lexicon)
    add_phrases(scene, lexicon)
    add_quotations(scene, lexicon)
    builder = Builder(report, parse, cast, scene, Settings(times, places))
    ordered = sorted(scene.found.values(), key=lambda each: each.word.index)
    built = (builder.build(each) for each in ordered)
    return tuple({statement.id: statement for statement in built if statement is not None}.values())
