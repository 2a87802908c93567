"""Writes what an import of registers makes; nothing that is deployed needs it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading, writing
from shared.adapters.municipality_documents import REGISTER
from shared.ports.area_import import Change, Documents

if TYPE_CHECKING:
    from google.cloud.firestore import Client

# Firestore docs, quotas: 10 MiB in one request; a unit is a few KB, the gmina's boundary some hundred.
MOST_DOCUMENTS, MOST_BYTES = 300, 4_000_000
SEARCH = "layers/search"


class FirestoreAreaImport:
    """Fulfils ports.AreaImportStore. A token is the `update_time` of the search document, None before it."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def served(self) -> Sequence[str]:
        with reading():
            return sorted(one.id for one in self._client.collection("municipalities").select([]).stream())

    def documents(self, terc: str) -> tuple[Documents, object]:
        """One read for each unit and layer."""
        areas = self._client.collection("areas")
        above = [
            self._client.document("municipalities", terc),
            *(areas.document(code) for code in _around(terc)),
        ]
        found: dict[str, Any] = {}
        token: object = None
        with reading():
            beneath = (areas.document(terc).collection(name).stream() for name in ("layers", "units"))
            for snapshot in (*self._client.get_all(above), *(one for some in beneath for one in some)):
                if snapshot.exists:
                    path = snapshot.reference.path
                    found[path] = snapshot.to_dict() or {}
                    token = snapshot.update_time if path == f"areas/{terc}/{SEARCH}" else token
            frames = self._client.document(*REGISTER).get([f"frames.`{terc}`"]).to_dict() or {}
        if own := (frames.get("frames") or {}).get(terc):
            found["/".join(REGISTER)] = {"kind": "frames", "frames": {terc: own}}
        return found, token

    def named_codes(self, terc: str) -> frozenset[str]:
        """One read for each alert of the municipality and each saved area."""
        from google.cloud.firestore import FieldFilter

        ours = (
            self._client.collection("alerts").where(filter=FieldFilter("terc", "==", terc)).select(["parts"])
        )
        saved = self._client.collection("areas").document(terc).collection("saved").select(["parts"])
        with reading():
            found = [one.to_dict() or {} for query in (ours, saved) for one in query.stream()]
        return frozenset(code for document in found for code in codes_in(document.get("parts")))

    def write(self, changes: Sequence[Change], tell: Callable[[int], None]) -> None:
        done = 0
        for some in _in_batches(changes):
            batch = self._client.batch()
            for change in some:
                self._add(batch, change)
            with writing():
                batch.commit()
            done += len(some)
            tell(done)

    def switch(self, terc: str, changes: Sequence[Change], token: object) -> None:
        batch = self._client.batch()
        search = f"areas/{terc}/{SEARCH}"
        for change in changes:
            if change.path != search or change.fields is None:
                self._add(batch, change)
            elif token is None:
                batch.create(self._client.document(search), dict(change.fields))
            else:
                unchanged: Any = self._client.write_option(last_update_time=token)
                batch.update(self._client.document(search), dict(change.fields), unchanged)
        with writing():
            batch.commit()

    def _add(self, batch: Any, change: Change) -> None:
        reference = self._client.document(change.path)
        if change.fields is None:
            batch.delete(reference)
        else:
            batch.set(reference, dict(change.fields), merge=change.merge)


def codes_in(parts: object) -> Iterator[str]:
    """Every code in the parts of an area, in whatever depth and form they are stored."""
    if isinstance(parts, str):
        try:
            parts = json.loads(parts)
        except ValueError:
            return
    if isinstance(parts, dict):
        if isinstance(code := parts.get("code"), str):
            yield code
        parts = list(parts.values())
    if isinstance(parts, list):
        for one in parts:
            if isinstance(one, dict | list):
                yield from codes_in(one)


def _around(terc: str) -> tuple[str, ...]:
    """With the municipality's own."""
    return terc[:2], terc[:4], terc


def _in_batches(changes: Sequence[Change]) -> Iterator[list[Change]]:
    some: list[Change] = []
    room = MOST_BYTES
    for change in changes:
        size = 0 if change.fields is None else sum(len(str(value)) for value in change.fields.values())
        if some and (len(some) == MOST_DOCUMENTS or size > room):
            yield some
            some, room = [], MOST_BYTES
        some.append(change)
        room -= size
    if some:
        yield some
