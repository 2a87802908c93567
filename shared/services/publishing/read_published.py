"""What anyone may read of published alerts: one with its thread, or a municipality's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.content import Severity
from shared.domain.public_alert import Kind, PublicAlert, PublicMunicipality
from shared.domain.standing import Standing, may_go_on, newest_versions, standing
from shared.errors import NotFound
from shared.formats.signed_alert import Fault, verify
from shared.ports import Clock, MunicipalityStore, PublicStore

RECENT = timedelta(days=30)
MOST_ACTIVE, MOST_RECENT = 500, 100  # what is in force is read whole, however much was published since
MOST_LISTED = 50  # beside what is in force
A_MINUTE, AT_ONCE = 60.0, 1.0  # seconds that what is known of a municipality may be old


@dataclass(frozen=True)
class ReadAlert:
    """`thread`: its messages that are to be believed and this one, the newest first; `fault`: why the
    signature does not prove it, None when it does."""

    alert: PublicAlert
    fault: Fault | None
    municipality: PublicMunicipality
    thread: Sequence[PublicAlert]
    now: datetime

    @property
    def others(self) -> Sequence[tuple[PublicAlert, Fault | None]]:
        """The rest of the thread, judged."""
        return [believed(one, self.municipality) for one in self.thread if one.id != self.alert.id]

    @property
    def doubtful(self) -> bool:
        """Nobody proves that it is the municipality's, which signs what it publishes."""
        return self.fault is not None and bool(self.municipality.keys)

    @property
    def newer(self) -> PublicAlert | None:
        """The newest message of the thread, when that is another one."""
        return self.thread[0] if self.thread and self.thread[0].version > self.alert.version else None

    @property
    def standing(self) -> Standing:
        return self._standing_of(self.alert)

    def _standing_of(self, message: PublicAlert) -> Standing:
        newest = self.newer or self.alert
        return standing(message, newest.version, self.now)

    @property
    def course(self) -> Sequence[tuple[PublicAlert, Standing, PublicAlert | None]]:
        """The thread, the newest first: each with what became of it and what took its place."""
        replacing = (None, *self.thread)
        return [(one, self._standing_of(one), by) for one, by in zip(self.thread, replacing, strict=False)]

    @property
    def corrected(self) -> PublicAlert | None:
        """What this message says to have been wrong."""
        if self.alert.kind is not Kind.CORRECTION:
            return None
        return next((one for one in self.thread if one.version < self.alert.version), None)


@dataclass(frozen=True)
class ReadMunicipality:
    """`active`, `cleared` and `over` have the newest message of each thread, `corrections` all of theirs.

    `active` has the gravest first, `cleared` the all-clears that are still news; `doubtful` are the ids of
    those that are not to be believed, which replace no other.
    """

    municipality: PublicMunicipality
    active: Sequence[PublicAlert]
    cleared: Sequence[PublicAlert]
    over: Sequence[PublicAlert]
    corrections: Sequence[PublicAlert]
    doubtful: Set[str]
    now: datetime

    def is_over(self, alert: PublicAlert) -> bool:
        return self.standing_of(alert) is not Standing.ACTIVE

    def standing_of(self, alert: PublicAlert) -> Standing:
        """By itself alone: each list has the newest of a thread."""
        return standing(alert, alert.version, self.now)

    def is_late(self, alert: PublicAlert) -> bool:
        """Whether information was promised, and has not come."""
        promised = alert.next_info
        return not self.is_over(alert) and promised is not None and promised <= self.now

    def may_go_on(self, alert: PublicAlert) -> bool:
        return may_go_on(alert, self.standing_of(alert))


def read_alert(
    alert_id: str, store: PublicStore, municipalities: MunicipalityStore, clock: Clock
) -> ReadAlert:
    """Two requests to the store: the alert, and its thread. Raises NotFound."""
    found, municipality = find_alert(alert_id, store, municipalities)
    alert, fault = believed(found, municipality)
    others = _believable(store.thread(alert.thread), municipality)
    thread = [one for one in others if one.id != alert.id and one.thread == alert.thread] + [alert]
    thread.sort(key=lambda message: message.version, reverse=True)
    return ReadAlert(alert, fault, municipality, thread, clock.now())


def find_alert(
    alert_id: str, store: PublicStore, municipalities: MunicipalityStore
) -> tuple[PublicAlert, PublicMunicipality]:
    """As it stands, proven or not, with the keys that its municipality has now. Raises NotFound."""
    found = store.alert(alert_id)
    municipality = None if found is None else _municipality(found.terc, municipalities)
    if found is None or municipality is None:
        raise NotFound("public-alert-unknown")
    return found, _knowing_keys([found], municipality, municipalities)


def _knowing_keys(
    alerts: Iterable[PublicAlert], municipality: PublicMunicipality, municipalities: MunicipalityStore
) -> PublicMunicipality:
    """Asked for anew where one is signed with a key that is not known: perhaps announced a moment ago."""
    named = {alert.key for alert in alerts if alert.key is not None}
    if named <= {key.id for key in municipality.keys}:
        return municipality
    return _municipality(municipality.terc, municipalities, AT_ONCE) or municipality


def read_municipality(
    terc: str, store: PublicStore, municipalities: MunicipalityStore, clock: Clock
) -> ReadMunicipality:
    """Two requests to the store, a read for each alert of the past 30 days. Raises NotFound."""
    municipality = _municipality(terc, municipalities)
    if municipality is None:
        raise NotFound("public-municipality-unknown", terc=terc)
    now = clock.now()
    found = {alert.id: alert for alert in store.sent_since(terc, now - RECENT, MOST_RECENT)}
    found |= {alert.id: alert for alert in store.active(terc, MOST_ACTIVE)}
    shown = [believed(alert, municipality)[0] for alert in found.values()]
    alerts = sorted(shown, key=lambda alert: alert.sent, reverse=True)
    sure = {alert.id for alert in _believable(alerts, municipality)}
    newest = newest_versions(alert for alert in alerts if alert.id in sure)
    latest = [one for one in alerts if one.id not in sure or one.version == newest[one.thread]]
    holding = [alert for alert in latest if standing(alert, alert.version, now) is Standing.ACTIVE]
    cleared = [alert for alert in holding if alert.kind is Kind.ALL_CLEAR and alert.id in sure]
    active = sorted((alert for alert in holding if alert not in cleared), key=lambda one: _danger(one, sure))
    return ReadMunicipality(
        municipality,
        active=active,
        cleared=cleared,
        over=[alert for alert in latest if alert not in holding],
        corrections=[alert for alert in alerts if alert.kind is Kind.CORRECTION],
        doubtful={alert.id for alert in alerts} - sure,
        now=now,
    )


def read_list(
    terc: str, store: PublicStore, municipalities: MunicipalityStore, clock: Clock
) -> tuple[PublicMunicipality, Sequence[tuple[PublicAlert, Fault | None]]]:
    """All that is in force and the latest others of the past 30 days, judged, the latest first.

    Two requests to the store, a read for each of them, for those in force of these days two. Raises NotFound.
    """
    municipality = _municipality(terc, municipalities)
    if municipality is None:
        raise NotFound("public-municipality-unknown", terc=terc)
    active = store.active(terc, MOST_ACTIVE)
    recent = store.sent_since(terc, clock.now() - RECENT, MOST_LISTED)
    found = {alert.id: alert for alert in (*recent, *active)}.values()
    municipality = _knowing_keys(found, municipality, municipalities)
    latest = sorted(found, key=lambda alert: (alert.sent, alert.id), reverse=True)
    return municipality, [believed(alert, municipality) for alert in latest]


_GRAVEST_FIRST = [Severity.EXTREME, Severity.SEVERE, Severity.MODERATE, Severity.MINOR]


def _danger(alert: PublicAlert, sure: Set[str]) -> tuple[bool, int, bool]:
    """Exercises come last; a severity of a later release is the gravest; of equals what is proven first."""
    rank = _GRAVEST_FIRST.index(alert.severity) if alert.severity in _GRAVEST_FIRST else -1
    return alert.exercise, rank, alert.id not in sure


def believed(found: PublicAlert, municipality: PublicMunicipality) -> tuple[PublicAlert, Fault | None]:
    """The alert as its signature proves it: whoever alters what stands beside the signed text changes
    nothing that is shown. Unproven it is shown as it stands, with the reason."""
    seal = {"signed": found.signed, "signature": found.signature, "key": found.key}
    verdict = verify(seal, found.id, municipality.terc, municipality.keys)
    if verdict.signed is None:
        return found, verdict.fault
    proven = verdict.signed.alert
    return replace(proven, signed=found.signed, signature=found.signature, key=found.key), None


def _believable(found: Iterable[PublicAlert], municipality: PublicMunicipality) -> list[PublicAlert]:
    """A forged all-clear must not cover a warning: only what is proven counts in a thread, and all where the
    municipality has no key yet."""
    judged = [believed(one, municipality) for one in found if one.terc == municipality.terc]
    return [alert for alert, fault in judged if fault is None or not municipality.keys]


def _municipality(
    terc: str, store: MunicipalityStore, max_age: float = A_MINUTE
) -> PublicMunicipality | None:
    return next((one for one in store.served(max_age) if one.terc == terc), None)
