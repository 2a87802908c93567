"""A municipality that the system serves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Municipality:
    """`municipalities/{terc}`; TERC is the register's code of a gmina, 7 digits."""

    terc: str
    name: str
    languages: tuple[str, ...]  # of its alerts; "pl" first
    center: tuple[float, float]  # latitude, longitude
