"""The roles of a newcomer that a second admin has still to grant, asked for as the invitation is made."""

from __future__ import annotations

from dataclasses import replace

from shared.domain.enrolment import Invitation
from shared.domain.staff import Membership
from shared.formats.people_json import rights_tag
from shared.ports import Staff
from shared.services.staff.change_rights import change_rights
from shared.services.staff.list_people import open_grants
from shared.services.staff.people_ports import PeoplePorts


def ask_roles(ports: PeoplePorts, invitation: Invitation, staff: Staff) -> None:
    """Asked for once, however often somebody is invited. Raises what `change_rights` does."""
    record = ports.staff.get(invitation.uid)
    had = (record.membership(staff.terc) if record else None) or Membership()
    missing = frozenset(invitation.wanted) - had.roles
    if not missing or any(grant.uid == invitation.uid for grant in open_grants(ports, staff)):
        return
    wanted = replace(had, roles=had.roles | missing)
    change_rights(ports, invitation.uid, rights_tag(had), wanted, staff)
