"""Phones with the app that no alert can ring, and why: a walk through all residents, once a month."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from shared.domain.audience import Resident, without_ended
from shared.domain.coverage import NOWHERE, Silence
from shared.ports.coverage import SilentWalk
from shared.services.coverage.coverage_ports import CoveragePorts
from shared.services.coverage.resident_gminas import gminas_of


def count_silent(walk: SilentWalk, ports: CoveragePorts, limit: int) -> SilentWalk:
    """The walk a page farther, kept. Two reads for each resident, and some five for each that cannot ring.

    Who has an entry in the index can be reached. Who has none for want of time, since they wrote something a
    moment ago, is counted when the next month's walk finds them.
    """
    if walk.position is None:
        return walk
    uids = ports.walk.residents(walk.position, limit)
    reached = ports.phones.indexed(uids) if uids else ()
    found = {terc: dict(reasons) for terc, reasons in walk.found.items()}
    for uid in uids:
        if uid not in reached:
            _add(found, _silent(uid, ports))
    further = replace(walk, position=uids[-1] if len(uids) == limit else None, found=found)
    ports.store.keep(further, ports.clock.now())
    return further


def _add(found: dict[str, dict[str, int]], one: Mapping[tuple[str, Silence], int]) -> None:
    for (terc, why), phones in one.items():
        reasons = found.setdefault(terc, {})
        reasons[why.value] = reasons.get(why.value, 0) + phones


def _silent(uid: str, ports: CoveragePorts) -> Mapping[tuple[str, Silence], int]:
    """An app that never registered is one phone, whatever else it wrote."""
    resident, _ = ports.residents.read(uid)
    if resident.language is None:
        return {}
    present = without_ended(resident, ports.clock.now())
    if not present.places:
        return {(NOWHERE, Silence.NO_PLACE): max(1, len(present.devices))}
    if present.devices:
        return {}
    return _without_device(present, ports, gminas_of(present, ports.municipalities, ports.areas))


def _without_device(
    resident: Resident, ports: CoveragePorts, tercs: Collection[str]
) -> Mapping[tuple[str, Silence], int]:
    why = Silence.LOST if ports.phones.was_registered(resident.uid) else Silence.PERMISSION
    return {(terc, why): 1 for terc in tercs}
