"""The yearly review of access: who may do what, since when nobody signed in; signed by an admin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.domain.access_review import AccessReview, Reviewed
from shared.domain.staff import Kind
from shared.errors import PreconditionFailed
from shared.formats.review_json import digest_of
from shared.ports import AuditFilter, AuditLog, Clock, SessionStore, Staff, StaffStore
from shared.services.audit.act import act_of

SIGN, TEST, SEAL = "review.sign", "sealed.test", "sealed.seal"  # acts of the audit


@dataclass(frozen=True)
class ReviewPorts:
    staff: StaffStore
    sessions: SessionStore
    audit: AuditLog
    clock: Clock


def access_review(ports: ReviewPorts, terc: str) -> AccessReview:
    """As it is now: one read for each person, and one for the sign-ins of each. Raises Unavailable."""
    people = ports.staff.all(terc)
    signed, signed_by = _last(ports, terc, SIGN)
    tried = [moment for moment, _ in (_last(ports, terc, TEST), _last(ports, terc, SEAL)) if moment]
    return AccessReview(
        terc=terc,
        at=ports.clock.now(),
        people=tuple(Reviewed(one, ports.sessions.last_sign_in(one.uid)) for one in people),
        signed=signed,
        signed_by=signed_by,
        sealed=any(one.kind is Kind.BREAK_GLASS and one.active for one in people),
        tried=max(tried, default=None),
    )


def sign_review(ports: ReviewPorts, staff: Staff, digest: str) -> AccessReview:
    """`digest` of the list that was seen. Raises PreconditionFailed when rights changed since."""
    review = access_review(ports, staff.terc)
    if digest_of(review) != digest:
        raise PreconditionFailed("stale-review")
    ports.audit.record(act_of(staff, SIGN, after={"people": len(review.people), "digest": digest}))
    return access_review(ports, staff.terc)


def _last(ports: ReviewPorts, terc: str, action: str) -> tuple[datetime | None, str]:
    found = ports.audit.entries(terc, AuditFilter(action=action), 1, None).items
    if not found:
        return None, ""
    act = found[0].act
    return found[0].at, act.by.name if act.by else ""
