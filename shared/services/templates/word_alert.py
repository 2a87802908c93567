"""A draft whose words the server makes of a template and facts, so that it is known whose words they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shared.domain.alert import Alert, Worded
from shared.domain.content import Content, specs
from shared.domain.facts.office_template import OfficeTemplate
from shared.domain.facts.template import FactType
from shared.domain.lifecycle import Action
from shared.errors import InvalidInput
from shared.formats.content_json import read_content
from shared.formats.facts_json import composed_json, read_facts
from shared.formats.template_json import is_exercise, words_digest
from shared.formats.vocabulary_json import known_hazard
from shared.ports import Staff
from shared.services.alerts.alert_guards import require_role
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.bounds import Bounds
from shared.services.alerts.check_content import Circumstances, accept_content, circumstances
from shared.services.alerts.create_alert import begun
from shared.services.templates.read_templates import get_template
from shared.services.templates.template_ports import TemplatePorts

Body = Mapping[str, Any]
_AREA = ("area", "parts", "area_name")


def word_alert(
    ports: AlertPorts,
    templates: TemplatePorts,
    template_id: str,
    body: object,
    staff: Staff,
    idempotency_key: str | None,
) -> Alert:
    """`body`: `{facts, send_at?, area | parts, area_name?}`; what the template calls the streets and
    localities follows from the area, whatever the facts say.

    Raises Forbidden, NotFound, InvalidInput, KeyReused.
    """
    require_role(staff, Action.EDIT)
    one, given = get_template(templates, template_id, staff), body if isinstance(body, dict) else {}
    around = circumstances(ports, staff.terc)
    content = _worded(one, given, around)
    Bounds(ports, staff).require(Action.EDIT, content, one.id)
    worded = Worded(one.id, words_digest(one.template), 1)
    return begun(ports, content, staff, idempotency_key, worded)


def _worded(one: OfficeTemplate, given: Body, around: Circumstances) -> Content:
    """Composed twice: the names that the texts have are those of the area, which is known with the first."""
    first = _content(one, given, around, ["-"])
    return replace(_content(one, given, around, [first.area_name]), area_name=first.area_name)


def _proposed(event: object) -> Mapping[str, str]:
    """What the kind of hazard says where the template does not: its category, how severe it is, and so on."""
    hazard = known_hazard(event)
    return {name: hazard[name] for name in hazard.keys() & specs(Content).keys()}


def _content(one: OfficeTemplate, given: Body, around: Circumstances, names: list[str]) -> Content:
    """Raises InvalidInput."""
    facts = given.get("facts")
    if not isinstance(facts, dict):
        read_facts(given, one.template, around.now)
        raise InvalidInput([])
    named = {fact.name: names for fact in one.template.facts if fact.type is FactType.NAMES}
    asked = {name: given[name] for name in given.keys() - set(_AREA)}
    read, sent = read_facts({**asked, "facts": {**facts, **named}}, one.template, around.now)
    composed = composed_json(one.template, read, sent)
    fields = {**_proposed(composed.get("event")), **composed}
    area = {name: given[name] for name in _AREA if given.get(name) is not None}
    later = {"send_at": given["send_at"]} if given.get("send_at") is not None else {}
    later |= {"exercise": True} if is_exercise(one.id) else {}
    fields["texts"] = {code: text for code, text in fields["texts"].items() if code in around.languages}
    return accept_content(read_content({**fields, "area_name": "", **area, **later}), around)
