"""What of a delivery can no longer change, remembered by the process that read it once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock

from shared.adapters.slice_documents import Document

MOST_ALERTS = 8  # a slice takes about 3 KB, an alert at most 400 slices


class KnownSlices:
    """Documents of slices by index: as planned, or as they are since they are done."""

    def __init__(self) -> None:
        self._alerts: OrderedDict[str, dict[int, Document]] = OrderedDict()
        self._lock = Lock()

    def of(self, alert_id: str) -> dict[int, Document]:
        with self._lock:
            return dict(self._alerts.get(alert_id, {}))

    def keep(self, alert_id: str, documents: Mapping[int, Document]) -> None:
        """Forgets the alert that was kept longest ago when there are too many."""
        with self._lock:
            self._alerts[alert_id] = {**self._alerts.pop(alert_id, {}), **documents}
            while len(self._alerts) > MOST_ALERTS:
                self._alerts.popitem(last=False)
