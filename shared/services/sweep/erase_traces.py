"""What is still kept of residents who are gone: by alerts (receipts, reports, lines in the record of waves),
and their sign-in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shared.domain.alert import State
from shared.domain.wake import wake
from shared.ports import Erasure
from shared.services.sweep.run import Run, Tally
from shared.services.sweep.sweep_ports import SweepPorts


def erase_traces(run: Run, tally: Tally) -> None:
    """For each of those who left, some alerts in a run, until all were looked through; who left first comes
    first. One that cannot go on, or fails, lets all others go before it.

    Not when the resident is there again, and not beyond an alert that is being sent or is due: it may be
    sent to who was there a moment ago, and its workers still write.
    """
    ports = run.ports
    run.each(
        tally, ports.traces.asked(ports.limits.erasures), lambda erasure: _serve(ports, erasure, run.now)
    )


def _serve(ports: SweepPorts, erasure: Erasure, now: datetime) -> int:
    try:
        return _erase(ports, erasure, now)
    except Exception:
        ports.traces.put_off(erasure.uid, now)
        raise


def _erase(ports: SweepPorts, erasure: Erasure, now: datetime) -> int:
    """1 when nothing is left of the resident."""
    traces, uid = ports.traces, erasure.uid
    if not ports.walk.gone([uid]):
        traces.done(uid)
        return 0
    page = traces.alerts(erasure.after, ports.limits.traced)
    over = _over(ports, page)
    for alert_id in over:
        traces.erase(alert_id, uid)
    if len(over) == len(page) < ports.limits.traced:
        _finish(ports, uid)
        return 1
    if over:
        traces.move_on(uid, over[-1])
    else:
        traces.put_off(uid, now)
    return 0


def _finish(ports: SweepPorts, uid: str) -> None:
    """The account goes last, and only when its owner has nothing here: neither came back meanwhile, nor is
    about to sign up by an app that writes a place or a device before the resident.

    An app cannot always delete it: Auth wants a sign-in of minutes ago. And an idle app is not there.
    """
    ports.traces.forget_targets(uid)
    resident, _ = ports.residents.read(uid)
    if resident.language is None and not resident.places and not resident.devices:
        ports.accounts.delete(uid)
    ports.traces.done(uid)


def _over(ports: SweepPorts, page: Sequence[str]) -> list[str]:
    """Those up to the first that is being sent or is due."""
    over, now = [], ports.clock.now()
    for alert_id in page:
        if _under_way(ports, alert_id, now):
            break
        over.append(alert_id)
    return over


def _under_way(ports: SweepPorts, alert_id: str, now: datetime) -> bool:
    found = ports.alerts.get(alert_id)
    moments = [item.value.wake() for item in ports.delivery.of(alert_id)]
    if found is not None and found.value.state is State.SCHEDULED:
        moments.append(wake(found.value))
    return any(moment is not None and moment <= now for moment in moments)
