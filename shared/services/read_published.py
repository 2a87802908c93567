"""What anyone may read of published alerts: one with its thread, or a municipality's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.public_alert import Kind, PublicAlert, PublicMunicipality
from shared.domain.standing import Standing, newest_versions, standing
from shared.errors import NotFound
from shared.formats.signed_alert import Fault, verify
from shared.ports import Clock, PublicStore

RECENT = timedelta(days=30)
MOST_ACTIVE, MOST_RECENT = 100, 100


@dataclass(frozen=True)
class ReadAlert:
    """`thread`: all its messages, this one included, the newest first; `fault`: why the signature does not
    prove it, None when it does."""

    alert: PublicAlert
    fault: Fault | None
    municipality: PublicMunicipality
    thread: Sequence[PublicAlert]
    now: datetime

    @property
    def newer(self) -> PublicAlert | None:
        """The newest message of the thread, when that is another one."""
        return self.thread[0] if self.thread and self.thread[0].version > self.alert.version else None

    @property
    def standing(self) -> Standing:
        newest = self.newer or self.alert
        return standing(self.alert, newest.version, self.now)


@dataclass(frozen=True)
class ReadMunicipality:
    """`active` and `over` have the newest message of each thread, `corrections` all of theirs."""

    municipality: PublicMunicipality
    active: Sequence[PublicAlert]
    over: Sequence[PublicAlert]
    corrections: Sequence[PublicAlert]
    now: datetime

    def is_over(self, alert: PublicAlert) -> bool:
        return standing(alert, alert.version, self.now) is not Standing.ACTIVE


def read_alert(alert_id: str, store: PublicStore, clock: Clock) -> ReadAlert:
    """Two requests to the store: the alert, and its thread. Raises NotFound."""
    found, municipality = find_alert(alert_id, store)
    alert, fault = believed(found, municipality)
    thread = [
        believed(one, municipality)[0] for one in store.thread(alert.thread) if one.terc == municipality.terc
    ]
    return ReadAlert(alert, fault, municipality, thread, clock.now())


def find_alert(alert_id: str, store: PublicStore) -> tuple[PublicAlert, PublicMunicipality]:
    """As it stands, proven or not. Raises NotFound."""
    found = store.alert(alert_id)
    municipality = None if found is None else _municipality(found.terc, store)
    if found is None or municipality is None:
        raise NotFound("public-alert-unknown")
    return found, municipality


def read_municipality(terc: str, store: PublicStore, clock: Clock) -> ReadMunicipality:
    """Two requests to the store, a read for each alert of the past 30 days. Raises NotFound."""
    municipality = _municipality(terc, store)
    if municipality is None:
        raise NotFound("public-municipality-unknown", terc=terc)
    now = clock.now()
    found = {alert.id: alert for alert in store.sent_since(terc, now - RECENT, MOST_RECENT)}
    found |= {alert.id: alert for alert in store.active(terc, MOST_ACTIVE)}
    proven = [believed(alert, municipality)[0] for alert in found.values()]
    alerts = sorted(proven, key=lambda alert: alert.sent, reverse=True)
    latest = list(_newest(alerts))
    active = [alert for alert in latest if standing(alert, alert.version, now) is Standing.ACTIVE]
    return ReadMunicipality(
        municipality,
        active=active,
        over=[alert for alert in latest if alert not in active],
        corrections=[alert for alert in alerts if alert.kind is Kind.CORRECTION],
        now=now,
    )


def believed(found: PublicAlert, municipality: PublicMunicipality) -> tuple[PublicAlert, Fault | None]:
    """The alert as its signature proves it: whoever alters what stands beside the signed text changes
    nothing that is shown. Unproven it is shown as it stands, with the reason."""
    seal = {"signed": found.signed, "signature": found.signature, "key": found.key}
    verdict = verify(seal, found.id, municipality.terc, municipality.keys)
    if verdict.signed is None:
        return found, verdict.fault
    proven = verdict.signed.alert
    return replace(proven, signed=found.signed, signature=found.signature, key=found.key), None


def _municipality(terc: str, store: PublicStore) -> PublicMunicipality | None:
    return next((one for one in store.municipalities() if one.terc == terc), None)


def _newest(alerts: Iterable[PublicAlert]) -> Iterable[PublicAlert]:
    versions = newest_versions(alerts := list(alerts))
    return (alert for alert in alerts if alert.version == versions[alert.thread])
