"""What everybody may read, and the signature on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from shared.domain.alert import Alert
from shared.domain.public_alert import PublicAlert
from shared.domain.signature import Signature


class PublishedStore(Protocol):
    """The residents' copy of an alert."""

    def token(self, alert_id: str) -> object | None: ...

    def publish(self, alert: Alert, expected: object | None, signature: Signature | None = None) -> None:
        """Write the public copy; `expected` None means there was none, `signature` None that nobody can sign.

        Raises Conflict.
        """

    def shows(self, alert: Alert, signed: bool = False) -> bool:
        """Whether the public copy is there and says what this alert says; if `signed`, with a signature."""

    def receipts(self, alert_id: str) -> Mapping[str, Mapping[str, int]]:
        """Number of receipts by kind ("received", "opened") and by Platform; zeros included."""

    def not_mine(self, alert_id: str) -> int:
        """Number of residents who reported, with a push's proof, that the alert does not concern them."""


class PublicStore(Protocol):
    """Published alerts, for readers without an account."""

    def alert(self, alert_id: str) -> PublicAlert | None: ...

    def thread(self, thread: str) -> Sequence[PublicAlert]:
        """All messages of a thread, the highest version first."""

    def active(self, terc: str, limit: int) -> Sequence[PublicAlert]:
        """Of a municipality, in state active, however long ago it was sent; the latest sent first."""

    def sent_since(self, terc: str, since: datetime, limit: int) -> Sequence[PublicAlert]:
        """Of a municipality, in any state, sent at `since` or later; the latest first."""


class SigningKey(Protocol):
    """The private half; the public one is known to everybody before it signs."""

    @property
    def id(self) -> str:
        """domain.signature.key_id of the public half."""

    def sign(self, message: bytes) -> bytes:
        """64 bytes (Ed25519, RFC 8032)."""


class AlertSigner(Protocol):
    def key(self, terc: str) -> SigningKey | None:
        """The key that signs for this municipality now; None when there is none that can be read."""
