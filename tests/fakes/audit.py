"""The audit in memory, under the contract of tests/emulator/test_audit_contract.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from shared.adapters.audit_chain import AuditChain
from shared.adapters.audit_keys import HmacSealer
from shared.adapters.clock import SystemClock
from shared.domain.audit import Act, AuditEntry, AuditHead, Chain, Stored, all_sealed
from shared.errors import FieldError, InvalidInput, Unavailable
from shared.ports import AuditFilter, Clock, Page
from tests.fakes.clock import FakeClock

if TYPE_CHECKING:
    from google.cloud.firestore import Client

SEALER = HmacSealer({"1": b"old" * 11, "2": b"new" * 11}, "2")


class FakeAuditKeys:
    """Fulfils ports.AuditKeys; `missing`: as if the secret could not be read."""

    def __init__(self) -> None:
        self.sealer, self.missing = SEALER, False

    def of(self, terc: str) -> HmacSealer:
        if self.missing:
            raise Unavailable
        return self.sealer


class FakeAuditLog:
    """Fulfils ports.AuditLog; `record` is also how the other fakes keep acts with their changes."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or FakeClock()
        self.chains: dict[str, tuple[list[AuditEntry], AuditHead]] = {}

    def record(self, *acts: Act) -> None:
        for terc in dict.fromkeys(act.terc for act in acts):
            known, head = self.chains.get(terc, ([], AuditHead()))
            mine = [act for act in acts if act.terc == terc]
            entries, head = all_sealed(mine, head, self.clock.now(), SEALER)
            self.chains[terc] = ([*known, *entries], head)

    @property
    def count(self) -> int:
        """Of all municipalities."""
        return sum(head.seq for _, head in self.chains.values())

    def acts(self, terc: str, action: str = "") -> Sequence[Act]:
        """What a test looks at: the oldest first, all or those of one action."""
        entries, _ = self.chains.get(terc, ([], AuditHead()))
        return [entry.act for entry in entries if action in ("", entry.act.action)]

    def entries(self, terc: str, wanted: AuditFilter, limit: int, after: str | None) -> Page[AuditEntry]:
        known, head = self.chains.get(terc, ([], AuditHead()))
        if after is not None and not (after.isascii() and after.isdigit() and 0 < int(after) <= head.seq):
            raise InvalidInput([FieldError("/after", "cursor-unknown")])
        end = head.seq + 1 if after is None else int(after)
        found = [entry for entry in reversed(known) if entry.seq < end and _fits(entry, wanted)]
        return Page(tuple(found[:limit]), str(found[limit - 1].seq) if len(found) > limit else None)

    def head(self, terc: str) -> AuditHead:
        return self.chains.get(terc, ([], AuditHead()))[1]

    def whole(self, terc: str) -> Chain:
        entries, head = self.chains.get(terc, ([], AuditHead()))
        return Chain(terc, [Stored(entry.seq, entry) for entry in entries], head)

    def waiting(self, terc: str) -> int:
        return 0

    def seal_waiting(self, limit: int) -> int:
        return 0


def _fits(entry: AuditEntry, wanted: AuditFilter) -> bool:
    act = entry.act
    return (
        wanted.uid in ("", act.by.uid if act.by else None)
        and wanted.action in ("", act.action)
        and wanted.about in ("", act.about)
        and _within(entry.at, wanted)
    )


def _within(at: datetime, wanted: AuditFilter) -> bool:
    return (wanted.since is None or wanted.since <= at) and (wanted.until is None or at < wanted.until)


def chain_of(client: Client, clock: Clock | None = None) -> AuditChain:
    """The real chain, sealed by the keys of tests."""
    return AuditChain(client, FakeAuditKeys(), clock or SystemClock())
