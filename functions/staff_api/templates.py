"""Routes of the municipality's templates, and of what an alert made of facts says."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify

from functions.staff_api import request_fields
from shared import wiring
from shared.domain.facts.office_template import OfficeTemplate
from shared.domain.lifecycle import Action, may_ever

templates = Blueprint("templates", __name__, url_prefix="/api/templates")


def _answer(one: OfficeTemplate) -> Response:
    from shared.formats.template_json import office_template_json

    response = jsonify(office_template_json(one))
    response.headers["ETag"] = f'"{one.revision}"'
    return response


def _telephone() -> str | None:
    """The office's own, which residents see too; not read again for each alert."""
    served = wiring.municipalities().served(max_age=600.0)
    return next((one.contact.get("phone") for one in served if one.terc == g.staff.terc), None)


@templates.get("")
def list_templates() -> Response:
    from shared.formats.template_json import office_template_json
    from shared.services.alerts.alert_guards import unlimited
    from shared.services.templates.read_templates import list_templates

    items = list_templates(wiring.template_ports(), g.staff)
    return jsonify(
        items=[office_template_json(one) for one in items],
        telephone=_telephone(),
        may_change=may_ever(Action.APPROVE, unlimited(g.staff)),
    )


@templates.post("")
def create_template() -> Response:
    from shared.formats.template_json import read_template
    from shared.services.templates.write_template import create_template, may_write

    may_write(g.staff)  # before a byte of the body is paid for
    key = request_fields.idempotency_key()
    template, hidden = read_template(request_fields.body())
    one = create_template(wiring.template_ports(), template, hidden, g.staff, key)
    response = _answer(one)
    response.status_code = 201
    response.headers["Location"] = f"/api/templates/{one.id}"
    return response


@templates.get("/<template>")
def get_template(template: str) -> Response:
    from shared.services.templates.read_templates import get_template

    return _answer(get_template(wiring.template_ports(), template, g.staff))


@templates.put("/<template>")
def change_template(template: str) -> Response:
    from shared.formats.template_json import read_template
    from shared.services.templates.write_template import change_template, may_write

    may_write(g.staff)
    expected = request_fields.expected_revision()
    written, hidden = read_template(request_fields.body())
    return _answer(change_template(wiring.template_ports(), template, expected, written, hidden, g.staff))


@templates.delete("/<template>")
def delete_template(template: str) -> Response:
    from shared.services.templates.write_template import delete_template

    delete_template(wiring.template_ports(), template, request_fields.expected_revision(), g.staff)
    return Response(status=204)


@templates.post("/<template>/approve")
def approve_template(template: str) -> Response:
    from shared.services.templates.write_template import approve_template

    expected = request_fields.expected_revision()
    return _answer(approve_template(wiring.template_ports(), template, expected, g.staff))


@templates.post("/<template>/alerts")
def word_alert(template: str) -> Response:
    from functions.staff_api.alerts import created
    from shared.services.alerts.alert_guards import require_role
    from shared.services.templates.word_alert import word_alert

    require_role(g.staff, Action.EDIT)  # before a byte of the body is paid for
    key = request_fields.idempotency_key()
    ports, office = wiring.alert_ports(), wiring.template_ports()
    return created(word_alert(ports, office, template, request_fields.body(), g.staff, key))


@templates.post("/<template>/content")
def compose_content(template: str) -> Response:
    """For clients that are no page: the fields of an alert from a template and its facts."""
    from shared.formats.facts_json import composed_json, read_facts
    from shared.services.templates.read_templates import get_template

    one = get_template(wiring.template_ports(), template, g.staff)
    facts, sent = read_facts(request_fields.body(), one.template, wiring.clock().now())
    return jsonify(composed_json(one.template, facts, sent))
