"""Signed alerts, and followers of alerts, written beside the system: what governance will do to threads."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Protocol

from shared.adapters.published import public_document
from shared.domain.alert import State, Text
from shared.domain.public_alert import Kind, PublicAlert
from shared.domain.signature import Signature
from shared.formats.key_json import base64url
from shared.formats.signed_alert import read_signed, signed_text
from shared.ports import SigningKey


class Writer(Protocol):
    """tests.browser.town.Registers, or what stands for it."""

    def write(self, path: str, document: Mapping[str, Any]) -> None: ...

    def fields(self, path: str) -> dict[str, Any] | None:
        """As Firestore types them."""


def signature(alert: PublicAlert, key: SigningKey, at: datetime | None = None) -> Signature:
    """At that moment, else now."""
    text = signed_text(alert, key.id, at or datetime.now(UTC))
    return Signature(text, base64url(key.sign(text.encode())), key.id)


def publish_signed(client: Writer, alert: PublicAlert, key: SigningKey, **beside: Any) -> None:
    """Writes published/{id}; `beside` changes fields of the document and not what was signed."""
    document = {**public_document(alert, signature(alert, key)), **beside}
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
    """The next document of the thread that the published alert `of` is in, signed; answers what it says.

    An all-clear is for everybody who got the alert, so area, category and times stay unless changed.
    """
    first = read_published(client, of)
    fresh = {"id": f"f{uuid.uuid4().hex[:19]}", "version": first.version + 1, "sent": _now(), "revision": 1}
    alert = replace(first, kind=kind, texts=texts, state=State.ACTIVE, cancelled=None, **{**fresh, **changes})
    publish_signed(client, alert, key)
    return alert


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
