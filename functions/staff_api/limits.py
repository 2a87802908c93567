"""How often one address and one person of staff may ask; stopping an alert is never too often."""

from __future__ import annotations

from flask import g, request

from functions.staff_api import request_fields
from shared import wiring
from shared.domain.limits import Limit
from shared.errors import AlertOnlineError, TooMany
from shared.services.limits.admit import admit

# Endpoints that end what is being sent: never too often, from an idle session, without an attested app.
STOPS = frozenset({"alerts.cancel_alert", "alerts.stop_alert"})
READS = ("GET", "HEAD")


def admit_address() -> None:
    """Before anything is read or verified; whoever shares the address of the sealed account cannot lock it
    out. Raises TooMany."""
    if g.address is None or _always():
        return
    try:
        admit(wiring.limit_ports(), Limit.ADDRESS, g.address)
    except TooMany:
        if not _sealed():
            raise


def _sealed() -> bool:
    try:
        return wiring.token_verifier().is_sealed(request_fields.token())
    except AlertOnlineError:
        return False


def admit_person(uid: str) -> None:
    """Raises TooMany."""
    if _always():
        return
    admit(wiring.limit_ports(), Limit.PERSON, uid)
    if request.method not in READS:
        admit(wiring.limit_ports(), Limit.PERSON_WRITES, uid)


def _always() -> bool:
    return request.endpoint in STOPS
