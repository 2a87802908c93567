"""A series as a document of Firestore; the shape is in docs/data.md."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shared.adapters.alert_documents import content_document, content_of, person_document
from shared.adapters.stored_documents import Misfit, needed, record
from shared.domain.recurrence import Recurrence
from shared.domain.series import Series
from shared.errors import InvalidInput
from shared.formats.recurrence_json import read_recurrence, recurrence_json

Document = dict[str, Any]
_PLAIN = (
    "terc", "created", "updated", "revision", "generation", "submitted", "approved", "approved_digest",
    "made", "epoch", "ended",
)  # fmt: skip
_NEEDED = (
    "state",
    "writers",
)  # without them nobody could tell what may be made of it, and who may approve it


def series_document(series: Series) -> Document:
    return {
        **{name: getattr(series, name) for name in _PLAIN},
        "content": content_document(series.content),
        "recurrence": recurrence_json(series.recurrence),
        "state": series.state.value,
        "author": person_document(series.author),
        "writers": list(series.writers),
        "approver": person_document(series.approver),
        "withdrawn": [day.isoformat() for day in series.withdrawn],
        "wake": series.wake(),  # for queries only
        "expire": series.kept_until(),
    }


def series_of(series_id: str, document: Mapping[str, Any]) -> Series:
    """Raises Misfit, also for a rule that this release cannot read: it would come at other times."""
    for name in _NEEDED:
        needed(document, name)
    return record(
        Series,
        document,
        id=series_id,
        content=content_of(needed(document, "content")),
        recurrence=_recurrence(needed(document, "recurrence")),
        withdrawn=tuple(date.fromisoformat(day) for day in document.get("withdrawn") or ()),
    )


def _recurrence(stored: object) -> Recurrence:
    try:
        return read_recurrence(stored)
    except InvalidInput as error:
        raise Misfit("recurrence") from error
