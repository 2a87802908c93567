"""The part of the index that one code finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from shared.domain.audience import AudienceEntry
from shared.ports import AudienceStore, Entries


@dataclass(frozen=True)
class Narrowed:
    """The entries that a code finds. Fulfils ports.Entries."""

    audience: AudienceStore
    code: str

    def count(self, lo: str, hi: str, read_time: datetime | None) -> int:
        return self.audience.count(lo, hi, read_time, self.code)

    def stream(
        self,
        lo: str,
        hi: str,
        read_time: datetime | None,
        after: tuple[str, str] | None = None,
        limit: int | None = None,
    ) -> Iterator[AudienceEntry]:
        return self.audience.stream(lo, hi, read_time, after, limit, self.code)


def narrowed(audience: AudienceStore, code: str | None) -> Entries:
    return Narrowed(audience, code) if code else audience
