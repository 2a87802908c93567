"""What of a delivery can no longer change, remembered by the process that read it once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock

from shared.adapters.slice_documents import Document
from shared.domain.delivery import DeliveryRef

MOST_DELIVERIES = 8  # a slice takes about 3 KB, a delivery at most 400 slices


class KnownSlices:
    """Documents of slices by index: as planned, or as they are since they are done."""

    def __init__(self) -> None:
        self._deliveries: OrderedDict[DeliveryRef, dict[int, Document]] = OrderedDict()
        self._lock = Lock()

    def of(self, ref: DeliveryRef) -> dict[int, Document]:
        with self._lock:
            return dict(self._deliveries.get(ref, {}))

    def keep(self, ref: DeliveryRef, documents: Mapping[int, Document]) -> None:
        """Forgets the delivery that was kept longest ago when there are too many."""
        with self._lock:
            self._deliveries[ref] = {**self._deliveries.pop(ref, {}), **documents}
            while len(self._deliveries) > MOST_DELIVERIES:
                self._deliveries.popitem(last=False)
