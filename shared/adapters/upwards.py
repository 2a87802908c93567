"""What crisis centres were told, `upwards/{alert}`, and where they are reached, `centres/{terc}`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from shared.adapters.audit_chain import Commits, Unaudited
from shared.adapters.firestore_errors import reading
from shared.adapters.stored_documents import one, record
from shared.domain.audit import Act
from shared.domain.retention import CASE_KEPT
from shared.domain.upwards import Centres, Upwards
from shared.ports import Versioned

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference, WriteBatch


class FirestoreUpwardsStore:
    """Fulfils ports.UpwardsStore. A token is the `update_time` of the document that was read."""

    def __init__(self, client: Client, audit: Commits | None = None) -> None:
        """Without `audit` it takes no acts."""
        self._client, self._audit = client, audit or Unaudited(client)

    def get(self, alert_id: str) -> Versioned[Upwards] | None:
        with reading():
            found = self._place(alert_id).get()
        if not found.exists:
            return None
        known = one(
            "upwards", alert_id, found.to_dict() or {}, lambda name, it: record(Upwards, it, alert=name)
        )
        return Versioned(known, found.update_time)

    def put(
        self, before: Versioned[Upwards] | None, after: Upwards, acts: Sequence[Act] = ()
    ) -> Versioned[Upwards]:
        tellings = [_plain(asdict(telling)) for telling in after.tellings]
        latest = max(telling.at for telling in after.tellings)
        document = {"terc": after.terc, "tellings": tellings, "expire": latest + CASE_KEPT}
        results = self._audit.commit(
            _writing(self._client, self._place(after.alert), before, document), *acts
        )
        return Versioned(after, results[0].update_time)

    def _place(self, alert_id: str) -> DocumentReference:
        place: DocumentReference = self._client.document("upwards", alert_id)
        return place


class FirestoreCentreStore:
    """Fulfils ports.CentreStore. A token is the `update_time` of the document that was read."""

    def __init__(self, client: Client, audit: Commits | None = None) -> None:
        self._client, self._audit = client, audit or Unaudited(client)

    def get(self, terc: str) -> Versioned[Centres] | None:
        with reading():
            found = self._client.document("centres", terc).get()
        if not found.exists:
            return None
        known = one("centres", terc, found.to_dict() or {}, lambda name, it: record(Centres, it, terc=name))
        return Versioned(known, found.update_time)

    def put(self, before: Versioned[Centres] | None, after: Centres, acts: Sequence[Act] = ()) -> None:
        document = asdict(after)
        del document["terc"]
        place = self._client.document("centres", after.terc)
        self._audit.commit(_writing(self._client, place, before, document), *acts)


def _writing(client: Client, place: Any, before: Versioned[Any] | None, document: dict[str, Any]) -> Any:
    """As it was read, or not there yet."""

    def fill(batch: WriteBatch) -> None:
        if before is None:
            batch.create(place, document)
        else:
            batch.update(place, document, option=client.write_option(last_update_time=before.token))

    return fill


def _plain(telling: dict[str, Any]) -> dict[str, Any]:
    """Its words as texts."""
    return {**telling, **{name: telling[name].value for name in ("centre", "way", "outcome")}}
