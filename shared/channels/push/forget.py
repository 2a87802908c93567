"""Devices that FCM can reach no more leave the residents' documents, and by the trigger the index."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from shared.channels.push.compose import device_of
from shared.channels.push.outcome import PushAnswer
from shared.domain.wave import Recipient
from shared.ports import DeadPhone, ResidentStore

log = logging.getLogger(__name__)
MASS = 20  # dead phones from which on a majority of a wave is not believed


def forget_devices(
    residents: ResidentStore, recipients: Sequence[Recipient], answers: Iterable[PushAnswer]
) -> None:
    """Delete the devices of a recorded wave that FCM calls dead, each only if it is still what was sent.

    Never raises: whoever stays is found dead again by the next alert. When most of a wave is said to be dead
    it is our fault and not theirs (another project's credentials), and nobody is deleted.
    """
    dead_keys = {answer.key for answer in answers if answer.outcome.target_is_dead}
    dead = [one for one in recipients if one.key in dead_keys]
    if len(dead) >= MASS and 2 * len(dead) > len(recipients):
        log.error("FCM calls %d of %d devices of a wave dead: none was deleted", len(dead), len(recipients))
    elif dead:
        _forget(residents, [_phone(one) for one in dead])


def _phone(recipient: Recipient) -> DeadPhone:
    device = device_of(recipient)
    return DeadPhone(recipient.entry.uid, device.id, device.target)


def _forget(residents: ResidentStore, phones: Sequence[DeadPhone]) -> None:
    try:
        gone = residents.forget(phones)
    except Exception:  # whatever it is: the wave was sent and recorded, and the next one waits
        log.warning("%d dead devices could not be deleted", len(phones), exc_info=True)
    else:
        log.info("%d of %d dead devices deleted, the others were registered anew", gone, len(phones))
