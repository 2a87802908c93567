"""Signed alerts, and followers of alerts, written beside the system: what governance will do to threads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from demo.thread import follower, signature
from shared.adapters.published import public_document
from shared.domain.alert import Text
from shared.domain.public_alert import Kind, PublicAlert
from shared.formats.signed_alert import read_signed
from shared.ports import SigningKey


class Writer(Protocol):
    """tests.browser.town.Registers, or what stands for it."""

    def write(self, path: str, document: Mapping[str, Any]) -> None: ...

    def fields(self, path: str) -> dict[str, Any] | None:
        """As Firestore types them."""


def publish_signed(client: Writer, alert: PublicAlert, key: SigningKey, **beside: Any) -> None:
    """Writes published/{id}; `beside` changes fields of the document and not what was signed."""
    document = {**public_document(alert, signature(alert, key, datetime.now(UTC))), **beside}
    client.write(f"published/{alert.id}", document)


def read_published(client: Writer, alert_id: str) -> PublicAlert:
    """What the signed text of a published alert says; fails when there is none."""
    fields = client.fields(f"published/{alert_id}") or {}
    return read_signed(fields["signed"]["stringValue"]).alert


def follow_up(
    client: Writer,
    key: SigningKey,
    of: str,
    kind: Kind,
    texts: Mapping[str, Text],
    **changes: Any,
) -> PublicAlert:
    """The next document of the thread that the published alert `of` is in, signed; answers what it says."""
    alert = follower(read_published(client, of), kind, texts, datetime.now(UTC), **changes)
    publish_signed(client, alert, key)
    return alert
