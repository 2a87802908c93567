"""Once a week the admins of each office whose trial of the sealed account is due are told by e-mail."""

from __future__ import annotations

from shared.services.sweep.run import Run, Tally

CURSOR = "trials"
DONE = "done"


def remind_trials(run: Run, tally: Tally) -> None:
    """One municipality in a run. It is passed on before anybody is told: one that fails would mail every
    minute, and is told next week instead."""
    remind, week = run.ports.remind_trial, f"{run.now:%G-W%V}"
    known, _, after = run.position(CURSOR).partition(" ")
    after = after if known == week else ""
    if remind is None or after == DONE:
        return
    left = sorted(one.terc for one in run.ports.municipalities.served() if one.terc > after)
    run.move(CURSOR, f"{week} {left[0] if left else DONE}")
    run.each(tally, left[:1], lambda terc: int(remind(terc) is not None))
