"""The residents' copy of an alert, kept as the alert is."""

from __future__ import annotations

from shared.domain.alert import PUBLIC_STATES, Alert, State
from shared.domain.altered import is_altered
from shared.errors import Conflict
from shared.ports import AlertSigner, AlertStore, Clock, PublishedStore
from shared.services.publishing.sign_alert import sign_alert

TRIES = 5
SEEN = PUBLIC_STATES


def publish_alert(
    alert_id: str,
    *,
    alerts: AlertStore,
    published: PublishedStore,
    signer: AlertSigner,
    clock: Clock,
    again: bool = False,
) -> None:
    """Write and sign the public copy of an alert that was started; nothing for any other. Raises Conflict.

    The copy's token is read before the alert: whoever writes later has read the alert later, so an old
    event that comes late cannot bring an old state back. Nor can one by finding nothing to write: what
    residents see of an alert never becomes again what it was before. `again` writes it all the same, for
    the sake of a new signature.
    """
    for _ in range(TRIES):
        token = published.token(alert_id)
        current = alerts.get(alert_id)
        if current is None or not is_public(current.value):
            return
        if token is None and is_altered(current.value):
            return
        if not again and is_shown(current.value, published, signer):
            return
        try:
            published.publish(current.value, token, sign_alert(current.value, signer, clock))
        except Conflict:
            continue
        return
    raise Conflict


def is_shown(alert: Alert, published: PublishedStore, signer: AlertSigner) -> bool:
    """Nothing is left to do: a copy without a signature is done only where nobody can sign."""
    return published.shows(alert, signed=signer.key(alert.terc) is not None)


def is_public(alert: Alert) -> bool:
    """Residents can know of it: it was started, and while it is in force it says what was approved. What is
    over is told in whatever words: a copy that stays in force would be worse."""
    if alert.state not in SEEN or alert.started is None:
        return False
    return alert.state is not State.ACTIVE or not is_altered(alert)
