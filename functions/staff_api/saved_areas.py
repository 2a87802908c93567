"""Routes of areas that are taken again: kept under a name, or of the latest alerts."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify

from functions.staff_api import request_fields
from shared import wiring
from shared.domain.saved_area import SavedArea

saved_areas = Blueprint("saved_areas", __name__, url_prefix="/api/areas")


def _answer(area: SavedArea) -> Response:
    from shared.formats.saved_area_json import saved_json

    response = jsonify(saved_json(area))
    response.headers["ETag"] = f'"{area.revision}"'
    return response


@saved_areas.get("/saved")
def list_saved() -> Response:
    from shared.formats.saved_area_json import saved_json

    return jsonify(items=[saved_json(area) for area in wiring.saved_areas().list(g.staff.terc)])


@saved_areas.post("/saved")
def save_area() -> Response:
    from shared.formats.saved_area_json import read_saved
    from shared.services.saved_areas.keep_saved import require_author, save_area

    require_author(g.staff)  # before a byte of the body is paid for
    response = _answer(save_area(wiring.area_ports(), read_saved(request_fields.body()), g.staff))
    response.status_code = 201
    return response


@saved_areas.put("/saved/<area>")
def change_saved(area: str) -> Response:
    from shared.formats.saved_area_json import read_saved
    from shared.services.saved_areas.keep_saved import change_saved, require_author

    require_author(g.staff)
    expected = request_fields.expected_revision()
    form = read_saved(request_fields.body())
    return _answer(change_saved(wiring.area_ports(), area, expected, form, g.staff))


@saved_areas.delete("/saved/<area>")
def remove_saved(area: str) -> Response:
    from shared.services.saved_areas.keep_saved import remove_saved

    remove_saved(wiring.area_ports(), area, request_fields.expected_revision(), g.staff)
    return Response(status=204)


@saved_areas.get("/recent")
def list_recent() -> Response:
    from shared.formats.saved_area_json import recent_json
    from shared.services.areas.recent_areas import recent_areas

    found = recent_areas(wiring.alerts(), wiring.saved_areas(), g.staff)
    return jsonify(items=[recent_json(area) for area in found])
