"""Which municipality, locality and street a place lies in, by the registers alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from shared.domain.place_codes import UNKNOWN, PlaceCodes
from shared.geo.boundaries import municipality_at
from shared.geo.nearest_address import AddressPoints


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
