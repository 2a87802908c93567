"""A municipality's audit read whole and judged, with or without what was anchored elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from shared.domain.audit import Fault, Stored, first_fault
from shared.ports import AnchorStore, AuditKeys, AuditLog, Clock


@dataclass(frozen=True)
class Verdict:
    """`entries`: how many were read, up to the first bad one."""

    entries: int
    head: int
    anchors: int
    waiting: int
    fault: Fault | None


class _Counted:
    def __init__(self, stored: Iterable[Stored]) -> None:
        self._stored, self.count = stored, 0

    def __iter__(self) -> Iterator[Stored]:
        for one in self._stored:
            self.count += 1
            yield one


def verify(
    terc: str, log: AuditLog, keys: AuditKeys, clock: Clock, anchors: AnchorStore | None = None
) -> Verdict:
    """One read for each entry. Raises Unavailable, Unreadable."""
    known = anchors.all(terc) if anchors else ()
    chain = log.whole(terc)
    counted = _Counted(chain.stored)
    fault = first_fault(replace(chain, stored=counted, anchors=known), keys.of(terc), clock.now())
    return Verdict(counted.count, chain.head.seq, len(known), log.waiting(terc), fault)
