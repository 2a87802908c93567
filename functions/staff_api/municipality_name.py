"""What a municipality is called, also one that the caller is not of."""

from __future__ import annotations

from shared import wiring

KNOWN_FOR = 600.0  # seconds: names seldom change


def municipality_name(terc: str) -> str:
    """Of those that are served; one that is not yet is shown by its code."""
    served = wiring.municipalities().served(max_age=KNOWN_FOR)
    return next((one.name for one in served if one.terc == terc), terc)
