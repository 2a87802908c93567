"""A scan of all documents in Firestore for a text: proof that nobody's uid was left anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from google.cloud.firestore import Client, CollectionReference, DocumentReference


def named_in(client: Client, text: str) -> list[str]:
    """Paths of the documents whose path or any field, at any depth, has the text in it."""
    found = []
    for document in _documents(client.collections()):
        snapshot = document.get()
        if text in document.path or text in repr(snapshot.to_dict()):
            found.append(document.path)
    return sorted(found)


def _documents(collections: Iterator[CollectionReference]) -> Iterator[DocumentReference]:
    """Also those that are not there and have something beneath them."""
    for collection in collections:
        for document in collection.list_documents():
            yield document
            yield from _documents(document.collections())
