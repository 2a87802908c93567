"""What of residents an export has when asked for with a reason: places here, wishes, what phones confirmed.

Under random numbers, as it is stored. A resident's places in other municipalities are not this one's to hand
out; push targets and proofs are secrets and never leave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from manage.export.parts import Part, Source, Stored

PLACE = ("label", "cell", "codes", "whole", "accuracy", "until", "confirmed", "updated")
WISHES = ("language", "muted", "least_severity", "quiet_hours", "platforms")
CONFIRMED = frozenset({"kind", "platform", "reason", "device", "at", "expire"})


def _places(source: Source, terc: str) -> Iterator[Stored]:
    """Of the index, which knows where a place lies; what the resident wrote of it, and their wishes."""
    for path, entry in source.found_by(terc[:6]):
        uid, _, place = path.partition("/")[2].rpartition(".")
        for name, fields in source.one(f"residents/{uid}/places/{place}"):
            platforms = sorted({device.get("platform") for device in entry.get("devices") or ()})
            yield name, {**entry, **fields, "platforms": platforms}


def _confirmed(collection: str) -> Callable[[Source, str], Iterator[Stored]]:
    def read(source: Source, terc: str) -> Iterator[Stored]:
        for path, _ in source.said_to_be_of(terc, "published"):
            yield from source.beneath(f"{path}/{collection}")

    return read


RESIDENTS = (
    Part("residents_places", _places, {"label": "label", "cell": "cell"}, frozenset((*PLACE, *WISHES))),
    Part("receipts", _confirmed("receipts"), {"kind": "kind", "at": "at"}, CONFIRMED),
    Part("reports", _confirmed("reports"), {"reason": "reason", "at": "at"}, CONFIRMED),
)
