"""An admin looks at who may do what."""

from __future__ import annotations

from collections.abc import Sequence

from shared.domain.grant import Grant
from shared.domain.staff import StaffRecord
from shared.ports import Staff
from shared.services.staff.people_guards import require_admin
from shared.services.staff.people_ports import PeoplePorts


def list_people(ports: PeoplePorts, staff: Staff) -> Sequence[StaffRecord]:
    """Raises Forbidden."""
    require_admin(staff)
    return ports.staff.all(staff.terc)


def open_grants(ports: PeoplePorts, staff: Staff) -> Sequence[Grant]:
    """Raises Forbidden."""
    require_admin(staff)
    now = ports.clock.now()
    return [grant for grant in ports.grants.all(staff.terc) if grant.is_open(now)]
