"""Residents whose index entries do not say what their documents say: an event was lost."""

from __future__ import annotations

from collections.abc import Sequence

from shared.services.audience.index_resident import index_resident
from shared.services.sweep.run import Run, Tally
from shared.services.sweep.sweep_ports import SweepPorts

RESIDENTS, ENTRIES = "residents", "entries"  # names of the two walks


def index_residents(run: Run, tally: Tally) -> None:
    """A page of all residents, and of all entries those whose resident is gone; a run goes on from the last.

    Cost: a read for each uid and each entry, 18 more for each resident. Ten in a run are 14,400 a day, with
    about 300,000 reads.
    """
    ports = run.ports
    _walk(run, tally, RESIDENTS, ports.walk.residents(ports.cursors.get(RESIDENTS), ports.limits.residents))
    _walk_entries(run, tally)


def _walk(run: Run, tally: Tally, name: str, uids: Sequence[str]) -> None:
    looked = run.each(tally, uids, lambda uid: _index(run.ports, uid))
    _move_on(run.ports, name, uids[:looked], finished=looked == len(uids))


def _walk_entries(run: Run, tally: Tally) -> None:
    ports = run.ports
    keys = ports.walk.entries(ports.cursors.get(ENTRIES), ports.limits.residents)
    gone = ports.walk.gone(sorted({key.rpartition(".")[0] for key in keys})) if keys else ()
    if run.each(tally, gone, lambda uid: _index(ports, uid)) == len(gone):
        _move_on(ports, ENTRIES, keys, finished=True)


def _index(ports: SweepPorts, uid: str) -> int:
    return int(
        index_resident(uid, ports.residents, ports.audience, ports.municipalities, ports.reachable).changed
    )


def _move_on(ports: SweepPorts, name: str, seen: Sequence[str], finished: bool) -> None:
    """A page that is not full was the last: the walk begins again."""
    if finished and len(seen) < ports.limits.residents:
        ports.cursors.put(name, "")
    elif seen:
        ports.cursors.put(name, seen[-1])
