"""What somebody approves is kept with the approval, so that nothing else is sent in its name."""

from __future__ import annotations

from datetime import datetime

from shared.domain.alert import Alert, Content, State
from shared.domain.approval import Confirmed
from shared.domain.content_digest import content_digest
from shared.domain.interlock import Interlock, Shown
from shared.domain.lifecycle import LESSER
from shared.errors import FieldError, InvalidInput
from shared.services.alerts.alert_ports import AlertPorts


def locked(
    ports: AlertPorts,
    alert: Alert,
    content: Content,
    generation: int,
    now: datetime,
    confirmed: Confirmed | None = None,
) -> Interlock:
    """Of the content as it goes, under the generation that the approval makes; `confirmed` None: whoever
    approves did not say what they were shown.

    Counts phones of what may be held for them alone; never a read for each. Raises InvalidInput naming the
    number that is not the one counted now, Unavailable.
    """
    addresses = None if content.covers is None else content.covers.inside
    _require_same(confirmed, addresses)
    return Interlock(
        digest=content_digest(alert.terc, content),
        generation=generation,
        at=now,
        addresses=addresses,
        phones=_phones(ports, alert.terc, content),
        shown=None if confirmed is None else Shown(confirmed.residents, confirmed.phones),
        again=alert.state is State.HELD,
    )


def _require_same(confirmed: Confirmed | None, addresses: int | None) -> None:
    """People come and go, and are told roundly; addresses are known exactly, where there is a register."""
    if confirmed is None or confirmed.addresses is None or addresses is None:
        return
    if confirmed.addresses != addresses:
        params: dict[str, str | int | float] = {"confirmed": confirmed.addresses, "counted": addresses}
        raise InvalidInput([FieldError("/confirmed/addresses", "confirmed-differs", params)])


def _phones(ports: AlertPorts, terc: str, content: Content) -> int | None:
    if ports.audience is None or content.severity not in LESSER:
        return None
    from shared.services.audience.count_phones import count_phones

    return count_phones(content, terc, ports.areas, ports.audience())
