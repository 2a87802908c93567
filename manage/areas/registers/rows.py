"""What the registers hold, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of TERC; `code`: 2 digits for a voivodeship, 4 for a powiat, 7 for a gmina or a part of it."""

    code: str
    name: str
    kind: str  # NAZWA_DOD: "gmina wiejska"
    as_of: date

    @property
    def parent(self) -> str:
        """Code of the unit around it; empty for a voivodeship."""
        return {2: "", 4: self.code[:2], 7: self.code[:4]}[len(self.code)]


@dataclass(frozen=True, slots=True)
class Locality:
    """A row of SIMC; `within` is the SYM of the locality that it is a part of, its own for one by itself."""

    sym: str
    within: str
    gmina: str  # 7 digits
    name: str
    kind: str  # RM, a code of WMRODZ
    as_of: date


@dataclass(frozen=True, slots=True)
class Street:
    """A row of ULIC; a street is known by locality and SYM_UL together."""

    sym: str
    sym_ul: str
    gmina: str  # 7 digits
    feature: str  # CECHA: "ul.", "pl."
    name_1: str
    name_2: str
    as_of: date

    @property
    def display_name(self) -> str:
        """By the register's rule, CECHA + NAZWA_2 + NAZWA_1: "ul. Józefa Piłsudskiego"."""
        return " ".join(part for part in (self.feature, self.name_2, self.name_1) if part)


@dataclass(frozen=True, slots=True)
class LocalityKind:
    """A row of WMRODZ: what a code of RM stands for."""

    code: str
    name: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Address:
    """An address point of PRG; degrees of WGS 84. What the file does not say is empty."""

    gmina: str  # 6 or 7 digits
    sym: str
    locality: str
    sym_ul: str
    street: str
    number: str
    postcode: str
    lon: float
    lat: float
    identifier: str  # lokalnyId
    version: str = ""  # the day since when the row is as it is, ISO 8601


@dataclass(frozen=True, slots=True)
class Boundary:
    """Of a voivodeship (2 digits), a powiat (4) or a gmina (6 or 7); polygons in degrees of WGS 84."""

    code: str
    name: str
    shape: BaseGeometry


Row = Unit | Locality | Street | LocalityKind | Address | Boundary
