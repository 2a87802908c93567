"""An alert's time is over."""

from __future__ import annotations

from shared.domain.alert import State
from shared.domain.lifecycle import Action
from shared.services.alerts.change_state import act, changed
from shared.services.delivery.delivery_ports import SchedulePorts
from shared.services.schedule.alert_tasks import expire_task, is_early

LIVE = frozenset({State.SCHEDULED, State.HELD, State.ACTIVE})


def expire_alert(ports: SchedulePorts, alert_id: str, generation: int) -> None:
    """Expire the alert if its time is over, whatever it was doing; safe to repeat.

    Raises Conflict when the alert changed meanwhile, Unavailable just before its time.
    """
    before = ports.alerts.get(alert_id)
    if before is None or before.value.generation != generation or before.value.state not in LIVE:
        return
    alert, now = before.value, ports.clock.now()
    if is_early(alert.content.expires, now):
        ports.tasks.enqueue(expire_task(alert, now))
        return
    after, entry = changed(alert, Action.EXPIRE, now, finished=now)
    ports.alerts.replace(before, after, entry, [act(alert, entry)])
