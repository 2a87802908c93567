"""Devices that FCM can reach no more leave the residents' documents, and by the trigger the index."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from shared.domain.delivery import PushAnswer
from shared.ports import DeadPhone, ResidentStore
from shared.services.delivery.read_waves import Push

log = logging.getLogger(__name__)
MASS = 20  # dead phones from which on a majority of a wave is not believed


def forget_devices(residents: ResidentStore, pushes: Sequence[Push], answers: Iterable[PushAnswer]) -> None:
    """Delete the devices of a recorded wave that FCM calls dead, each only if it is still what was sent.

    Never raises: whoever stays is found dead again by the next alert. When most of a wave is said to be dead
    it is our fault and not theirs (another project's credentials), and nobody is deleted.
    """
    dead_keys = {answer.key for answer in answers if answer.outcome.target_is_dead}
    dead = [push for push in pushes if push.key in dead_keys]
    if len(dead) >= MASS and 2 * len(dead) > len(pushes):
        log.error("FCM calls %d of %d devices of a wave dead: none was deleted", len(dead), len(pushes))
    elif dead:
        _forget(residents, [DeadPhone(push.entry.uid, push.device.id, push.device.target) for push in dead])


def _forget(residents: ResidentStore, phones: Sequence[DeadPhone]) -> None:
    try:
        gone = residents.forget(phones)
    except Exception:  # whatever it is: the wave was sent and recorded, and the next one waits
        log.warning("%d dead devices could not be deleted", len(phones), exc_info=True)
    else:
        log.info("%d of %d dead devices deleted, the others were registered anew", gone, len(phones))
