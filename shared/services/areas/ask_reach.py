"""Staff ask how many an area reaches: the addresses always, the people not so often that one can be found."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from shared.domain.area_parts import Steps
from shared.domain.reach import Question, Reach, told, too_many
from shared.errors import Conflict
from shared.geo.addresses import count_addresses
from shared.geo.shapes import Area
from shared.ports import AreaLibrary, AudienceStore, Clock, MunicipalityStore, QuestionStore, Staff
from shared.services.areas.covers import covers_of
from shared.services.audience.match_content import match_of
from shared.services.audience.measure_reach import Sending, measure_reach
from shared.services.audience.whole_units_meant import whole_units

TRIES = 10  # a person who asks many things at once


@dataclass(frozen=True)
class ReachPorts:
    audience: AudienceStore
    municipalities: MunicipalityStore
    questions: QuestionStore
    clock: Clock
    areas: AreaLibrary


def ask_reach(
    ports: ReachPorts, staff: Staff, area: Area, sending: Sending | None, parts: Steps | None = None
) -> Reach:
    """Of an area, or of the parts that it is the outline of; costs two reads and a write beside the counting.

    Raises Conflict, Unavailable.
    """
    covers = covers_of(area.text(), parts, staff.terc, ports.areas)
    addresses = _counted(ports, staff, area) if covers is None else covers.inside
    if not _may_ask(ports, staff, area):
        return Reach(addresses, None, covers)
    match = match_of(area.text(), parts)
    match.units = whole_units(match, staff.terc, ports.areas, ports.audience, None)
    return Reach(addresses, told(measure_reach(match, ports.audience, sending)), covers)


def _counted(ports: ReachPorts, staff: Staff, area: Area) -> int | None:
    """By the points of the base map, where the register of names was never imported."""
    base_map = ports.municipalities.base_map(staff.terc)
    return None if base_map is None else count_addresses(base_map, area)


def _may_ask(ports: ReachPorts, staff: Staff, area: Area) -> bool:
    """Noted before it is answered: what was told is in the log."""
    asked_of, uid = sha256(area.text().encode()).hexdigest(), staff.person.uid
    for _ in range(TRIES):
        now = ports.clock.now()
        before = ports.questions.asked(uid, now)
        if too_many(before.questions, now):
            return False
        try:
            ports.questions.note(uid, staff.terc, Question(now, asked_of), before)
        except Conflict:
            continue
        return True
    raise Conflict
