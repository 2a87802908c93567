"""What becoming and ceasing to be staff needs from outside, and in whose name it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shared.domain.alert import Person
from shared.domain.audit import Act
from shared.ports import (
    Clock,
    EnrollingTokens,
    EnrolmentStore,
    MailSender,
    MunicipalityStore,
    StaffAccounts,
    StaffStore,
)
from shared.services.limits.admit import LimitPorts


@dataclass(frozen=True)
class EnrolPorts:
    """`mail` is called when one is sent, and raises Unavailable where none can be; `staff_url`: the page."""

    store: EnrolmentStore
    staff: StaffStore
    accounts: StaffAccounts
    tokens: EnrollingTokens
    mail: Callable[[], MailSender]
    municipalities: MunicipalityStore
    limits: LimitPorts
    clock: Clock
    staff_url: str


@dataclass(frozen=True)
class Doer:
    """Who does it, for which municipality; `by` None: an operator at a command, or the system."""

    terc: str
    by: Person | None = None
    where: str = ""

    def act(
        self,
        action: str,
        uid: str,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        why: str = "",
    ) -> Act:
        return Act(self.terc, action, self.by, f"staff/{uid}", before, after, why, self.where)


def office_name(ports: EnrolPorts, terc: str) -> str:
    found = ports.municipalities.get(terc)
    return found.name if found else terc
