"""The table of an alert's life, walked: every state, action, role and scope against the API.

What the API lists for an alert, what it does and what the table says are one; whatever is refused changes
nothing, and so does whatever was decided about an older revision.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from shared.domain.alert import Alert, Kind, Person, Severity, State
from shared.domain.lifecycle import FOLLOWERS, TABLE, Action, Guard, Role, Rule, is_lesser, may_ever, rule_for
from shared.domain.scope import EVERYTHING, NOTHING, Scope
from tests.fakes.alert_values import alert, content
from tests.fakes.requests import after, water
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import staff

CALLER = Person("uid-caller", "Ktoś Pytający")
ROLES = [role.value for role in Role if role is not Role.SYSTEM]
ACTIONS = [one for one in Action if any(rule.action is one and Role.SYSTEM not in rule.who for rule in TABLE)]
BODIES = {
    Action.EDIT: water(),
    Action.EXTEND: {"expires": after(hours=20)},
    Action.MOVE: {"send_at": after(hours=1)},
    **{one: {"reason": "bo tak trzeba"} for one in (Action.RETURN, Action.REJECT, Action.SEND_NOW)},
}


@dataclass(frozen=True)
class Case:
    stored: Alert
    action: Action
    role: str
    scope: Scope

    @property
    def rule(self) -> Rule | None:
        return rule_for(self.stored.state, self.action)

    @property
    def listed(self) -> bool:
        """By the table, read by hand: the caller has no part in the text and nothing is prepared."""
        rule = self.rule
        if rule is None or self.role not in rule.who or self.scope == NOTHING:
            return False
        return all(
            {
                Guard.ALONE: self.stored.is_prepared and self.stored.replaces is not None,
                Guard.LESSER: is_lesser(self.stored.content),
                Guard.UNCONFIRMED: self.stored.sent_alone,
            }.get(guard, True)
            for guard in rule.guards
        )

    @property
    def refusals(self) -> set[int]:
        return {409} if may_ever(self.action, {self.role}) and self.rule is None else {403, 409}

    def __str__(self) -> str:
        of = self.stored
        told = f"{of.state} {of.content.severity} {of.kind} alone={of.sent_alone}"
        return f"{self.role} {self.action} {told} scope={'all' if self.scope == EVERYTHING else 'nothing'}"


def stored() -> Iterator[Alert]:
    """In every state; of what is active, also what is grave; of drafts, also a prepared one."""
    for state in State:
        yield alert(state=state)
        yield alert(state=state, sent_alone=True)
    for severity in (Severity.SEVERE, Severity.EXTREME):
        yield alert(state=State.ACTIVE, content=content(severity=severity))
    yield alert(kind=Kind.CORRECTION, replaces="a0", thread="a0", ends_what=State.SUPERSEDED, prepared=1)


def cases() -> Iterator[Case]:
    """But for what is called off once more, which is as good as once."""
    of = (Case(*one) for one in itertools.product(stored(), ACTIONS, ROLES, (EVERYTHING, NOTHING)))
    return (one for one in of if (one.stored.state, one.action) != (State.CANCELLED, Action.CANCEL))


def ask(api, action: Action, etag: str):
    path = "/api/alerts/a1" if action is Action.EDIT else f"/api/alerts/a1/{action.replace('_', '-')}"
    body = {"json": BODIES[action]} if action in BODIES else {}
    return api.ask(
        "caller", "PUT" if action is Action.EDIT else "POST", path, headers={"If-Match": etag}, **body
    )


def fault_of(office: StaffApi, api, case: Case) -> str:
    """What is not as the table says; empty when all is."""
    office.tokens.staff["caller"] = replace(staff(CALLER, case.role), scopes={case.role: case.scope})
    office.alerts._alerts.clear()
    office.alerts._history.clear()
    office.alerts.put(alert("a0", state=State.ACTIVE))
    before = office.alerts.put(case.stored)
    kept = dict(office.alerts._alerts)
    if case.role not in (Role.ADMIN, Role.AUDITOR):
        listed = case.action in api.get("caller", "/api/alerts/a1").json["actions"]
        if listed is not case.listed:
            return f"listed: {listed}"
    if case.listed and not case.rule.unconditional:
        stale = ask(api, case.action, '"9"').status_code
        if stale != 412 or office.alerts._alerts != kept:
            return f"of an older revision: {stale}"
    answer = ask(api, case.action, '"1"')
    if not case.listed:
        same = office.alerts._alerts == kept and not office.alerts.history("a1")
        return "" if answer.status_code in case.refusals and same else f"not refused: {answer.status_code}"
    if answer.status_code not in (200, 201):
        return f"{answer.status_code} {answer.json}"
    return fault_after(office, before.value, case, answer.json["id"])


def fault_after(office: StaffApi, before: Alert, case: Case, answered: str) -> str:
    after_it = office.alerts.get("a1").value
    if after_it.state is not case.rule.next:
        return f"became {after_it.state}"
    if case.action not in FOLLOWERS:
        return "" if after_it.revision == before.revision + 1 else "no new revision"
    begun = office.alerts.get(answered).value
    kind, becomes = FOLLOWERS[case.action]
    told = (begun.kind, begun.ends_what, begun.thread, begun.replaces, begun.state)
    if told != (kind, becomes, before.thread_id, "a1", State.DRAFT) or begun.version <= before.version:
        return f"begun: {begun}"
    return ""


def test_the_api_does_what_the_table_says(office, api):
    faults = [f"{case}: {fault}" for case in cases() if (fault := fault_of(office, api, case))]
    assert not faults, "\n".join(faults[:20])
