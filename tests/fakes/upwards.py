"""Tellings of crisis centres and their addresses in memory, under the contract of
tests/emulator/test_upwards_contract.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from shared.domain.audit import Act
from shared.domain.upwards import Centres, Upwards
from shared.errors import Conflict
from shared.ports import Versioned
from tests.fakes.audit import FakeAuditLog

T = TypeVar("T", Upwards, Centres)


class _Kept(Generic[T]):
    def __init__(self, audit: FakeAuditLog | None = None) -> None:
        self.audit = audit or FakeAuditLog()
        self.kept: dict[str, Versioned[T]] = {}
        self._writes = 0

    def get(self, name: str) -> Versioned[T] | None:
        return self.kept.get(name)

    def _put(self, name: str, before: Versioned[T] | None, after: T, acts: Sequence[Act]) -> Versioned[T]:
        known = self.kept.get(name)
        if (known.token if known else None) != (before.token if before else None):
            raise Conflict
        self._writes += 1
        self.audit.record(*acts)
        self.kept[name] = Versioned(after, self._writes)
        return self.kept[name]


class FakeUpwardsStore(_Kept[Upwards]):
    """Fulfils ports.UpwardsStore."""

    def put(
        self, before: Versioned[Upwards] | None, after: Upwards, acts: Sequence[Act] = ()
    ) -> Versioned[Upwards]:
        return self._put(after.alert, before, after, acts)


class FakeCentreStore(_Kept[Centres]):
    """Fulfils ports.CentreStore."""

    def put(self, before: Versioned[Centres] | None, after: Centres, acts: Sequence[Act] = ()) -> None:
        self._put(after.terc, before, after, acts)
