"""JSON of the public addresses: what is needed to verify an alert, who is served, their streets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shared.domain.public_alert import PublicAlert, PublicMunicipality
from shared.formats.key_json import key_json, pem
from shared.formats.signed_alert import Fault, said

# Of docs/app-developers.md: what this release serves, and the oldest version whose apps it still serves.
# What is added raises the second number; an app of another first number is too old.
CONTRACT = {"version": "1.4", "least": "1.0"}
Judged = tuple[PublicAlert, Fault | None]  # as it stands, and why its seal does not prove it
MAP_DIGITS = 5  # of a degree: about a metre


def signed_json(
    alert: PublicAlert, fault: Fault | None, municipality: PublicMunicipality, others: Iterable[Judged]
) -> dict[str, Any]:
    """`/a/{id}.json`: the signed text with its signature, the keys that may have made it, and the thread.

    What is not in `signed` is not signed. An alert without a signature has null there. `public_key` is the
    key named, as the PEM that OpenSSL takes (docs/verify.md); `thread` has the others about the same case.
    """
    key = next((key for key in municipality.keys if key.id == alert.key), None)
    return {
        **_sealed(alert, fault),
        "public_key": None if key is None else pem(key),
        "municipality": {"terc": municipality.terc, "name": municipality.name, "keys": _keys(municipality)},
        "thread": [_sealed(*one) for one in others],
    }


def list_json(municipality: PublicMunicipality, alerts: Iterable[Judged]) -> dict[str, Any]:
    """`/alerts/{terc}.json`: all that a list needs, in one answer, to be verified by who reads it."""
    return {
        "municipality": {
            "terc": municipality.terc,
            "name": municipality.name,
            "languages": list(municipality.languages),
            "keys": _keys(municipality),
        },
        "alerts": [_sealed(*one) for one in alerts],
    }


def _sealed(alert: PublicAlert, fault: Fault | None) -> dict[str, Any]:
    """`unproven`, where the seal is missing or wrong: what the alert says all the same, under a warning."""
    sealed = {"alert": alert.id, "signed": alert.signed, "signature": alert.signature, "key": alert.key}
    return sealed if fault is None else {**sealed, "unproven": said(alert)}


def municipalities_json(
    served: Sequence[PublicMunicipality], boundaries: Mapping[str, str]
) -> dict[str, Any]:
    """`/municipalities.json`; one without a boundary is left out, since no place could be in it."""
    from shared.geo.area_map import simplified

    return {
        "contract": CONTRACT,
        "municipalities": [
            {
                "terc": one.terc,
                "name": one.name,
                "languages": list(one.languages),
                "center": list(reversed(one.center)),  # as GeoJSON: longitude first
                "boundary": json.loads(simplified(boundaries[one.terc])),
                "keys": _keys(one),
                **({"contact": dict(one.contact)} if one.contact else {}),
            }
            for one in served
            if one.terc in boundaries
        ],
    }


def map_json(base_map: str) -> dict[str, Any]:
    """`/map/{terc}.json` from `areas/{terc}/layers/base`: points with names, coordinates of 5 digits.

    What else an importer wrote beside them stays with the staff; a feature that cannot be read is left out.
    Raises ValueError for what is no FeatureCollection at all.
    """
    features = json.loads(base_map)
    if not isinstance(features, dict) or not isinstance(features.get("features"), list):
        raise ValueError("no FeatureCollection")
    drawn = [_drawn(feature) for feature in features["features"]]
    return {"type": "FeatureCollection", "features": [feature for feature in drawn if feature]}


def _drawn(feature: Mapping[str, Any]) -> dict[str, Any] | None:
    try:
        return _points(feature["geometry"], feature["properties"])
    except (LookupError, TypeError):
        return None


def _points(shape: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, Any] | None:
    if shape["type"] not in ("Point", "MultiPoint"):
        return None
    points = shape["coordinates"]
    rounded = _rounded(points) if shape["type"] == "Point" else [_rounded(point) for point in points]
    return {
        "type": "Feature",
        "properties": {
            **{name: properties[name] for name in ("name", "kind") if name in properties},
            **_numbers(properties.get("numbers"), len(points)),
        },
        "geometry": {"type": shape["type"], "coordinates": rounded},
    }


def _numbers(numbers: object, houses: int) -> dict[str, list[str]]:
    """Of the houses, in the order of their points; only where each has one, if an empty one."""
    if not isinstance(numbers, list) or len(numbers) != houses:
        return {}
    return {"numbers": [str(number) for number in numbers]}


def _rounded(point: Sequence[float]) -> list[float]:
    return [round(degrees, MAP_DIGITS) for degrees in point[:2]]


def _keys(municipality: PublicMunicipality) -> list[dict[str, Any]]:
    return [key_json(key) for key in municipality.keys]
