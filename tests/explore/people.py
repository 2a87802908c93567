"""What staff do to an alert in the middle of everything."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from shared.domain.alert import State
from shared.errors import PreconditionRequired, WrongState
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.cancel_alert import cancel_alert
from shared.services.delivery.delivery_ports import DeliveryPorts
from tests.explore.virtual import moment_of
from tests.explore.world import ALERT, World
from tests.fakes.alert_values import APPROVER
from tests.fakes.tokens import staff

STAFF = staff(APPROVER, "author", "approver")


def call_off(world: World) -> None:
    """Whatever the state: only what nobody approved, or what is over, may refuse it."""
    random.seed(world.rng.random())  # of the pauses between its attempts
    with suppress(WrongState, PreconditionRequired):
        cancel_alert(_staff_ports(world.ports), ALERT, None, STAFF)


def take_back(world: World) -> None:
    """A scheduled alert becomes a draft again."""
    known = world.alerts.get(ALERT)
    if known is not None and known.value.state is State.SCHEDULED:
        world.alerts.replace(known, replace(known.value, state=State.DRAFT, version=2), None)


def approve_again(world: World) -> None:
    """Changed, and approved for another moment."""
    known = world.alerts.get(ALERT)
    if known is None or known.value.state is not State.DRAFT:
        return
    latest = known.value.content.expires - timedelta(seconds=1)
    moment = moment_of(world.schedule.now + world.rng.uniform(10, 200))
    world.fate.hits["edited"] += 1
    after = replace(
        known.value,
        state=State.SCHEDULED,
        content=replace(known.value.content, send_at=min(moment, latest)),
        generation=2,
        approved=world.ports.clock.now(),
    )
    world.alerts.replace(known, after, None)


def _staff_ports(ports: DeliveryPorts) -> AlertPorts:
    unused: object = None
    return AlertPorts(
        alerts=ports.alerts,
        municipalities=unused,  # type: ignore[arg-type]
        caller=unused,  # type: ignore[arg-type]
        clock=ports.clock,
        channels=ports.channels,
        tasks=ports.tasks,
        areas=unused,  # type: ignore[arg-type]
        saved=unused,  # type: ignore[arg-type]
    )
