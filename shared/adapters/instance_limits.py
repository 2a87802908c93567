"""Limits that each instance counts for itself: without a read, without a write, gone with the instance."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from shared.domain.limits import Bucket, Limit, take

MOST_KEYS = 20_000  # some 5 MB; beyond it whoever has not asked for longest is forgotten


class InstanceLimits:
    """Fulfils ports.LimitStore. `times` all rates: an instance of a stack under test takes more."""

    def __init__(self, times: float = 1, most_keys: int = MOST_KEYS) -> None:
        self._times = times
        self._most_keys = most_keys
        self._buckets: OrderedDict[tuple[Limit, str], Bucket] = OrderedDict()
        self._changing = Lock()

    def take(self, limit: Limit, key: str, now: datetime) -> float:
        rate = limit.value
        with self._changing:
            found = self._buckets.pop((limit, key), None)
            bucket, wait = take(found, rate.times(self._times), now)
            self._buckets[limit, key] = bucket
            if len(self._buckets) > self._most_keys:
                self._buckets.popitem(last=False)
        return wait

    def give_back(self, limit: Limit, key: str) -> None:
        with self._changing:
            self._buckets.pop((limit, key), None)


class NoLimits:
    """Fulfils ports.LimitStore for a deployment that is measured: nothing is counted."""

    def take(self, limit: Limit, key: str, now: datetime) -> float:
        return 0.0

    def give_back(self, limit: Limit, key: str) -> None:
        pass
