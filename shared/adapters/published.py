"""The residents' copy of an alert in Firestore: `published/{id}` and the receipts beneath it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading, writing
from shared.domain.alert import Alert
from shared.domain.audience import Platform
from shared.domain.content import Told
from shared.domain.content_projection import plain
from shared.domain.public_alert import PublicAlert, public_alert
from shared.domain.retention import CASE_KEPT
from shared.domain.signature import Signature

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference

RECEIPTS = ("received", "opened")
_TELLING = ("state", "version", "revision", "sent", "cancelled")  # differ when the copy is not the alert's
_PLAIN = ("terc", "thread", "version", "revision", "sent", "cancelled", "meant_for", "narrowed")


class FirestorePublishedStore:
    """Fulfils ports.PublishedStore. A token is the `update_time` of the copy."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def token(self, alert_id: str) -> object | None:
        with reading():
            snapshot = self._copy(alert_id).get(field_paths=["revision"])
        return snapshot.update_time if snapshot.exists else None

    def publish(self, alert: Alert, expected: object | None, signature: Signature | None = None) -> None:
        batch = self._client.batch()
        copy, document = self._copy(alert.id), published_document(alert, signature)
        if expected is None:
            batch.create(copy, document)
        else:
            batch.update(copy, document, option=self._client.write_option(last_update_time=expected))
        with writing():
            batch.commit()

    def shows(self, alert: Alert, signed: bool = False) -> bool:
        """One read of a few fields: a revision has one content, so that is not compared.

        Nor is whose key signed: an old one's signature still counts, and a new one alone changes nothing.
        """
        expected = published_document(alert)
        with reading():
            copy = self._copy(alert.id).get(field_paths=(*_TELLING, "key")).to_dict() or {}
        if signed and copy.get("key") is None:
            return False
        return all(name in copy and copy[name] == expected[name] for name in _TELLING)

    def receipts(self, alert_id: str) -> Mapping[str, Mapping[str, int]]:
        """Six counts side by side; each costs a read per 1,000 receipts, and at least one."""
        from concurrent.futures import ThreadPoolExecutor

        groups = [(kind, platform) for kind in RECEIPTS for platform in Platform]
        with ThreadPoolExecutor(len(groups)) as pool:
            counts = list(pool.map(lambda group: self._receipts(alert_id, *group), groups))
        found: dict[str, dict[str, int]] = {kind: {} for kind in RECEIPTS}
        for (kind, platform), count in zip(groups, counts, strict=True):
            found[kind][platform.value] = count
        return found

    def not_mine(self, alert_id: str) -> int:
        """A read per 1,000 reports, and at least one. Those without a phone have no proof: of before."""
        from google.cloud.firestore import FieldFilter

        reports = self._copy(alert_id).collection("reports")
        query: Any = reports.where(filter=FieldFilter("device", ">=", "")).count()
        with reading():
            return int(query.get()[0][0].value)

    def _receipts(self, alert_id: str, kind: str, platform: Platform) -> int:
        from google.cloud.firestore import FieldFilter

        receipts = self._copy(alert_id).collection("receipts")
        of_kind = receipts.where(filter=FieldFilter("kind", "==", kind))
        query: Any = of_kind.where(filter=FieldFilter("platform", "==", platform.value)).count()
        with reading():
            return int(query.get()[0][0].value)

    def _copy(self, alert_id: str) -> DocumentReference:
        return self._client.collection("published").document(alert_id)


def published_document(alert: Alert, signature: Signature | None = None) -> dict[str, Any]:
    return public_document(public_alert(alert), signature)


def public_document(alert: PublicAlert, signature: Signature | None) -> dict[str, Any]:
    """The fields are for queries and for whoever trusts Firestore; `signed` says the same to everybody."""
    return {
        **plain(alert, Told),
        **{name: getattr(alert, name) for name in _PLAIN},
        "kind": alert.kind.value,
        "state": alert.state.value,
        "signed": signature.text if signature else None,
        "signature": signature.value if signature else None,
        "key": signature.key if signature else None,
        "expire": alert.expires + CASE_KEPT,
    }
