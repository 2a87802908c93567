"""Where an alert's start is asked for: the same for whoever calls it directly and for the queue."""

from __future__ import annotations

from collections.abc import Mapping

from shared.domain.alert import Alert
from shared.domain.preferences import is_urgent

START: Mapping[bool, tuple[str, str]] = {  # urgent: queue, function
    False: ("start", "start_alert"),
    True: ("start-urgent", "start_urgent"),
}


def start_function(alert: Alert) -> str:
    """The function that starts it, for whoever calls it directly."""
    return START[is_urgent(alert.content)][1]
