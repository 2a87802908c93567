"""Once a day the heads of the audit are anchored, and what waits is sealed with each run."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.audit import Act, Anchor
from tests.fakes.alert_values import AUTHOR, TERC
from tests.fakes.audit import FakeAuditLog
from tests.fakes.tokens import NEIGHBOUR
from tests.services.sweep_world import SweptWorld

DAY = timedelta(days=1)


class Waiting(FakeAuditLog):
    """Some acts wait."""

    def __init__(self):
        super().__init__()
        self.left = 3

    def seal_waiting(self, limit):
        sealed, self.left = min(limit, self.left), max(0, self.left - limit)
        return sealed


@pytest.fixture
def world():
    world = SweptWorld(audit=Waiting())
    world.municipalities.shapes = {TERC: "{}", NEIGHBOUR: "{}"}
    world.audit.record(Act(TERC, "alert.edit", AUTHOR))
    return world


def step(world, name):
    tally = world.sweep().steps[name]
    return tally.acted, tally.failed


def test_a_head_is_anchored_once_a_day(world, served):
    first = Anchor(1, world.audit.head(TERC).mac)
    assert step(world, "anchored") == (1, 0)
    world.audit.record(Act(TERC, "alert.edit", AUTHOR))
    assert step(world, "anchored") == (0, 0)
    world.clock.advance(DAY)
    assert step(world, "anchored") == (1, 0)
    assert world.anchors.all(TERC) == [first, Anchor(2, world.audit.head(TERC).mac)]
    assert world.anchors.all(NEIGHBOUR) == []


def test_what_was_not_anchored_is_tried_again_in_the_next_run(world, served):
    world.anchors.broken = True
    assert step(world, "anchored") == (0, 1)
    world.anchors.broken = False
    assert step(world, "anchored") == (1, 0)
    assert step(world, "anchored") == (0, 0)


def test_what_waits_is_sealed_and_counts_as_repaired(world):
    assert step(world, "sealed") == (3, 0)
    assert step(world, "sealed") == (0, 0)


def test_without_a_bucket_nothing_is_anchored():
    world = SweptWorld()
    assert step(world, "anchored") == (0, 0)
    assert world.anchors.anchors == {}
