"""What an import of registers writes through: documents by their paths, as docs/data.md describes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Fields = Mapping[str, Any]
Documents = Mapping[str, Fields]  # by path


@dataclass(frozen=True)
class Change:
    """`fields` None deletes; `merge` leaves what is not named as it is."""

    path: str
    fields: Fields | None
    merge: bool = False


class AreaImportStore(Protocol):
    def served(self) -> Sequence[str]:
        """TERC of all municipalities that have a document."""

    def documents(self, terc: str) -> tuple[Documents, object]:
        """All of the municipality's areas, of those above it and of the municipality; with a token."""

    def named_codes(self, terc: str) -> frozenset[str]:
        """Of all register units that an alert or a saved area names."""

    def write(self, changes: Sequence[Change], tell: Callable[[int], None]) -> None:
        """Some at a time; `tell` hears how many are done. Raises Unavailable: again it goes on."""

    def switch(self, terc: str, changes: Sequence[Change], token: object) -> None:
        """All in one commit. Raises Conflict when somebody else imported since `token`."""
