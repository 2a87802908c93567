"""A whole delivery with fakes: who is pushed, how often, and how the alert ends."""

from __future__ import annotations

from datetime import timedelta

from shared.adapters.published import published_document
from shared.domain.alert import State
from tests.services.delivery_world import World


def delivered(**changes):
    world = World()
    world.populate()
    world.approve(**changes)
    world.call_start()
    world.run_all()
    return world


def test_everyone_in_the_area_is_pushed_once_and_nobody_else():
    world = delivered()
    assert world.pushed == dict.fromkeys(world.expected, 1)


def test_the_alert_is_active_afterwards_and_the_figures_are_complete():
    world = delivered()
    assert (world.alert().state, world.state()) == (State.ACTIVE, "done")
    figures = world.of().figures
    assert figures.targeted == figures.accepted == len(world.expected)
    assert world.summaries.get("a1").value.complete


def test_the_public_copy_follows():
    world = delivered()
    assert published_document(world.published.copies["a1"])["state"] == "active"
    assert len(world.published.writes) == 1


def test_it_expires_in_the_end():
    world = delivered()
    world.run_all(until=timedelta(days=2))
    assert world.alert().state is State.EXPIRED
    assert world.published.copies["a1"].state is State.EXPIRED
