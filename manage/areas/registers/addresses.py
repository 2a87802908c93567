"""Address points of PRG by the names that their columns have had: SHP old and new, CSV, GeoJSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from math import isfinite

from manage.areas.registers.codes import digits, name_or_none, sym
from manage.areas.registers.coordinates import DEGREES, METRES, Place, located
from manage.areas.registers.faults import FileFault, Reject, RowFault
from manage.areas.registers.rows import Address
from manage.areas.registers.tables import Fields, Numbered, require_columns

# In lower case. GUGiK had another structure before July 2026 (TERYT, SIMC_id, Numer) than since (NUMER_PORZ);
# towns that export their own write the codes in several ways.
NAMES = {
    "number": ("numer", "numer_porz", "numerporzadkowy", "numer_porzadkowy", "nr_porz", "nr_porzadkowy"),
    "sym": (
        "sym", "simc_id", "id_simc", "simc", "kod_simc", "simc_kod", "teryt_simc", "simc_sym",
        "teryt_miejscowosc", "identyfikatorsimc", "identyfikator_simc",
    ),
    "sym_ul": (
        "sym_ul", "ulic_id", "id_ulic", "ulic", "kod_ulic", "ulic_kod", "teryt_ulic", "ulic_sym",
        "teryt_ulica", "identyfikatorulic", "identyfikator_ulic",
    ),
    "gmina": (
        "teryt_gmina", "teryt", "teryt_gmi", "id_gmi", "id_teryt", "terytgminy", "teryt_gminy", "gmi_teryt",
        "kod_gminy", "id_gminy", "terc",
    ),
    "locality": ("miejscowosc", "simc_nazwa", "nazwa_msc", "nazwa_miejscowosci"),
    "street": ("ulica", "ulic_nazwa", "nazwa_ulc", "nazwa_ulicy"),
    "postcode": ("kod_pocztowy", "pna", "kod_poczt", "kodpocztowy"),
    "identifier": ("lokalny_id", "lokalnyid", "id_iip"),
    "version": ("wersja_id", "wersjaid", "wersja", "poczatekwersjiobiektu", "wersja_od"),
    "lon": ("lon", "dlugosc_geograficzna"),
    "lat": ("lat", "szerokosc_geograficzna"),
    "east": ("e2180", "x_epsg_2180"),
    "north": ("n2180", "y_epsg_2180"),
}  # fmt: skip
DBF_NAME = 10  # characters of a column's name in a shapefile (ESRI Shapefile: dBASE III)
REQUIRED = ("number", "sym")
LONGEST_NUMBER = 20  # characters
BATCH = 10_000  # points that are transformed at once


def _cut_off() -> dict[str, frozenset[str]]:
    """A name of ten characters -> our names that have a longer one beginning so."""
    found: dict[str, set[str]] = defaultdict(set)
    for ours, names in NAMES.items():
        for one in names:
            if len(one) > DBF_NAME:
                found[one[:DBF_NAME]].add(ours)
    return {cut: frozenset(ours) for cut, ours in found.items()}


_CUT_OFF = _cut_off()


@dataclass(frozen=True, slots=True)
class Point:
    """An address before its place is known to be in order; `fields` by the keys of NAMES."""

    row: int
    fields: Fields
    east: float
    north: float


def is_addresses(columns: Collection[str]) -> bool:
    """Whether a house number is among the columns, and a locality's code or name."""
    known = renamed(columns)
    return "number" in known and bool({"sym", "locality"} & set(known))


def renamed(columns: Collection[str]) -> dict[str, str]:
    """Our name of a column -> the file's, whole or as a shapefile cuts it off where only one begins so."""
    lower = {column.lower(): column for column in columns}
    found = {ours: lower[one] for ours, names in NAMES.items() for one in reversed(names) if one in lower}
    cut = {ours: lower[one] for one, ours in _CUT_OFF.items() if one in lower and len(ours) == 1}
    return {next(iter(ours)): column for ours, column in cut.items()} | found


def require(columns: Collection[str]) -> dict[str, str]:
    """As `renamed`; Raises FileFault that names what is missing."""
    known = renamed(columns)
    if missing := [ours for ours in REQUIRED if ours not in known]:
        require_columns(columns, [f"{ours} ({' or '.join(NAMES[ours])})" for ours in missing])
    return known


def table_points(rows: Iterable[Numbered], columns: Collection[str], reject: Reject) -> Iterator[Point]:
    """Of a CSV, by its columns of degrees, else those of metres. Raises FileFault without either."""
    known = require(columns)
    across, up = _pair(known)
    for row, fields in rows:
        named = {ours: fields[theirs] for ours, theirs in known.items()}
        try:
            yield Point(row, named, _number(named[across]), _number(named[up]))
        except RowFault as fault:
            reject(row, str(fault))


def system_of(columns: Collection[str]) -> str:
    return DEGREES if _pair(renamed(columns))[0] == "lon" else METRES


def _pair(known: Mapping[str, str]) -> tuple[str, str]:
    for pair in (("lon", "lat"), ("east", "north")):
        if all(one in known for one in pair):
            return pair
    raise FileFault("without columns of coordinates (lon and lat, or e2180 and n2180)", 1)


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise RowFault(f"no coordinate: {text[:30]!r}") from None
    if not isfinite(number):
        raise RowFault(f"no coordinate: {text[:30]!r}")
    return number


def addresses(system: str, points: Iterable[Point], reject: Reject) -> Iterator[tuple[int, Address]]:
    """With the rows' numbers. Raises FileFault when the axes are swapped."""
    turn = iter(points)
    while batch := list(islice(turn, BATCH)):
        places = [Place(one.row, one.fields.get("gmina", ""), one.east, one.north) for one in batch]
        for point, degrees in zip(batch, located(system, places, reject), strict=True):
            if degrees is None:
                continue
            try:
                yield point.row, _address(point.fields, *degrees)
            except RowFault as fault:
                reject(point.row, str(fault))


def _address(fields: Fields, lon: float, lat: float) -> Address:
    """Raises RowFault."""
    number, gmina, sym_ul = fields["number"], fields.get("gmina", ""), fields.get("sym_ul", "")
    if not number or len(number) > LONGEST_NUMBER or not number.isprintable():
        raise RowFault(f"no house number: {number[:LONGEST_NUMBER]!r}")
    return Address(
        gmina=digits("the gmina", gmina, 6, 7) if gmina else "",
        sym=sym("SYM", fields["sym"]),
        locality=name_or_none("the locality", fields.get("locality", "")),
        sym_ul=digits("SYM_UL", sym_ul, 5) if sym_ul else "",
        street=name_or_none("the street", fields.get("street", "")),
        number=number,
        postcode=fields.get("postcode", ""),
        lon=round(lon, 7),
        lat=round(lat, 7),
        identifier=fields.get("identifier", ""),
        version=_day_or_none(fields.get("version", "")),
    )


def _day_or_none(text: str) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return ""


def key(address: Address) -> str:
    """By which an address stands in a file once: its identifier, else all that is said of it."""
    if address.identifier:
        return address.identifier
    return ":".join(
        (address.sym, address.sym_ul, address.street, address.number, f"{address.lon}", f"{address.lat}")
    )
