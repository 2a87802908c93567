"""What every request leaves: a line in the request log, and an entry of the audit where it was refused."""

from __future__ import annotations

import logging
from time import monotonic

from flask import Response, g, request

from functions.client_address import client_address, client_network
from shared import wiring
from shared.domain.audit import Outcome
from shared.errors import AlertOnlineError, Forbidden
from shared.settings import settings

log = logging.getLogger("requests")


def begin() -> None:
    edge = settings().edge_networks
    g.staff, g.began = None, monotonic()
    g.address, g.origin = client_address(request, edge), client_network(request, edge)


def note_request(response: Response) -> Response:
    """The route by its rule: what stands in its place may name somebody. Nothing of residents."""
    staff = g.get("staff")
    rule = request.url_rule.rule if request.url_rule else None
    line = {
        "route": rule,
        "method": request.method,
        "status": response.status_code,
        "ms": round((monotonic() - g.get("began", monotonic())) * 1000),
        "uid": staff.person.uid if staff else None,
        "roles": sorted(staff.roles) if staff else [],
        "terc": staff.terc if staff else None,
        "origin": g.get("origin", ""),
    }
    log.info("%s %s %d", request.method, rule or "unknown", response.status_code, extra={"request": line})
    return response


def note_refusal(error: AlertOnlineError) -> None:
    """A member of staff tried what they may not. The answer stands, whatever becomes of the entry."""
    staff = g.get("staff")
    if staff is None or not isinstance(error, Forbidden) or request.endpoint is None:
        return
    from shared.services.audit.act import act_of

    about = "/".join(str(value) for value in (request.view_args or {}).values())
    try:
        wiring.audit().record(
            act_of(staff, _action(request.endpoint), about, why=error.code, outcome=Outcome.REFUSED)
        )
    except AlertOnlineError as failure:
        log.error("a refusal could not be written into the audit: %s", failure.code)


def _action(endpoint: str) -> str:
    """`alerts.approve_alert` is "alert.approve"."""
    verb, _, noun = endpoint.rpartition(".")[2].partition("_")
    return f"{noun}.{verb}" if noun else verb
