"""FCM looks at an alert's messages before anybody is sent one: a fault in them must show before the crowd."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime

from shared.channels.push.message import validation
from shared.domain.alert import Alert
from shared.domain.delivery import Outcome, Platform, PushAnswer, PushRequest
from shared.domain.lifecycle import Action
from shared.errors import Unavailable
from shared.ports import Versioned
from shared.services.alerts.change_state import changed
from shared.services.delivery.delivery_ports import DeliveryPorts

log = logging.getLogger(__name__)
PAUSES = (0.2, 0.5)  # seconds before the second and the third try
PATIENCE = 2.0  # seconds for the answers of one try


def validate_alert(ports: DeliveryPorts, before: Versioned[Alert]) -> bool:
    """Whether the alert may be sent; if FCM refuses one of its messages, it is FAILED now.

    One request per language and platform, all at once. When FCM cannot say, the alert may be sent: an outage
    must not lose it, and its waves try again. Raises Conflict when somebody changed the alert meanwhile.
    """
    alert = before.value
    refused = _refused(ports, alert)
    if not refused:
        return True
    log.error("alert %s: FCM refuses its message, nobody was sent anything: %s", alert.id, _told(refused))
    now = ports.clock.now()
    after, entry = changed(alert, Action.FAIL, now, details=_details(refused), finished=now)
    ports.alerts.replace(before, after, entry)
    return False


def _refused(ports: DeliveryPorts, alert: Alert) -> Mapping[str, PushAnswer]:
    """The messages that FCM refuses, by "language platform"."""
    waiting = _requests(alert, ports.public_url, ports.clock.now())
    refused: dict[str, PushAnswer] = {}
    for pause in (0.0, *PAUSES):
        if pause:
            ports.clock.sleep(pause)
        answers = _ask(ports, waiting)
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


def _ask(ports: DeliveryPorts, waiting: Mapping[str, PushRequest]) -> Mapping[str, PushAnswer]:
    """Empty when we have no credentials to ask with."""
    try:
        answers = ports.push.send(list(waiting.values()), ports.clock.monotonic() + PATIENCE)
        return {answer.key: answer for answer in answers}
    except Unavailable:
        return {}


def _asks_again(answer: PushAnswer | None) -> bool:
    """When FCM says how long to wait, it is longer than an alert can stand about."""
    return answer is None or (answer.outcome.passing and answer.retry_after is None)


def _told(refused: Mapping[str, PushAnswer]) -> str:
    return ", ".join(f"{key} ({answer.detail})" for key, answer in sorted(refused.items()))


def _details(refused: Mapping[str, PushAnswer]) -> Mapping[str, str]:
    """For the history: the first refused message; the others mostly share its fault."""
    key, answer = min(refused.items())
    language, platform = key.split(" ")
    return {"language": language, "platform": platform, "answer": answer.detail, "refused": str(len(refused))}
