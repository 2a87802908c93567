"""`published/{id}` and `municipalities/{terc}` as they are read for the public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.adapters.municipality_keys import public_keys
from shared.domain.alert import Category, Severity, State, Text
from shared.domain.public_alert import Kind, PublicAlert, PublicMunicipality

Document = Mapping[str, Any]
_SAME = ("terc", "area", "area_name", "thread", "version", "revision", "sent", "expires", "cancelled")


def public_alert(alert_id: str, document: Document) -> PublicAlert:
    """What stands in the document; whether it is what was signed, its reader finds out."""
    return PublicAlert(
        **{name: document[name] for name in _SAME},
        signed=document.get("signed"),
        signature=document.get("signature"),
        key=document.get("key"),
        id=alert_id,
        kind=Kind(document.get("kind", Kind.ALERT)),
        state=State(document["state"]),
        category=Category(document["category"]),
        severity=Severity(document["severity"]),
        texts={language: Text(text["title"], text["body"]) for language, text in document["texts"].items()},
        exercise=document.get("exercise", False),
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
