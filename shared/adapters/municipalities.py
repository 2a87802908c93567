"""Municipalities in Firestore: `municipalities/{terc}` and their shapes in `areas/{terc}`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading, writing
from shared.adapters.kept import Kept
from shared.adapters.municipality_documents import (
    REGISTER,
    Frame,
    all_keys,
    boundary,
    frames,
    key_document,
    municipality,
    public_municipality,
)
from shared.adapters.stored_documents import one, readable
from shared.domain.municipality import Municipality
from shared.domain.public_alert import PublicMunicipality
from shared.domain.signature import PublicKey
from shared.ports import Clock, Point, Versioned

if TYPE_CHECKING:
    from google.cloud.firestore import Client

MAX_AGE = 300.0  # seconds; a municipality joins or changes its boundary a few times a year


class FirestoreMunicipalityStore:
    """Fulfils ports.MunicipalityStore. A token of keys is the `update_time` of the municipality's document.

    What concerns all municipalities is kept in the process; an answer without any is not, so that a new
    deployment's first one counts at once.
    """

    def __init__(self, client: Client, clock: Clock) -> None:
        self._client = client
        self._served: Kept[Sequence[PublicMunicipality]] = Kept(clock)
        self._boundaries: Kept[Mapping[str, str]] = Kept(clock)
        self._frames: Kept[Mapping[str, Frame]] = Kept(clock)
        self._shapes: Kept[str | None] = Kept(clock)

    def get(self, terc: str) -> Municipality | None:
        with reading():
            document = self._client.document("municipalities", terc).get().to_dict()
        return None if document is None else one("municipalities", terc, document, municipality)

    def served(self, max_age: float = 60.0) -> Sequence[PublicMunicipality]:
        """One document read per municipality, when the last answer is older than `max_age`."""
        return self._served.get("served", max_age, lambda _: self._read_served())

    def boundary(self, terc: str) -> str | None:
        return self._text("areas", terc, field="geometry")

    def boundaries(self) -> Mapping[str, str]:
        """One document read per municipality, when the last answer is older than `MAX_AGE`."""
        return self._boundaries.get("boundaries", MAX_AGE, lambda _: self._read_boundaries())

    def boundaries_about(self, points: Collection[Point]) -> Mapping[str, str]:
        """Two reads when the register of frames is older than `MAX_AGE`, and one for each shape that is not
        known yet: an instance reads those that its residents live in, not all that are served.

        A register that does not name as many as there are counts for nothing: all are read.
        """
        if not points:
            return {}
        frames = self._frames.get("frames", MAX_AGE, lambda _: self._read_frames())
        if not frames:
            return self.boundaries()
        about = [terc for terc, frame in frames.items() if any(map(frame.holds, points))]
        shapes = ((terc, self._shape(terc)) for terc in about)
        return {terc: text for terc, text in shapes if text}

    def base_map(self, terc: str) -> str | None:
        return self._text("areas", terc, "layers", "base", field="geojson")

    def keys(self, terc: str) -> Versioned[tuple[PublicKey, ...]] | None:
        with reading():
            found = self._client.document("municipalities", terc).get(["keys"])
        if not found.exists:
            return None
        return Versioned(one("municipalities", terc, found.to_dict() or {}, all_keys), found.update_time)

    def replace_keys(
        self, terc: str, before: Versioned[tuple[PublicKey, ...]], keys: Sequence[PublicKey]
    ) -> None:
        unchanged: Any = self._client.write_option(last_update_time=before.token)
        document = self._client.document("municipalities", terc)
        with writing():
            document.update({"keys": [key_document(key) for key in keys]}, option=unchanged)

    def _read_served(self) -> list[PublicMunicipality]:
        with reading():
            snapshots = self._client.collection("municipalities").stream()
            documents = ((item.id, item.to_dict() or {}) for item in snapshots)
            found = list(readable("municipalities", documents, public_municipality))
        return sorted(found, key=lambda one: (one.name, one.terc))

    def _read_boundaries(self) -> dict[str, str]:
        from google.cloud.firestore import FieldFilter

        served = self._client.collection("areas").where(filter=FieldFilter("kind", "==", "municipality"))
        with reading():
            found = served.select(["terc", "geometry"]).stream()
            return dict(readable("areas", ((item.id, item.to_dict() or {}) for item in found), boundary))

    def _shape(self, terc: str) -> str | None:
        return self._shapes.get(terc, MAX_AGE, lambda _: self._readable_shape(terc))

    def _readable_shape(self, terc: str) -> str | None:
        """None for what is no shape, which is said in the log as where all are read."""
        with reading():
            found = self._client.document("areas", terc).get(["terc", "geometry"])
        documents = [(terc, found.to_dict() or {})] if found.exists else []
        return dict(readable("areas", documents, boundary)).get(terc)

    def _read_frames(self) -> Mapping[str, Frame]:
        """None at all unless each boundary has its frame."""
        from google.cloud.firestore import FieldFilter

        served = self._client.collection("areas").where(filter=FieldFilter("kind", "==", "municipality"))
        counted: Any = served.count()  # the library's own annotation names the class, not a query
        with reading():
            register = self._client.document(*REGISTER).get().to_dict() or {}
            there = int(counted.get()[0][0].value)
        found = frames(register)
        return found if len(found) == there else {}

    def _text(self, *path: str, field: str) -> str | None:
        with reading():
            document = self._client.document(*path).get([field]).to_dict() or {}
        text = document.get(field)
        return text if isinstance(text, str) else None
