"""The register of staff in Firestore: `staff/{uid}`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading
from shared.domain.staff import BREAK_GLASS, PERSON, StaffRecord

if TYPE_CHECKING:
    from google.cloud.firestore import Client


class FirestoreStaffStore:
    """Fulfils ports.StaffStore."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get(self, uid: str) -> StaffRecord | None:
        """One read."""
        with reading():
            document = self._client.document("staff", uid).get().to_dict()
        return None if document is None else staff_record(document)


def staff_record(document: Mapping[str, Any]) -> StaffRecord:
    """Of any form: what cannot be read gives no right."""
    terc, name, since = (document.get(field) for field in ("terc", "name", "valid_since"))
    roles = document.get("roles")
    return StaffRecord(
        terc=terc if isinstance(terc, str) else "",
        roles=frozenset(role for role in roles if isinstance(role, str))
        if isinstance(roles, list)
        else frozenset(),
        name=name if isinstance(name, str) else "",
        active=document.get("active") is True,
        valid_since=since if isinstance(since, datetime) else None,
        kind=BREAK_GLASS if document.get("kind") == BREAK_GLASS else PERSON,
        has_key=document.get("has_key") is True,
    )
