"""`published/{id}` as it is read for the public."""

from __future__ import annotations

from shared.adapters.stored_documents import Document, Misfit, record
from shared.domain.content_projection import category_of
from shared.domain.public_alert import Kind, PublicAlert

# What a document of before the field meant.
_DEFAULTS = {"kind": Kind.ALERT.value, "exercise": False, "cancelled": None}


def public_alert(alert_id: str, document: Document) -> PublicAlert:
    """What stands in the document; whether it is what was signed, its reader finds out. Raises Misfit."""
    known = {**_DEFAULTS, **document}
    found = record(PublicAlert, known, id=alert_id, category=category_of(known))
    if "pl" not in found.texts:
        raise Misfit("texts")  # whoever lacks a text in their language is shown this one
    return found
