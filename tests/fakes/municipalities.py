"""Municipalities in memory, under the contract of tests/emulator/test_municipalities_contract.py."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from shared.domain.municipality import Municipality
from shared.domain.public_alert import PublicMunicipality
from shared.domain.signature import PublicKey
from shared.errors import Conflict
from shared.ports import Point, Versioned
from tests.fakes.alert_values import TERC

BOUNDARY = '{"type":"Polygon","coordinates":[[[19.9,49.8],[20.0,49.8],[20.0,49.9],[19.9,49.9],[19.9,49.8]]]}'
GMINA = Municipality(TERC, "Gmina Regionalna", ("pl", "en"), (49.85, 19.95))
CENTRE = (49.834, 19.938)  # degrees, latitude first; of the residents in tests


def square(lat: float, lng: float, half: float) -> str:
    """A GeoJSON square about a point, sides of 2 x `half` degrees."""
    west, south, east, north = lng - half, lat - half, lng + half, lat + half
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


class FakeMunicipalityStore:
    """Fulfils ports.MunicipalityStore; one municipality without a key, or what a test puts there."""

    def __init__(
        self,
        boundaries: Mapping[str, str] | None = None,
        public: Iterable[PublicMunicipality] = (),
    ) -> None:
        self.municipality: Municipality = GMINA
        self.shapes = dict({TERC: BOUNDARY} if boundaries is None else boundaries)
        self.public = list(public)
        self.base_map_text: str | None = None
        self.public_keys: dict[str, tuple[PublicKey, ...]] = {TERC: ()}
        self._writes = 0

    def get(self, terc: str) -> Municipality | None:
        return self.municipality if terc == self.municipality.terc else None

    def served(self, max_age: float = 60.0) -> Sequence[PublicMunicipality]:
        return sorted(self.public, key=lambda one: (one.name, one.terc))

    def boundary(self, terc: str) -> str | None:
        return self.shapes.get(terc)

    def boundaries(self) -> Mapping[str, str]:
        return self.shapes

    def boundaries_about(self, points: Collection[Point]) -> Mapping[str, str]:
        return self.shapes if points else {}

    def base_map(self, terc: str) -> str | None:
        return self.base_map_text if terc == self.municipality.terc else None

    def keys(self, terc: str) -> Versioned[tuple[PublicKey, ...]] | None:
        known = self.public_keys.get(terc)
        return None if known is None else Versioned(known, self._writes)

    def replace_keys(
        self, terc: str, before: Versioned[tuple[PublicKey, ...]], keys: Sequence[PublicKey]
    ) -> None:
        if before.token != self._writes:
            raise Conflict
        self.public_keys[terc] = tuple(keys)
        self._writes += 1
