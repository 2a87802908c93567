"""Whether the staff's page itself asks, where the deployment wants to know (APP_CHECK)."""

from __future__ import annotations

import logging

from flask import request

from functions.staff_api.config import OPEN
from functions.staff_api.limits import UNLIMITED
from shared import wiring
from shared.errors import Forbidden, Unavailable
from shared.settings import AppCheckMode, settings

log = logging.getLogger(__name__)
HEADER = "X-Firebase-AppCheck"


def admit_app() -> None:
    """It keeps scripts from costing us anything and decides about nobody's rights: where Google's keys cannot
    be read, and where an alert is stopped, nobody is refused for it. Raises Forbidden."""
    mode = settings().app_check
    if mode == AppCheckMode.OFF or request.endpoint in OPEN or _attested():
        return
    log.warning("a request without an App Check token that counts")
    if mode == AppCheckMode.ENFORCE and request.endpoint not in UNLIMITED:
        raise Forbidden("app-not-attested")


def _attested() -> bool:
    token = request.headers.get(HEADER, "")
    try:
        return bool(token) and wiring.app_checker().attested(token)
    except Unavailable:
        log.error("App Check's keys cannot be read: everybody is let through")
        return True
