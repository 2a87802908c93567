"""What it takes to find out where those are whom parts mean."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from shared.domain.area_parts import Drawn, Level, Step, Unit
from shared.domain.audience import Sibling
from shared.domain.found_by import NO_STREET, found_by
from shared.domain.place_codes import PlaceCodes
from shared.geo.cells import EVERYWHERE, cell_of
from shared.services.audience import survey_match
from shared.services.audience.match_content import match_of
from shared.services.audience.survey_match import surveyed
from shared.services.delivery.plan_slices import plan_slices
from tests.fakes.audience import FakeAudienceStore
from tests.services.delivery_world import AREA, inside, resident

STREET = Unit(Level.STREET, "0951617:01014", shape=AREA)
GMINA = Unit(Level.GMINA, "120903", shape=AREA)
ON_STREET = PlaceCodes("1209033", "0951617", None, STREET.code, "3")


class CountingAudience(FakeAudienceStore):
    def __init__(self):
        super().__init__()
        self.counts = []
        self.probes = 0

    def count(self, lo, hi, read_time, code=None):
        self.counts.append((lo, hi, code))
        return super().count(lo, hi, read_time, code)

    def without_codes(self, read_time):
        self.probes += 1
        return super().without_codes(read_time)


def people(number, codes=ON_STREET, known=True):
    audience, rng = CountingAudience(), random.Random(4)
    for name in range(number):
        add(audience, f"u{name}", inside(rng), codes, known)
    return audience


def add(audience, uid, point, codes, known=True):
    [entry] = resident(uid, point)
    siblings = (Sibling("1", cell_of(*point), codes),)
    audience.put(replace(entry, siblings=siblings, found_by=found_by(codes) if known else None))


def survey(audience, *steps):
    match = match_of(AREA, steps)
    return {one.code: one.count for one in surveyed(match, audience, None)}


def test_a_street_takes_one_count_one_for_those_in_doubt_and_one_look_for_old_entries():
    audience = people(40)
    assert survey(audience, Step(STREET)) == {STREET.code: 40}
    assert audience.counts[0] == (*EVERYWHERE, STREET.code)
    assert [code for *_, code in audience.counts] == [STREET.code, NO_STREET]
    assert audience.probes == 1


def test_those_in_doubt_are_asked_for_where_the_street_lies():
    audience = people(40)
    add(audience, "doubt", inside(random.Random(9)), PlaceCodes("1209033"))
    add(audience, "far", (50.2, 20.5), PlaceCodes())
    found = survey(audience, Step(STREET))
    assert found[NO_STREET] == 1


def test_of_drawn_shapes_alone_no_code_is_asked_for():
    audience = people(40)
    assert survey(audience, Step(Drawn(AREA))) == {"": 40}
    assert {code for *_, code in audience.counts} == {None}
    assert audience.probes == 0


def test_as_long_as_there_is_an_old_entry_everybody_in_the_shape_is_read_too():
    audience = people(40)
    add(audience, "old", inside(random.Random(9)), PlaceCodes(), known=False)
    assert survey(audience, Step(STREET)) == {STREET.code: 40, "": 41}


@pytest.mark.parametrize("about", [AREA, None])
def test_many_of_one_code_are_cut_into_slices_wherever_they_are(about, monkeypatch):
    monkeypatch.setattr(survey_match, "MANY", 50)
    audience = people(300)
    add(audience, "far", (50.2, 20.5), ON_STREET)
    slices = plan_slices(match_of(AREA, (Step(replace(GMINA, shape=about)),)), audience, None, 40)
    assert sum(part.count for part in slices) == 301
    assert max(part.count for part in slices) <= 40
    assert {part.code for part in slices} == {"120903"}
