"""Which municipality, locality and street a place lies in, by the registers alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from shared.domain.place_codes import UNKNOWN, PlaceCodes
from shared.geo.boundaries import municipalities_about, municipality_at
from shared.geo.coarse import centre
from shared.geo.nearest_address import AddressPoints

Named = tuple[str | None, str | None, str | None]  # locality, street, number without spaces


class MunicipalAddresses:
    """The register's addresses of one municipality: their codes, and which is the nearest."""

    def __init__(self, codes: Sequence[PlaceCodes], lat_lng: Sequence[tuple[float, float]]) -> None:
        """Both in the same order; degrees, latitude first."""
        if len(codes) != len(lat_lng):
            raise ValueError("codes and points do not belong together")
        self._codes = codes
        self._points = AddressPoints(lat_lng)

    def codes_at(self, lat: float, lng: float) -> PlaceCodes:
        """Of the nearest address: all codes nearby, farther away the locality's alone, else nothing."""
        nearest = self._points.nearest(lat, lng)
        if nearest is None:
            return UNKNOWN
        codes = self._codes[nearest.index]
        return codes if nearest.tells_street else replace(codes, street=None, number=None)

    def picked(self, named: PlaceCodes, lat: float, lng: float) -> PlaceCodes | None:
        """The codes of the address that was picked for a place there; without a number, of its street.

        None where the register does not have it, or has it farther away than a place can belong to it.
        """
        found = self._by_name.get(_name(named), [])
        nearest = self._points.nearest(lat, lng, found)
        if nearest is None:
            return None
        codes = self._codes[nearest.index]
        return codes if named.number is not None else replace(codes, number=None)

    @cached_property
    def _by_name(self) -> Mapping[Named, Sequence[int]]:
        found: defaultdict[Named, list[int]] = defaultdict(list)
        for at, codes in enumerate(self._codes):
            found[_name(codes)].append(at)
            found[_name(replace(codes, number=None))].append(at)
        return found


def codes_of(
    lat: float,
    lng: float,
    boundaries: Mapping[str, str],
    addresses: Callable[[str], MunicipalAddresses | None],
) -> PlaceCodes | None:
    """None outside every served municipality; degrees.

    `boundaries` is GeoJSON text by TERC; `addresses` gives those of a TERC, None where none were imported.
    The boundary decides the municipality, whatever an address of its register says.
    """
    terc = municipality_at(lat, lng, boundaries)
    if terc is None:
        return None
    known = addresses(terc)
    return replace(UNKNOWN if known is None else known.codes_at(lat, lng), terc=terc)


def codes_of_cell(
    cell: str,
    picked: PlaceCodes | None,
    boundaries: Mapping[str, str],
    addresses: Callable[[str], MunicipalAddresses | None],
) -> PlaceCodes:
    """As codes_of, of a place of which the cell is known, and the address that was `picked` for it, if any.

    The address counts when the register has it and the boundary allows it. Of a cell that a border cuts
    nothing else is known, not even the gmina: its shape decides, which leaves nobody out on either side.
    """
    about = municipalities_about(cell, boundaries)
    lat, lng = centre(cell)
    if picked is not None and (named := _known(picked, about, addresses, lat, lng)) is not None:
        return named
    terc = next(iter(about)) if len(about) == 1 else None
    if terc is None:
        return UNKNOWN
    known = addresses(terc)
    return replace(UNKNOWN if known is None else known.codes_at(lat, lng), terc=terc)


def _known(
    picked: PlaceCodes,
    about: frozenset[str | None],
    addresses: Callable[[str], MunicipalAddresses | None],
    lat: float,
    lng: float,
) -> PlaceCodes | None:
    terc = next((one for one in about if one and picked.terc and one[:6] == picked.terc[:6]), None)
    known = None if terc is None else addresses(terc)
    found = None if known is None else known.picked(picked, lat, lng)
    return None if found is None else replace(found, terc=terc)


def _name(codes: PlaceCodes) -> Named:
    number = None if codes.number is None else "".join(codes.number.upper().split())
    return codes.locality, codes.street, number
