"""Areas that the staff of a municipality keep under a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from shared.domain.audit import Act
    from shared.domain.saved_area import SavedArea
    from shared.ports.stored import Versioned


class SavedAreaStore(Protocol):
    """No two of a municipality have the same `saved_area.name_key`: who would make them have it is told
    NameTaken, also when both come at once."""

    def new_id(self) -> str: ...

    def get(self, terc: str, area_id: str) -> Versioned[SavedArea] | None:
        """Raises Unreadable; `list` leaves such an area out."""

    def list(self, terc: str) -> Sequence[SavedArea]:
        """All, by name; at most saved_area.MOST_SAVED and the few that came beside the last one."""

    def create(self, area: SavedArea, acts: Sequence[Act] = ()) -> None:
        """Raises NameTaken."""

    def replace(self, before: Versioned[SavedArea], after: SavedArea, acts: Sequence[Act] = ()) -> None:
        """Raises NameTaken, and Conflict if `before` is stale."""

    def delete(self, before: Versioned[SavedArea], acts: Sequence[Act] = ()) -> None:
        """Raises Conflict if `before` is stale."""
