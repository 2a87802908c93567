"""A sample: a whole small database as one release left it, kept as JSON.

Fields are written as Firestore's REST API writes them (google.firestore.v1.Value), which tells a time from a
text, a GeoPoint from a map and an integer from a double.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from google.cloud.firestore import Client
from google.cloud.firestore_v1._helpers import decode_dict, encode_dict
from google.cloud.firestore_v1.types import Value

HERE = Path(__file__).parent
Fields = dict[str, Any]
Sample = dict[str, Fields]  # documents by their path


def releases() -> list[str]:
    return sorted(folder.name for folder in HERE.iterdir() if (folder / "office.json").exists())


def commit(release: str) -> str:
    """Of the tree that the release was made from."""
    return (HERE / release / "commit.txt").read_text(encoding="utf-8").strip()


def stories(release: str) -> list[str]:
    return sorted(file.stem for file in (HERE / release).glob("*.json"))


def load(release: str, story: str) -> Sample:
    documents = json.loads((HERE / release / f"{story}.json").read_text(encoding="utf-8"))
    return {path: decoded(fields) for path, fields in documents.items()}


def save(release: str, story: str, sample: Sample) -> None:
    """Raises FileExistsError: what a release wrote does not change any more."""
    documents = {path: encoded(fields) for path, fields in sorted(sample.items())}
    folder = HERE / release
    folder.mkdir(exist_ok=True)
    with (folder / f"{story}.json").open("x", encoding="utf-8") as file:
        json.dump(documents, file, ensure_ascii=False, indent=1)
        file.write("\n")


def encoded(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: json.loads(Value.to_json(value)) for name, value in encode_dict(fields).items()}


def decoded(fields: Mapping[str, Any]) -> Fields:
    values = {name: Value.from_json(json.dumps(value)) for name, value in fields.items()}
    return cast(Fields, decode_dict(values, None))


def dump(client: Client) -> Sample:
    """Everything in the database."""
    return {path: fields for collection in client.collections() for path, fields in _walk(collection)}


def fill(client: Client, sample: Sample) -> None:
    batch = client.batch()
    for path, fields in sample.items():
        batch.set(client.document(path), fields)
    batch.commit()


def _walk(collection: Any) -> Iterator[tuple[str, Fields]]:
    """Also what lies beneath a document that is not there."""
    for reference in collection.list_documents():
        if (fields := reference.get().to_dict()) is not None:
            yield reference.path, fields
        for below in reference.collections():
            yield from _walk(below)
