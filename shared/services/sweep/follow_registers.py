"""Residents of a municipality whose register was imported anew: their places may stand on other streets."""

from __future__ import annotations

from collections.abc import Sequence

from shared.domain.audience import AudienceEntry
from shared.geo.cells import EVERYWHERE
from shared.ports import AreaLibrary
from shared.services.sweep.index_residents import indexed_anew
from shared.services.sweep.run import Run, Tally

TURN = "register"  # the municipality whose register was looked at last
REGISTER = "register-"  # begins the name of the walk through one municipality's places
SERVED_AGE = 3_600.0  # seconds; a municipality joins a few times a year


def follow_registers(run: Run, tally: Tally) -> None:
    """One municipality in a run, in turn: at most one read while its register is as it was, else a step of a
    walk through its places, and the same again in the next run until all are indexed.

    Until then its residents are found by the codes of the register of before. Who lay in no served
    municipality is found by the shapes, as before.
    """
    areas, municipalities = run.ports.areas, run.ports.municipalities
    tercs = [one.terc for one in municipalities.served(SERVED_AGE)] if areas is not None else []
    if areas is None or not tercs:
        return
    last = run.position(TURN)
    terc = last if last in tercs and " " in run.position(f"{REGISTER}{last}") else _following(tercs, last)
    run.move(TURN, terc)
    _follow(run, tally, areas, terc)


def _following(tercs: Sequence[str], last: str) -> str:
    in_order = sorted(tercs)
    return next((terc for terc in in_order if terc > last), in_order[0])


def _follow(run: Run, tally: Tally, areas: AreaLibrary, terc: str) -> None:
    """A position is the register's generation, and while the walk is under way the last place looked at."""
    generation, name = areas.generation(terc) or "none", f"{REGISTER}{terc}"
    followed, *after = run.position(name).split(" ")
    if followed == generation and not after:
        return
    behind = (after[0], after[1]) if followed == generation and len(after) == 2 else None
    limit = run.ports.limits.changed
    page = list(run.ports.audience.stream(*EVERYWHERE, None, behind, limit, terc[:6]))
    done = _indexed(run, tally, page)
    if done and done == len(page) == limit:
        run.move(name, f"{generation} {page[-1].cell} {page[-1].key}")
    elif done == len(page):
        run.move(name, generation)
    elif done:
        run.move(name, f"{generation} {page[done - 1].cell} {page[done - 1].key}")


def _indexed(run: Run, tally: Tally, page: Sequence[AudienceEntry]) -> int:
    """How many entries are done, in their order."""
    uids = list(dict.fromkeys(entry.uid for entry in page))
    looked = run.each(tally, uids, lambda uid: indexed_anew(run.ports, uid))
    left = set(uids[looked:])
    return next((at for at, entry in enumerate(page) if entry.uid in left), len(page))
