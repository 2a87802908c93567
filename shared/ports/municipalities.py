"""The municipalities served: shapes, registers, public keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from shared.domain.municipality import Municipality
from shared.domain.signature import PublicKey
from shared.ports.stored import Versioned


class BoundaryStore(Protocol):
    def boundaries(self) -> Mapping[str, str]:
        """Boundary of every municipality served, GeoJSON text by TERC; may be minutes old."""


class MunicipalityStore(Protocol):
    def get(self, terc: str) -> Municipality | None: ...

    def boundary(self, terc: str) -> str | None:
        """GeoJSON geometry as text."""

    def base_map(self, terc: str) -> str | None:
        """GeoJSON FeatureCollection as text: localities and streets to draw beneath an area."""


class KeyStore(Protocol):
    """The public keys of a municipality, as everybody may read them."""

    def get(self, terc: str) -> Versioned[tuple[PublicKey, ...]] | None:
        """In the order in which they came into use; None for a municipality that is not served."""

    def replace(self, terc: str, before: Versioned[tuple[PublicKey, ...]], keys: Sequence[PublicKey]) -> None:
        """Raises Conflict when the municipality's document was written since."""
