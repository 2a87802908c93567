"""The boundaries of all gminas as an import keeps them, and how they differ from the TERC of another year."""

from __future__ import annotations

import random

import pytest
import shapely

from infra.local.processes import ROOT
from shared.geo.boundaries import municipality_at
from shared.geo.shapes import Area
from tests.long_run import Size
from tests.unit.manage.areas.files import rows_of

REAL = ROOT.parent / "shared" / "data" / "teryt"
GMINAS = REAL / "gminy_jusuff_2021_epsg4326.geojson"
TERC = REAL / "TERC_Urzedowy_2026-01-08.csv"
pytestmark = pytest.mark.skipif(not GMINAS.exists(), reason="needs the extracts in ../shared/data/teryt")
POINTS = Size("POINTS", 200)  # 20000 for the whole run
POLAND = (14.1, 49.0, 24.2, 54.9)
# Between the boundaries of 2021 and the TERC of 2026.
FOUNDED = {"120713": "Szczawa", "200216": "Grabówka"}
RENAMED = {"260207": "Słupia", "260417": "Nowiny", "281205": "Bratian", "221208": "Redzikowo"}
OTHER_KIND = 86


@pytest.fixture(scope="module")
def boundaries():
    return {one.code: one for one in rows_of(GMINAS)}


@pytest.fixture(scope="module")
def of_terc():
    """Whole gminas by six digits."""
    units = (one for one in rows_of(TERC) if len(one.code) == 7 and one.code[6] in "123")
    return {one.code[:6]: one for one in units}


@POINTS.patience
def test_a_point_lies_in_the_gmina_that_a_plain_test_of_the_file_finds(boundaries):
    texts = {}
    for code, one in boundaries.items():
        area = Area.of(one.shape)
        assert area is not None, code
        texts[code] = area.text()
    codes = sorted(texts)
    tree = shapely.STRtree([boundaries[code].shape for code in codes])
    dice, inside = random.Random(7), 0
    west, south, east, north = POLAND
    while inside < POINTS.count:
        lng, lat = dice.uniform(west, east), dice.uniform(south, north)
        plain = [codes[at] for at in tree.query(shapely.Point(lng, lat), predicate="intersects")]
        inside += bool(plain)
        assert municipality_at(lat, lng, texts) == min(plain, default=None)


def test_joined_by_six_digits_two_gminas_are_new_and_none_is_lost(boundaries, of_terc):
    known = {code[:6] for code in boundaries}
    assert known - of_terc.keys() == set()
    assert {code: of_terc[code].name for code in of_terc.keys() - known} == FOUNDED


def test_by_seven_digits_many_would_be_lost(boundaries, of_terc):
    other = [code for code in boundaries if of_terc[code[:6]].code != code]
    assert len(other) == OTHER_KIND


def test_names_differ_where_gminas_were_renamed(boundaries, of_terc):
    now = {code: of_terc[code[:6]].name for code in boundaries}
    assert {code[:6]: name for code, name in now.items() if boundaries[code].name != name} == RENAMED
