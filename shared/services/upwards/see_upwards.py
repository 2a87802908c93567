"""What the centres are to be told of an alert, and what they were told."""

from __future__ import annotations

from shared.domain.alert import Alert
from shared.domain.lifecycle import SCOPED
from shared.domain.upwards import Upwards
from shared.errors import AlertOnlineError, Forbidden
from shared.formats.upwards_json import SeenUpwards
from shared.formats.upwards_text import teryt_list, upwards_text
from shared.ports import Staff
from shared.services.alerts.alert_guards import visible
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.bounds import Bounds
from shared.services.upwards.centres import centres_of
from shared.services.upwards.upwards_ports import UpwardsPorts


def see_upwards(ports: UpwardsPorts, staff: Staff, alert_id: str) -> SeenUpwards:
    """Raises NotFound, Unreadable."""
    alert = visible(ports.alerts.alerts, alert_id, staff).value
    found = ports.upwards.get(alert.id)
    begun = alert.started is not None
    return SeenUpwards(
        found.value if found else Upwards(alert.id, alert.terc),
        centres_of(ports.centres, alert.terc),
        upwards_text(alert, office_of(ports.alerts, alert.terc)) if begun else "",
        teryt_list(alert.content, alert.terc) if begun else (),
        begun and bool(within(ports.alerts, staff, alert)),
        ports.alerts.clock.now(),
    )


def within(ports: AlertPorts, staff: Staff, alert: Alert) -> frozenset[str]:
    """The caller's roles that act on alerts, whose scope this one lies in."""
    return Bounds(ports, staff).roles(alert.content, alert.template) & SCOPED


def require_within(ports: AlertPorts, staff: Staff, alert: Alert) -> None:
    """Raises Forbidden, also after the hours of a stand-in."""
    if staff.late:
        raise Forbidden("stand-in-over")
    if not staff.roles & SCOPED:
        raise Forbidden("role-missing")
    if not within(ports, staff, alert):
        raise Forbidden("out-of-scope")


def office_of(ports: AlertPorts, terc: str) -> str:
    """A name that cannot be read holds nothing up."""
    try:
        found = ports.municipalities.get(terc)
    except AlertOnlineError:
        return terc
    return found.name if found else terc
