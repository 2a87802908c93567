"""Once a day the head of each municipality's audit is written down where nobody can take it back."""

from __future__ import annotations

from shared.ports import AnchorStore, AuditLog
from shared.services.sweep.run import Run, Tally

CURSOR = "anchors"


def anchor_audit(run: Run, tally: Tally) -> None:
    """One that fails is tried again with the others in the next run."""
    log, anchors, today = run.ports.audit, run.ports.anchors, run.now.date().isoformat()
    if log is None or anchors is None or run.position(CURSOR) == today:
        return
    served = [one.terc for one in run.ports.municipalities.served()]
    before = tally.failed
    looked = run.each(tally, served, lambda terc: anchor(log, anchors, terc))
    if looked == len(served) and tally.failed == before:
        run.move(CURSOR, today)


def anchor(log: AuditLog, anchors: AnchorStore, terc: str) -> int:
    """1, or 0 where nothing was done yet. Raises Unavailable."""
    head = log.head(terc)
    if head.seq:
        anchors.put(terc, head)
    return int(head.seq > 0)
