"""Routes of alerts: parse, call a service, answer."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify

from functions.staff_api import request_fields
from functions.staff_api.unchanged import list_tag, not_modified, tagged
from shared import wiring
from shared.domain.alert import Alert
from shared.domain.lifecycle import Action
from shared.formats.alert_json import alert_json, history_json
from shared.ports import Staff
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
    from shared.formats.noticed_json import read_alert
    from shared.services.alerts.alert_guards import require_role
    from shared.services.alerts.create_alert import create_alert

    require_role(g.staff, Action.EDIT)  # before a byte of the body is paid for
    key = request_fields.idempotency_key()
    form = read_alert(request_fields.body(), read_content)
    alert = create_alert(wiring.alert_ports(), form, g.staff, key)
    return created(alert)


@alerts.get("/<alert>")
def get_alert(alert: str) -> Response:
    from shared.services.alerts.read_alerts import get_alert

    return answer(get_alert(wiring.alerts(), alert, g.staff))


@alerts.put("/<alert>")
def edit_alert(alert: str) -> Response:
    from shared.formats.content_json import read_content
    from shared.formats.noticed_json import read_alert
    from shared.services.alerts.alert_guards import require_role
    from shared.services.alerts.edit_alert import edit_alert

    require_role(g.staff, Action.EDIT)
    expected = request_fields.expected_revision()
    form = read_alert(request_fields.body(), read_content)
    return answer(edit_alert(wiring.alert_ports(), alert, expected, g.staff, form))


@alerts.post("/<alert>/submit")
def submit_alert(alert: str) -> Response:
    from shared.formats.approval_json import read_tap
    from shared.services.alerts.submit_alert import submit_alert

    expected = request_fields.expected_revision()
    tap = read_tap(request_fields.body_if_any())
    return answer(submit_alert(wiring.alert_ports(), alert, expected, g.staff, tap.all_the_same))


@alerts.post("/<alert>/approve")
def approve_alert(alert: str) -> Response:
    from shared.formats.approval_json import read_approval
    from shared.services.alerts.approve_alert import approve_alert

    expected = request_fields.expected_revision()
    tap = read_approval(request_fields.body_if_any())
    ports = wiring.alert_ports()
    done = approve_alert(ports, alert, expected, g.staff, tap.unseen, tap.all_the_same, tap.confirmed)
    return answer(done)


@alerts.post("/<alert>/cancel")
def cancel_alert(alert: str) -> Response:
    from shared.services.alerts.cancel_alert import cancel_alert

    return answer(cancel_alert(wiring.alert_ports(), alert, request_fields.stated_revision(), g.staff))


@alerts.post("/<alert>/send")
def send_alert(alert: str) -> Response:
    from shared.formats.approval_json import read_sending
    from shared.services.alerts.send_alone import send_alone

    expected = request_fields.expected_revision()
    tap = read_sending(request_fields.body_if_any())
    ports = wiring.alert_ports()
    return answer(send_alone(ports, alert, expected, g.staff, tap.all_the_same, tap.confirmed))


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


@alerts.post("/<alert>/return")
def return_alert(alert: str) -> Response:
    from shared.services.alerts.decide_submitted import return_alert

    return answer(return_alert(*_about(alert), _reason()))


@alerts.post("/<alert>/reject")
def reject_alert(alert: str) -> Response:
    from shared.services.alerts.decide_submitted import reject_alert

    return answer(reject_alert(*_about(alert), _reason()))


@alerts.post("/<alert>/send-now")
def send_now_alert(alert: str) -> Response:
    from shared.formats.approval_json import read_reasoned_tap, without_confirmed
    from shared.services.alerts.send_alone import send_now

    rest, confirmed = without_confirmed(request_fields.body_if_any())
    reason, all_the_same = read_reasoned_tap(rest)
    return answer(send_now(*_about(alert), reason, all_the_same, confirmed))


@alerts.post("/<alert>/stop")
def stop_alert(alert: str) -> Response:
    from shared.services.alerts.stop_alert import stop_alert

    stated = request_fields.stated_revision()
    return answer(stop_alert(wiring.alert_ports(), alert, stated, g.staff, _reason(required=False)))


@alerts.post("/<alert>/extend")
def extend_alert(alert: str) -> Response:
    from shared.formats.reason_json import read_expires
    from shared.services.alerts.extend_alert import extend_alert

    return answer(extend_alert(*_about(alert), read_expires(request_fields.body())))


@alerts.post("/<alert>/update")
def update_alert(alert: str) -> Response:
    return _followed(alert, Action.UPDATE)


@alerts.post("/<alert>/correct")
def correct_alert(alert: str) -> Response:
    return _followed(alert, Action.CORRECT)


@alerts.post("/<alert>/all-clear")
def all_clear_alert(alert: str) -> Response:
    return _followed(alert, Action.ALL_CLEAR)


@alerts.post("/<alert>/take-back")
def take_back_alert(alert: str) -> Response:
    return _followed(alert, Action.TAKE_BACK)


def _about(alert: str) -> tuple[AlertPorts, str, int, Staff]:
    return wiring.alert_ports(), alert, request_fields.expected_revision(), g.staff


def _reason(required: bool = True) -> str:
    from shared.formats.reason_json import read_reason

    return read_reason(request_fields.body_if_any(), required)


def _followed(alert: str, action: Action) -> Response:
    from shared.services.alerts.follow_alert import follow_alert

    key, reason = request_fields.idempotency_key(), _reason(required=False)
    ports, stated = wiring.alert_ports(), request_fields.stated_revision()
    return created(follow_alert(ports, alert, stated, g.staff, action, key, reason))


@alerts.get("/<alert>/thread")
def get_thread(alert: str) -> Response:
    from shared.services.alerts.read_alerts import get_thread

    return jsonify(items=[_json(one) for one in get_thread(wiring.alerts(), alert, g.staff)])


@alerts.get("/<alert>/history")
def get_history(alert: str) -> Response:
    from shared.services.alerts.read_alerts import get_history

    return jsonify(items=[history_json(entry) for entry in get_history(wiring.alerts(), alert, g.staff)])
