"""The municipalities served: names, shapes, registers, public keys."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from shared.domain.municipality import Municipality
from shared.domain.public_alert import PublicMunicipality
from shared.domain.signature import PublicKey
from shared.ports.stored import Versioned

Point = tuple[float, float]  # degrees, latitude first


class MunicipalityStore(Protocol):
    def get(self, terc: str) -> Municipality | None: ...

    def served(self, max_age: float = 60.0) -> Sequence[PublicMunicipality]:
        """All, by name, as everybody may see them; may be so many seconds old."""

    def boundary(self, terc: str) -> str | None:
        """GeoJSON geometry as text."""

    def boundaries(self) -> Mapping[str, str]:
        """Of all that are served, by TERC; may be minutes old."""

    def boundaries_about(self, points: Collection[Point]) -> Mapping[str, str]:
        """At least of those that hold one of the points; may be minutes old."""

    def base_map(self, terc: str) -> str | None:
        """GeoJSON FeatureCollection as text: localities and streets to draw beneath an area."""

    def keys(self, terc: str) -> Versioned[tuple[PublicKey, ...]] | None:
        """In the order in which they came into use; None for a municipality that is not served."""

    def replace_keys(
        self, terc: str, before: Versioned[tuple[PublicKey, ...]], keys: Sequence[PublicKey]
    ) -> None:
        """Raises Conflict when the municipality's document was written since."""
