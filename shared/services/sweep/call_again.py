"""Calls of staff whose task was lost, and changes of alerts that nobody was told of."""

from __future__ import annotations

from shared.domain.alert import State
from shared.services.calls.call_tasks import ask_call
from shared.services.calls.tell import tell
from shared.services.sweep.publish_copies import look_from, next_position
from shared.services.sweep.run import Run, Tally

CURSOR = "told"


def call_again(run: Run, tally: Tally) -> None:
    """A task of another name each minute for what is late: the call itself says what is left to do."""
    ports, calls = run.ports, run.ports.calling
    if calls is None:
        return
    late = calls.calls.waking(run.now - ports.limits.grace, ports.limits.alerts)
    minute = f"{run.now:%Y-%m-%dT%H:%M}"

    def again(index: int) -> int:
        ask_call(calls.tasks, late[index].value, run.now, "again", minute)
        return 1

    run.each(tally, range(len(late)), again)


def tell_changes(run: Run, tally: Tally) -> None:
    """All that changed since the last run, and a while before: a delivery fails after its alert began."""
    ports, calls = run.ports, run.ports.calling
    if calls is None:
        return
    until = run.now - ports.limits.grace
    began = look_from(run.position(CURSOR), until)
    changed = ports.alerts.changed(began, until, ports.limits.alerts)
    told = [alert.id for alert in changed if alert.state is not State.DRAFT]
    if run.each(tally, told, lambda alert_id: tell(calls, alert_id)) == len(told):
        run.move(CURSOR, next_position(began, until, changed, ports.limits.alerts).isoformat())
