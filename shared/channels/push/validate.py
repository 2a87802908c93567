"""FCM looks at an alert's messages before anybody is sent one: a fault in them must show before the crowd."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime

from shared.channels.push.message import validation
from shared.channels.push.outcome import Outcome, PushAnswer, PushRequest, PushSender
from shared.domain.alert import Alert
from shared.domain.audience import Platform
from shared.errors import Unavailable
from shared.ports import Clock

log = logging.getLogger(__name__)
PAUSES = (0.2, 0.5)  # seconds before the second and the third try
PATIENCE = 2.0  # seconds for the answers of one try


def refusals(alert: Alert, sender: PushSender, public_url: str, clock: Clock) -> Mapping[str, PushAnswer]:
    """The messages that FCM refuses, by "language platform"; one request for each, all at once.

    When FCM cannot say, none is refused: an outage must not lose the alert, and its waves try again.
    """
    waiting = _requests(alert, public_url, clock.now())
    refused: dict[str, PushAnswer] = {}
    for pause in (0.0, *PAUSES):
        if pause:
            clock.sleep(pause)
        answers = _ask(sender, clock, waiting)
        refused |= {key: answer for key, answer in answers.items() if answer.outcome is Outcome.BAD_PAYLOAD}
        waiting = {key: request for key, request in waiting.items() if _asks_again(answers.get(key))}
        if not waiting:
            return refused
    log.warning("alert %s: FCM did not say whether it takes %s", alert.id, ", ".join(waiting))
    return refused


def _requests(alert: Alert, public_url: str, now: datetime) -> dict[str, PushRequest]:
    kinds = [(language, platform) for language in alert.content.texts for platform in Platform]
    return {
        f"{language} {platform}": PushRequest(
            f"{language} {platform}", validation(alert, language, platform, public_url, now)
        )
        for language, platform in kinds
    }


def _ask(sender: PushSender, clock: Clock, waiting: Mapping[str, PushRequest]) -> Mapping[str, PushAnswer]:
    """Empty when we have no credentials to ask with."""
    try:
        answers = sender.send(list(waiting.values()), clock.monotonic() + PATIENCE)
        return {answer.key: answer for answer in answers}
    except Unavailable:
        return {}


def _asks_again(answer: PushAnswer | None) -> bool:
    """When FCM says how long to wait, it is longer than an alert can stand about."""
    return answer is None or (answer.outcome.passing and answer.retry_after is None)
