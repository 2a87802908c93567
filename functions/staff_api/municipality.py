"""Routes of the caller and their municipality."""

from __future__ import annotations

import json
import logging

from flask import Blueprint, Response, g, jsonify, request

from functions.staff_api import request_fields
from functions.staff_api.municipality_name import municipality_name
from functions.staff_api.route_roles import pages_of
from shared import wiring
from shared.domain.municipality import Municipality
from shared.errors import NotFound
from shared.formats.alert_json import municipality_json
from shared.formats.problem import field_errors

log = logging.getLogger(__name__)
municipality = Blueprint("municipality", __name__, url_prefix="/api")


def _own() -> Municipality:
    found = wiring.municipalities().get(g.staff.terc)
    if found is None:
        raise NotFound("municipality-not-ready", terc=g.staff.terc)
    return found


@municipality.get("/me")
def get_me() -> Response:
    from shared.services.alerts.bounds import bound_to

    return jsonify(
        uid=g.staff.person.uid,
        name=g.staff.person.name,
        terc=g.staff.terc,
        roles=sorted(g.staff.roles),
        pages=pages_of(g.staff),
        templates=bound_to(g.staff),
        on_behalf=g.staff.on_behalf or None,
        municipalities=_where(),
        municipality=municipality_json(_own()),
    )


def _where() -> list[dict[str, str]]:
    return [{"terc": terc, "name": municipality_name(terc)} for terc in g.staff.tercs or (g.staff.terc,)]


@municipality.get("/municipality")
def get_municipality() -> Response:
    from shared.geo.geojson import MOST_VERTICES
    from shared.geo.shapes import outline
    from shared.services.areas.check_area import boundary_of

    boundary = boundary_of(wiring.municipalities(), g.staff.terc)
    return jsonify(
        municipality_json(_own())
        | {
            "boundary": outline(boundary, MOST_VERTICES).geojson(),
            "base_map": _base_map(),
        }
    )


def _base_map() -> object:
    """Without one, or with one that cannot be read, areas are drawn on the boundary alone."""
    try:
        return json.loads(wiring.municipalities().base_map(g.staff.terc) or "null")
    except ValueError:
        log.error("The base map of municipality %s cannot be read", g.staff.terc)
        return None


@municipality.get("/vocabulary")
def get_vocabulary() -> Response:
    """Differs by the caller's roles, municipality and language, so that browsers keep it for themselves."""
    from shared.formats.vocabulary_json import vocabulary_json

    language = request_fields.language()
    response = jsonify(vocabulary_json(_own().languages, g.staff.roles, language))
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Language, Authorization"
    response.add_etag()
    response.make_conditional(request)
    return response


@municipality.post("/reach")
def measure_reach() -> Response:
    from shared.formats.reach_json import reach_json, read_reach
    from shared.services.areas.ask_reach import ReachPorts, ask_reach
    from shared.services.areas.choose_area import to_measure
    from shared.services.audience.measure_reach import Sending

    form, ports = read_reach(request_fields.body()), wiring.area_ports()
    chosen = to_measure(ports, g.staff.terc, form.parts, form.area)
    announced, now = form.announced, wiring.clock().now()
    sending = Sending(announced, announced.sent(now)) if announced else None
    asked = ReachPorts(
        wiring.audience(),
        wiring.municipalities(),
        wiring.questions(),
        wiring.clock(),
        ports.areas,
        wiring.coverage(),
    )
    told = reach_json(ask_reach(asked, g.staff, chosen.area, sending, chosen.steps))
    outline = {} if chosen.outline is None else {"outline": json.loads(chosen.outline)}
    notes = field_errors(chosen.notes, request_fields.language())
    return jsonify(told | outline | ({"notes": notes} if notes else {}))
