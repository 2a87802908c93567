"""Saved areas in memory, under the contract of tests/emulator/test_saved_areas_contract.py."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from shared.domain.audit import Act
from shared.domain.saved_area import SavedArea, name_key
from shared.errors import Conflict, NameTaken
from shared.ports import Versioned
from tests.fakes.audit import FakeAuditLog


class FakeSavedAreaStore:
    """Fulfils ports.SavedAreaStore."""

    def __init__(self, audit: FakeAuditLog | None = None) -> None:
        self.audit = audit or FakeAuditLog()
        self._numbers = itertools.count(1)
        self._areas: dict[tuple[str, str], Versioned[SavedArea]] = {}

    def new_id(self) -> str:
        return f"saved{next(self._numbers):015}"

    def get(self, terc: str, area_id: str) -> Versioned[SavedArea] | None:
        return self._areas.get((terc, area_id))

    def list(self, terc: str) -> Sequence[SavedArea]:
        found = [one.value for (of, _), one in self._areas.items() if of == terc]
        return sorted(found, key=lambda area: (name_key(area.name), area.id))

    def create(self, area: SavedArea, acts: Sequence[Act] = ()) -> None:
        self._refuse_taken(area)
        self._put(area)
        self.audit.record(*acts)

    def replace(self, before: Versioned[SavedArea], after: SavedArea, acts: Sequence[Act] = ()) -> None:
        self._refuse_stale(before)
        self._refuse_taken(after)
        self._put(after)
        self.audit.record(*acts)

    def delete(self, before: Versioned[SavedArea], acts: Sequence[Act] = ()) -> None:
        self._refuse_stale(before)
        del self._areas[before.value.terc, before.value.id]
        self.audit.record(*acts)

    def _put(self, area: SavedArea) -> None:
        self._areas[area.terc, area.id] = Versioned(area, next(self._numbers))

    def _refuse_stale(self, before: Versioned[SavedArea]) -> None:
        current = self._areas.get((before.value.terc, before.value.id))
        if current is None or current.token != before.token:
            raise Conflict

    def _refuse_taken(self, area: SavedArea) -> None:
        others = (one for one in self.list(area.terc) if one.id != area.id)
        if any(name_key(one.name) == name_key(area.name) for one in others):
            raise NameTaken
