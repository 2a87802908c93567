"""`municipalities/{terc}` and `areas/{terc}` as they are read, and the keys as they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.adapters.stored_documents import Document, Misfit, needed, readable, record
from shared.domain.municipality import Municipality
from shared.domain.public_alert import PublicMunicipality
from shared.domain.signature import PublicKey, is_key

REGISTER = ("areas", "frames")  # the frames of all boundaries
CONTACT = ("phone", "email", "address", "dpo", "accessibility", "premises", "online_since")


def municipality(terc: str, document: Document) -> Municipality:
    """Raises Misfit."""
    return record(Municipality, document, terc=terc, center=_center(document))


def public_municipality(terc: str, document: Document) -> PublicMunicipality:
    """Raises Misfit."""
    center, keys = _center(document), public_keys(terc, document)
    contact = _contact(document.get("contact"))
    return record(PublicMunicipality, document, terc=terc, center=center, keys=keys, contact=contact)


def _contact(stored: object) -> dict[str, str]:
    """What of it can be read: an office without a telephone is still one."""
    said = stored if isinstance(stored, Mapping) else {}
    return {name: said[name] for name in CONTACT if isinstance(said.get(name), str) and said[name].strip()}


def boundary(_: str, area: Document) -> tuple[str, str]:
    """TERC and shape. One that is no shape would stop whoever looks for a place among all of them."""
    from shared.geo.boundaries import is_shape

    terc, geometry = needed(area, "terc"), needed(area, "geometry")
    if not isinstance(terc, str) or not is_shape(geometry):
        raise Misfit("geometry")
    return terc, geometry


@dataclass(frozen=True)
class Frame:
    """The least rectangle about a boundary; degrees."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, point: tuple[float, float]) -> bool:
        lat, lng = point
        return self.south <= lat <= self.north and self.west <= lng <= self.east


def frames(register: Document) -> dict[str, Frame]:
    """By TERC. What is no frame is left out, and so the register counts for nothing."""
    written = register.get("frames")
    found = written.items() if isinstance(written, dict) else ()
    return {
        terc: Frame(*sides)
        for terc, sides in found
        if isinstance(sides, list) and len(sides) == 4 and all(type(side) is float for side in sides)
    }


def frame_document(terc: str, geometry: str) -> dict[str, Any]:
    """To be merged into the register by whoever writes a boundary, in the same commit."""
    import shapely

    west, south, east, north = shapely.from_geojson(geometry).bounds
    return {"kind": "frames", "frames": {terc: [south, west, north, east]}}


def shown_document(
    name: str, languages: Sequence[str], center: tuple[float, float], contact: Mapping[str, str]
) -> dict[str, Any]:
    """What of `municipalities/{terc}` is not its keys, to be merged; `center` latitude first."""
    from google.cloud.firestore import GeoPoint

    shown = {"name": name, "languages": list(languages), "center": GeoPoint(*center)}
    return {**shown, "contact": dict(contact)} if contact else shown


def all_keys(_: str, municipality: Document) -> tuple[PublicKey, ...]:
    """Empty before the first key. Raises Misfit: who writes the list again would lose a key left out."""
    return tuple(_public_key(key) for key in municipality.get("keys") or ())


def public_keys(terc: str, municipality: Document) -> tuple[PublicKey, ...]:
    """For whoever verifies: one key of a later kind does not take the others away."""
    keys = ((terc, key) for key in municipality.get("keys") or ())
    return tuple(readable("municipalities", keys, lambda _, key: _public_key(key)))


def key_document(key: PublicKey) -> dict[str, Any]:
    return {"id": key.id, "key": key.key, "from": key.since, "until": key.until}


def _center(document: Document) -> tuple[float, float]:
    point = needed(document, "center")
    try:
        return point.latitude, point.longitude
    except AttributeError as error:
        raise Misfit("center") from error


def _public_key(key: Document) -> PublicKey:
    found = record(PublicKey, key, since=_moment(needed(key, "from")))
    if not is_key(found.key):
        raise Misfit("key")
    return found


def _moment(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise Misfit("from")
    return value
