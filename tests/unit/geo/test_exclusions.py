"""What is taken out of an area: told where it keeps nobody out, and with how many corners it may be done."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry import MultiPolygon, Polygon, box

from shared.geo.exclusions import LEAST_WIDTH_M, cut, without_effect
from shared.geo.faults import Fault
from shared.geo.plane import Plane

PLANE = Plane.at(50.0)


def metres(west: float, south: float, east: float, north: float) -> Polygon:
    """A box, in metres east and north of (20, 50)."""
    made = PLANE.unproject(shapely.transform(box(west, south, east, north), lambda at: at + ORIGIN))
    assert isinstance(made, Polygon)
    return made


ORIGIN = shapely.get_coordinates(PLANE.project(shapely.Point(20.0, 50.0)))[0]
DRAWN = metres(0, 0, 1000, 1000)


def ring(corners: int, around: Polygon) -> Polygon:
    """The box with about so many corners on its edge."""
    return Polygon(shapely.segmentize(around, 4 * 1000 / PLANE.metres[1] / corners).exterior)


@pytest.mark.parametrize(
    ("excluded", "code"),
    [
        (metres(2000, 0, 2100, 100), "area-exclusion-elsewhere"),
        (metres(1000, 0, 1100, 100), "area-exclusion-elsewhere"),
        (metres(500, 500, 512, 900), "area-exclusion-small"),
        (metres(988, 0, 1400, 400), "area-exclusion-small"),
    ],
)
def test_an_exclusion_that_keeps_nobody_out_is_told_with_its_place(excluded: Polygon, code: str):
    [fault] = without_effect([excluded], MultiPolygon([DRAWN]))
    point = excluded.representative_point()
    place = {"lng": round(point.x, 5), "lat": round(point.y, 5)}
    least = {"least": LEAST_WIDTH_M} if code == "area-exclusion-small" else {}
    assert (fault.code, fault.params) == (code, {**place, **least})


@pytest.mark.parametrize("excluded", [metres(500, 500, 530, 900), metres(960, 0, 1400, 400)])
def test_an_exclusion_that_keeps_somebody_out_is_not_told(excluded: Polygon):
    assert without_effect([excluded], MultiPolygon([DRAWN])) == []


@pytest.mark.parametrize(("corners", "refused"), [(70_000, False), (160_000, True)])
def test_only_so_many_corners_are_cut_out_of_each_other(corners: int, refused: bool):
    """Both parts count, the one with the hole and the one that it is cut out of."""
    holed = Polygon(ring(corners, DRAWN).exterior, [metres(300, 300, 700, 700).exterior])
    other = ring(corners, metres(500, 500, 1500, 1500))
    if refused:
        with pytest.raises(Fault) as fault:
            cut([holed, other])
        assert fault.value.code == "area-too-many-vertices"
    else:
        assert not cut([holed, other])[1].covers(metres(510, 510, 690, 690))


def test_a_part_alone_may_have_many_holes():
    holes = [metres(10 + 20 * n, 10, 20 + 20 * n, 900).exterior for n in range(40)]
    part = Polygon(ring(160_000, DRAWN).exterior, holes)
    assert cut([part]) == [part]
    assert len(cut([part, metres(5000, 0, 5100, 100)])) == 2
