"""Municipalities in memory."""

from __future__ import annotations

from shared.domain.municipality import Municipality
from tests.fakes.alert_values import TERC

BOUNDARY = '{"type":"Polygon","coordinates":[[[19.9,49.8],[20.0,49.8],[20.0,49.9],[19.9,49.9],[19.9,49.8]]]}'
GMINA = Municipality(TERC, "Gmina Regionalna", ("pl", "en"), (49.85, 19.95))


class FakeMunicipalityStore:
    """Fulfils ports.MunicipalityStore; one municipality, whose fields a test may change."""

    def __init__(self) -> None:
        self.municipality: Municipality = GMINA
        self.boundary_text: str | None = BOUNDARY
        self.base_map_text: str | None = None

    def get(self, terc: str) -> Municipality | None:
        return self.municipality if terc == self.municipality.terc else None

    def boundary(self, terc: str) -> str | None:
        return self.boundary_text if terc == self.municipality.terc else None

    def base_map(self, terc: str) -> str | None:
        return self.base_map_text if terc == self.municipality.terc else None
