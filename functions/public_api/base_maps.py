"""The streets and houses of a municipality, for who draws them."""

from __future__ import annotations

from shared import wiring
from shared.errors import AlertOnlineError


def base_map(terc: str) -> str | None:
    """GeoJSON text; an alert is shown without it, too."""
    try:
        return wiring.municipalities().base_map(terc)
    except AlertOnlineError:
        return None
