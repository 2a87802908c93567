"""What areas by name need from outside, handed on as one value."""

from __future__ import annotations

from dataclasses import dataclass

from shared.ports import AreaLibrary, Clock, MunicipalityStore, SavedAreaStore


@dataclass(frozen=True)
class AreaPorts:
    areas: AreaLibrary
    saved: SavedAreaStore
    municipalities: MunicipalityStore
    clock: Clock
