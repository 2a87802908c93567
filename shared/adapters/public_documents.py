"""`published/{id}` and `municipalities/{terc}` as they are read for the public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.adapters.municipality_keys import public_keys
from shared.domain.alert import State
from shared.domain.content import Told
from shared.domain.content_projection import read
from shared.domain.public_alert import Kind, PublicAlert, PublicMunicipality

Document = Mapping[str, Any]
_SAME = ("terc", "thread", "version", "revision", "sent", "cancelled")


def public_alert(alert_id: str, document: Document) -> PublicAlert:
    """What stands in the document; whether it is what was signed, its reader finds out."""
    return PublicAlert(
        **read(document, Told),
        **{name: document[name] for name in _SAME},
        signed=document.get("signed"),
        signature=document.get("signature"),
        key=document.get("key"),
        id=alert_id,
        kind=Kind(document.get("kind", Kind.ALERT)),
        state=State(document["state"]),
    )


def public_municipality(terc: str, document: Document) -> PublicMunicipality:
    center = document["center"]
    return PublicMunicipality(
        terc=terc,
        name=document["name"],
        languages=tuple(document["languages"]),
        center=(center.longitude, center.latitude),
        keys=public_keys(document),
    )
