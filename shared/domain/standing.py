"""Whether a published message still counts; what a reader has to know first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from shared.domain.alert import State, Text
from shared.domain.content import FIRST_LANGUAGE, Severity
from shared.domain.public_alert import PublicAlert


class Standing(StrEnum):
    ACTIVE = "active"
    REPLACED = "replaced"  # it would count, but a newer message of its thread is there
    CANCELLED = "cancelled"
    ENDED = "ended"  # its thread has an all-clear
    EXPIRED = "expired"


_SAID = {
    State.CANCELLED: Standing.CANCELLED,
    State.SUPERSEDED: Standing.REPLACED,
    State.ENDED: Standing.ENDED,
    State.EXPIRED: Standing.EXPIRED,
}


def standing(alert: PublicAlert, newest: int, now: datetime) -> Standing:
    """`newest` is the highest version of its thread. Time counts beside the state: who marks an alert as
    expired may be late."""
    if (said := _SAID.get(alert.state)) is not None:
        return said
    if alert.expires <= now:
        return Standing.EXPIRED
    return Standing.REPLACED if newest > alert.version else Standing.ACTIVE


def may_go_on(alert: PublicAlert, is_standing: Standing) -> bool:
    """Whether the danger may not be over though the message is: running out is no all-clear."""
    grave = alert.severity not in (Severity.MODERATE, Severity.MINOR)
    return is_standing is Standing.EXPIRED and grave and not alert.exercise


def newest_versions(alerts: Iterable[PublicAlert]) -> dict[str, int]:
    """The highest version by thread."""
    newest: dict[str, int] = {}
    for alert in alerts:
        newest[alert.thread] = max(alert.version, newest.get(alert.thread, 0))
    return newest


def text_in(alert: PublicAlert, language: str) -> tuple[str, Text]:
    """The language of the text, and the text: Polish where the wanted one is missing, else any."""
    wanted = (language, FIRST_LANGUAGE, *alert.texts)
    found = next(one for one in wanted if one in alert.texts)
    return found, alert.texts[found]
