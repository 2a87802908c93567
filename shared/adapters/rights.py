"""Grants and agreements in Firestore: `grants/{id}`, `standins/{terc}`, each change with its acts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.adapters.alert_documents import person_document
from shared.adapters.audit_chain import AuditChain
from shared.adapters.firestore_errors import reading
from shared.adapters.staff import add_change
from shared.adapters.staff_documents import membership, membership_document
from shared.adapters.stored_documents import one, readable, record
from shared.domain.audit import Act
from shared.domain.grant import KEPT, Grant
from shared.domain.staff import Membership
from shared.domain.stand_in import StandIn
from shared.ports import RecordChange, Versioned

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference, WriteBatch

MOST_GRANTS = 100  # that are shown
_ID = re.compile(r"[A-Za-z0-9]{1,64}", re.ASCII)
_PLAIN = ("terc", "uid", "name", "at", "decided", "revision")
_AGREED = ("terc", "powiat", "name", "at", "agreed", "begun", "ended", "revision")


class FirestoreGrantStore:
    """Fulfils ports.GrantStore. A token is the document's `update_time`."""

    def __init__(self, client: Client, chain: AuditChain) -> None:
        self._client, self._chain = client, chain

    def new_id(self) -> str:
        document_id: str = self._client.collection("grants").document().id
        return document_id

    def get(self, grant_id: str) -> Versioned[Grant] | None:
        if not _ID.fullmatch(grant_id):
            return None
        with reading():
            found = self._client.document("grants", grant_id).get()
        if not found.exists:
            return None
        return Versioned(one("grants", grant_id, found.to_dict() or {}, _grant), found.update_time)

    def all(self, terc: str) -> Sequence[Grant]:
        from google.cloud.firestore import FieldFilter, Query

        query = self._client.collection("grants").where(filter=FieldFilter("terc", "==", terc))
        newest: Any = query.order_by("at", direction=Query.DESCENDING).limit(MOST_GRANTS)
        with reading():
            documents = ((item.id, item.to_dict() or {}) for item in newest.stream())
            return list(readable("grants", documents, _grant))

    def create(self, grant: Grant | None, change: RecordChange | None, acts: Sequence[Act]) -> None:
        def fill(batch: WriteBatch) -> None:
            if grant is not None:
                batch.create(self._client.document("grants", grant.id), _grant_document(grant))
            add_change(self._client, batch, change)

        self._chain.commit(fill, *acts)

    def decide(
        self, before: Versioned[Grant], after: Grant, change: RecordChange | None, acts: Sequence[Act]
    ) -> None:
        def fill(batch: WriteBatch) -> None:
            unchanged: Any = self._client.write_option(last_update_time=before.token)
            batch.update(self._client.document("grants", after.id), _grant_document(after), option=unchanged)
            add_change(self._client, batch, change)

        self._chain.commit(fill, *acts)


class FirestoreStandInStore:
    """Fulfils ports.StandInStore. A token is the document's `update_time`."""

    def __init__(self, client: Client, chain: AuditChain) -> None:
        self._client, self._chain = client, chain

    def get(self, terc: str) -> Versioned[StandIn] | None:
        with reading():
            found = self._document(terc).get()
        if not found.exists:
            return None
        return Versioned(one("standins", terc, found.to_dict() or {}, _stand_in), found.update_time)

    def put(self, before: Versioned[StandIn] | None, after: StandIn, acts: Sequence[Act]) -> None:
        def fill(batch: WriteBatch) -> None:
            if before is None:
                batch.create(self._document(after.terc), _stand_in_document(after))
                return
            unchanged: Any = self._client.write_option(last_update_time=before.token)
            batch.update(self._document(after.terc), _stand_in_document(after), option=unchanged)

        self._chain.commit(fill, *acts)

    def delete(self, before: Versioned[StandIn], acts: Sequence[Act]) -> None:
        def fill(batch: WriteBatch) -> None:
            unchanged: Any = self._client.write_option(last_update_time=before.token)
            batch.delete(self._document(before.value.terc), option=unchanged)

        self._chain.commit(fill, *acts)

    def naming(self, uid: str) -> Sequence[StandIn]:
        from google.cloud.firestore import FieldFilter

        query = self._client.collection("standins").where(filter=FieldFilter("uids", "array_contains", uid))
        with reading():
            documents = ((item.id, item.to_dict() or {}) for item in query.stream())
            return list(readable("standins", documents, _stand_in))

    def _document(self, terc: str) -> DocumentReference:
        return self._client.document("standins", terc)


def _grant_document(grant: Grant) -> dict[str, Any]:
    return {
        **{name: getattr(grant, name) for name in _PLAIN},
        **membership_document(Membership(grant.roles, grant.scopes)),
        "by": person_document(grant.by),
        "by2": person_document(grant.by2),
        "state": grant.state.value,
        "expire": grant.at + KEPT,
    }


def _grant(grant_id: str, document: Mapping[str, Any]) -> Grant:
    """Raises Misfit."""
    part = membership(document)
    return record(Grant, document, id=grant_id, roles=part.roles, scopes=part.scopes)


def _stand_in_document(agreement: StandIn) -> dict[str, Any]:
    return {
        **{name: getattr(agreement, name) for name in _AGREED},
        "people": [person_document(person) for person in agreement.people],
        "uids": [person.uid for person in agreement.people],  # for the query
        "by": person_document(agreement.by),
        "by2": person_document(agreement.by2),
        "begun_by": person_document(agreement.begun_by),
    }


def _stand_in(terc: str, document: Mapping[str, Any]) -> StandIn:
    """Raises Misfit."""
    return record(StandIn, document, terc=terc)
