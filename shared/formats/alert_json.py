"""Alerts and what belongs to them as the staff's API answers them; openapi.yaml has the shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from shared.domain.alert import Alert, Content, HistoryEntry, Person
from shared.domain.alert_number import alert_number
from shared.domain.completeness import Missing, missing
from shared.domain.content import Type, specs
from shared.domain.content_projection import plain
from shared.domain.interlock import Interlock, Shown
from shared.domain.lateness import meant_for
from shared.domain.municipality import Municipality
from shared.formats.parts_json import parts_json, shape_json

Json = dict[str, Any]


def alert_json(alert: Alert, actions: Iterable[str], carried: Mapping[str, Mapping[str, int | None]]) -> Json:
    """`actions` are those that the caller may take now; `carried`: by channel, Channel.carried."""
    return {
        "id": alert.id,
        "number": alert_number(alert.id),
        "terc": alert.terc,
        "state": alert.state.value,
        "revision": alert.revision,
        "version": alert.version,
        **content_json(alert.content),
        "carried": {channel: dict(ends) for channel, ends in carried.items()},
        "author": person_json(alert.author),
        "approver": _or_none(person_json, alert.approver),
        "created": time_json(alert.created),
        "updated": time_json(alert.updated),
        "submitted": _or_none(time_json, alert.submitted),
        "approved": _or_none(time_json, alert.approved),
        "started": _or_none(time_json, alert.started),
        "finished": _or_none(time_json, alert.finished),
        "template": None if alert.is_prepared else alert.template,
        "sent_alone": alert.sent_alone,
        "confirmed": _or_none(time_json, alert.confirmed),
        "confirmer": _or_none(person_json, alert.confirmer),
        "held": _or_none(time_json, alert.held),
        "meant_for": _or_none(time_json, meant_for(alert)),
        "kind": alert.kind.value,
        "thread": alert.thread_id,
        "replaces": alert.replaces,
        "ends_what": alert.ends_what and alert.ends_what.value,
        "area_change": alert.area_change,
        "reason": alert.reason,
        "stopped": _or_none(time_json, alert.stopped),
        "missing": missing_json(() if alert.started else missing(alert.content)),  # 2 ms: lists are long
        "all_the_same": _or_none(time_json, alert.all_the_same),
        "series": alert.series,
        "interlock": _or_none(interlock_json, alert.interlock),
        "noticed": _or_none(time_json, alert.noticed),
        "actions": [str(action) for action in actions],
    }


def interlock_json(approved: Interlock) -> Json:
    """What was approved; people as they were shown, and as they may be."""
    shown = approved.shown or Shown()
    return {
        "at": _or_none(time_json, approved.at),
        "addresses": approved.addresses,
        "residents": shown.residents,
        "phones": shown.phones,
    }


def missing_json(found: Iterable[Missing]) -> list[Json]:
    return [
        {"language": one.language, "element": one.element.value, "not_known": one.not_known} for one in found
    ]


def content_json(content: Content) -> Json:
    """What is optional is null, but for a text's parts, which are left out."""
    values = plain(content, Content)
    times = {
        name: _or_none(time_json, values[name])
        for name, spec in specs(Content).items()
        if spec.type is Type.TIME
    }
    area, parts = _or_none(shape_json, values["area"]), _or_none(parts_json, values["parts"])
    return {**values, **times, "area": area, "parts": parts}


def history_json(entry: HistoryEntry) -> Json:
    return {
        "action": entry.action,
        "at": time_json(entry.at),
        "by": _or_none(person_json, entry.by),
        "state": entry.state.value,
        "revision": entry.revision,
        "version": entry.version,
        "details": dict(entry.details),
    }


def municipality_json(municipality: Municipality) -> Json:
    lat, lng = municipality.center
    return {
        "terc": municipality.terc,
        "name": municipality.name,
        "languages": list(municipality.languages),
        "center": {"lat": lat, "lng": lng},
    }


def person_json(person: Person) -> Json:
    return {"uid": person.uid, "name": person.name}


def time_json(moment: datetime) -> str:
    """RFC 3339 in UTC to the millisecond, as JavaScript's toISOString writes it."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z"


def _or_none(convert: Any, value: Any) -> Any:
    return None if value is None else convert(value)
