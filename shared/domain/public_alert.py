"""An alert as everybody may read it: what `published/{id}` says and what its signature covers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from shared.domain.alert import Alert, Kind, State
from shared.domain.content import Told, specs
from shared.domain.lateness import meant_for
from shared.domain.municipality import Municipality
from shared.domain.signature import PublicKey


@dataclass(frozen=True, kw_only=True)
class PublicAlert(Told):
    """Without anything of staff or delivery. All times are aware UTC."""

    id: str
    terc: str
    kind: Kind
    state: State  # one of PUBLIC_STATES
    thread: str  # id of the first alert of the thread
    version: int
    revision: int
    sent: datetime
    cancelled: datetime | None
    meant_for: datetime | None = None  # it was due then, and sent long after (domain.lateness)
    narrowed: str | None = None  # why an update's area is smaller: "eased", the danger there is over; "wrong"
    signed: str | None = None  # as it is stored, with the two below; None: not signed, or not read yet
    signature: str | None = None
    key: str | None = None


@dataclass(frozen=True)
class PublicMunicipality(Municipality):
    """Who publishes alerts, for readers without an account."""

    keys: tuple[PublicKey, ...]  # those in use and those that were
    contact: Mapping[str, str] = field(default_factory=dict)  # of the office (docs/data.md)


def public_alert(alert: Alert) -> PublicAlert:
    """Raises ValueError for an alert that was never started: nobody may read it."""
    if alert.started is None:
        raise ValueError("an alert that was not started is not public")
    return PublicAlert(
        **{name: getattr(alert.content, name) for name in specs(Told)},
        id=alert.id,
        terc=alert.terc,
        kind=alert.kind,
        state=alert.state,
        thread=alert.thread_id,
        version=alert.version,
        revision=alert.revision,
        sent=alert.started,
        cancelled=alert.finished if alert.state is State.CANCELLED else None,
        meant_for=meant_for(alert),
        narrowed=getattr(alert, "area_change", "") or None,
    )


__all__ = ["Kind", "PublicAlert", "PublicMunicipality", "public_alert"]
