"""The figures of an alert in Firestore: `alerts/{id}/summary/current`, which the staff's page listens to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from shared.adapters.delivery_documents import places_of
from shared.adapters.firestore_errors import reading, writing
from shared.adapters.known_fields import known_fields
from shared.domain.statistics import ChannelReport, PlatformFigures, Point, Summary
from shared.ports import Versioned

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference


class FirestoreSummaryStore:
    """Fulfils ports.SummaryStore. A token is the `update_time` of the document."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get(self, alert_id: str) -> Versioned[Summary] | None:
        with reading():
            snapshot = self._current(alert_id).get()
        document = snapshot.to_dict()
        return None if document is None else Versioned(_summary(document), snapshot.update_time)

    def put(self, alert_id: str, summary: Summary, expected: Versioned[Summary] | None) -> None:
        batch = self._client.batch()
        current, document = self._current(alert_id), asdict(summary)
        if expected is None:
            batch.create(current, document)
        else:
            batch.update(current, document, option=self._client.write_option(last_update_time=expected.token))
        with writing():
            batch.commit()

    def _current(self, alert_id: str) -> DocumentReference:
        alert = self._client.collection("alerts").document(alert_id)
        current: DocumentReference = alert.collection("summary").document("current")
        return current


def _summary(document: Mapping[str, Any]) -> Summary:
    """The document has the fields of the dataclasses, `asdict`'s way."""
    platforms = document.get("by_platform", {}).items()
    parts = {
        "by_platform": {name: known_fields(PlatformFigures, figures) for name, figures in platforms},
        "series": tuple(known_fields(Point, point) for point in document.get("series", ())),
        "places": places_of(document),
        "deliveries": tuple(known_fields(ChannelReport, one) for one in document.get("deliveries", ())),
    }
    return known_fields(Summary, {**document, **parts})
