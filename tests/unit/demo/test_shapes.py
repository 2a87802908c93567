"""The areas drawn in the demo are such as staff would draw, and the product takes them."""

from __future__ import annotations

import pytest
from shapely.geometry import Point, Polygon, shape

from demo.municipality import FolderError
from demo.shapes import locality_area, street_area
from shared.geo.read_area import parse_area
from shared.geo.shapes import Area, within


def holds(area: dict, addresses) -> bool:
    drawn = shape(area)
    return all(drawn.covers(Point(address.lon, address.lat)) for address in addresses)


def accepted(area: dict, municipality) -> bool:
    return within(parse_area(area), Area.from_text(municipality.boundary_text()), 0.1)


def test_glowna_is_a_concave_corridor_that_holds_all_its_addresses(regionalna):
    area = street_area(regionalna, "Główna")
    drawn = shape(area)
    assert isinstance(drawn, Polygon)
    assert len(area["coordinates"]) == 1
    assert holds(area, regionalna.on_street("Główna"))
    assert drawn.area < 0.7 * drawn.convex_hull.area
    assert 40 < len(drawn.exterior.coords) < 600
    assert accepted(area, regionalna)


def test_glowna_is_not_the_whole_town(regionalna):
    drawn = shape(street_area(regionalna, "Główna"))
    town = regionalna.in_locality("Regionalna")
    inside = sum(drawn.contains(Point(address.lon, address.lat)) for address in town)
    assert inside < 0.3 * len(town)


def test_every_street_can_be_drawn(regionalna):
    for locality, street in list(regionalna.streets)[::3]:
        area = street_area(regionalna, street, locality)
        assert holds(area, regionalna.on_street(street, locality))
        assert accepted(area, regionalna)


def test_every_locality_can_be_drawn(regionalna):
    for place in regionalna.localities:
        area = locality_area(regionalna, place.name)
        assert holds(area, regionalna.in_locality(place.name))
        assert accepted(area, regionalna)


def test_real_streets_and_villages_can_be_drawn(real):
    for locality, street in real.streets:
        area = street_area(real, street, locality)
        assert holds(area, real.on_street(street, locality))
        assert accepted(area, real)
    for place in real.localities:
        assert accepted(locality_area(real, place.name), real)


def test_an_unknown_street_is_refused(regionalna):
    with pytest.raises(FolderError):
        street_area(regionalna, "Nieznana")
