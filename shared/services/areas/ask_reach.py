"""Staff ask how many an area reaches: the addresses always, the people not so often that one can be found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

from shared.domain.area_coverage import area_coverage
from shared.domain.area_parts import Steps
from shared.domain.covered import shortened
from shared.domain.reach import Question, Reach, told, too_many
from shared.errors import Conflict
from shared.geo.addresses import count_addresses
from shared.geo.shapes import Area
from shared.ports import (
    AreaLibrary,
    AudienceStore,
    Clock,
    CoverageStore,
    MunicipalityStore,
    QuestionStore,
    Staff,
)
from shared.services.areas.covers import covers_of
from shared.services.audience.match_content import match_about
from shared.services.audience.measure_reach import Sending, measure_reach
from shared.services.audience.whole_units_meant import whole_units
from shared.services.audit.act import act_of

EVERY_NAME = 1_000_000  # more streets than any municipality has
TRIES = 10  # a person who asks many things at once


@dataclass(frozen=True)
class ReachPorts:
    audience: AudienceStore
    municipalities: MunicipalityStore
    questions: QuestionStore
    clock: Clock
    areas: AreaLibrary
    coverage: CoverageStore


def ask_reach(
    ports: ReachPorts, staff: Staff, area: Area, sending: Sending | None, parts: Steps | None = None
) -> Reach:
    """Of an area, or of the parts that it outlines; costs four reads and a write beside the counting.

    Raises Conflict, Unavailable.
    """
    every = covers_of(area.text(), parts, staff.terc, ports.areas, most=EVERY_NAME)
    if every is None:
        reach = Reach(_counted(ports, staff, area), None)
    else:
        coverage = ports.coverage.latest(staff.terc, ports.clock.now())
        of_area = None if coverage is None else area_coverage(every.names, coverage)
        reach = Reach(every.inside, None, shortened(every), of_area)
    if not _may_ask(ports, staff, area):
        return reach
    match = match_about(area, parts)
    match.units = whole_units(match, staff.terc, ports.areas, ports.audience, None)
    match.codes = match.finer(staff.terc, ports.areas, ports.audience, None)
    return replace(reach, people=told(measure_reach(match, ports.audience, sending)))


def _counted(ports: ReachPorts, staff: Staff, area: Area) -> int | None:
    """By the points of the base map, where the register of names was never imported."""
    base_map = ports.municipalities.base_map(staff.terc)
    return None if base_map is None else count_addresses(base_map, area)


def _may_ask(ports: ReachPorts, staff: Staff, area: Area) -> bool:
    """Noted before it is answered: what was told is in the log."""
    asked_of, uid = sha256(area.text().encode()).hexdigest(), staff.person.uid
    act = act_of(staff, "reach.ask", after={"area": asked_of})
    for _ in range(TRIES):
        now = ports.clock.now()
        before = ports.questions.asked(uid, now)
        if too_many(before.questions, now):
            return False
        try:
            ports.questions.note(uid, staff.terc, Question(now, asked_of), before, [act])
        except Conflict:
            continue
        return True
    raise Conflict
