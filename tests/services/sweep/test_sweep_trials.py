"""Once a week each office whose trial of the sealed account is due is told, and none twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.public_alert import PublicMunicipality
from shared.errors import Unavailable
from tests.fakes.alert_values import TERC
from tests.fakes.tokens import NEIGHBOUR
from tests.services.sweep_world import MINUTE, SweptWorld

DUE = {TERC: "2026-01-01", NEIGHBOUR: None}


@pytest.fixture
def asked():
    return []


@pytest.fixture
def world(asked):
    def remind(terc):
        asked.append(terc)
        return DUE[terc]

    world = SweptWorld(remind_trial=remind)
    world.municipalities.public = [
        PublicMunicipality(terc, "Gmina", ("pl",), (49.85, 19.95), ()) for terc in DUE
    ]
    return world


def reminded(world, runs=4):
    tallies = []
    for _ in range(runs):
        tallies.append(world.sweep().steps["reminded"])
        world.clock.advance(MINUTE)
    return sum(one.acted for one in tallies), sum(one.failed for one in tallies)


def test_one_office_in_a_run_and_each_once_a_week(world, asked):
    assert reminded(world) == (1, 0)
    assert sorted(asked) == sorted(DUE)
    assert reminded(world) == (0, 0)
    world.clock.advance(timedelta(days=7))
    assert reminded(world) == (1, 0)
    assert len(asked) == 4


def test_one_that_fails_keeps_no_other_and_is_told_next_week(world, asked):
    def remind(terc):
        asked.append(terc)
        if terc == min(DUE):
            raise Unavailable
        return "never"

    world = SweptWorld(remind_trial=remind, municipalities=world.municipalities)
    assert reminded(world) == (1, 1)
    assert sorted(asked) == sorted(DUE)


def test_where_no_mail_can_be_sent_nobody_is_asked():
    assert reminded(SweptWorld()) == (0, 0)
