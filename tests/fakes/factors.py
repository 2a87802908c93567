"""Keys and PINs in memory, under the contract of tests/emulator/test_factors_contract.py."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from shared.domain.audit import Act
from shared.domain.own_factors import Factors
from shared.errors import Conflict
from shared.ports import Versioned
from tests.fakes.audit import FakeAuditLog


class FakeFactorStore:
    """Fulfils ports.FactorStore; `with_key`: of whom the register says that there is a key."""

    def __init__(self, audit: FakeAuditLog | None = None) -> None:
        self.audit = audit or FakeAuditLog()
        self.kept: dict[str, Versioned[Factors]] = {}
        self.with_key: set[str] = set()
        self._writes = 0
        self._lock = Lock()

    def get(self, uid: str) -> Versioned[Factors] | None:
        return self.kept.get(uid)

    def put(self, before: Versioned[Factors] | None, after: Factors, acts: Sequence[Act] = ()) -> None:
        with self._lock:
            self._put(before, after, acts)

    def _put(self, before: Versioned[Factors] | None, after: Factors, acts: Sequence[Act]) -> None:
        known = self.kept.get(after.uid)
        if (known.token if known else None) != (before.token if before else None):
            raise Conflict
        self._writes += 1
        self.audit.record(*acts)
        self.kept[after.uid] = Versioned(after, self._writes)
        if after.keys:
            self.with_key.add(after.uid)
        else:
            self.with_key.discard(after.uid)
