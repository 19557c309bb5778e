"""Chooses among the entries of one name by the report as a whole, and says why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from .rules import Entry
from .toponym import Toponym, lies_in

MAX_CANDIDATES = 40
# A list of hundreds of towns must not cost the square of its length; the surest names bear witness.
MAX_WITNESSES = 40
# What a kind of place weighs against the logarithm of its inhabitants; calibrated on Local-Global and GeoWebNews.
COUNTRY_WEIGHT = 8.4
ADMIN1_BONUS = 0.2
NAMESAKE_COST = 1.4  # a division that bears the name of a city in it: the city is meant
SITE_WEIGHT = 10.0
QUARTER_WEIGHT = 6.2  # quarters of world cities: "Manhattan" is in New York unless the report is about Kansas
TOWN_OF_SIZE = 15_000
GREAT_CITY = 500_000
DWARFED_TIMES = 50
DWARFED_COST = 3.0
CAPITAL_BONUS = 1.4
OTHER_NAME_COST = 1.4
WELL_KNOWN = 1_000_000  # inhabitants from which a lesser name ("New York", "Bombay") counts as the name
ADMIN2_COST = 1.8
CONTAINED = 12.0
SAME_ADMIN1 = 1.6
SAME_COUNTRY = 2.2
ABROAD = 0.6  # a country named as a party says less of where the report is than its towns do
NEAR = 1.8
NEAR_KM = 200.0
SPREAD = 1.3  # for each other name that could mean a place in the same corner, however it is read in the end
CELL = 1.3  # degrees: the side of a corner


@dataclass(slots=True)
class Choice:
    """One name of the report: its mentions, the entry chosen and why."""

    key: str
    toponyms: list[Toponym]
    entries: tuple[Entry, ...]
    entry: Entry | None = None
    reason: str | None = None
    priors: list[float] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)


def resolve(toponyms: list[Toponym]) -> list[Choice]:
    """One choice for each name, in order of first mention."""
    by_key: dict[str, Choice] = {}
    for toponym in toponyms:
        choice = by_key.get(toponym.key)
        if choice is None:
            by_key[toponym.key] = choice = Choice(toponym.key, [], _shortlist(toponym.entries))
        choice.toponyms.append(toponym)
    everything = list(by_key.values())
    choices = [choice for choice in everything if choice.entries]
    for choice in choices:
        _widen(choice)
    corners = _corners(choices)
    for choice in choices:
        choice.priors = [
            _own_weight(choice, entry) + SPREAD * _spread(choice.key, entry, corners) for entry in choice.entries
        ]
        _pick(choice, choice.priors)
    for _ in range(3):
        _settle(choices)
    for choice in choices:
        choice.reason = _why(choice, choices)
    return everything


def _shortlist(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return entries[:MAX_CANDIDATES]


def _widen(choice: Choice) -> None:
    """Brings in the small places that the words point to: "Paris, Texas" may stand far down the list."""
    kept = list(choice.entries)
    for toponym in choice.toponyms:
        for region in toponym.within:
            kept += [entry for entry in toponym.entries if lies_in(entry, region) and entry not in kept]
    choice.entries = tuple(kept)


_SMALL = frozenset({"PPL", "PPLC", "ADM2", "PPLX"})
Corners = dict[tuple[int, int], dict[str, float]]


def _corners(choices: list[Choice]) -> Corners:
    """Which names could mean a place in which corner of the map; the fewer places a name has, the more it counts."""
    corners: Corners = {}
    for choice in choices:
        weight = len(choice.entries) ** -0.5
        for entry in choice.entries:
            if entry.feature in _SMALL:
                corners.setdefault((math.floor(entry.lat / CELL), math.floor(entry.lon / CELL)), {})[choice.key] = (
                    weight
                )
    return corners


def _spread(key: str, entry: Entry, corners: Corners) -> float:
    if entry.feature not in _SMALL:
        return 0.0
    row, column = math.floor(entry.lat / CELL), math.floor(entry.lon / CELL)
    near: dict[str, float] = {}
    for each in (-1, 0, 1):
        for other in (-1, 0, 1):
            corner = corners.get((row + each, column + other))
            if corner is not None:
                near.update(corner)
    near.pop(key, None)
    return min(sum(near.values()), 2.0)


def _own_weight(choice: Choice, entry: Entry) -> float:
    return _prior(entry, choice.entries) + _contained(choice, entry) - _namesake(entry, choice.entries)


def _prior(entry: Entry, entries: tuple[Entry, ...]) -> float:
    """What an entry weighs without the report: its kind, its inhabitants, and whether the name is its first name."""
    if entry.feature == "PCLI":
        return COUNTRY_WEIGHT
    if entry.feature == "ADM1" and entry.population:
        return math.log10(entry.population + 100) + ADMIN1_BONUS
    if entry.feature == "PPLX":
        return QUARTER_WEIGHT
    if entry.feature not in {"PPL", "PPLC", "ADM2"}:
        return SITE_WEIGHT
    weight = math.log10(entry.population + 100)
    if any(each.country == entry.country and each is not entry and _dwarfs(each, entry) for each in entries):
        weight -= DWARFED_COST
    if entry.other_name:
        return weight - (0.0 if _is_well_known(entry, entries) else OTHER_NAME_COST)
    if entry.feature == "PPLC":
        return weight + CAPITAL_BONUS
    return weight - ADMIN2_COST if entry.feature == "ADM2" else weight


def _dwarfs(great: Entry, small: Entry) -> bool:
    """A namesake in the same country that a reader would think of first, or the country itself ("Mexico")."""
    if great.feature == "PCLI":
        return True
    return (
        not great.other_name and great.population >= GREAT_CITY and great.population > DWARFED_TIMES * small.population
    )


def _is_well_known(entry: Entry, entries: tuple[Entry, ...]) -> bool:
    """As in "New York" and "Bombay": a great city's other name that no country or other town of size bears as its first."""
    if entry.population < WELL_KNOWN:
        return False
    rivals = [each for each in entries if each.feature not in {"ADM1", "ADM2"} and not each.other_name]
    return not any(each.feature == "PCLI" or each.population >= TOWN_OF_SIZE for each in rivals)


def _namesake(entry: Entry, entries: tuple[Entry, ...]) -> float:
    if entry.feature != "ADM1":
        return 0.0
    return (
        NAMESAKE_COST
        if any(lies_in(each, entry) and each.population * 5 > entry.population for each in entries)
        else 0.0
    )


def _contained(choice: Choice, entry: Entry) -> float:
    return CONTAINED if any(lies_in(entry, region) for toponym in choice.toponyms for region in toponym.within) else 0.0


def _pick(choice: Choice, scores: list[float]) -> None:
    best = max(range(len(scores)), key=lambda index: (scores[index], -index))
    choice.entry = choice.entries[best]
    choice.scores = scores


def _settle(choices: list[Choice]) -> None:
    """Scores every name again in the light of what the others were read as."""
    anchors = [(choice, choice.entry, _sureness(choice)) for choice in choices if choice.entry is not None]
    anchors.sort(key=lambda anchor: -anchor[2])
    del anchors[MAX_WITNESSES:]
    for choice in choices:
        if len(choice.entries) < 2:
            continue
        others: dict[str, list[tuple[Entry, float]]] = {}
        for other, entry, sure in anchors:
            if other is not choice and entry.country is not None:
                others.setdefault(entry.country, []).append((entry, sure))
        _pick(
            choice,
            [
                prior + _company(entry, others.get(entry.country or "", ()))
                for prior, entry in zip(choice.priors, choice.entries, strict=True)
            ],
        )


def _sureness(choice: Choice) -> float:
    """How far a name's reading may be trusted as a witness, in 0–1."""
    if len(choice.entries) == 1:
        return 1.0
    ordered = sorted(choice.scores, reverse=True)
    return min(1.0, 0.25 + (ordered[0] - ordered[1]) / 2)


def _company(entry: Entry, others: Sequence[tuple[Entry, float]]) -> float:
    """What the other places of its country add: the same division, the country, nearness; each counts once at its best."""
    admin1 = country = near = 0.0
    for other, sure in others:
        country = max(country, sure * (ABROAD if other.feature == "PCLI" else 1.0))
        if entry.admin1 is not None and other.admin1 == entry.admin1 and entry.feature != "ADM1":
            admin1 = max(admin1, sure)
        if other.feature in {"PPL", "PPLC", "ADM2", "PPLX"} and entry.feature != "PCLI":
            distance = kilometres(entry, other)
            if distance < NEAR_KM:
                near += sure * (1 - distance / NEAR_KM)
    return SAME_COUNTRY * country + SAME_ADMIN1 * admin1 + NEAR * min(near, 2.0)


def kilometres(one: Entry, two: Entry) -> float:
    """Distance on a plane laid at the mean latitude: good to some percent within a country."""
    north = (one.lat - two.lat) * 111.2
    east = ((one.lon - two.lon + 180) % 360 - 180) * 111.2 * math.cos(math.radians((one.lat + two.lat) / 2))
    return math.hypot(north, east)


def _why(choice: Choice, choices: list[Choice]) -> str | None:
    """What spoke for the entry; ``None`` when the gazetteer has no other of the name."""
    entry, count = choice.entry, len(choice.toponyms[0].entries)
    if entry is None or count < 2:
        return None
    if entry.feature == "PCLI":
        return f"country, rather than {count - 1} other of the name"
    grounds = []
    if _contained(choice, entry):
        region = next(each for toponym in choice.toponyms for each in toponym.within if lies_in(entry, each))
        grounds.append(f"the text says it is in {region.name}")
    others = [
        other.entry
        for other in choices
        if other is not choice and other.entry is not None and other.entry.country == entry.country
    ]
    if any(other.admin1 and other.admin1 == entry.admin1 for other in others):
        grounds.append("its region is mentioned nearby")
    elif entry.country and others:
        grounds.append("its country is mentioned nearby")
    if entry.feature == "PPLC":
        grounds.append(f"the capital among {count}")
    elif entry.population and entry.population == max(each.population for each in choice.entries):
        grounds.append(f"most populous of {count}")
    return "; ".join(grounds) or f"likeliest of {count}"
