"""How often one address and one person of staff may ask; stopping an alert is never too often."""

from __future__ import annotations

from flask import g, request

from shared import wiring
from shared.domain.limits import Limit
from shared.services.limits.admit import admit

UNLIMITED = ("alerts.cancel_alert",)  # endpoints that end what is being sent
READS = ("GET", "HEAD")


def admit_address() -> None:
    """Before anything is read or verified. Raises TooMany."""
    if g.address is not None and not _always():
        admit(wiring.limit_ports(), Limit.ADDRESS, g.address)


def admit_person(uid: str) -> None:
    """Raises TooMany."""
    if _always():
        return
    admit(wiring.limit_ports(), Limit.PERSON, uid)
    if request.method not in READS:
        admit(wiring.limit_ports(), Limit.PERSON_WRITES, uid)


def _always() -> bool:
    return request.endpoint in UNLIMITED
