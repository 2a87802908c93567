"""Residents whose index entries do not say what their documents say: an event was lost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from shared.ports import Kind
from shared.services.audience.index_resident import index_form, index_resident
from shared.services.sweep.run import Run, Tally
from shared.services.sweep.sweep_ports import SweepPorts

RESIDENTS, ENTRIES = "residents", "entries"  # names of the two walks through all
KINDS: tuple[Kind, ...] = ("residents", "places", "devices")
TURN = "turn"  # which of the two was last gone on with
CHANGED = "changed-"  # begins the name of the walks through what was written


def index_residents(run: Run, tally: Tally) -> None:
    """Everybody of whom something was written since the last run; and a step of two walks through all.

    What was written is found by its time, whatever its event did: a query for each kind, one read when
    nothing was, else one for each document and about five for each resident. 200 in a run are two million in
    a week. The walk begins with the oldest document, and again when the index has another form
    (`index_form`): then all are compared. What was deleted leaves no time: the steps through all find that,
    slowly, those of residents in one run and those of entries in the next.
    """
    for kind in KINDS:
        _changed(run, tally, kind)
    turn = ENTRIES if run.position(TURN) == RESIDENTS else RESIDENTS
    run.move(TURN, turn)
    if turn == ENTRIES:
        _walk_entries(run, tally)
    else:
        uids = run.ports.walk.residents(run.position(RESIDENTS), run.ports.limits.residents)
        looked = run.each(tally, uids, lambda uid: indexed_anew(run.ports, uid))
        _move_on(run, RESIDENTS, uids[:looked], run.ports.limits.residents, finished=looked == len(uids))


def _changed(run: Run, tally: Tally, kind: Kind) -> None:
    ports, name = run.ports, f"{CHANGED}{kind}-{index_form()}"
    until = run.now - ports.limits.grace
    found = ports.walk.changed(kind, run.position(name), until, ports.limits.changed)
    uids = list(dict.fromkeys(one.uid for one in found))
    looked = run.each(tally, uids, lambda uid: indexed_anew(ports, uid))
    passed = list(takewhile(lambda one: one.uid not in uids[looked:], found))
    if passed:  # what is kept while nothing is written names nobody who may have left by then
        done = len(passed) == len(found) < ports.limits.changed
        run.move(name, passed[-1].moment if done else passed[-1].position)


def _walk_entries(run: Run, tally: Tally) -> None:
    ports, limit = run.ports, run.ports.limits.entries
    keys = ports.walk.entries(run.position(ENTRIES), limit)
    gone = ports.walk.gone(sorted({key.rpartition(".")[0] for key in keys})) if keys else ()
    if run.each(tally, gone, lambda uid: indexed_anew(ports, uid)) == len(gone):
        _move_on(run, ENTRIES, keys, limit, finished=True)


def indexed_anew(ports: SweepPorts, uid: str) -> int:
    """How many residents that changed: one or none."""
    stores = ports.residents, ports.audience, ports.municipalities
    return int(index_resident(uid, *stores, ports.reachable, ports.areas).changed)


def _move_on(run: Run, name: str, seen: Sequence[str], limit: int, finished: bool) -> None:
    """A page that is not full was the last: the walk begins again."""
    if finished and len(seen) < limit:
        run.move(name, "")
    elif seen:
        run.move(name, seen[-1])
