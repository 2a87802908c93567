"""All that is stored of one municipality, document by document, for its export."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentSnapshot

PAGE = 300  # documents in one query, so that none lasts longer than a stream may
Stored = tuple[str, dict[str, Any]]  # path, fields as JSON values


class FirestoreWholeMunicipality:
    """Reads what is there, of whatever release, and writes nothing. Everything raises Unavailable.

    All of it is read as it was at the first read, so that no file knows more than another. Firestore keeps
    that for an hour, with point-in-time recovery for longer. Documents come in the order of their paths, so
    that an export of the same data is the same file.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._as_of: datetime | None = None

    def one(self, path: str) -> Iterator[Stored]:
        """Nothing where there is no such document."""
        with reading():
            found = self._client.document(path).get(read_time=self._as_of)
        self._as_of = self._as_of or found.read_time
        if found.exists:
            yield _stored(found)

    def said_to_be_of(self, terc: str, collection: str) -> Iterator[Stored]:
        """Those whose field `terc` is it."""
        from google.cloud.firestore import FieldFilter

        return self._pages(self._client.collection(collection).where(filter=FieldFilter("terc", "==", terc)))

    def beneath(self, path: str) -> Iterator[Stored]:
        """All of a collection: "alerts/abc/history"."""
        return self._pages(self._client.collection(path))

    def named(self, collection: str, start: str) -> Iterator[Stored]:
        """Those whose ids begin with it; `start` ends with a dot."""
        found = self._client.collection(collection)
        behind = f"{start[:-1]}/"  # the character after the dot
        query = found.order_by("__name__").start_at({"__name__": found.document(start)})
        for path, fields in self._pages(query, ordered=True):
            if path.rpartition("/")[2] >= behind:
                return
            yield path, fields

    def found_by(self, code: str) -> Iterator[Stored]:
        """Entries of the index that have the code, in the order of their cells (there is no other index)."""
        from google.cloud.firestore import FieldFilter

        wanted = FieldFilter("found_by", "array_contains", code)
        query = self._client.collection("audience").where(filter=wanted).order_by("cell")
        return self._pages(query, ordered=True)

    def _pages(self, query: Any, ordered: bool = False) -> Iterator[Stored]:
        query = query if ordered else query.order_by("__name__")
        while True:
            with reading():
                page = list(query.limit(PAGE).stream(read_time=self._as_of))
            yield from map(_stored, page)
            if len(page) < PAGE:
                return
            query = query.start_after(page[-1])


def _stored(found: DocumentSnapshot[Any]) -> Stored:
    return found.reference.path, plain(found.to_dict() or {})


def plain(value: Any) -> Any:
    """Of Firestore's types, as JSON has them: times as ISO 8601 in UTC, points by latitude and longitude."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in sorted(value.items())}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return datetime.fromtimestamp(value.timestamp(), UTC).isoformat().replace("+00:00", "Z")
    if hasattr(value, "latitude"):
        return {"latitude": value.latitude, "longitude": value.longitude}
    return value
