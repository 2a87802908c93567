"""The proof of who did what: acts in a chain, each entry sealed over the one before.

Pure: how an entry becomes bytes and what seals them is a `Sealer`'s matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from shared.domain.alert import Person

KEPT = timedelta(days=2 * 366)  # KRI (Dz.U. 2024 poz. 773), par. 20: logs are kept for two years
NOTHING = "0" * 64  # the MAC before the first entry
WAITS = "waiting"  # in place of the MAC before, of an act that waits
UNSEALED = "(waited without a seal)"
_TICK = timedelta(microseconds=1)  # Firestore docs, "Supported data types": a timestamp's precision
_EVER = datetime(1970, 1, 1, tzinfo=UTC)

# What warns people or stops a warning waits for no chain, nor does whoever signs in for it: the entry may be
# sealed a little later.
_STEPS = (
    *("approve", "send", "send_now", "cancel", "stop", "correct", "all_clear", "take_back", "move"),
    *("start", "hold", "expire", "supersede", "end", "revoke"),
)
NEVER_WAITS = frozenset((*(f"alert.{step}" for step in _STEPS), "session.begin", "session.renew"))


class Outcome(StrEnum):
    """INTENT is written before what has no document of ours, DONE or FAILED after it."""

    DONE = "done"
    INTENT = "intent"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True)
class Act:
    """What somebody did: `action` is "noun.verb", `about` the path of what it was done to.

    `before` and `after` are the words as JSON has them, never anything of residents; `where` is
    `Staff.origin`; `happened`: the act's own moment where the entry was written later.
    """

    terc: str
    action: str
    by: Person | None  # None: the system
    about: str = ""
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    why: str = ""
    where: str = ""
    outcome: Outcome = Outcome.DONE
    happened: datetime | None = None


@dataclass(frozen=True)
class AuditEntry:
    """`mac` seals everything else of the entry; `prev` and `prev_at` are of the entry before.

    `at` is later than `prev_at`, so that the order by time is the order of the chain.
    """

    seq: int  # from 1
    at: datetime
    act: Act
    key: str  # the id of what sealed it
    prev: str
    prev_at: datetime
    mac: str = ""


@dataclass(frozen=True)
class AuditHead:
    """The end of a municipality's chain; `seal` is over the rest, so that nobody shortens the chain."""

    seq: int = 0
    at: datetime = _EVER
    mac: str = NOTHING
    key: str = ""
    seal: str = ""


@dataclass(frozen=True)
class Anchor:
    """A head as it was written down elsewhere."""

    seq: int
    mac: str


class Sealer(Protocol):
    """The secret of one municipality, of all its generations."""

    @property
    def key(self) -> str:
        """The id of the newest, which seals."""

    def mac(self, terc: str, entry: AuditEntry) -> str | None:
        """Of all but `mac`, with the key that the entry names; None for a key that is not known."""

    def seal(self, terc: str, head: AuditHead) -> str | None:
        """The same of a head, of all but `seal`."""


def sealed(act: Act, head: AuditHead, now: datetime, sealer: Sealer) -> tuple[AuditEntry, AuditHead]:
    """The entry that follows the head, and the head after it."""
    at = max(now, head.at + _TICK)
    bare = AuditEntry(head.seq + 1, at, act, sealer.key, head.mac, head.at)
    entry = replace(bare, mac=sealer.mac(act.terc, bare) or "")
    after = AuditHead(entry.seq, at, entry.mac, sealer.key)
    return entry, replace(after, seal=sealer.seal(act.terc, after) or "")


def set_aside(act: Act, at: datetime, sealer: Sealer) -> AuditEntry:
    """An act while it waits for its place: sealed like an entry, but as none that a chain could have."""
    bare = AuditEntry(0, at, act, sealer.key, WAITS, at)
    return replace(bare, mac=sealer.mac(act.terc, bare) or "")


def as_set_aside(waiting: AuditEntry, sealer: Sealer) -> Act | None:
    """The act for the chain, with its own moment; None for one that somebody put there or changed.

    Where there was no key it waited without a seal, which may be said by anybody: so much is told, and only
    what never waits is taken so.
    """
    act = replace(waiting.act, happened=waiting.act.happened or waiting.at)
    if not waiting.key and waiting.act.action in NEVER_WAITS:
        return replace(act, why=f"{act.why} {UNSEALED}".strip())
    return act if waiting.key and sealer.mac(act.terc, waiting) == waiting.mac else None


def all_sealed(
    acts: Sequence[Act], head: AuditHead, now: datetime, sealer: Sealer
) -> tuple[Sequence[AuditEntry], AuditHead]:
    entries = []
    for act in acts:
        entry, head = sealed(act, head, now, sealer)
        entries.append(entry)
    return entries, head


class FaultKind(StrEnum):
    MISSING = "missing"  # an entry that nothing but time may remove is not there
    ALTERED = "altered"  # the document is not as this entry is written
    FORGED = "forged"  # its MAC is not that of its words
    UNKNOWN_KEY = "unknown-key"
    BROKEN = "broken"  # it does not follow the entry before
    BEYOND = "beyond"  # it lies behind the head
    HEAD = "head"  # the head is not sealed, or not of the last entry
    ANCHOR = "anchor"  # it is not what was anchored


@dataclass(frozen=True)
class Fault:
    """`seq`: of the first bad entry; of a head, the entry that it names."""

    seq: int
    kind: FaultKind


@dataclass(frozen=True)
class Stored:
    """What lies in the log under a name: `entry` None where it is not as an entry is written."""

    seq: int  # that the name says
    entry: AuditEntry | None


@dataclass(frozen=True)
class Chain:
    """What is judged: the municipality, its entries in the order of their names, its head and anchors."""

    terc: str
    stored: Iterable[Stored]
    head: AuditHead
    anchors: Sequence[Anchor] = ()


def first_fault(chain: Chain, sealer: Sealer, now: datetime) -> Fault | None:
    """The first bad entry, or None for a whole chain.

    A beginning that is no longer there is accepted where its last entry was older than KEPT: each entry
    says, sealed, when the one before was written.
    """
    faults = (fault for fault in _faults(chain, sealer, now) if fault)
    return next(faults, None)


def _faults(chain: Chain, sealer: Sealer, now: datetime) -> Iterator[Fault | None]:
    last = AuditHead()
    anchored: dict[int, set[str]] = {}
    for anchor in chain.anchors:
        anchored.setdefault(anchor.seq, set()).add(anchor.mac)
    for one in chain.stored:
        yield _fault_of(one, last, chain, sealer, now)
        entry = one.entry
        if entry is None:
            return
        if anchored.get(entry.seq, set()) - {entry.mac}:
            yield Fault(entry.seq, FaultKind.ANCHOR)
        last = AuditHead(entry.seq, entry.at, entry.mac)
    yield from _end_faults(chain, last, sealer, now)


def _fault_of(one: Stored, last: AuditHead, chain: Chain, sealer: Sealer, now: datetime) -> Fault | None:
    entry = one.entry
    if entry is None or entry.seq != one.seq:
        return Fault(one.seq, FaultKind.ALTERED)
    if entry.seq > chain.head.seq:
        return Fault(entry.seq, FaultKind.BEYOND)
    mac = sealer.mac(chain.terc, entry)
    if mac != entry.mac:
        return Fault(entry.seq, FaultKind.UNKNOWN_KEY if mac is None else FaultKind.FORGED)
    if entry.seq == last.seq + 1:
        follows = (entry.prev, entry.prev_at) == (last.mac, last.at) and entry.at > last.at
        return None if follows else Fault(entry.seq, FaultKind.BROKEN)
    if entry.seq <= last.seq:
        return Fault(entry.seq, FaultKind.BROKEN)
    return None if entry.prev_at + KEPT <= now else Fault(last.seq + 1, FaultKind.MISSING)


def _end_faults(chain: Chain, last: AuditHead, sealer: Sealer, now: datetime) -> Iterator[Fault | None]:
    head = chain.head
    newest = max(chain.anchors, key=lambda anchor: anchor.seq, default=Anchor(0, NOTHING))
    if head.seq == 0 and last.seq == 0:
        yield Fault(1, FaultKind.MISSING) if newest.seq else None
        return
    seal = sealer.seal(chain.terc, head)
    if seal != head.seal:
        yield Fault(head.seq, FaultKind.UNKNOWN_KEY if seal is None else FaultKind.HEAD)
    if last.seq < head.seq and not (last.seq == 0 and head.at + KEPT <= now):
        yield Fault(last.seq + 1, FaultKind.MISSING)
    if last.seq == head.seq and last.mac != head.mac:
        yield Fault(head.seq, FaultKind.HEAD)
    if newest.seq > head.seq:
        yield Fault(head.seq + 1, FaultKind.MISSING)
    if newest.seq == head.seq and newest.mac != head.mac:
        yield Fault(head.seq, FaultKind.ANCHOR)
