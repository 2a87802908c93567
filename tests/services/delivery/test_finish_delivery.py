"""Only the last slice ends its delivery, whoever looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.delivery import Delivery, DeliveryRef, DeliveryState, Handed, Slice
from shared.errors import Conflict
from shared.services.delivery.finish_delivery import TRIES, finish_delivery
from shared.services.delivery.sum_slices import sum_slices
from tests.services.delivery_world import PUSH, World

DONE = Slice(0, (("a", "b"),), 5, done=True, devices=4, accepted=3, failed={"gone": 1})
DONE = replace(DONE, kinds={"android": Handed(4, 3, 1)})


@pytest.fixture
def world():
    world = World()
    world.approve()
    return world


def sending(world, *slices):
    now = world.clock.now()
    planned = Delivery("a1", "push", 1, 1, 1, False, now, now + timedelta(hours=1))
    after = replace(planned, state=DeliveryState.SENDING, read_time=now, started=now, slices=len(slices))
    world.delivery.plan(world.delivery.put(planned), after, slices)
    world.clock.advance(timedelta(seconds=7))
    return after


@pytest.mark.parametrize(("stopped", "state"), [(False, DeliveryState.DONE), (True, DeliveryState.STOPPED)])
def test_the_last_slice_ends_it_with_its_figures(world, stopped, state):
    slices = DONE, replace(DONE, index=1, stopped=stopped)
    before = sending(world, *slices)
    finish_delivery(world.ports, PUSH)
    assert world.of() == replace(before, state=state, finished=world.clock.now(), figures=sum_slices(slices))
    figures = world.summaries.get("a1").value
    assert (figures.targeted, figures.accepted, figures.complete) == (8, 6, True)


def test_any_other_leaves_it_as_it_is(world):
    before = sending(world, DONE, replace(DONE, index=1, done=False))
    finish_delivery(world.ports, PUSH)
    assert world.of() == before
    assert not world.summaries.get("a1").value.complete


def test_one_that_was_not_begun_or_is_unknown_is_left_alone(world):
    planned = replace(sending(world, DONE), state=DeliveryState.PLANNED)
    world.delivery.put(planned)
    finish_delivery(world.ports, PUSH)
    finish_delivery(world.ports, DeliveryRef("a1", "push.9"))
    assert world.of() == planned


def test_when_it_is_over_its_figures_are_final_at_once(world):
    before = sending(world, DONE, replace(DONE, index=1, done=False))
    finish_delivery(world.ports, PUSH)  # figures of this moment
    world.delivery.put(replace(before, state=DeliveryState.STOPPED))
    finish_delivery(world.ports, PUSH)
    assert world.summaries.get("a1").value.complete


@pytest.mark.parametrize("times", [TRIES - 1, TRIES])
def test_who_is_overtaken_looks_again_some_times(world, monkeypatch, times):
    sending(world, DONE)
    original, tries = world.delivery.replace, []

    def overtaken(before, after):
        tries.append(after)
        if len(tries) <= times:
            raise Conflict
        return original(before, after)

    monkeypatch.setattr(world.delivery, "replace", overtaken)
    if times < TRIES:
        finish_delivery(world.ports, PUSH)
        assert world.state() == "done"
    else:
        with pytest.raises(Conflict):
            finish_delivery(world.ports, PUSH)
        assert len(tries) == TRIES
