"""Registers to search in: the made municipality, the extract of a real one, a town of real street names."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

from demo.generate import generate
from demo.municipality import Address, Municipality, read
from infra.local.processes import ROOT
from shared.domain.search.gazetteer import Gazetteer, House, Houses, Locality, Part, Street
from shared.domain.search.words import is_optional, words_of

REAL = ROOT.parent / "shared/data/teryt"
STREET_NAMES = REAL / "ulic_street_names_mappings.csv"
MYSLENICE = REAL / "demo_120903_myslenice"

Parts = Mapping[str, Iterable[Part]]


OLD_NAMES = (
    "Armii Czerwonej", "Marcelego Nowotki", "Hanki Sawickiej", "22 Lipca", "Karola Marksa", "Lenina",
    "gen. Karola Świerczewskiego", "Pawła Findera", "XXX-lecia PRL", "Manifestu Lipcowego",
)  # fmt: skip


@cache
def made() -> Gazetteer:
    """Of 25,000 inhabitants; the first streets of its town were called otherwise."""
    with TemporaryDirectory() as folder:
        now = gazetteer_of_municipality(read(generate(Path(folder))))
    town_now, *villages = now.localities
    streets = tuple(
        replace(street, former=(old,) if old else ())
        for street, old in zip_longest(town_now.streets, OLD_NAMES)
    )
    return replace(now, localities=(replace(town_now, streets=streets), *villages))


@cache
def real() -> Gazetteer:
    """An extract of Myślenice, with the parts of its localities."""
    return gazetteer_of_municipality(read(MYSLENICE), parts_in(MYSLENICE / "SIMC_120903.csv"))


def gazetteer_of_municipality(municipality: Municipality, parts: Parts | None = None) -> Gazetteer:
    """The localities with the most addresses first; `parts` by SYM of the locality."""
    streets: dict[str, dict[tuple[str, str], list[Address]]] = defaultdict(lambda: defaultdict(list))
    for address in municipality.addresses:
        streets[address.sym][(address.sym_ul or address.street, address.street)].append(address)
    localities = tuple(
        Locality(
            place.sym,
            place.name,
            tuple((parts or {}).get(place.sym, ())),
            tuple(
                Street(code, name, houses(found))
                for (code, name), found in streets[place.sym].items()
                if name
            ),
            houses(streets[place.sym].get(("", ""), [])),
        )
        for place in municipality.localities
    )
    return Gazetteer(municipality.terc, municipality.name, localities)


def houses(addresses: Iterable[Address]) -> Houses:
    return Houses.of(House(one.number, one.lon, one.lat) for one in addresses)


def parts_in(simc: Path) -> Parts:
    """Parts of localities of a SIMC file by the SYM that they belong to."""
    parts = defaultdict(list)
    with simc.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";", quoting=csv.QUOTE_NONE):
            if row["SYM"] != row["SYMPOD"]:
                parts[row["SYMPOD"]].append(Part(row["SYM"], row["NAZWA"]))
    return parts


def real_street_names() -> list[str]:
    """As the register writes them, most with a title or a first name. Of one person or thing, whom several
    towns write in several ways, there is one: no town has two streets of hers.
    """
    with STREET_NAMES.open(encoding="utf-8", newline="") as file:
        names = [row["teryt_street_name"] for row in csv.DictReader(file)]
    return list({_named_after(name): name for name in reversed(names)}.values())


def _named_after(name: str) -> tuple[str, ...]:
    """The longest word and the initials of the others: J. and Józefa are one."""
    words = [word for word in words_of(name) if not is_optional(word)] or [name]
    return (max(words, key=len), *sorted(word[0] for word in words))


def town(names: Iterable[str], size: int = 40) -> Gazetteer:
    """One town of these streets, each with as many houses."""
    streets = tuple(
        Street(
            f"{at:05d}",
            name,
            Houses.of(
                House(str(number), 19.9 + at / 1e4, 49.8 + number / 1e4) for number in range(1, size + 1)
            ),
        )
        for at, name in enumerate(names)
    )
    return Gazetteer("1299011", "Gmina Duża", (Locality("9990013", "Duża", (), streets),))
