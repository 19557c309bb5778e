from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dateline.records import Capture, Retraction
from dateline.store import Filters, Store, open_library, queries
from dateline.store.articles import TakenBack, Version, current_of, latest, names, outlives

PAGE = "https://ledger.example/port"


def report(make_record, number, *, captured=None, text=None, **fields):
    record = make_record(number)
    capture = Capture(f"page{number}.html", "html", "utf-8", "precise", "1", captured)
    return replace(record, report=replace(record.report, capture=capture, **{"article": "port", "url": PAGE, **fields}))


def shown(store: Store, **filters) -> list[str]:
    with open_library(store.location) as library:
        return sorted(row["id"] for row in library.rows(queries.reports(Filters(**filters))))


def all_rows(store: Store) -> dict[str, dict]:
    with open_library(store.location) as library:
        return {row["id"]: row for row in library.rows(queries.reports(Filters(all_versions=True)))}


# -- versions --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ({"version": "9"}, {"version": "10"}),
        ({"version": "2", "modified": "2024-03-02"}, {"version": "3", "modified": "2024-03-01"}),
        ({"version": "3", "modified": "2024-03-01"}, {"version": None, "modified": "2024-03-02"}),
        ({"version": "b", "modified": "2024-03-01"}, {"version": "a", "modified": "2024-03-02"}),
        ({"modified": "2024-03-01T23:30:00-05:00"}, {"modified": "2024-03-02T05:00:00Z"}),
        ({"modified": "2024-03-01"}, {"modified": "2024-03-01T08:00:00"}),
        ({"published": "2024-03-01"}, {"published": "2024-03-01", "last_captured": "2024-03-02T10:00:00Z"}),
        ({"published": None}, {"published": "2024-03-01"}),
        ({"modified": "not a time", "published": None}, {"published": "1999-01-01"}),
        (
            {"modified": "2024-03-01", "last_captured": "2024-03-05T10:00:00Z"},
            {"modified": "2024-03-01", "last_captured": "2024-03-06T10:00:00Z"},
        ),
    ],
)
def test_newer_version_is_current(older, newer):
    # The ids are swapped too, so that they cannot be what decides.
    for ids in (("a", "b"), ("b", "a")):
        versions = [Version(ids[0], **newer), Version(ids[1], **older)]
        assert current_of(versions) is current_of(versions[::-1]) is versions[0]


times = st.none() | st.sampled_from(["2024-03-01", "2024-03-01T10:00:00Z", "2024-03-02T00:00:00+02:00", "soon"])


marks = st.fixed_dictionaries(
    {
        "number": st.integers(1, 4),
        "article": st.sampled_from(["port", "bridge", None]),
        "version": st.sampled_from([None, "1", "2", "10", "x"]),
        "modified": times,
    }
)


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a failing case is small enough as it is, and shrinking slow
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    # One report in several captures: the same words, fetched at different times.
    reports=st.lists(marks, min_size=2, max_size=4, unique_by=lambda each: each["number"]),
    captures=st.lists(st.tuples(st.integers(0, 3), times), min_size=2, max_size=6),
    back=st.lists(
        st.builds(Retraction, name=st.just("k"), reason=st.just("gone"), url=st.just(PAGE), at=times), max_size=2
    ),
    random=st.randoms(use_true_random=False),
    sizes=st.tuples(st.integers(1, 8), st.integers(1, 8)),
)
def test_order_and_batches_of_arrival_never_matter(empty_store, make_record, reports, captures, back, random, sizes):
    arrivals = [report(make_record, **reports[which % len(reports)], captured=time) for which, time in captures]
    arrivals += back
    standings = []
    for size in sizes:
        random.shuffle(arrivals)
        with tempfile.TemporaryDirectory() as folder, Store.open(shutil.copy(empty_store, folder)) as store:
            for start in range(0, len(arrivals), size):
                batch = arrivals[start : start + size]
                taken_back = [each for each in batch if isinstance(each, Retraction)]
                store.write([each for each in batch if not isinstance(each, Retraction)], (), taken_back)
            rows = all_rows(store)
        standings.append({key: (row["current"], row["retracted"], row["retracted_at"]) for key, row in rows.items()})
        for article in ("port", "bridge"):
            current = [row["current"] for row in rows.values() if row["article"] == article]
            assert sum(current) == min(len(current), 1)
        assert all(row["current"] for row in rows.values() if row["article"] is None)
    assert standings[0] == standings[1]


@given(
    versions=st.lists(
        st.builds(Version, st.uuids().map(str), version=st.none() | st.text(max_size=2), modified=times), min_size=1
    ),
    random=st.randoms(),
)
def test_current_version_does_not_depend_on_order(versions, random):
    shuffled = list(versions)
    random.shuffle(shuffled)
    assert current_of(versions) is current_of(shuffled)


def test_findings_of_older_versions_are_shown_only_on_request(store, make_record):
    store.write([report(make_record, 1, version="1"), report(make_record, 2, version="2"), make_record(3)])
    with open_library(store.location) as library:
        for query in (queries.events, queries.statements):
            assert {row["report"] for row in library.rows(query(Filters()))} == {"r_0002", "r_0003"}
            assert library.count(query(Filters(all_versions=True))) == 3
        for query in (queries.actors, queries.places):
            assert {row["reports"] for row in library.rows(query(Filters()))} == {2}
            assert {row["reports"] for row in library.rows(query(Filters(all_versions=True)))} == {3}
        assert library.standing("r_0001").superseded_by == "r_0002"
        assert library.standing("r_0002").superseded_by is None
        assert library.record("r_0001").report.version == "1"
    assert (store.set_aside().older, store.set_aside().retracted) == (1, 0)


def test_report_that_leaves_its_article_lets_the_older_version_count_again(store, make_record):
    store.write([report(make_record, 1, version="1"), report(make_record, 2, version="2")])
    assert shown(store) == ["r_0002"]
    store.write([report(make_record, 2, version="2", article="another", url=None)])
    assert shown(store) == ["r_0001", "r_0002"]


def test_words_that_come_back_are_current_again(store, make_record):
    store.write([report(make_record, 1, captured="2024-03-01T10:00:00Z")])
    store.write([report(make_record, 2, captured="2024-03-01T12:00:00Z")])
    assert shown(store) == ["r_0002"]
    written = store.write([report(make_record, 1, captured="2024-03-01T14:00:00Z")])
    assert written.unchanged == 1
    assert shown(store) == ["r_0001"]
    assert store.record("r_0001").report.capture.captured == "2024-03-01T10:00:00Z"


def test_captures_of_the_same_words_in_one_batch_all_count(store, make_record):
    late, early = ("2024-03-01T14:00:00Z", "2024-03-01T10:00:00Z")
    store.write([report(make_record, 1, captured=late), report(make_record, 1, captured=early)])
    store.write([report(make_record, 2, captured="2024-03-01T12:00:00Z")])
    assert shown(store) == ["r_0001"]


def test_same_bytes_elsewhere_or_later_are_unchanged(store, make_record):
    first = report(make_record, 1, captured="2024-03-01T10:00:00Z")
    store.write([first])
    again = replace(first.report.capture, source="crawl.warc", format="warc", captured="2024-04-01T10:00:00Z")
    assert store.write([replace(first, report=replace(first.report, capture=again))]).unchanged == 1
    other = replace(again, extractor_version="2")
    assert store.write([replace(first, report=replace(first.report, capture=other))]).changed == 1


# -- retractions -----------------------------------------------------------------------------


def retraction(**fields) -> Retraction:
    return Retraction(**{"name": "feed.xml item 3", "reason": "gone (410)", **fields})


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"url": PAGE}, True),
        ({"article": "port"}, True),
        ({"article": "bridge"}, False),
        ({"url": "https://ledger.example/port?full"}, True),
        ({"url": "https://ledger.example/other"}, False),
        ({"external_id": "input-1"}, True),
        ({"external_id": "input-1", "outlet": "harbour wire"}, True),
        ({"external_id": "input-1", "outlet": "The Daily Ledger"}, False),
        ({"external_id": "input-9"}, False),
        ({}, False),
    ],
)
def test_retraction_names_its_article_by_address_or_id(given, named):
    version = Version(
        "r_1", "port", PAGE, "https://ledger.example/port?full", external_id="input-1", outlet="Harbour Wire"
    )
    assert names(TakenBack("k", **given), version) is named


@pytest.mark.parametrize("external_id", ["17", "20240328", "a-17"])
def test_an_id_that_any_outlet_may_have_names_nothing_without_the_outlet(external_id):
    version = Version("r_1", external_id=external_id, outlet="Harbour Wire")
    assert not names(TakenBack("k", external_id=external_id), version)
    assert not names(TakenBack("k", external_id=external_id), replace(version, outlet=None))
    assert names(TakenBack("k", external_id=external_id, outlet="Harbour Wire"), version)


@pytest.mark.parametrize(
    "given", [{"url": PAGE}, {"article": "port"}, {"external_id": "input-1"}, {"url": PAGE + "/2"}]
)
@pytest.mark.parametrize("first", ["report", "retraction", "together"])
def test_retraction_finds_its_article_whichever_comes_first(store, make_record, given, first):
    # The second version is known by its article alone.
    second = report(make_record, 2, version="2", url=None, external_id=None)
    records, taken_back = [report(make_record, 1, version="1"), second], [retraction(**given)]
    named = given != {"url": PAGE + "/2"}
    if first == "together":
        store.write(records, (), taken_back)
    for part in {"report": "rk", "retraction": "kr"}.get(first, ""):
        store.write(records if part == "r" else (), (), taken_back if part == "k" else ())
    assert shown(store) == ([] if named else ["r_0002"])
    assert store.set_aside().retracted == (2 if named else 0)
    assert {row["retraction_reason"] for row in all_rows(store).values()} == ({"gone (410)"} if named else {None})
    store.write([replace(second, report=replace(second.report, section="World"))])  # coded anew
    assert shown(store) == ([] if named else ["r_0002"])


def test_retraction_given_twice_is_kept_once(store):
    for _ in range(2):
        store.write((), (), [retraction(url=PAGE, at="2024-03-05")])
    with open_library(store.location) as library:
        assert list(library.fetch("SELECT count(*) FROM retractions", {})) == [(1,)]


@pytest.mark.parametrize(
    ("version", "at", "stands"),
    [
        ({"modified": "2024-03-06T10:00:00Z"}, "2024-03-05T10:00:00Z", True),
        ({"last_captured": "2024-03-06T10:00:00Z"}, "2024-03-05T10:00:00Z", True),
        ({"modified": "2024-03-01", "last_captured": "2024-03-06T10:00:00Z"}, "2024-03-05T10:00:00Z", True),
        ({"modified": "2024-03-04T10:00:00Z"}, "2024-03-05T10:00:00Z", False),
        ({"modified": "2024-03-05T10:00:00Z"}, "2024-03-05T10:00:00Z", False),
        ({"modified": "2024-03-05T10:00:00Z"}, "2024-03-05", False),
        ({"modified": "2024-03-06"}, "2024-03-05T10:00:00Z", True),
        ({"modified": "2024-03-06"}, None, False),
        ({"published": "2024-03-06"}, "2024-03-05", False),
        ({"modified": "soon"}, "2024-03-05", False),
    ],
)
def test_only_what_is_known_to_be_newer_outlives_a_retraction(version, at, stands):
    assert outlives(Version("r", **version), TakenBack("k", at=at)) is stands


def test_same_words_fetched_after_a_retraction_stand_again(store, make_record):
    store.write([report(make_record, 1, captured="2024-03-01T10:00:00Z")])
    store.write((), (), [retraction(url=PAGE, at="2024-03-02T10:00:00Z")])
    assert shown(store) == []
    store.write([report(make_record, 1, captured="2024-03-03T10:00:00Z")])
    assert shown(store) == ["r_0001"]


def test_newest_version_that_still_stands_is_current(store, make_record):
    old = report(make_record, 1, version="7")
    new = report(make_record, 2, version="6", modified="2024-03-09")
    store.write([old, new], (), [retraction(url=PAGE, at="2024-03-05")])
    assert shown(store) == ["r_0002"]


def test_explanation_knows_what_became_of_a_report(store, make_record):
    store.write([report(make_record, 1)], (), [retraction(url=PAGE, at="2024-03-05")])
    with open_library(store.location) as library:
        standing = library.standing("r_0001")
        assert (standing.retracted, standing.retracted_at) == ("gone (410)", "2024-03-05")
        assert library.standing("r_9999").retracted is None


def test_retraction_with_a_name_that_is_not_unicode_is_kept(store):
    store.write((), (), [retraction(name="caf\udce9.xml", url=PAGE)])
    with open_library(store.location) as library:
        assert list(library.fetch("SELECT name FROM retractions", {})) == [("caf\\udce9.xml",)]


@given(first=times, second=times)
def test_latest_of_two_times_is_the_same_both_ways(first, second):
    assert latest(first, second) == latest(second, first)


@given(time=times)
def test_nothing_outlives_a_retraction_of_its_own_time(time):
    assert not outlives(Version("r", modified=time), TakenBack("k", at=time))


def test_rows_set_aside_are_counted(store, make_record):
    store.write([report(make_record, 1, version="1"), report(make_record, 2, version="2"), make_record(3)])
    with open_library(store.location) as library:
        assert library.sets_aside(queries.events(Filters())) == 1
        assert library.sets_aside(queries.events(Filters(report=("r_0003",)))) == 0
        assert library.sets_aside(queries.events(Filters(all_versions=True))) == 0
        assert library.sets_aside(queries.rejections(Filters())) == 0
