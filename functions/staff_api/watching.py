"""Routes of an alert that somebody looks at: what moves by itself, asked for again and again."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify

from functions.staff_api.unchanged import not_modified, tagged
from shared import wiring
from shared.domain.statistics import Summary
from shared.formats.alert_json import time_json

GATHERED = "Gathered"  # header, of 304 too: figures that are the same may have been counted anew
watching = Blueprint("watching", __name__, url_prefix="/api/alerts")


@watching.get("/<alert>/summary")
def watch_alert(alert: str) -> Response:
    """Two reads while the figures are fresh, one before the alert was started; for whoever is held to zones
    those as well."""
    from shared.formats.watched_json import watched_json, watched_tag
    from shared.services.alerts.bounds import Bounds, possible
    from shared.services.alerts.read_alerts import get_alert

    found = get_alert(wiring.alerts(), alert, g.staff)
    figures = _gathered(alert) if found.started else None
    ports = wiring.alert_ports()
    actions = possible(ports, found, Bounds(ports, g.staff), g.staff)
    watched = watched_json(found, actions, figures)
    tag = watched_tag(watched)
    answer = not_modified(tag) or tagged(jsonify(watched), tag)
    if figures:
        answer.headers[GATHERED] = time_json(figures.updated)
    return answer


@watching.post("/<alert>/summary")
def gather_summary(alert: str) -> Response:
    """For pages of releases up to 0.2.0, which learn the rest from Firestore or not at all."""
    from shared.formats.summary_json import summary_json
    from shared.services.alerts.read_alerts import require_visible

    require_visible(wiring.alerts(), alert, g.staff)
    return jsonify(summary_json(_gathered(alert)))


def _gathered(alert: str) -> Summary:
    from shared.services.delivery.gather_summary import gather_summary

    return gather_summary(
        alert,
        alerts=wiring.alerts(),
        delivery=wiring.delivery(),
        published=wiring.published(),
        summaries=wiring.summaries(),
        clock=wiring.clock(),
    )
