"""What becoming and ceasing to be staff needs from outside, and in whose name it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from shared.domain.alert import Person
from shared.domain.audit import Act, Outcome
from shared.domain.limits import Limit
from shared.errors import AlertOnlineError
from shared.ports import (
    Clock,
    EnrollingTokens,
    EnrolmentStore,
    MailSender,
    MunicipalityStore,
    StaffAccounts,
    StaffStore,
)
from shared.services.limits.admit import LimitPorts, admit


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


@dataclass(frozen=True)
class Visitor:
    """Who comes with a link or a code and is nobody yet; `address` is for limits, None where nobody says it,
    `where` for the audit."""

    address: str | None
    where: str = ""


def admit_visitor(ports: EnrolPorts, limit: Limit, visitor: Visitor) -> None:
    """By their address. Raises TooMany."""
    if visitor.address is not None:
        admit(ports.limits, limit, visitor.address)


def recorded(ports: EnrolPorts, act: Act, work: Callable[[], None]) -> None:
    """Of what has no document of ours: the intent before it, and afterwards what came of it."""
    ports.store.commit([], [replace(act, outcome=Outcome.INTENT)])
    try:
        work()
    except AlertOnlineError as error:
        ports.store.commit([], [replace(act, outcome=Outcome.FAILED, why=error.code)])
        raise
    ports.store.commit([], [act])


def office_name(ports: EnrolPorts, terc: str) -> str:
    found = ports.municipalities.get(terc)
    return found.name if found else terc
