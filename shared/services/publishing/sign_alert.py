"""The municipality's signature on what everybody may read."""

from __future__ import annotations

import logging

from shared.domain.alert import Alert
from shared.domain.public_alert import public_alert
from shared.domain.signature import Signature
from shared.formats.key_json import base64url
from shared.formats.signed_alert import signed_text
from shared.ports import AlertSigner, Clock

log = logging.getLogger(__name__)


def sign_alert(alert: Alert, signer: AlertSigner, clock: Clock) -> Signature | None:
    """None, and an ERROR in the log, when there is no key: an alert is published all the same."""
    key = signer.key(alert.terc)
    if key is None:
        log.error("No signing key of municipality %s: an alert is published unsigned", alert.terc)
        return None
    text = signed_text(public_alert(alert), key.id, clock.now())
    return Signature(text, base64url(key.sign(text.encode())), key.id)
