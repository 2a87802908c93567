"""When a municipality's alerts were last written, by the fake store's own count of writes."""

from __future__ import annotations

from tests.fakes.alerts import FakeAlertStore


class FakeChangeMarks:
    """Fulfils ports.ChangeMarks; `asked` counts."""

    def __init__(self, alerts: FakeAlertStore) -> None:
        self._alerts = alerts
        self.asked = 0

    def of(self, terc: str) -> str:
        self.asked += 1
        return self._alerts.mark(terc)
