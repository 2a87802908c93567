"""Twice a year the sealed account is tried: admins of an office that did not are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shared.formats.staff_mail import trial_letter
from shared.services.staff.access_review import ReviewPorts, access_review
from shared.services.staff.enrol_ports import EnrolPorts, office_name
from shared.services.staff.invite import tell_admins


def remind(ports: EnrolPorts, review: ReviewPorts, tercs: Iterable[str]) -> Iterator[str]:
    """A line for each office whose trial is due; each run tells again."""
    for terc in tercs:
        found = access_review(review, terc)
        if not found.trial_is_due:
            continue
        last = "nigdy / never" if found.tried is None else f"{found.tried:%Y-%m-%d}"
        tell_admins(ports, terc, trial_letter(last, office_name(ports, terc)))
        yield f"{terc}: last trial {last}"
