"""Everybody of the office is told when the sealed account is used: by who opened the sheet, or by a thief."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial

from shared.formats.staff_mail import sealed_letter
from shared.services.staff.enrol_ports import EnrolPorts, office_name
from shared.services.staff.invite import told

AT_ONCE = 8
PATIENCE = 5.0  # seconds that whoever sends in an emergency waits for the mails to be taken
log = logging.getLogger(__name__)


def tell_sealed(ports: EnrolPorts, terc: str, use: str) -> None:
    """`use`: a word of staff_mail.toml. What cannot be sent now holds nothing up; the log alarms, too."""
    log.error("the sealed account of municipality %s was used: %s", terc, use)
    now = ports.clock.now()
    staff = [one for one in ports.staff.all(terc) if one.email and one.employed(now)]
    letter = sealed_letter(use, office_name(ports, terc))
    pool = ThreadPoolExecutor(AT_ONCE)
    sent = [pool.submit(partial(told, ports), to, letter) for to in dict.fromkeys(one.email for one in staff)]
    done, late = wait(sent, PATIENCE)
    pool.shutdown(wait=False)
    untold = len(late) + sum(one.exception() is not None or not one.result() for one in done)
    if untold:
        log.error("%d people were not told yet that the sealed account was used", untold)
