"""What an event of Firestore says of the write that caused it, beside the document's name."""

from __future__ import annotations

import proto  # type: ignore[import-untyped]
from google.cloud.firestore_v1.types import DocumentMask
from google.protobuf.message import DecodeError


class DocumentEventData(proto.Message):  # type: ignore[misc]  # the library has no types
    """`google.events.cloud.firestore.v1.DocumentEventData`, as far as it is needed; the rest is skipped."""

    update_mask = proto.Field(DocumentMask, number=3)  # "only populated for update events"


def changed_fields(body: bytes) -> frozenset[str] | None:
    """The top-level fields that an update changed; None for a creation, a deletion, and what is no event."""
    try:
        mask = DocumentEventData.deserialize(body).update_mask
    except (DecodeError, TypeError, ValueError):
        return None
    return frozenset(path.split(".")[0].strip("`") for path in mask.field_paths) or None
