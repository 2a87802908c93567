"""Whom the area of an alert means: one drawn shape, or a list of parts of which some are codes."""

from __future__ import annotations

from collections.abc import Collection

from shared.domain.area_parts import Steps
from shared.geo.shapes import Area
from shared.services.audience.match_area import AreaMatch


def match_of(
    area: str, parts: Steps | None, units: Collection[str] = (), codes: tuple[str, ...] = ()
) -> AreaMatch:
    """`area` is GeoJSON text, the outline of the `parts` where there are any; `units` and `codes` as the plan
    found them. Raises InvalidArea."""
    match = match_about(Area.from_text(area), parts)
    if units:
        match.units = frozenset(units)
    if codes:
        match.codes = codes
    return match


def match_about(area: Area, parts: Steps | None) -> AreaMatch:
    """As match_of, of an area that was read already. Most alerts have no parts, and most workers load none of
    what they take."""
    if parts is None:
        return AreaMatch(area)
    from shared.services.audience.codes_match import CodesMatch

    return CodesMatch(area, parts)
