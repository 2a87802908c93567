"""Authors keep areas under a name for the next alert: a water zone, a ward."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

from shared.domain.audit import Act
from shared.domain.lifecycle import Action
from shared.domain.saved_area import LONGEST_PARTS, MOST_SAVED, SavedArea
from shared.errors import Conflict, FieldError, InvalidInput, NotFound, PreconditionFailed, WrongState
from shared.formats.audit_words import differing, saved_words
from shared.formats.parts_json import parts_json
from shared.formats.saved_area_json import SavedForm
from shared.ports import SavedAreaStore, Staff, Versioned
from shared.services.alerts.alert_guards import require_unlimited
from shared.services.areas.area_ports import AreaPorts
from shared.services.areas.covers import covers_of
from shared.services.areas.register import Register, register_of
from shared.services.areas.take_parts import check_taken, take_parts
from shared.services.audit.act import act_of


def require_author(staff: Staff) -> None:
    """Who writes alerts of any kind keeps areas for them. Raises Forbidden."""
    require_unlimited(staff, Action.EDIT)


def save_area(ports: AreaPorts, form: SavedForm, staff: Staff) -> SavedArea:
    """Raises Forbidden, InvalidInput, NameTaken, NotFound."""
    require_author(staff)
    if len(ports.saved.list(staff.terc)) >= MOST_SAVED:
        raise InvalidInput([FieldError("", "saved-too-many", {"most": MOST_SAVED})])
    area = _written(ports, form, staff, ports.saved.new_id())
    ports.saved.create(area, [_act(staff, "save", None, area)])
    return area


def change_saved(ports: AreaPorts, area_id: str, expected: int, form: SavedForm, staff: Staff) -> SavedArea:
    """Alerts that were made of it stay as they are. Raises what save_area does, PreconditionFailed."""
    require_author(staff)
    before = _seen(ports.saved, staff, area_id, expected)
    after = replace(_written(ports, form, staff, area_id), revision=before.value.revision + 1)
    act = _act(staff, "change", before.value, after)
    _as_seen(lambda: ports.saved.replace(before, after, [act]))
    return after


def remove_saved(ports: AreaPorts, area_id: str, expected: int, staff: Staff) -> None:
    """Alerts keep what they took of it. Raises WrongState while another saved area names it."""
    require_author(staff)
    before = _seen(ports.saved, staff, area_id, expected)
    if any(area_id in _named_in(one) for one in ports.saved.list(staff.terc) if one.id != area_id):
        raise WrongState("saved-in-use")
    act = _act(staff, "remove", before.value, None)
    _as_seen(lambda: ports.saved.delete(before, [act]))


def _act(staff: Staff, verb: str, before: SavedArea | None, after: SavedArea | None) -> Act:
    one = after or before
    about = f"areas/{staff.terc}/saved/{one.id}" if one else ""
    old, new = ({} if area is None else saved_words(area) for area in (before, after))
    return act_of(staff, f"area.{verb}", about, *differing(old, new))


def _written(ports: AreaPorts, form: SavedForm, staff: Staff, area_id: str) -> SavedArea:
    register = register_of(ports.municipalities, ports.areas, ports.saved, staff.terc)
    parts, addresses = _checked(form.parts, register, area_id)
    return SavedArea(
        area_id, staff.terc, form.name, parts, staff.person, ports.clock.now(), addresses=addresses
    )


def _checked(value: object, register: Register, area_id: str) -> tuple[str, int | None]:
    """The parts as they are stored, and how many addresses they cover."""
    taken = take_parts(value, register, within=area_id)
    check_taken(taken, register.boundary)
    text = json.dumps(parts_json(taken.steps), ensure_ascii=False, separators=(",", ":"))
    if len(text.encode()) > LONGEST_PARTS:
        raise InvalidInput([FieldError("/parts", "parts-too-large")])
    covers = covers_of(taken.outline, taken.steps, register.terc, register.library)
    return text, None if covers is None else covers.inside


def _seen(saved: SavedAreaStore, staff: Staff, area_id: str, expected: int) -> Versioned[SavedArea]:
    found = saved.get(staff.terc, area_id)
    if found is None:
        raise NotFound
    if found.value.revision != expected:
        raise PreconditionFailed
    return found


def _as_seen(write: Callable[[], None]) -> None:
    """Who comes second has not seen what the first one wrote."""
    try:
        write()
    except Conflict as error:
        raise PreconditionFailed from error


def _named_in(area: SavedArea) -> Iterator[str]:
    return (part["id"] for part in json.loads(area.parts) if part["kind"] == "saved")
