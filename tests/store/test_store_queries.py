from __future__ import annotations

import pytest

from dateline.store import Filters, open_library, queries
from dateline.store.queries import STANDINGS


@pytest.fixture
def library(store, make_record):
    store.write(
        [
            make_record(1),
            make_record(2, statement=False, published="2024-04-02T10:00:00Z", outlet="Kestrel Daily"),
            make_record(3, negated=True, type="AID", modes=(), confidence=0.4),
            make_record(4, stance="denies"),
            make_record(5, modality="future", dated=False),
            make_record(6, modality="hypothetical", published=None),
            make_record(7, modality="historical", target_actors=(), place=None, place_reason="not said"),
        ]
    )
    with open_library(store.location) as opened:
        yield opened


def _numbers(library, query) -> list[int]:
    return sorted(int(row["report"][2:]) for row in library.rows(query))


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({}, [1, 2, 3, 4, 5, 6, 7]),
        ({"standing": ("asserted",)}, [2]),
        ({"standing": ("claimed",)}, [1]),
        ({"standing": ("denied",)}, [3, 4]),
        ({"standing": ("asserted", "claimed")}, [1, 2]),
        ({"standing": ("future",)}, [5]),
        ({"standing": ("hypothetical", "historical")}, [6, 7]),
        ({"type": ("aid",)}, [3]),
        ({"mode": ("troops",), "standing": ("denied",)}, [4]),
        ({"target": ("LVA",), "standing": ("historical",)}, []),
        ({"source": ("NOR",)}, [1, 2, 3, 4, 5, 6, 7]),
        ({"source": ("NOR GOV",), "type": ("AID",)}, [3]),
        ({"source": ("NOR MIL",)}, []),
        ({"source": ("norw",), "standing": ("asserted",)}, [2]),
        ({"source": ("a_0002n",)}, [2]),
        ({"source": ("LVA",)}, []),
        ({"source": ("LVA", "nor"), "standing": ("claimed",)}, [1]),
        ({"country": ("LVA",), "standing": ("historical",)}, []),
        ({"sector": ("GOV",), "type": ("AID",)}, [3]),
        ({"sector": ("REB",)}, []),
        ({"place": ("NOR",), "standing": ("historical",)}, []),
        ({"place": ("osl",), "standing": ("asserted",)}, [2]),
        ({"outlet": ("kestrel",)}, [2]),
        ({"report": ("r_0003",)}, [3]),
        ({"report": ("input-4",)}, [4]),
        ({"min_confidence": 0.5, "standing": ("denied",)}, [4]),
        ({"contains": "NUMBER 6"}, [6]),
        ({"contains": "%"}, []),
        ({"since": "2024-03-04", "until": "2024-03-04"}, [1, 2, 3, 4, 6, 7]),
        ({"since": "2024-03-05"}, []),
        ({"until": "2024-03-03"}, []),
        ({"since": "2024-03-05", "undated": True}, [5]),
        ({"type": ("AID' OR 1=1 --",)}, []),
    ],
)
def test_event_filters_let_through_only_what_they_say(library, filters, numbers):
    query = queries.events(Filters(**filters))
    assert _numbers(library, query) == numbers
    assert library.count(query) == len(numbers)


def test_each_event_stands_in_exactly_one_way(library):
    counts = [library.count(queries.events(Filters(standing=(standing,)))) for standing in STANDINGS]
    assert sum(counts) == library.count(queries.events(Filters()))


def test_event_row_tells_the_whole_event(library):
    (row,) = library.rows(queries.events(Filters(report=("r_0001",))))
    told = {
        "id": "e_0001",
        "date": "2024-03-04",
        "source_actors": ["Norway"],
        "source_codes": ["NOR GOV"],
        "target_actors": ["Latvia"],
        "target_codes": ["LVA"],
        "modes": ["troops"],
        "objects": ["200 soldiers"],
        "place": "Oslo",
        "negated": False,
        "attribution": ["Kari Holm"],
        "score": -6.5,
        "found_by": ["en.mobilize.send", "en.second"],
        "outlet": "Harbour Wire",
    }
    assert {name: row[name] for name in told} == told


def test_events_come_latest_first_and_undated_last(library):
    dates = [row["date"] for row in library.rows(queries.events(Filters()))]
    assert dates == ["2024-03-04"] * 6 + [None]


def test_limit_cuts_rows_but_not_the_count(library):
    query = queries.events(Filters())
    assert len(list(library.rows(query, 2))) == 2
    assert library.count(query) == 7


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 6),
        ({"speaker": ("NOR MIL",)}, 6),
        ({"speaker": ("holm",)}, 6),
        ({"speaker": ("Latvia",)}, 0),
        ({"act": ("deny",)}, 0),
        ({"type": ("indirect",)}, 6),
        ({"since": "2024-03-08"}, 5),
        ({"until": "2024-03-07"}, 0),
        ({"contains": "200 soldiers"}, 6),
        ({"sector": ("MIL",), "report": ("r_0001",)}, 1),
    ],
)
def test_statement_filters_let_through_only_what_they_say(library, filters, count):
    assert len(list(library.rows(queries.statements(Filters(**filters))))) == count


def test_actors_of_one_name_are_counted_over_reports(library):
    rows = {row["name"]: row for row in library.rows(queries.actors(Filters()))}
    assert set(rows) == {"Norway", "Latvia", "Kari Holm"}
    assert (rows["Norway"]["reports"], rows["Norway"]["as_source"], rows["Norway"]["as_target"]) == (7, 7, 0)
    assert rows["Latvia"]["as_target"] == 6
    assert (rows["Kari Holm"]["codes"], rows["Kari Holm"]["statements"]) == ("NOR GOV MIL", 6)
    assert library.count(queries.actors(Filters(sector=("MIL",)))) == 1


def test_places_are_counted_over_reports(library):
    (row,) = library.rows(queries.places(Filters(country=("NOR",), contains="osl")))
    assert (row["name"], row["reports"], row["events"]) == ("Oslo", 7, 6)


def test_report_filters_go_by_day_of_publication(library):
    found = [row["id"] for row in library.rows(queries.reports(Filters(since="2024-04-02", until="2024-04-02")))]
    assert found == ["r_0002"]


def test_id_is_found_by_its_beginning_and_an_exact_id_wins(library):
    assert [each.id for each in library.find("e_000")] == [f"e_{number:04}" for number in range(1, 7)]
    (found,) = library.find("s_0003")
    assert (found.table, found.report) == ("statements", "r_0003")
    assert library.find("e_%") == []
