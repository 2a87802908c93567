"""Routes of alerts that come again."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify

from functions.staff_api import request_fields
from shared import wiring
from shared.domain.series import Series

series = Blueprint("series", __name__, url_prefix="/api")


def _json(one: Series) -> dict[str, object]:
    from shared.formats.series_json import series_json
    from shared.services.series.read_series import next_of, possible_steps

    now = wiring.clock().now()
    return series_json(one, possible_steps(wiring.series_ports(), one, g.staff), next_of(one, now))


def _answer(one: Series) -> Response:
    response = jsonify(_json(one))
    response.headers["ETag"] = f'"{one.revision}"'
    return response


@series.get("/series")
def list_series() -> Response:
    from shared.services.series.read_series import list_series

    return jsonify(items=[_json(one) for one in list_series(wiring.series_ports(), g.staff)])


@series.post("/series")
def create_series() -> Response:
    from shared.domain.series import SeriesAction
    from shared.formats.series_json import read_series
    from shared.services.series.change_series import require_role
    from shared.services.series.keep_series import create_series

    require_role(g.staff, SeriesAction.EDIT)  # before a byte of the body is paid for
    key = request_fields.idempotency_key()
    one = create_series(wiring.series_ports(), read_series(request_fields.body()), g.staff, key)
    response = _answer(one)
    response.status_code = 201
    response.headers["Location"] = f"/api/series/{one.id}"
    return response


@series.post("/recurrence/preview")
def preview_series() -> Response:
    from shared.formats.series_json import occurrence_json, read_preview
    from shared.services.series.read_series import coming_of_rule

    rule = read_preview(request_fields.body())
    return jsonify(items=[occurrence_json(*one) for one in coming_of_rule(rule, wiring.clock().now())])


@series.get("/series/<one>")
def get_series(one: str) -> Response:
    from shared.services.series.read_series import get_series

    return _answer(get_series(wiring.series_ports(), one, g.staff))


@series.put("/series/<one>")
def edit_series(one: str) -> Response:
    from shared.domain.series import SeriesAction
    from shared.formats.series_json import read_series
    from shared.services.series.change_series import require_role
    from shared.services.series.keep_series import edit_series

    require_role(g.staff, SeriesAction.EDIT)
    expected = request_fields.expected_revision()
    form = read_series(request_fields.body())
    return _answer(edit_series(wiring.series_ports(), one, expected, g.staff, form))


@series.get("/series/<one>/occurrences")
def list_occurrences(one: str) -> Response:
    from shared.formats.series_json import occurrence_json
    from shared.services.series.read_series import coming_year, get_series

    ports = wiring.series_ports()
    coming = coming_year(ports, get_series(ports, one, g.staff))
    return jsonify(items=[occurrence_json(*each) for each in coming])


@series.post("/series/<one>/submit")
def submit_series(one: str) -> Response:
    from shared.services.series.decide_series import submit_series

    return _answer(submit_series(wiring.series_ports(), one, request_fields.expected_revision(), g.staff))


@series.post("/series/<one>/approve")
def approve_series(one: str) -> Response:
    from shared.services.series.decide_series import approve_series

    return _answer(approve_series(wiring.series_ports(), one, request_fields.expected_revision(), g.staff))


@series.post("/series/<one>/skip")
def skip_occurrence(one: str) -> Response:
    from shared.formats.series_json import read_skip
    from shared.services.series.decide_series import skip_occurrence

    expected, day = request_fields.expected_revision(), read_skip(request_fields.body())
    return _answer(skip_occurrence(wiring.series_ports(), one, expected, g.staff, day))


@series.post("/series/<one>/end")
def end_series(one: str) -> Response:
    from shared.services.series.decide_series import end_series

    return _answer(end_series(wiring.series_ports(), one, request_fields.stated_revision(), g.staff))
