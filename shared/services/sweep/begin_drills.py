"""Drills of staff that are due: each office is looked at once an hour while offices work."""

from __future__ import annotations

from shared.domain.working_days import LOCAL, is_office_time
from shared.services.calls.plan_drills import plan_drills
from shared.services.sweep.run import Run, Tally

CURSOR = "drills"
DONE = "done"


def begin_drills(run: Run, tally: Tally) -> None:
    """Some municipalities in a run. Looked at again after a death in between, nobody is called twice; one
    that fails is passed over until the next hour."""
    calls, most = run.ports.calling, run.ports.limits.offices
    hour = f"{run.now.astimezone(LOCAL):%Y-%m-%dT%H}"
    known, _, after = run.position(CURSOR).partition(" ")
    after = after if known == hour else ""
    if calls is None or not most or after == DONE or not is_office_time(run.now):
        return
    left = sorted(one.terc for one in run.ports.municipalities.served() if one.terc > after)
    chosen = left[:most]
    looked = run.each(tally, chosen, lambda terc: plan_drills(calls, terc))
    over = looked == len(left)
    if over or looked:
        run.move(CURSOR, f"{hour} {DONE if over else chosen[looked - 1]}")
