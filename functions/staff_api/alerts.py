"""Routes of alerts: parse, call a service, answer."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify

from functions.staff_api import request_fields
from functions.staff_api.unchanged import list_tag, not_modified, tagged
from shared import wiring
from shared.domain.alert import Alert
from shared.domain.lifecycle import Action
from shared.formats.alert_json import alert_json, history_json
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.bounds import Bounds, possible

alerts = Blueprint("alerts", __name__, url_prefix="/api/alerts")


def _json(alert: Alert) -> dict[str, object]:
    ports = wiring.alert_ports()
    actions = possible(ports, alert, _bounds(ports), g.staff)
    carried = {name: channel.carried(alert.content) for name, channel in ports.channels.items()}
    return alert_json(alert, actions, carried)


def _bounds(ports: AlertPorts) -> Bounds:
    if "bounds" not in g:
        g.bounds = Bounds(ports, g.staff)
    bounds: Bounds = g.bounds
    return bounds


def answer(alert: Alert) -> Response:
    response = jsonify(_json(alert))
    response.headers["ETag"] = f'"{alert.revision}"'
    return response


def created(alert: Alert) -> Response:
    response = answer(alert)
    response.status_code = 201
    response.headers["Location"] = f"/api/alerts/{alert.id}"
    return response


@alerts.get("")
def list_alerts() -> Response:
    from shared.services.alerts.read_alerts import list_alerts

    query, tag = request_fields.list_query(), list_tag()
    if known := not_modified(tag):
        return known
    page = list_alerts(wiring.alerts(), g.staff, *query)
    items = [_json(alert) for alert in page.items]
    return tagged(jsonify(items=items, next=page.next, unreadable=page.unreadable), tag)


@alerts.post("")
def create_alert() -> Response:
    from shared.formats.content_json import read_content
    from shared.services.alerts.alert_guards import require_role
    from shared.services.alerts.create_alert import create_alert

    require_role(g.staff, Action.EDIT)  # before a byte of the body is paid for
    key = request_fields.idempotency_key()
    alert = create_alert(wiring.alert_ports(), read_content(request_fields.body()), g.staff, key)
    return created(alert)


@alerts.get("/<alert>")
def get_alert(alert: str) -> Response:
    from shared.services.alerts.read_alerts import get_alert

    return answer(get_alert(wiring.alerts(), alert, g.staff))


@alerts.put("/<alert>")
def edit_alert(alert: str) -> Response:
    from shared.formats.content_json import read_content
    from shared.services.alerts.alert_guards import require_role
    from shared.services.alerts.edit_alert import edit_alert

    require_role(g.staff, Action.EDIT)
    expected = request_fields.expected_revision()
    form = read_content(request_fields.body())
    return answer(edit_alert(wiring.alert_ports(), alert, expected, g.staff, form))


@alerts.post("/<alert>/submit")
def submit_alert(alert: str) -> Response:
    from shared.services.alerts.submit_alert import submit_alert

    return answer(submit_alert(wiring.alert_ports(), alert, request_fields.expected_revision(), g.staff))


@alerts.post("/<alert>/approve")
def approve_alert(alert: str) -> Response:
    from shared.formats.approval_json import read_approval
    from shared.services.alerts.approve_alert import approve_alert

    expected = request_fields.expected_revision()
    unseen = read_approval(request_fields.body_if_any())
    return answer(approve_alert(wiring.alert_ports(), alert, expected, g.staff, unseen))


@alerts.post("/<alert>/cancel")
def cancel_alert(alert: str) -> Response:
    from shared.services.alerts.cancel_alert import cancel_alert

    return answer(cancel_alert(wiring.alert_ports(), alert, request_fields.stated_revision(), g.staff))


@alerts.post("/<alert>/send")
def send_alert(alert: str) -> Response:
    from shared.services.alerts.send_alone import send_alone

    return answer(send_alone(wiring.alert_ports(), alert, request_fields.expected_revision(), g.staff))


@alerts.post("/<alert>/confirm")
def confirm_alert(alert: str) -> Response:
    from shared.services.alerts.send_alone import confirm_alone

    return answer(confirm_alone(wiring.alert_ports(), alert, request_fields.expected_revision(), g.staff))


@alerts.post("/<alert>/move")
def move_alert(alert: str) -> Response:
    from shared.formats.move_json import read_move
    from shared.services.alerts.move_alert import move_alert

    expected = request_fields.expected_revision()
    move = read_move(request_fields.body())
    return answer(move_alert(wiring.alert_ports(), alert, expected, g.staff, move))


@alerts.get("/<alert>/history")
def get_history(alert: str) -> Response:
    from shared.services.alerts.read_alerts import get_history

    return jsonify(items=[history_json(entry) for entry in get_history(wiring.alerts(), alert, g.staff)])
