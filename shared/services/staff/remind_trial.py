"""Twice a year the sealed account is tried: admins of an office that did not are told."""

from __future__ import annotations

from shared.formats.staff_mail import trial_letter
from shared.services.staff.access_review import ReviewPorts, access_review
from shared.services.staff.enrol_ports import EnrolPorts, office_name
from shared.services.staff.invite import tell_admins


def remind_trial(ports: EnrolPorts, review: ReviewPorts, terc: str) -> str | None:
    """When it was tried last, as the letter says it; None where no trial is due. Each call tells again.

    Costs two reads for each person of the office. Raises Unavailable.
    """
    found = access_review(review, terc)
    if not found.trial_is_due:
        return None
    last = "nigdy / never" if found.tried is None else f"{found.tried:%Y-%m-%d}"
    tell_admins(ports, terc, trial_letter(last, office_name(ports, terc)))
    return last
