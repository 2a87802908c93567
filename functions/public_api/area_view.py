"""Where an alert counts: its maps with the names that one knows one's way by, and what it covers in words."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shapely.errors import ShapelyError

from functions.public_api.words import Words
from shared.domain.covered import Covered
from shared.domain.public_alert import PublicAlert
from shared.geo.area_map import HEIGHT, WIDTH, AreaMap, area_map, overview
from shared.geo.area_names import Houses, houses_within
from shared.geo.map_names import houses_drawn, names_drawn

log = logging.getLogger(__name__)
MOST_NAMED = 60  # streets and places in words
MOST_PRINTED = 12  # on a sheet that is read from a step away
MOST_SPOKEN = 8  # in the words for the map


@dataclass(frozen=True)
class Within:
    """What is covered, by name; `more` names are not told. `signed`: it stands in the signed text."""

    names: tuple[Houses, ...]
    inside: int
    total: int | None
    more: int
    signed: bool

    @property
    def not_printed(self) -> int:
        return self.more + max(0, len(self.names) - MOST_PRINTED)


NOT_NAMED: Mapping[str, Any] = {"names": (), "overview_names": (), "houses": None, "overview_houses": None}


def area_view(alert: PublicAlert, boundary: str | None, base_map: str | None, words: Words) -> dict[str, Any]:
    """The template's values. Boundary and base map are GeoJSON text; of an area that is no shape there are
    no maps: the words are there all the same."""
    within = _within(alert, base_map)
    values = {
        "within": within,
        "most_printed": MOST_PRINTED,
        "drawing": {"width": WIDTH, "height": HEIGHT},
        "map_words": _map_words(alert, within, words),
    }
    try:
        near = area_map(alert.area, boundary)
        far = None if boundary is None else overview(alert.area, boundary)
    except (ValueError, ShapelyError):
        log.error("The area of the published alert %s cannot be drawn", alert.id)
        return {**values, "map": None, "overview": None, **NOT_NAMED}
    return {**values, "map": near, "overview": far, **_named(alert, within, near, far, base_map)}


def on_map(name: str) -> str:
    """What is covered is told with its locality where several streets have the name; maps do without."""
    return name.partition(" (")[0]


def _within(alert: PublicAlert, base_map: str | None) -> Within | None:
    """As it was signed; of an alert of a release that did not say it, by the houses of the base map."""
    if alert.covers is not None:
        return _signed(alert.covers)
    if base_map is None:
        return None
    try:
        found = houses_within(alert.area, base_map)
    except (ValueError, ShapelyError):
        return None
    named, more = found[:MOST_NAMED], max(0, len(found) - MOST_NAMED)
    inside = sum(one.inside for one in found)
    return Within(named, inside, None, more, signed=False) if found else None


def _signed(covers: Covered) -> Within:
    names = tuple(Houses(one.name, one.inside, one.total) for one in covers.names)
    return Within(names, covers.inside, covers.total, covers.more, signed=True)


def _map_words(alert: PublicAlert, within: Within | None, words: Words) -> str:
    """For those who hear the page: what the map shows by name."""
    shown = words("map_of", area=alert.area_name)
    if within is None or not within.names:
        return shown
    names = [one.name for one in within.names[:MOST_SPOKEN]]
    rest = [words("map_more")] if len(within.names) > MOST_SPOKEN or within.more else []
    return words("map_covering", map=shown, names=", ".join([*names, *rest]))


def _named(
    alert: PublicAlert, within: Within | None, near: AreaMap, far: AreaMap | None, base_map: str | None
) -> Mapping[str, Any]:
    if base_map is None:
        return NOT_NAMED
    first = () if within is None else tuple(on_map(one.name) for one in within.names)
    try:
        return {
            "names": names_drawn(near.framed, base_map, first),
            "overview_names": () if far is None else names_drawn(far.framed, base_map, places_only=True),
            "houses": houses_drawn(alert.area, near.framed, base_map),
            "overview_houses": None if far is None else houses_drawn(alert.area, far.framed, base_map),
        }
    except (ValueError, ShapelyError):
        log.error("The base map of municipality %s cannot be read", alert.terc)
        return NOT_NAMED
