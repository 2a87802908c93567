"""What anyone may read, in memory, under the contract of tests/emulator/test_public_store_contract.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from shared.domain.alert import State
from shared.domain.public_alert import PublicAlert
from shared.errors import Unavailable


class FakePublicStore:
    """Fulfils ports.PublicStore; `requests` are those that Firestore would be asked."""

    def __init__(self, alerts: Iterable[PublicAlert] = ()) -> None:
        self.alerts = {alert.id: alert for alert in alerts}
        self.requests: list[str] = []
        self.broken: Exception | None = None

    def put(self, *alerts: PublicAlert) -> None:
        self.alerts |= {alert.id: alert for alert in alerts}

    def fail(self, error: Exception | None = None) -> None:
        self.broken = error or Unavailable()

    def alert(self, alert_id: str) -> PublicAlert | None:
        self._asked("alert")
        return self.alerts.get(alert_id)

    def thread(self, thread: str) -> Sequence[PublicAlert]:
        self._asked("thread")
        found = [alert for alert in self.alerts.values() if alert.thread == thread]
        return sorted(found, key=lambda alert: alert.version, reverse=True)

    def active(self, terc: str, limit: int) -> Sequence[PublicAlert]:
        self._asked("active")
        return self._latest((one for one in self._of(terc) if one.state is State.ACTIVE), limit)

    def sent_since(self, terc: str, since: datetime, limit: int) -> Sequence[PublicAlert]:
        self._asked("sent_since")
        return self._latest((one for one in self._of(terc) if one.sent >= since), limit)

    def _of(self, terc: str) -> Iterable[PublicAlert]:
        return (alert for alert in self.alerts.values() if alert.terc == terc)

    def _latest(self, alerts: Iterable[PublicAlert], limit: int) -> Sequence[PublicAlert]:
        return sorted(alerts, key=lambda alert: alert.sent, reverse=True)[:limit]

    def _asked(self, what: str) -> None:
        self.requests.append(what)
        if self.broken:
            raise self.broken
