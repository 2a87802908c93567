"""`published/{id}` and `municipalities/{terc}` as they are read for the public."""

from __future__ import annotations

from shared.adapters.municipalities import center
from shared.adapters.municipality_keys import public_keys
from shared.adapters.stored_documents import Document, Misfit, record
from shared.domain.content_projection import category_of
from shared.domain.public_alert import Kind, PublicAlert, PublicMunicipality

# What a document of before the field meant.
_DEFAULTS = {"kind": Kind.ALERT.value, "exercise": False, "cancelled": None}


def public_alert(alert_id: str, document: Document) -> PublicAlert:
    """What stands in the document; whether it is what was signed, its reader finds out. Raises Misfit."""
    known = {**_DEFAULTS, **document}
    found = record(PublicAlert, known, id=alert_id, category=category_of(known))
    if "pl" not in found.texts:
        raise Misfit("texts")  # whoever lacks a text in their language is shown this one
    return found


def public_municipality(terc: str, document: Document) -> PublicMunicipality:
    """Raises Misfit."""
    return record(
        PublicMunicipality,
        document,
        terc=terc,
        center=center(document),
        keys=public_keys(terc, document),
    )
