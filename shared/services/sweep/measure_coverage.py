"""Once a month the coverage of each municipality is counted: first who cannot ring, then by street."""

from __future__ import annotations

from shared.domain.coverage import month_of
from shared.services.coverage.count_coverage import count_coverage
from shared.services.coverage.count_silent import count_silent
from shared.services.sweep.run import Run, Tally

CURSOR = "coverage"
WALKING, FIRST, DONE = "walk", "0", "done"


def measure_coverage(run: Run, tally: Tally) -> None:
    """A page of the walk in a run, after its end one municipality in a run, then nothing until next month.

    A municipality is passed on before it is counted: one that takes longer than a run has would be begun
    every minute. It then keeps last month's figures, until `python -m manage.coverage` counts it.
    """
    month = month_of(run.now)
    known, _, step = run.position(CURSOR).partition(" ")
    if known != month:
        run.move(CURSOR, f"{month} {WALKING}")
        step = WALKING
    if step == WALKING:
        run.each(tally, [month], lambda _: _walk(run, month))
    elif step != DONE:
        _count_next(run, tally, month, after=step)


def _walk(run: Run, month: str) -> int:
    ports = run.ports.coverage
    if count_silent(ports.store.walk(month), ports, run.ports.limits.silent).position is None:
        run.move(CURSOR, f"{month} {FIRST}")
    return 0


def _count_next(run: Run, tally: Tally, month: str, after: str) -> None:
    left = sorted(one.terc for one in run.ports.municipalities.served() if one.terc > after)
    if not left:
        run.move(CURSOR, f"{month} {DONE}")
    run.each(tally, left[:1], lambda terc: _count(run, month, terc))


def _count(run: Run, month: str, terc: str) -> int:
    ports = run.ports.coverage
    run.move(CURSOR, f"{month} {terc}")
    return int(count_coverage(terc, ports, ports.store.walk(month).found))
