"""Routes of what the crisis centres of powiat and voivodeship are told, and of where they are reached."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify

from functions.staff_api import request_fields
from shared import wiring
from shared.domain.upwards import Centres

upwards = Blueprint("upwards", __name__, url_prefix="/api")


@upwards.get("/upwards/<alert>")
def get_upwards(alert: str) -> Response:
    from shared.formats.upwards_json import upwards_json
    from shared.services.upwards.see_upwards import see_upwards

    return jsonify(upwards_json(see_upwards(wiring.upwards_ports(), g.staff, alert)))


@upwards.post("/upwards/<alert>")
def tell_upwards(alert: str) -> Response:
    from shared.formats.upwards_json import read_to_tell
    from shared.services.upwards.tell_upwards import ToTell, tell_upwards

    key = request_fields.idempotency_key() or ""
    wanted = ToTell(*read_to_tell(request_fields.body()), key=key)
    tell_upwards(wiring.upwards_ports(), g.staff, alert, wanted)
    return get_upwards(alert)


@upwards.post("/upwards/<alert>/answer")
def answer_upwards(alert: str) -> Response:
    from shared.formats.upwards_json import read_answer
    from shared.services.upwards.tell_upwards import answered

    answered(wiring.upwards_ports(), g.staff, alert, *read_answer(request_fields.body()))
    return get_upwards(alert)


@upwards.get("/centres")
def get_centres() -> Response:
    from shared.services.upwards.centres import centres_of

    return _centres(centres_of(wiring.upwards_ports().centres, g.staff.terc))


@upwards.put("/centres")
def keep_centres() -> Response:
    from shared.formats.upwards_json import read_centres
    from shared.services.upwards.centres import keep_centres

    expected = request_fields.expected_revision()
    contacts = read_centres(request_fields.body())
    return _centres(keep_centres(wiring.upwards_ports().centres, expected, g.staff, *contacts))


def _centres(centres: Centres) -> Response:
    from shared.formats.upwards_json import centres_json

    response = jsonify(centres_json(centres))
    response.headers["ETag"] = f'"{centres.revision}"'
    return response
