"""What is made of alerts for others to read, and how far the sweep has come."""

from __future__ import annotations

from collections.abc import Mapping

from shared.domain.alert import Alert
from shared.domain.statistics import Summary
from shared.errors import Conflict
from shared.ports import Versioned
from shared.services.sweep.publish_copies import WINDOW
from tests.explore.fate import Fate
from tests.explore.stores import Tokens
from tests.explore.virtual import moment_of

NO_RECEIPTS: Mapping[str, Mapping[str, int]] = {"received": {}, "opened": {}}


class Cursors:
    """Fulfils ports.CursorStore."""

    def __init__(self, fate: Fate) -> None:
        self._fate = fate
        self._positions = {"published": moment_of(-WINDOW.total_seconds()).isoformat()}  # by sweeps before

    def all(self) -> Mapping[str, str]:
        return self._fate.read(lambda: dict(self._positions))

    def put(self, name: str, position: str) -> None:
        self._fate.commit(lambda: self._positions.update({name: position}))


class Summaries:
    """Fulfils ports.SummaryStore."""

    def __init__(self, fate: Fate, tokens: Tokens) -> None:
        self._fate, self._tokens = fate, tokens
        self.documents: dict[str, Versioned[Summary]] = {}

    def get(self, alert_id: str) -> Versioned[Summary] | None:
        return self._fate.read(lambda: self.documents.get(alert_id))

    def put(self, alert_id: str, summary: Summary, expected: Versioned[Summary] | None) -> None:
        def commit() -> None:
            current = self.documents.get(alert_id)
            if (current and current.token) != (expected and expected.token):
                raise Conflict
            self.documents[alert_id] = Versioned(summary, self._tokens.next())

        self._fate.commit(commit)


class Published:
    """What delivery and publishing need of ports.PublishedStore; nobody confirms anything here."""

    def __init__(self, fate: Fate, tokens: Tokens) -> None:
        self._fate, self._tokens = fate, tokens
        self.copies: dict[str, Versioned[Alert]] = {}

    def token(self, alert_id: str) -> object | None:
        return self._fate.read(lambda: self._token(alert_id))

    def _token(self, alert_id: str) -> object | None:
        copy = self.copies.get(alert_id)
        return copy and copy.token

    def publish(self, alert: Alert, expected: object | None, signature: object = None) -> None:
        def commit() -> None:
            if self._token(alert.id) != expected:
                raise Conflict
            if alert.id not in self.copies or self.copies[alert.id].value != alert:
                self.copies[alert.id] = Versioned(alert, self._tokens.next())

        self._fate.commit(commit)

    def shows(self, alert: Alert, signed: bool = False) -> bool:
        return self._fate.read(lambda: self.says(alert))

    def says(self, alert: Alert) -> bool:
        copy = self.copies.get(alert.id)
        return copy is not None and _seen(copy.value) == _seen(alert)

    def receipts(self, alert_id: str) -> Mapping[str, Mapping[str, int]]:
        return self._fate.read(lambda: NO_RECEIPTS)

    def not_mine(self, alert_id: str) -> int:
        return self._fate.read(lambda: 0)


def _seen(alert: Alert) -> tuple[object, ...]:
    """What residents see of it, as far as a delivery changes it."""
    return (alert.version, alert.state, alert.started, alert.finished)
