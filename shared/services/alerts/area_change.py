"""An update whose area leaves somebody out says why: the danger is elsewhere now, or the area was wrong."""

from __future__ import annotations

from collections.abc import Iterator

from shared.domain.alert import Alert, Content, Kind, Severity
from shared.errors import FieldError, InvalidArea, InvalidInput, NotSendable
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.check_content import Circumstances
from shared.services.alerts.in_thread import replaced_by

TOLERANCE_M = 10.0  # outlines of the same parts differ by as much, from register to register


def answered(
    ports: AlertPorts, alert: Alert, content: Content, given: str | None, around: Circumstances
) -> str:
    """What is kept: of an area that leaves nobody out nothing. `given` None: as the alert says already.

    Raises InvalidInput for an update without the answer, and for an all-clear that sounds like danger.
    """
    answer = alert.area_change if given is None else given
    smaller = alert.kind is Kind.UPDATE and _leaves_out(ports, alert, content, around)
    if errors := list(_faults(alert, content, answer, smaller)):
        raise InvalidInput(errors)
    return answer if smaller else ""


def require_answer(ports: AlertPorts, alert: Alert, around: Circumstances) -> str:
    """As `answered`, of an alert that is handed on as it is. Raises NotSendable."""
    try:
        return answered(ports, alert, alert.content, None, around)
    except InvalidInput as fault:
        raise NotSendable(fault.errors) from fault


def is_smaller(before: Content, after: Content, around: Circumstances) -> bool:
    """Whether somebody whom the area before meant may not be meant any more: by the outlines, and by the
    addresses of the register."""
    if (before.area, before.parts) == (after.area, after.parts) or not (before.area and after.area):
        return False
    return _loses_ground(before.area, after.area) or _loses_addresses(before, after, around)


def _faults(alert: Alert, content: Content, answer: str, smaller: bool) -> Iterator[FieldError]:
    if smaller and not answer:
        yield FieldError("/area_change", "area-smaller")
    if alert.kind is Kind.ALL_CLEAR and content.severity is not Severity.MINOR:
        yield FieldError("/severity", "all-clear-minor")


def _leaves_out(ports: AlertPorts, alert: Alert, content: Content, around: Circumstances) -> bool:
    replaced = replaced_by(ports, alert)
    return replaced is not None and is_smaller(replaced.content, content, around)


def _loses_ground(before: str, after: str) -> bool:
    from shared.geo.shapes import Area, within

    try:
        return not within(Area.from_text(before), Area.from_text(after), TOLERANCE_M)
    except InvalidArea:
        return True  # nobody can tell: then it is asked


def _loses_addresses(before: Content, after: Content, around: Circumstances) -> bool:
    from shared.services.audience.known_registers import known_gazetteer

    gazetteer = known_gazetteer(around.register.terc, around.register.library)
    if gazetteer is None:
        return False
    from shared.domain.area_parts import Drawn, Step
    from shared.services.audience.known_registers import known_addresses
    from shared.services.audience.match_parts import PartsMatch, shape_taken
    from shared.services.audience.spots import Members, Spot

    spots = [Spot(one.cell, one.codes) for one in known_addresses(gazetteer)]

    def inside(content: Content) -> Members:
        return PartsMatch(content.parts or (Step(Drawn(content.area)),), shape_taken).inside(spots)

    return not inside(before) <= inside(after)
