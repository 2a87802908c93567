"""A source of documents in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class Kept:
    """Fulfils manage.export.parts.Source."""

    def __init__(self, documents: Mapping[str, Mapping[str, Any]]) -> None:
        self._documents = {path: dict(fields) for path, fields in sorted(documents.items())}

    def one(self, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
        if path in self._documents:
            yield path, self._documents[path]

    def said_to_be_of(self, terc: str, collection: str) -> Iterator[tuple[str, dict[str, Any]]]:
        return (one for one in self.beneath(collection) if one[1].get("terc") == terc)

    def beneath(self, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
        return (one for one in self._documents.items() if one[0].rpartition("/")[0] == path)

    def found_by(self, code: str) -> Iterator[tuple[str, dict[str, Any]]]:
        return (one for one in self.beneath("audience") if code in one[1].get("found_by", ()))

    def named(self, collection: str, start: str) -> Iterator[tuple[str, dict[str, Any]]]:
        return (one for one in self.beneath(collection) if one[0].startswith(f"{collection}/{start}"))
