"""Auditors read what was done in their municipality, filter it and take it along."""

from __future__ import annotations

from collections.abc import Iterator

from shared.domain.audit import AuditEntry
from shared.errors import Forbidden
from shared.ports import AuditFilter, AuditLog, Page, Staff
from shared.services.audit.act import act_of

READERS = frozenset(["auditor", "admin"])
PAGE = 500
MOST_EXPORTED = 20_000  # entries of one file; a municipality's of some years


def require_reader(staff: Staff) -> None:
    """Raises Forbidden."""
    if not READERS & staff.roles:
        raise Forbidden("role-missing")


def read_audit(
    log: AuditLog, staff: Staff, wanted: AuditFilter, limit: int, after: str | None
) -> Page[AuditEntry]:
    """The newest first; one read for each. Raises Forbidden, InvalidInput for an unknown `after`."""
    require_reader(staff)
    return log.entries(staff.terc, wanted, limit, after)


def export_audit(log: AuditLog, staff: Staff, wanted: AuditFilter, form: str) -> Iterator[AuditEntry]:
    """The newest first, at most MOST_EXPORTED; that they were taken is an entry itself, written before the
    first one is read. Raises Forbidden."""
    require_reader(staff)
    asked = {name: str(value) for name, value in vars(wanted).items() if value}
    log.record(act_of(staff, "audit.export", after={"format": form, **asked}))
    return _all(log, staff.terc, wanted)


def _all(log: AuditLog, terc: str, wanted: AuditFilter) -> Iterator[AuditEntry]:
    after: str | None = None
    for _ in range(MOST_EXPORTED // PAGE):
        page = log.entries(terc, wanted, PAGE, after)
        yield from page.items
        after = page.next
        if after is None:
            return
