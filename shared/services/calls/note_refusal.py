"""Whether the provider takes SMS for somebody's number, kept for the person: nobody else can mend it."""

from __future__ import annotations

import logging
from dataclasses import replace

from shared.domain.audit import Act
from shared.domain.call import Outcome
from shared.domain.staff import StaffRecord
from shared.errors import AlertOnlineError
from shared.ports import Versioned
from shared.services.calls.call_ports import CallPorts

log = logging.getLogger(__name__)


def note_refusal(ports: CallPorts, terc: str, found: Versioned[StaffRecord], outcome: Outcome) -> None:
    """`found`: as it was read for the attempt. What cannot be kept holds no call up: the next attempt says it
    again."""
    before = found.value
    if outcome not in (Outcome.SENT, Outcome.REFUSED):
        return
    refused = outcome is Outcome.REFUSED
    if refused == (before.phone_refused is not None):
        return
    after = replace(before, phone_refused=ports.clock.now() if refused else None)
    act = Act(terc, "staff.phone-refused", None, f"staff/{before.uid}", after={"refused": refused})
    try:
        ports.staff.replace(found, after, (act,))
    except AlertOnlineError as error:
        log.warning("whether a number takes SMS could not be kept: %s", error.code)
