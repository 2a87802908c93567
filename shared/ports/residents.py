"""Residents as their apps wrote them, and the index made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.audience import AudienceEntry, Resident, Target
from shared.ports.stored import Versioned


@dataclass(frozen=True)
class AudienceState:
    """What the index last said of a resident; kept as a tombstone after the last entry is gone.

    Without it a late worker could bring a deleted resident back: nothing would contradict its write.
    """

    digest: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class DeadPhone:
    """A resident's device whose target, as it was sent, will never work again."""

    uid: str
    device: str
    target: Target


class ResidentStore(Protocol):
    def read(self, uid: str) -> tuple[Resident, Mapping[str, object]]:
        """The resident's documents now, and the token of each place by its id."""

    def trial(self, uid: str, device: str) -> datetime | None:
        """When the resident asked for a trial on this device that has not arrived yet. Raises Unavailable."""

    def replace_point(self, uid: str, place: str, cell: str, token: object) -> None:
        """Erase the coordinates of a place, leaving its cell. Raises Conflict if it was written since."""

    def forget(self, phones: Sequence[DeadPhone]) -> int:
        """Delete each of these devices whose stored target is still the dead one; answers how many.

        A device written anew meanwhile stays, and spares no other. Raises Unavailable.
        """


class Entries(Protocol):
    """The index in the order (cell, document id), or as much of it as is asked."""

    def count(self, lo: str, hi: str, read_time: datetime | None) -> int:
        """Entries with lo <= cell <= hi."""

    def stream(
        self,
        lo: str,
        hi: str,
        read_time: datetime | None,
        after: tuple[str, str] | None = None,
        limit: int | None = None,
    ) -> Iterator[AudienceEntry]:
        """At most `limit` entries with lo <= cell <= hi, beyond `after`, ordered by (cell, document id)."""


class AudienceStore(Protocol):
    """Fulfils Entries as well."""

    def moment(self) -> datetime:
        """Now by the store's own clock: the latest `read_time` it accepts."""

    def state(self, uid: str) -> Versioned[AudienceState] | None: ...

    def commit(
        self,
        uid: str,
        entries: Sequence[AudienceEntry],
        state: AudienceState,
        expected: Versioned[AudienceState] | None,
    ) -> None:
        """Make the resident's entries exactly `entries`, in one commit; raises Conflict."""

    def count(self, lo: str, hi: str, read_time: datetime | None, code: str | None = None) -> int:
        """Entries with lo <= cell <= hi; those only that are found by the code of a query (found_by.py)."""

    def stream(
        self,
        lo: str,
        hi: str,
        read_time: datetime | None,
        after: tuple[str, str] | None = None,
        limit: int | None = None,
        code: str | None = None,
    ) -> Iterator[AudienceEntry]:
        """At most `limit` entries with lo <= cell <= hi, beyond `after`, ordered by (cell, document id)."""

    def without_codes(self, read_time: datetime | None) -> bool:
        """Whether there is any entry of a release that knew of no codes (AudienceEntry.found_by)."""

    def entries(self, keys: Sequence[str], read_time: datetime | None) -> Iterator[AudienceEntry]:
        """The entries of these keys ("uid.place") that existed then, in any order."""

    def of(self, uid: str, read_time: datetime | None) -> Sequence[AudienceEntry]:
        """All entries of a resident that existed then, by their places."""
