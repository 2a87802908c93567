"""An author hands a draft to a second person."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.domain.alert import Alert
from shared.domain.lifecycle import Action
from shared.domain.preferences import is_urgent
from shared.domain.start import START
from shared.ports import Staff, Task
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.all_the_same import kept_tap, told_tap
from shared.services.alerts.area_change import require_answer
from shared.services.alerts.change_alert import change_alert
from shared.services.alerts.check_content import circumstances, recheck_content, retold
from shared.services.alerts.edit_alert import with_writer
from shared.services.alerts.in_thread import require_place

log = logging.getLogger(__name__)


def submit_alert(
    ports: AlertPorts, alert_id: str, expected_revision: int, staff: Staff, all_the_same: bool = False
) -> Alert:
    """What will send it is woken meanwhile: nobody approves within the seconds that takes.

    Raises what change_alert does, InvalidInput when the draft cannot be sent any more.
    """

    def changes(alert: Alert, now: datetime) -> Mapping[str, Any]:
        require_place(ports, alert)
        around = circumstances(ports, alert.terc)
        recheck_content(alert.content, around)
        area_change = require_answer(ports, alert, around)
        told = retold(alert.content, around)
        return {
            "content": told,
            "submitted": now,
            "writers": with_writer(alert, staff),
            "reason": "",
            "settled": True,
            "area_change": area_change,
            **kept_tap(all_the_same, now),
        }

    told = told_tap(all_the_same)
    alert = change_alert(ports, alert_id, expected_revision, staff, Action.SUBMIT, changes, told)
    _wake(ports, alert)
    return alert


def _wake(ports: AlertPorts, alert: Alert) -> None:
    """An instance each of what starts and what delivers, which otherwise begin only with the alert itself."""
    urgent = is_urgent(alert.content)
    ways = [START[urgent], *(channel.ways(urgent).deliver for channel in ports.channels.values())]
    for queue, function in dict.fromkeys(ways):
        name = f"wake {queue} {alert.id} {alert.revision}"
        try:
            ports.tasks.enqueue(Task(queue, function, name, {"heartbeat": name}))
        except Exception:  # the submission stands
            log.exception("what will send the alert could not be woken")
            return
