"""The coverage of municipalities in Firestore, `coverage/{terc}.{month}`, and the walk, `coverage/silent`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading, writing
from shared.adapters.stored_documents import MISFITS, one, record
from shared.domain.coverage import Coverage, StreetShare, month_of
from shared.domain.retention import CASE_KEPT
from shared.ports.coverage import SilentWalk

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference

WALK = "silent"
WALK_KEPT = timedelta(days=62)


class FirestoreCoverageStore:
    """Fulfils ports.CoverageStore."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def latest(self, terc: str, now: datetime) -> Coverage | None:
        last_month = now.replace(day=1) - timedelta(days=1)
        names = [f"{terc}.{month_of(at)}" for at in (now, last_month)]
        with reading():
            found = self._client.get_all([self._document(name) for name in names])
            known = {item.id: item.to_dict() or {} for item in found if item.exists}
        name = next((name for name in names if name in known), None)
        return None if name is None else one("coverage", name, known[name], _coverage)

    def put(self, coverage: Coverage) -> None:
        document = {**asdict(coverage), "expire": coverage.counted + CASE_KEPT}
        streets = [{**asdict(street), "codes": list(street.codes)} for street in coverage.streets]
        with writing():
            self._document(f"{coverage.terc}.{coverage.month}").set({**document, "streets": streets})

    def walk(self, month: str) -> SilentWalk:
        """What cannot be read begins anew."""
        with reading():
            document = self._document(WALK).get().to_dict() or {}
        try:
            known = record(SilentWalk, document)
        except MISFITS:
            return SilentWalk(month)
        return known if known.month == month else SilentWalk(month)

    def keep(self, walk: SilentWalk, now: datetime) -> None:
        with writing():
            self._document(WALK).set({**asdict(walk), "expire": now + WALK_KEPT})

    def _document(self, name: str) -> DocumentReference:
        document: DocumentReference = self._client.document("coverage", name)
        return document


def _coverage(_: str, document: Mapping[str, Any]) -> Coverage:
    streets = tuple(record(StreetShare, street) for street in document.get("streets") or ())
    told = (document.get("silent") or {}).items()
    silent = {why: figure if type(figure) is int else None for why, figure in told}
    return record(Coverage, document, streets=streets, silent=silent)
