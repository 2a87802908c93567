"""How far the roles of the caller reach: an alert lies within the scope of a role, or is none of its."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shared.domain.alert import Alert, Content, State
from shared.domain.area_parts import Leaf, Saved, Steps
from shared.domain.facts.office_template import approved_by_two
from shared.domain.lifecycle import Action, Role, actions_for, may_ever
from shared.domain.scope import Scope
from shared.domain.staff import Kind
from shared.domain.unfinished import said
from shared.errors import Forbidden, InvalidInput
from shared.formats.parts_json import parts_json
from shared.ports import Staff
from shared.services.alerts.alert_guards import unlimited
from shared.services.alerts.in_thread import may_go_alone

if TYPE_CHECKING:
    from shared.geo.shapes import Area
    from shared.services.alerts.alert_ports import AlertPorts


class Bounds:
    """Of one caller for one request: zones are put together once, and for nobody without any."""

    def __init__(self, ports: AlertPorts, staff: Staff) -> None:
        self._ports, self._staff = ports, staff
        self._zones: dict[frozenset[str], Area | None] = {}

    def roles(self, content: Content, template: str | None) -> frozenset[str]:
        """Those of the caller's roles that are for such an alert; of a draft, for what it says so far."""
        return frozenset(
            role for role in self._staff.roles if self._holds(self._staff.scope(role), content, template)
        )

    def require(self, action: Action, content: Content, template: str | None) -> None:
        """Raises Forbidden where no role for the action is for such a content."""
        if not may_ever(action, self._staff.roles):
            raise Forbidden("role-missing")
        if not may_ever(action, self.roles(content, template)):
            raise Forbidden("out-of-scope")

    def alone(self, alert: Alert) -> bool:
        """Whether the caller may send it without a second person: its words are those of a template that two
        others approved as it is, and all of it lies in a scope that says so, whose zones the caller cannot
        redraw; or it is a prepared text in a thread. The sealed account sends alone, since it is for the
        night on which nobody else can; everybody is told."""
        if self._staff.kind is Kind.BREAK_GLASS:
            return True
        if alert.replaces is not None:
            return may_go_alone(self._ports, alert)
        scope = self._staff.scope(Role.AUTHOR)
        if Role.AUTHOR not in self._staff.roles or not (scope.alone and scope.may_be_alone):
            return False
        if alert.template is None or alert.worded is None or may_ever(Action.EDIT, unlimited(self._staff)):
            return False
        if not self._holds(scope, alert.content, alert.template):
            return False
        approvals = self._ports.approvals(alert.terc, alert.template)
        return approved_by_two(approvals, alert.worded.words, self._staff.person.uid)

    def _holds(self, scope: Scope, content: Content, template: str | None) -> bool:
        told = said(content)
        words = told.get("category"), told.get("severity")
        return scope.takes(*words, template) and self._inside(scope.areas, content)

    def _inside(self, areas: frozenset[str] | None, content: Content) -> bool:
        """Without an area yet nothing lies outside."""
        if areas is None or not content.area:
            return True
        from shared.geo.shapes import Area, within

        if content.parts is None:
            shapes: Iterator[Area | None] = iter([Area.from_text(content.area)])
        else:
            shapes = (_shape_of(leaf) for leaf in self._beside(areas, content.parts))
        zone = self._zone(areas)
        return all(zone is not None and shape is not None and within(shape, zone) for shape in shapes)

    def _beside(self, areas: frozenset[str], parts: Steps) -> Iterator[Leaf]:
        """What is added to the area by other than the saved areas themselves, as they are now."""
        for step in parts:
            if step.subtracted:
                continue
            if not isinstance(step.part, Saved):
                yield step.part
            elif step.part.id not in areas or self._is_older(step.part):
                yield from self._beside(areas, step.part.steps)

    def _is_older(self, taken: Saved) -> bool:
        return bool(self._register.saved_parts(taken.id) != parts_json(taken.steps))

    def _zone(self, areas: frozenset[str]) -> Area | None:
        if areas not in self._zones:
            self._zones[areas] = self._read_zone(areas)
        return self._zones[areas]

    def _read_zone(self, areas: frozenset[str]) -> Area | None:
        """All of the saved areas that are still there; None: nothing at all."""
        from shared.services.areas.take_parts import take_parts

        there = [area for area in sorted(areas) if self._register.saved_parts(area) is not None]
        try:
            return take_parts([{"kind": "saved", "id": area} for area in there], self._register).area
        except InvalidInput:
            return None

    @cached_property
    def _register(self) -> Any:
        from shared.services.areas.register import register_of

        ports = self._ports
        return register_of(ports.municipalities, ports.areas, ports.saved, self._staff.terc)


def _shape_of(leaf: Leaf) -> Area | None:
    """None also for what the register has no shape of: its codes would reach whoever has them."""
    from shared.services.audience.match_parts import shape, shape_taken

    return shape(leaf, shape_taken)


def possible(ports: AlertPorts, alert: Alert, bounds: Bounds, staff: Staff) -> tuple[Action, ...]:
    """What the caller may do with the alert at this moment."""
    within = bounds.roles(alert.content, alert.template)
    alone = alert.state is State.DRAFT and bounds.alone(alert)
    return actions_for(alert, staff.person, within, ports.clock.now(), alone)


def bound_to(staff: Staff) -> list[str] | None:
    """The templates that all alerts of the caller must come from; None: they write freely."""
    writing = [role for role in staff.roles if may_ever(Action.EDIT, {role})]
    named = [staff.scope(role).templates for role in writing]
    if not named or None in named:
        return None
    return sorted({one for templates in named for one in templates or ()})
