"""What Amazon tells us by itself, as it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoticeKind(StrEnum):
    """`Type` of what SNS posts."""

    NOTIFICATION = "Notification"
    SUBSCRIPTION = "SubscriptionConfirmation"
    END = "UnsubscribeConfirmation"


@dataclass(frozen=True)
class Notice:
    """As it came; nothing of it holds before its signature was verified. `signed`: the bytes under it."""

    kind: NoticeKind
    topic: str
    message: str
    at: datetime
    signed: bytes
    signature: bytes
    version: str
    certificate: str  # where the signer's is
    subscribe: str = ""  # where a subscription is confirmed
