"""Reads a municipality's folder of register extracts: the invented one, or a real one."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Any

GeoJson = dict[str, Any]
CONTACT = frozenset({"phone", "email", "address", "dpo"})  # docs/data.md; dpo: data protection officer
REGISTERS = ("TERC_*.csv", "SIMC_*.csv", "ULIC_*.csv", "boundary_*.geojson", "addresses_*.csv")


class FolderError(ValueError):
    """The folder is not a municipality's; the text says what is missing."""


@dataclass(frozen=True)
class Address:
    """An address point; degrees. `street` is empty in a village without streets."""

    lon: float
    lat: float
    number: str
    street: str
    locality: str
    sym: str
    sym_ul: str


@dataclass(frozen=True)
class Locality:
    """A town or village with addresses; its centre is in the middle of them."""

    name: str
    sym: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Municipality:
    """`boundary` is a GeoJSON Polygon or MultiPolygon, `terc` has seven digits, `contact` has of CONTACT."""

    terc: str
    name: str
    boundary: GeoJson
    addresses: tuple[Address, ...]
    contact: Mapping[str, str] = field(default_factory=dict)
    files: tuple[Path, ...] = ()  # of the registers, as an import takes them

    @property
    def center(self) -> tuple[float, float]:
        """Latitude and longitude of where most people live."""
        return self.localities[0].lat, self.localities[0].lon

    @cached_property
    def localities(self) -> tuple[Locality, ...]:
        """The one with the most addresses first."""
        by_sym = _grouped(self.addresses, lambda address: address.sym)
        largest_first = sorted(by_sym.items(), key=lambda item: (-len(item[1]), item[0]))
        return tuple(_locality(sym, addresses) for sym, addresses in largest_first)

    @cached_property
    def streets(self) -> Mapping[tuple[str, str], Sequence[Address]]:
        """Addresses by name of locality and street."""
        named = [address for address in self.addresses if address.street]
        return _grouped(named, lambda address: (address.locality, address.street))

    def boundary_text(self) -> str:
        return json.dumps(self.boundary, separators=(",", ":"))

    def on_street(self, street: str, locality: str | None = None) -> Sequence[Address]:
        """Raises FolderError when there is none, or when several localities have one of that name."""
        places = [at for at in self.streets if at[1] == street and locality in (None, at[0])]
        if len(places) != 1:
            raise FolderError(f"{len(places)} streets are called {street!r} in {locality or self.name}")
        return self.streets[places[0]]

    def in_locality(self, locality: str) -> Sequence[Address]:
        found = [address for address in self.addresses if address.locality == locality]
        if not found:
            raise FolderError(f"No address lies in {locality!r}")
        return found


def _grouped(addresses: Sequence[Address], key: Any) -> dict[Any, list[Address]]:
    groups: dict[Any, list[Address]] = defaultdict(list)
    for address in addresses:
        groups[key(address)].append(address)
    return dict(groups)


def _locality(sym: str, addresses: Sequence[Address]) -> Locality:
    lon = median(address.lon for address in addresses)
    lat = median(address.lat for address in addresses)
    return Locality(addresses[0].locality, sym, round(lon, 6), round(lat, 6))


def read(folder: Path) -> Municipality:
    """Needs `boundary_*.geojson` and `addresses_*.csv`; takes the name from `TERC_*.csv`, and how to reach
    the office from `contact.json`, if they are there. Raises FolderError."""
    feature = _boundary(_only(folder, "boundary_*.geojson"))
    terc = str(feature["properties"]["terc"])
    name = _official_name(folder, terc) or str(feature["properties"]["name"])
    addresses = tuple(_addresses(_only(folder, "addresses_*.csv")))
    files = tuple(path for pattern in REGISTERS for path in sorted(folder.glob(pattern)))
    return Municipality(terc, f"Gmina {name}", feature["geometry"], addresses, _contact(folder), files)


def _only(folder: Path, pattern: str) -> Path:
    files = sorted(folder.glob(pattern))
    if len(files) != 1:
        raise FolderError(f"{folder} has {len(files)} files {pattern}, not one")
    return files[0]


def _boundary(path: Path) -> GeoJson:
    """The one feature of the collection, or the file's own feature."""
    document: GeoJson = json.loads(path.read_text(encoding="utf-8-sig"))
    features = document.get("features", [document])
    if len(features) != 1 or not {"terc", "name"} <= features[0].get("properties", {}).keys():
        raise FolderError(f"{path.name} is not one feature with terc and name")
    only: GeoJson = features[0]
    return only


def _contact(folder: Path) -> Mapping[str, str]:
    path = folder / "contact.json"
    if not path.is_file():
        return {}
    found = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise FolderError(f"{path.name} is not an object of texts")
    if unknown := sorted(found.keys() - CONTACT):
        raise FolderError(
            f"{path.name} has {', '.join(unknown)}; it takes {', '.join(sorted(CONTACT))} and nothing else"
        )
    return found


def _rows(path: Path, official: bool = False) -> list[dict[str, str]]:
    """GUS writes semicolons and raw quotes."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        if official:
            return list(csv.DictReader(file, delimiter=";", quoting=csv.QUOTE_NONE))
        return list(csv.DictReader(file))


def _addresses(path: Path) -> list[Address]:
    return [
        Address(
            float(row["lon"]), float(row["lat"]), row["numer"], row["ulica"],
            row["miejscowosc"], row["sym"], row["sym_ul"],
        )
        for row in _rows(path)
    ]  # fmt: skip


def _official_name(folder: Path, terc: str) -> str | None:
    """From the register, by the first six digits: the seventh, the kind of gmina, changes over the years."""
    for path in sorted(folder.glob("TERC_*.csv")):
        for row in _rows(path, official=True):
            if row["RODZ"] and row["WOJ"] + row["POW"] + row["GMI"] == terc[:6]:
                return row["NAZWA"]
    return None
