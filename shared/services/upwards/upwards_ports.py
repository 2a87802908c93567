"""What telling upwards needs from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shared.ports import CentreStore, MailSender, UpwardsStore
from shared.services.alerts.alert_ports import AlertPorts


@dataclass(frozen=True)
class UpwardsPorts:
    """`mail` is called when one is sent, and raises Unavailable where none can be."""

    alerts: AlertPorts
    upwards: UpwardsStore
    centres: CentreStore
    mail: Callable[[], MailSender]
