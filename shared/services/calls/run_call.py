"""Going on with a call, step by step, so that a worker may die after any of them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.alert import Alert
from shared.domain.call import LEASE, MOST_TRIES, Attempt, Call, CallKind, End, Outcome, Way
from shared.domain.drill_plan import missed
from shared.domain.matters import is_past
from shared.errors import Conflict, Held, NotYetDue
from shared.ports import Versioned
from shared.services.calls.call_ports import CallPorts
from shared.services.calls.call_tasks import ask_call
from shared.services.calls.called_people import MOST_CALLED, Called, called_people
from shared.services.calls.hand_over import hand_over

MOST_STEPS = 4 * MOST_CALLED * len(Way)  # of one run, each a commit; the queue brings back what is left
MOST_CONFLICTS = 3
_CLOCKS = timedelta(seconds=5)  # that ours and the queue's may differ by
log = logging.getLogger(__name__)


def run_call(ports: CallPorts, call_id: str, at: str = "") -> None:
    """`at`: the moment that the task was made for. Raises Held while somebody else asks a provider,
    NotYetDue, Conflict, Unavailable: the task comes back."""
    for _ in range(MOST_STEPS):
        found = ports.calls.get(call_id)
        if found is None or not found.value.is_open:
            return
        call, now = found.value, ports.clock.now()
        alert = _alert(ports, call)
        if is_past(call, alert):
            _end(ports, found, End.ACTED)
        elif attempt := call.waiting():
            _try(ports, found, attempt, alert)
        elif call.wake is not None and call.wake > now:
            _later(ports, call, now, at)
            return
        else:
            _next_round(ports, found, alert)
    raise Held


def _alert(ports: CallPorts, call: Call) -> Alert | None:
    found = ports.alerts.get(call.alert) if call.alert else None
    return found.value if found else None


def _later(ports: CallPorts, call: Call, now: datetime, at: str) -> None:
    """The next step has a task of its own name; this very one, come too early, comes back."""
    if call.wake and at == call.wake.isoformat() and call.wake - now <= _CLOCKS:
        raise NotYetDue
    ask_call(ports.tasks, call, now, *(["early"] if call.wake and at == call.wake.isoformat() else []))


def _end(ports: CallPorts, found: Versioned[Call], why: End) -> None:
    ports.calls.replace(found, found.value.over(why, ports.clock.now()))


def _next_round(ports: CallPorts, found: Versioned[Call], alert: Alert | None) -> None:
    call, now = found.value, ports.clock.now()
    who = call.following()
    if who is None:
        why = call.ran_out()
        if why is End.MISSED:
            _remind(ports, call, now)
        _end(ports, found, why)
        if why is End.EXHAUSTED:
            log.error("municipality %s: nobody reacted to any call about alert %s", call.terc, call.alert)
        return
    people = called_people(ports, call, who, alert)
    attempts = tuple(_attempts(call.round + 1, people, now, sms=_by_sms(call)))
    begun = call.begun(attempts, now)
    after = begun if attempts else begun.settled(now)
    if after.deaf:
        _alarm(after)
    ports.calls.replace(found, after)


def _remind(ports: CallPorts, call: Call, now: datetime) -> None:
    """Before the end of the drill, so that a death in between loses nothing."""
    reminder = missed(call, now)
    try:
        ports.calls.create(reminder)
    except Conflict:
        return
    ask_call(ports.tasks, reminder, now)


def _by_sms(call: Call) -> bool:
    """News is read in the morning too, but for what asks the author to do something."""
    return call.kind is not CallKind.NEWS or call.urgent


def _attempts(number: int, people: tuple[Called, ...], now: datetime, sms: bool) -> Iterator[Attempt]:
    for one in people:
        if one.phone and sms:
            yield Attempt(number, one.uid, one.name, Way.SMS, now)
        if one.email:
            yield Attempt(number, one.uid, one.name, Way.EMAIL, now)


def _try(ports: CallPorts, found: Versioned[Call], attempt: Attempt, alert: Alert | None) -> None:
    """The intent first. One whose worker was never heard of again is made once more, and then given up."""
    now = ports.clock.now()
    if attempt.outcome is Outcome.INTENT and now < attempt.at + LEASE:
        raise Held
    if attempt.tries >= MOST_TRIES:
        _settle(ports, found.value.id, replace(attempt, outcome=Outcome.UNKNOWN))
        return
    intent = replace(attempt, outcome=Outcome.INTENT, tries=attempt.tries + 1, at=now)
    ports.calls.replace(found, found.value.with_attempt(intent))
    outcome = hand_over(ports, found.value, intent)
    _settle(ports, found.value.id, replace(intent, outcome=outcome))


def _settle(ports: CallPorts, call_id: str, attempt: Attempt) -> None:
    """What became of it is kept even when somebody ended the call meanwhile. Raises Conflict."""
    for last in range(MOST_CONFLICTS):
        found = ports.calls.get(call_id)
        if found is None:
            return
        call = found.value.with_attempt(attempt)
        after = call.settled(ports.clock.now()) if call.is_open else call
        try:
            ports.calls.replace(found, after)
        except Conflict:
            if last == MOST_CONFLICTS - 1:
                raise
            continue
        if after.deaf and not found.value.deaf:
            _alarm(after)
        return


def _alarm(call: Call) -> None:
    log.error("municipality %s: no way to call anybody about alert %s worked", call.terc, call.alert)
