"""Everybody in the residents' documents and in their index, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from shared.adapters.firestore_errors import reading, writing
from shared.adapters.residents import KINDS, SLOTS
from shared.ports import Kind, Leftover, QuietDevice, QuietResident

if TYPE_CHECKING:
    from google.cloud.firestore import Client, CollectionGroup, CollectionReference

    Documents = CollectionReference | CollectionGroup


class FirestoreResidentWalk:
    """Fulfils ports.ResidentWalk. The order is that of document names."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def residents(self, after: str, limit: int) -> Sequence[str]:
        return self._ids("residents", after, limit)

    def changed(self, kind: Kind, after: str, until: datetime, limit: int) -> Sequence[QuietResident]:
        """By the index of `updated` of each kind; one read for each. A position is that time and the path."""
        if kind == "residents":
            return self.quiet_residents(until, after, limit)
        return self._written(self._client.collection_group(kind), after, until, limit)

    def entries(self, after: str, limit: int) -> Sequence[str]:
        return self._ids("audience", after, limit)

    def gone(self, uids: Sequence[str]) -> Sequence[str]:
        references = [self._client.document("residents", uid) for uid in uids]
        with reading():
            found = {
                item.id for item in self._client.get_all(references, field_paths=["language"]) if item.exists
            }
        return [uid for uid in uids if uid not in found]

    def idle_devices(self, before: datetime, limit: int) -> Sequence[Leftover]:
        """By the index of `updated` over all collections named `devices`; one read for each."""
        return self._leftovers("devices", "updated", "<", before, limit)

    def quiet_devices(self, after: datetime, until: datetime, limit: int) -> Sequence[QuietDevice]:
        """By the index of `updated`; one read for each."""
        from google.cloud.firestore import FieldFilter

        written = self._client.collection_group("devices").order_by("updated")
        between = written.where(filter=FieldFilter("updated", ">", after)).where(
            filter=FieldFilter("updated", "<=", until)
        )
        with reading():
            return [
                QuietDevice(found.reference.parent.parent.id, found.id, found.get("updated"))
                for found in between.limit(limit).stream()
            ]

    def ended_places(self, now: datetime, limit: int) -> Sequence[Leftover]:
        """By the index of `until` over all collections named `places`; one read for each."""
        return self._leftovers("places", "until", "<=", now, limit)

    def clear(self, leftover: Leftover) -> None:
        reference = self._client.document("residents", leftover.uid, leftover.kind, leftover.id)
        with writing():
            reference.delete(option=self._client.write_option(last_update_time=leftover.token))

    def _leftovers(
        self, kind: Literal["devices", "places"], field: str, operator: str, moment: datetime, limit: int
    ) -> Sequence[Leftover]:
        from google.cloud.firestore import FieldFilter

        documents = self._client.collection_group(kind)
        over = documents.where(filter=FieldFilter(field, operator, moment)).order_by(field)
        with reading():
            return [
                Leftover(found.reference.parent.parent.id, kind, found.id, found.update_time)
                for found in over.select([]).limit(limit).stream()
            ]

    def quiet_residents(self, before: datetime, after: str, limit: int) -> Sequence[QuietResident]:
        """By the index of `updated`; one read for each. A position is that time and the uid."""
        return self._written(self._client.collection("residents"), after, before, limit)

    def _written(
        self, documents: Documents, after: str, before: datetime, limit: int
    ) -> Sequence[QuietResident]:
        from google.cloud.firestore import FieldFilter

        query = documents.where(filter=FieldFilter("updated", "<", before))
        query = query.order_by("updated").order_by("__name__")
        if position := _position(after):
            moment, path = position
            last = {"__name__": self._client.document(path)} if path else {}
            query = query.start_after({"updated": moment, **last})
        with reading():
            found = list(query.select(["updated"]).limit(limit).stream())
        return [
            QuietResident(one.reference.path.split("/")[1], f"{one.get('updated').isoformat()} {path}")
            for one in found
            for path in [one.reference.path.removeprefix("residents/")]
        ]

    def remove(self, uid: str, before: datetime) -> bool:
        """17 reads; a time that is missing or no time counts as long ago."""
        root = self._client.document("residents", uid)
        slots = [root.collection(kind).document(slot) for kind in KINDS for slot in SLOTS]
        with reading():
            found = [item for item in self._client.get_all([root, *slots], ["updated"]) if item.exists]
        written = [(item.to_dict() or {}).get("updated") for item in found]
        if any(isinstance(moment, datetime) and moment >= before for moment in written):
            return False
        batch = self._client.batch()
        for item in found:
            batch.delete(item.reference, self._client.write_option(last_update_time=item.update_time))
        with writing():
            batch.commit()
        return True

    def _ids(self, collection: str, after: str, limit: int) -> Sequence[str]:
        """One read for each, without its fields."""
        documents = self._client.collection(collection)
        query = documents.order_by("__name__").select([]).limit(limit)
        if after:
            query = query.start_after({"__name__": documents.document(after)})
        with reading():
            return [found.id for found in query.stream()]


def _position(text: str) -> tuple[datetime, str] | None:
    """The time and the path of the document, "" after all of that time; None before the first, and for one of
    another form: the walk begins anew."""
    moment, named, below = text.partition(" ")
    document = below.count("/") in (0, 2) and all(below.split("/"))
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    if not named:
        return at, ""
    return (at, f"residents/{below}") if document else None
