"""What operators must hear of a wave: that FCM refuses our message, or refuses us."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence

from shared.channels.push.outcome import Outcome, PushAnswer
from shared.domain.wave import Recipient

log = logging.getLogger(__name__)
OUR_FAULT = frozenset({Outcome.BAD_PAYLOAD, Outcome.UNAUTHORISED})


def report_answers(alert_id: str, recipients: Sequence[Recipient], answers: Iterable[PushAnswer]) -> None:
    """One ERROR for a wave with a fault of ours: counts by platform, outcome and FCM's detail, nobody's name.

    The phones concerned keep their devices, and the others are sent to all the same.
    """
    platforms = {one.key: one.address.kind for one in recipients}
    faults = Counter(
        f"{platforms[answer.key]} {answer.outcome} ({answer.detail})"
        for answer in answers
        if answer.outcome in OUR_FAULT
    )
    if faults:
        told = ", ".join(f"{count} x {fault}" for fault, count in sorted(faults.items()))
        log.error("alert %s: FCM refuses pushes by a fault of ours: %s", alert_id, told)
