"""Nobody is told, or nobody more, before a person says so."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime

from shared.domain.alert import Alert, State
from shared.domain.content_digest import differs
from shared.domain.interlock import Fault
from shared.domain.lifecycle import Action
from shared.ports import Versioned
from shared.services.alerts.change_state import act, changed
from shared.services.delivery.delivery_ports import SchedulePorts

log = logging.getLogger(__name__)


def hold_alert(
    ports: SchedulePorts,
    before: Versioned[Alert],
    now: datetime,
    why: str,
    told: Mapping[str, str] | None = None,
) -> None:
    """Staff see that it waits; they approve it once more, edit or cancel it. Until they do, nothing happens
    but that it expires. `told`: what the history says beside why. Of what was altered nobody has seen what it
    says now: it is another revision, so that nobody approves it by what they saw before."""
    revision = before.value.revision + (why == Fault.CHANGED.why)
    details = {"why": why, **(told or {})}
    after, entry = changed(before.value, Action.HOLD, now, details, held=now, attempt=0, revision=revision)
    ports.alerts.replace(before, after, entry, [act(before.value, entry)])
    log.warning("alert %s waits for somebody to say whether it is still to be sent: %s", after.id, why)


def hold_altered(ports: SchedulePorts, alert_id: str, digest: str) -> None:
    """What is active says something that nobody approved (`digest`): nobody more is sent it, and whoever may
    approve is called. It stays active, since some may have it and another may have given way to it.

    Safe to repeat. Raises Conflict when the alert changed meanwhile.
    """
    before, now = ports.alerts.get(alert_id), ports.clock.now()
    if before is None or before.value.state is not State.ACTIVE or before.value.stopped is not None:
        return
    if not differs(digest, before.value.terc, before.value.content):
        return
    told = {"why": Fault.CHANGED.why}
    revision = before.value.revision + 1
    after, entry = changed(before.value, Action.HOLD, now, told, held=now, stopped=now, revision=revision)
    ports.alerts.replace(before, after, entry, [act(before.value, entry)])
    log.error("alert %s is not as it was approved, and is sent to nobody more", after.id)
