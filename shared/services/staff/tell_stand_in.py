"""All staff, of the municipality and of whoever stands in, are told that it began."""

from __future__ import annotations

import logging

from shared.domain.stand_in import StandIn
from shared.formats.staff_mail import stand_in_letter
from shared.services.staff.enrol_ports import EnrolPorts, office_name
from shared.services.staff.invite import told

log = logging.getLogger(__name__)


def tell_all(ports: EnrolPorts, begun: StandIn) -> None:
    """Whoever cannot be told now holds nothing up; the page shows it to all, and the line is an alarm."""
    log.error("somebody stands in for municipality %s", begun.terc)
    now = ports.clock.now()
    staff = [*ports.staff.all(begun.terc), *ports.staff.all(begun.powiat)]
    addresses = dict.fromkeys(one.email for one in staff if one.email and one.employed(now))
    who = begun.begun_by.name if begun.begun_by else ""
    letter = stand_in_letter(begun.name, office_name(ports, begun.terc), who)
    untold = sum(not told(ports, to, letter) for to in addresses)
    if untold:
        log.error("%d people were not told by e-mail that somebody stands in", untold)
