"""Auditors read what was done in their municipality, filter it and take it along."""

from __future__ import annotations

from shared.domain.audit import AuditEntry
from shared.errors import Forbidden
from shared.formats.audit_json import sealed_bytes
from shared.ports import AuditFilter, AuditLog, Page, Staff
from shared.services.audit.act import act_of

READERS = frozenset(["auditor", "admin"])
PAGE = 500
MOST_EXPORTED = 10_000  # entries of one file; a page of the staff's waits 20 s for it
MOST_BYTES = 10_000_000  # of them as they are sealed; Cloud Run docs, "Quotas": an answer has 32 MiB at most


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


def export_audit(
    log: AuditLog, staff: Staff, wanted: AuditFilter, form: str, after: str | None = None
) -> Page[AuditEntry]:
    """One file, the newest first, on from `after`; `next` where older ones go into another. That they were
    taken is an entry itself, written before the first one is read. Raises Forbidden, InvalidInput."""
    require_reader(staff)
    asked = {name: str(value) for name, value in vars(wanted).items() if value}
    asked |= {"beyond": after} if after else {}
    log.record(act_of(staff, "audit.export", after={"format": form, **asked}))
    found, size = Page[AuditEntry]((), after), 0
    while len(found.items) < MOST_EXPORTED and size < MOST_BYTES:
        page = log.entries(staff.terc, wanted, PAGE, found.next)
        size += sum(len(sealed_bytes(staff.terc, entry)) for entry in page.items)
        found = Page((*found.items, *page.items), page.next, found.unreadable + page.unreadable)
        if found.next is None:
            break
    return found
