"""Where a message stands in its thread: what it replaces, and whether it still can."""

from __future__ import annotations

from shared.domain.alert import FOLLOWED, Alert, Kind, State
from shared.domain.lifecycle import LESSER, is_lesser
from shared.errors import WrongState
from shared.services.alerts.alert_ports import AlertPorts


def replaced_by(ports: AlertPorts, alert: Alert) -> Alert | None:
    """A read; None for what begins its thread. Raises Unreadable."""
    found = ports.alerts.get(alert.replaces) if alert.replaces else None
    return found.value if found else None


def require_place(ports: AlertPorts, alert: Alert) -> None:
    """Nobody hands on, approves or sends what another message of the thread has overtaken. Raises
    WrongState."""
    replaced = replaced_by(ports, alert)
    if replaced is not None and replaced.state not in FOLLOWED:
        raise WrongState("thread-moved-on")


def is_grave(ports: AlertPorts, alert: Alert) -> bool:
    """Whether sending it asks for a fresh factor: for its own severity, or for that of what it ends."""
    if alert.content.severity not in LESSER:
        return True
    replaced = replaced_by(ports, alert)
    return replaced is not None and replaced.content.severity not in LESSER


def may_go_alone(ports: AlertPorts, alert: Alert) -> bool:
    """Whether anybody who may act on it sends this message of a thread alone: nobody changed the words that
    the system put there, and it corrects, or it ends what is not grave."""
    if not alert.is_prepared:
        return False
    if alert.kind is Kind.CORRECTION and alert.ends_what is State.SUPERSEDED:
        return True
    replaced = replaced_by(ports, alert)
    return replaced is not None and is_lesser(replaced.content)
