"""A municipality's audit read whole and judged, with or without what was anchored elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shared.domain.audit import Anchor, Fault, Stored, first_fault
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
    terc: str,
    log: AuditLog,
    keys: AuditKeys,
    clock: Clock,
    anchors: AnchorStore | None = None,
    heads: Sequence[Anchor] = (),
) -> Verdict:
    """One read for each entry; `heads`: as somebody kept them. Raises Unavailable, Unreadable."""
    known = [*(anchors.all(terc) if anchors else ()), *heads]
    chain = log.whole(terc)
    counted = _Counted(chain.stored)
    fault = first_fault(replace(chain, stored=counted, anchors=known), keys.of(terc), clock.now())
    return Verdict(counted.count, chain.head.seq, len(known), log.waiting(terc), fault)


def kept_head(file: Path) -> Anchor:
    """What the public page answered once. Raises OSError, and ValueError for a file of another form."""
    document = json.loads(file.read_text())
    try:
        return Anchor(int(document["number"]), str(document["mac"]))
    except (LookupError, TypeError) as error:
        raise ValueError(f"{file.name} is no head of the audit") from error
