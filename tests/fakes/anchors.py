"""Anchors in memory; what was written stays."""

from __future__ import annotations

from collections.abc import Sequence

from shared.domain.audit import Anchor, AuditHead
from shared.errors import Unavailable


class FakeAnchorStore:
    """Fulfils ports.AnchorStore; `broken`: as if the bucket did not answer."""

    def __init__(self) -> None:
        self.anchors: dict[str, list[Anchor]] = {}
        self.broken = False

    def put(self, terc: str, head: AuditHead) -> None:
        if self.broken:
            raise Unavailable
        anchor = Anchor(head.seq, head.mac)
        if anchor not in self.all(terc):
            self.anchors.setdefault(terc, []).append(anchor)

    def all(self, terc: str) -> Sequence[Anchor]:
        return sorted(self.anchors.get(terc, []), key=lambda anchor: anchor.seq)
