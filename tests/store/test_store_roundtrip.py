from __future__ import annotations

import shutil
import tempfile
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.records import (
    Actor,
    ActorRef,
    Alternative,
    Capture,
    Dateline,
    Event,
    EventDate,
    EventObject,
    Evidence,
    Mark,
    Mention,
    Place,
    PlaceCandidate,
    Provenance,
    Record,
    Report,
    Residue,
    Span,
    Statement,
    Timex,
)
from dateline.store import Store, open_library

# Any Unicode text: control characters, NUL and characters beyond the first plane too, but no half surrogate pairs.
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MAYBE = st.none() | WORDS
FLOATS = st.floats(-1e9, 1e9)
UNIT = st.floats(0, 1)


def tuples(each: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(each, max_size=most).map(tuple)


@st.composite
def records(draw: st.DrawFn, key: str = "1") -> Record:
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))

    def span(into: type[Span] = Span, /, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
        return st.builds(
            lambda pair, more: into(start=pair[0], end=pair[1], text=text[pair[0] : pair[1]], **more),
            ends,
            st.fixed_dictionaries(fields),
        )

    def ids(prefix: str) -> list[str]:
        return [f"{prefix}_{key}_{number}" for number in range(draw(st.integers(0, 2)))]

    def one_of(known: list[str]) -> st.SearchStrategy[str | None]:
        return st.sampled_from([None, *known])

    rules = tuples(WORDS)
    timexes, places, actors, statements = ids("t"), ids("p"), ids("a"), ids("s")
    dates = st.none() | st.builds(EventDate, MAYBE, MAYBE, MAYBE, one_of(timexes))
    refs = tuples(span(ActorRef, actor=st.sampled_from(actors))) if actors else st.just(())
    keys = tuples(st.sampled_from(actors)) if actors else st.just(())
    objects = span(EventObject, kind=WORDS, quantity=st.none() | FLOATS, approximate=st.booleans())
    evidence = span(Evidence, role=st.sampled_from(["trigger", "source", "cue"]))
    candidates = st.builds(
        PlaceCandidate, st.none() | st.integers(0, 2**40), WORDS, MAYBE, MAYBE, st.none() | st.integers(0, 2**40)
    )
    degrees = st.none() | FLOATS
    findings: dict[str, Any] = {
        "times": [
            draw(
                span(
                    Timex,
                    **dict.fromkeys(("value", "earliest", "latest", "anchor", "reason"), MAYBE),
                    **{"id": st.just(each), "type": st.sampled_from(["DATE", "SET"]), "granularity": WORDS},
                )
            )
            for each in timexes
        ],
        "places": [
            draw(
                st.builds(
                    Place,
                    *(st.just(each), tuples(span()), WORDS, st.none() | st.integers(0, 2**40), degrees, degrees),
                    *(MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, tuples(candidates)),
                )
            )
            for each in places
        ],
        "actors": [
            draw(
                st.builds(
                    Actor,
                    *(st.just(each), WORDS, MAYBE, MAYBE, tuples(WORDS), MAYBE, MAYBE),
                    *(tuples(span(Mention, kind=st.sampled_from(["name", "pronoun"]))), rules),
                )
            )
            for each in actors
        ],
        "statements": [
            draw(
                st.builds(
                    Statement,
                    *(st.just(each), refs, tuples(span()), tuples(span()), st.sampled_from(["direct", "mixed"]), WORDS),
                    *(keys, keys, dates, one_of(places), rules, UNIT),
                )
            )
            for each in statements
        ],
        "events": [
            draw(
                st.builds(
                    Event,
                    *(st.just(each), WORDS, tuples(WORDS), tuples(WORDS), MAYBE, WORDS, st.none() | FLOATS, WORDS),
                    *(span(), span(), refs, refs, tuples(objects), one_of(places), MAYBE, dates, MAYBE),
                    *(st.booleans(), st.sampled_from(["asserted", "future"]), one_of(statements), keys, WORDS),
                    *(tuples(evidence), rules, UNIT, tuples(st.builds(Alternative, WORDS, UNIT, rules))),
                )
            )
            for each in ids("e")
        ],
    }
    lines = st.none() | span(Dateline, place=one_of(places), date=MAYBE, agency=MAYBE)
    report = draw(
        st.builds(
            Report,
            *(st.just(f"r_{key}"), MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, st.none() | st.just("page"), WORDS),
            *(st.just(text), WORDS, WORDS, st.none() | span(), st.none() | span(), lines),
            *(tuples(span()), tuples(span()), tuples(span(Residue, reason=WORDS))),
            *(MAYBE, tuples(WORDS), MAYBE, MAYBE, MAYBE, MAYBE),
            marks=tuples(st.builds(Mark, st.sampled_from(["author", "modified"]), WORDS, MAYBE, WORDS, st.booleans())),
            capture=st.none() | st.builds(Capture, WORDS, WORDS, MAYBE, WORDS, WORDS, MAYBE),
        )
    )
    made = draw(st.builds(Provenance, WORDS, WORDS, WORDS, WORDS, WORDS))
    return Record(
        "1.1",
        report,
        **{name: tuple(found) for name, found in findings.items()},
        provenance=made,
        warnings=draw(tuples(WORDS)),
        uncoded_reason=draw(MAYBE),
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(first=records("1"), again=records("1"), other=records("2"))
def test_store_gives_back_what_it_was_given(empty_store, first, again, other):
    with tempfile.TemporaryDirectory() as folder, Store.open(shutil.copy(empty_store, folder)) as store:
        store.write([first, other])
        assert store.record("r_1") == first
        store.write([again])
        with open_library(store.location) as library:
            kept = library.record("r_1")
            assert library.record("r_2") == other
        assert kept == again
        assert kept.to_dict() == Record.from_dict(again.to_dict()).to_dict()
