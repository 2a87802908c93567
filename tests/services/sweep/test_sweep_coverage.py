"""The coverage is counted once a month, a little in each run."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.public_alert import PublicMunicipality
from shared.services.sweep.measure_coverage import CURSOR
from shared.services.sweep.sweep_ports import Limits
from tests.fakes.alert_values import TERC
from tests.fakes.areas import FakeAreaLibrary
from tests.fakes.municipalities import CENTRE
from tests.services.coverage.counted_world import at_rozana, register
from tests.services.sweep_world import MINUTE, SweptWorld

NEIGHBOUR = "1299999"


def office(terc):
    return PublicMunicipality(terc, "Gmina Regionalna", ("pl",), (49.85, 19.95), keys=())


@pytest.fixture
def world():
    world = SweptWorld(limits=Limits(silent=3), areas=FakeAreaLibrary())
    world.municipalities.public = [office(TERC), office(NEIGHBOUR)]
    for number in range(1, 22):
        register(world.audience, world.phones, f"a{number}", at_rozana(number))
    for number in range(12):
        world.residents.write_resident(f"b{number:02}", "pl")
        world.residents.write_place(f"b{number:02}", "1", point=CENTRE)
    return world


def runs(world, count):
    found = []
    for _ in range(count):
        world.clock.advance(MINUTE)
        found.append(world.sweep().steps["covered"])
    return found


def test_after_the_walk_each_municipality_is_counted(world):
    tallies = runs(world, 10)
    assert not any(tally.failed for tally in tallies)
    (found,) = world.coverage.months.values()  # the neighbour has no register
    assert (found.terc, found.month) == (TERC, "2026-11")
    assert (found.silent["permission"], found.registered) == (10, 20)
    assert world.cursors.positions[CURSOR] == "2026-11 done"


def test_then_nothing_is_done_until_the_next_month(world):
    runs(world, 10)
    before = dict(world.coverage.months)
    assert [tally.looked for tally in runs(world, 5)] == [0] * 5
    assert world.coverage.months == before
    world.clock.advance(timedelta(days=31))
    runs(world, 10)
    assert {month for _, month in world.coverage.months} == {"2026-11", "2026-12"}


def test_one_that_fails_is_told_and_does_not_keep_the_others(world, monkeypatch):
    world.counted.gazetteers[NEIGHBOUR] = replace(world.counted.gazetteers[TERC], terc=NEIGHBOUR)
    areas, gazetteer = world.counted, world.counted.gazetteer

    def fails_for_us(terc):
        if terc == TERC:
            raise RuntimeError("too large")
        return gazetteer(terc)

    monkeypatch.setattr(areas, "gazetteer", fails_for_us)
    assert sum(tally.failed for tally in runs(world, 10)) == 1
    assert [terc for terc, _ in world.coverage.months] == [NEIGHBOUR]
    assert world.cursors.positions[CURSOR] == "2026-11 done"
