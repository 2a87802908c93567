"""Staff look at their municipality's alerts, at one of them, and at what was done to it."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from weakref import WeakKeyDictionary

from shared.domain.alert import Alert, HistoryEntry, State
from shared.ports import AlertStore, Page, Staff
from shared.services.alerts.alert_guards import visible

MOST_KNOWN = 10_000
_TERCS: MutableMapping[AlertStore, dict[str, str]] = WeakKeyDictionary()  # by store, then by alert


def list_alerts(
    alerts: AlertStore, staff: Staff, states: Sequence[State], limit: int, after: str | None
) -> Page[Alert]:
    """Newest change first; `states` empty: all. Raises InvalidInput for an unknown `after`."""
    return alerts.list(staff.terc, states, limit, after)


def get_alert(alerts: AlertStore, alert_id: str, staff: Staff) -> Alert:
    """Raises NotFound, and Unreadable."""
    return visible(alerts, alert_id, staff).value


def require_visible(alerts: AlertStore, alert_id: str, staff: Staff) -> None:
    """As get_alert, but asked once for each alert: it never moves to another municipality.

    Raises NotFound, and Unreadable.
    """
    known = _TERCS.setdefault(alerts, {})
    if known.get(alert_id) == staff.terc:
        return
    if len(known) >= MOST_KNOWN:
        known.clear()
    known[alert_id] = visible(alerts, alert_id, staff).value.terc


def get_thread(alerts: AlertStore, alert_id: str, staff: Staff) -> Sequence[Alert]:
    """All messages of its thread, also those not sent yet, the oldest version first. Raises NotFound, and
    Unreadable."""
    asked = visible(alerts, alert_id, staff).value
    first = asked if asked.thread_id == asked.id else visible(alerts, asked.thread_id, staff).value
    found = {one.id: one for one in (first, *alerts.thread(asked.thread_id), asked) if one.terc == staff.terc}
    return sorted(found.values(), key=lambda one: (one.version, one.created, one.id))


def get_history(alerts: AlertStore, alert_id: str, staff: Staff) -> Sequence[HistoryEntry]:
    """Oldest first. Raises NotFound, and Unreadable."""
    return alerts.history(visible(alerts, alert_id, staff).value.id)
