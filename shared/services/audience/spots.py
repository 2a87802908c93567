"""Places as an area is asked about them."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.place_codes import UNKNOWN, PlaceCodes

Members = frozenset[int]  # places by their index


@dataclass(frozen=True)
class Spot:
    """What a part can ask about a place; `cell` of resolution 13."""

    cell: str
    codes: PlaceCodes = UNKNOWN
