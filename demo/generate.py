"""Writes the invented "Gmina Regionalna" in the formats of the official registers.

A town of some 60 streets on either side of a long, bent ulica Główna, villages with and without streets,
about 7,000 address points for 25,000 inhabitants, an irregular boundary. The same seed gives the same bytes.
TERC 10 99 01 belongs to no real unit (powiats are numbered below 80), nor do the codes of localities
(from 999000) and streets (from 90001).

    python -m demo.generate FOLDER [SEED]
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import pi
from pathlib import Path

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import Polygon, mapping

from demo import layout, names
from demo.layout import Plan, Point
from demo.names import StreetName

WOJ, POW, GMI = "10", "99", "01"
TERC6 = WOJ + POW + GMI
WHOLE, TOWN, COUNTRY = "3", "4", "5"  # RODZ of an urban-rural gmina, its town and its villages
STATE = "2026-01-01"
MIDDLE = (507_000.0, 447_000.0)  # EPSG:2180 easting, northing: the plains in the middle of Poland
CONTACT = {  # nobody's: no area code begins with 10, .example is reserved (RFC 2606)
    "phone": "+48 10 000 00 00",
    "email": "urzad@regionalna.example",
    "address": "Rynek 1, 00-000 Regionalna",
    "dpo": "iod@regionalna.example",
}
RM_TOWN, RM_VILLAGE, RM_HAMLET = "96", "01", "03"


@dataclass(frozen=True)
class Settlement:
    """A locality and everything that stands in it; a village without streets has none named."""

    name: str
    sym: str
    kind: str  # RODZ of the part of the gmina
    postcode: str
    streets: tuple[tuple[StreetName, str] | None, ...]  # name and SYM_UL of each road
    buildings: tuple[layout.Building, ...]


def checked_sym(number: int) -> str:
    """A locality's identifier: six digits and a check digit (GUS: weights 2 to 7, modulo 11, 10 as 0)."""
    digits = f"{number:06d}"
    rest = sum(int(digit) * weight for digit, weight in zip(digits, range(2, 8), strict=True)) % 11
    return f"{digits}{rest % 10}"


class _Codes:
    """Identifiers in order of asking; a street's name has one code in the whole country."""

    def __init__(self) -> None:
        self._syms = 0
        self._streets: dict[StreetName, str] = {}

    def sym(self) -> str:
        self._syms += 1
        return checked_sym(999_000 + self._syms)

    def street(self, name: StreetName) -> str:
        return self._streets.setdefault(name, f"{90_001 + len(self._streets)}")


def _town_plan() -> Plan:
    beside = (135.0, 270.0, 405.0, 540.0, -135.0, -270.0, -405.0, -540.0)
    return Plan(MIDDLE, 0.35, 2150, 640, 26, beside, frontage=20, setback=11)


def _village_plan(middle: Point, rng: random.Random, large: bool) -> Plan:
    half_length = rng.uniform(900, 1150) if large else rng.uniform(520, 950)
    side_roads, frontage = (rng.randint(5, 7), 25) if large else (rng.randint(2, 4), 30)
    beside = (150.0, -150.0) if large else ()
    return Plan(middle, rng.uniform(0, 2 * pi), half_length, 420, side_roads, beside, frontage, setback=17)


def _street_names(count: int, first: StreetName, rest: Sequence[StreetName]) -> list[StreetName]:
    if count - 1 > len(rest):
        raise ValueError(f"{count} roads need more street names than {len(rest) + 1}")
    return [first, *rest[: count - 1]]


def _town(codes: _Codes, rng: random.Random) -> Settlement:
    plan = _town_plan()
    lines = layout.roads(plan, rng)
    pool = rng.sample(names.TOWN_STREETS, len(names.TOWN_STREETS))
    streets = tuple((name, codes.street(name)) for name in _street_names(len(lines), names.MAIN_STREET, pool))
    built = tuple(layout.buildings(plan, lines, rng))
    return Settlement(names.TOWN, codes.sym(), TOWN, "95-990", streets, built)


def _village(name: str, middle: Point, large: bool, codes: _Codes, rng: random.Random) -> Settlement:
    plan = _village_plan(middle, rng, large)
    lines = layout.roads(plan, rng)
    built = layout.buildings(plan, lines, rng)
    streets: tuple[tuple[StreetName, str] | None, ...] = (None,) * len(lines)
    if large:
        first, *pool = names.VILLAGE_STREETS
        chosen = _street_names(len(lines), first, rng.sample(pool, len(pool)))
        streets = tuple((name, codes.street(name)) for name in chosen)
    else:
        built = [
            layout.Building(building.road, str(number), building.at)
            for number, building in enumerate(built, 1)
        ]
    postcode = f"95-99{rng.randint(1, 4)}"
    return Settlement(name, codes.sym(), COUNTRY, postcode, streets, tuple(built))


def settlements(codes: _Codes, rng: random.Random) -> list[Settlement]:
    """The town first."""
    large = [(name, True) for name in names.VILLAGES_WITH_STREETS]
    villages = large + [(name, False) for name in names.VILLAGES]
    spots = layout.middles(len(villages), MIDDLE, rng)
    return [
        _town(codes, rng),
        *(
            _village(name, spot, is_large, codes, rng)
            for (name, is_large), spot in zip(villages, spots, strict=True)
        ),
    ]


def _write(path: Path, header: str, rows: Iterable[Sequence[str]], *, official: bool = False) -> None:
    """GUS: UTF-8 with BOM, semicolons, raw quotes, a blank last line. Extracts of PRG: plain CSV."""
    with path.open("w", encoding="utf-8-sig" if official else "utf-8", newline="") as file:
        if official:
            lines = [header, *(";".join(row) for row in rows), "", ""]
            file.write("\r\n".join(lines))
        else:
            writer = csv.writer(file)
            writer.writerow(header.split(","))
            writer.writerows(rows)


def _address_rows(places: Sequence[Settlement]) -> Iterable[Sequence[str]]:
    to_degrees = Transformer.from_crs("EPSG:2180", "EPSG:4326", always_xy=True)
    for place in places:
        east, north = np.array([building.at for building in place.buildings]).T.round(1)
        lngs, lats = to_degrees.transform(east, north)
        for building, e, n, lng, lat in zip(place.buildings, east, north, lngs, lats, strict=True):
            street = place.streets[building.road]
            code, name = (street[1], street[0].short) if street else ("", "")
            where = (f"{lng:.6f}", f"{lat:.6f}", f"{e:.1f}", f"{n:.1f}")
            yield (
                TERC6 + place.kind,
                place.sym,
                place.name,
                code,
                name,
                building.number,
                place.postcode,
                *where,
            )


def _simc_rows(places: Sequence[Settlement], codes: _Codes, rng: random.Random) -> Iterable[Sequence[str]]:
    for place in places:
        kind = RM_TOWN if place.kind == TOWN else RM_VILLAGE
        yield (WOJ, POW, GMI, place.kind, kind, "1", place.name, place.sym, place.sym, STATE)
        for hamlet in rng.sample(names.HAMLETS, rng.randint(0, 2)) if place.kind == COUNTRY else ():
            yield (WOJ, POW, GMI, place.kind, RM_HAMLET, "1", hamlet, codes.sym(), place.sym, STATE)


def _terc_rows() -> list[Sequence[str]]:
    return [
        (WOJ, "", "", "", "ŁÓDZKIE", "województwo", STATE),
        (WOJ, POW, "", "", "regionalny", "powiat", STATE),
        (WOJ, POW, GMI, WHOLE, names.TOWN, "gmina miejsko-wiejska", STATE),
        (WOJ, POW, GMI, TOWN, names.TOWN, "miasto", STATE),
        (WOJ, POW, GMI, COUNTRY, names.TOWN, "obszar wiejski", STATE),
    ]


def _ulic_rows(places: Sequence[Settlement]) -> Iterable[Sequence[str]]:
    for place in places:
        for street in place.streets:
            if street:
                name, code = street
                parts = (name.kind, name.main, name.before)
                yield (WOJ, POW, GMI, place.kind, place.sym, code, *parts, STATE)


def _write_boundary(path: Path, outline: Polygon) -> None:
    to_degrees = Transformer.from_crs("EPSG:2180", "EPSG:4326", always_xy=True)
    degrees = shapely.transform(outline, lambda xy: np.column_stack(to_degrees.transform(*xy.T)).round(9))
    feature = {
        "type": "Feature",
        "geometry": mapping(degrees),
        "properties": {"terc": TERC6 + WHOLE, "name": names.TOWN},
    }
    collection = {"type": "FeatureCollection", "features": [feature]}
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")


def generate(folder: Path, seed: int = 1) -> Path:
    """Write the municipality's files into the folder, which is made if need be; returns the folder."""
    rng = random.Random(seed)
    codes = _Codes()
    places = settlements(codes, rng)
    outline = layout.boundary([building.at for place in places for building in place.buildings], rng)
    folder.mkdir(parents=True, exist_ok=True)
    _write_boundary(folder / f"boundary_{TERC6}{WHOLE}.geojson", outline)
    (folder / "contact.json").write_text(json.dumps(CONTACT, ensure_ascii=False), encoding="utf-8")
    _write(
        folder / f"addresses_{TERC6}.csv",
        "teryt_gmina,sym,miejscowosc,sym_ul,ulica,numer,kod_pocztowy,lon,lat,e2180,n2180",
        _address_rows(places),
    )
    _write(
        folder / f"SIMC_{TERC6}.csv",
        "WOJ;POW;GMI;RODZ_GMI;RM;MZ;NAZWA;SYM;SYMPOD;STAN_NA",
        _simc_rows(places, codes, rng),
        official=True,
    )
    _write(
        folder / f"TERC_{WOJ}{POW}.csv",
        "WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA",
        _terc_rows(),
        official=True,
    )
    ulic = list(_ulic_rows(places))
    _write(
        folder / f"ULIC_{TERC6}.csv",
        "WOJ;POW;GMI;RODZ_GMI;SYM;SYM_UL;CECHA;NAZWA_1;NAZWA_2;STAN_NA",
        ulic,
        official=True,
    )
    _write(
        folder / f"ulic_codes_{TERC6}.csv",
        "teryt_simc_code,teryt_ulic_code,teryt_street_name,osm_street_name",
        [(row[4], row[5], f"{row[8]} {row[7]}".strip(), f"{row[8]} {row[7]}".strip()) for row in ulic],
    )
    return folder


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
