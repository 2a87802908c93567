"""What an earlier import left of a municipality, by its documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

from shared.adapters.area_documents import page_name
from shared.domain.search.gazetteer import Gazetteer
from shared.formats.search_json import gazetteer_of, with_page
from shared.ports.area_import import Documents


@dataclass(frozen=True)
class StoredLibrary:
    """`token` says since when: see ports.AreaImportStore."""

    terc: str
    documents: Documents
    token: object

    @cached_property
    def gazetteer(self) -> Gazetteer | None:
        """Raises ValueError for a form that a later release wrote."""
        main = self._layer("search")
        if not main.get("text"):
            return None
        pages = [self._layer(page_name(at))["text"] for at in range(main.get("pages") or 0)]
        return reduce(with_page, pages, gazetteer_of(main["text"]))

    @property
    def days(self) -> Mapping[str, str]:
        return dict(self._layer("search").get("registers") or {})

    @property
    def served(self) -> bool:
        return f"municipalities/{self.terc}" in self.documents

    @property
    def boundary(self) -> str | None:
        """As readers have it, or of a municipality that is not served yet."""
        shown = self.documents.get(f"areas/{self.terc}", {}).get("geometry")
        return shown or self.documents.get(f"areas/{self.terc}/units/{self.terc}", {}).get("shape")

    @property
    def name(self) -> str | None:
        """Of the municipality that is served, else of the register."""
        shown = self.documents.get(f"municipalities/{self.terc}", {}).get("name")
        return shown or (self.gazetteer.name if self.gazetteer else None)

    @property
    def units(self) -> Documents:
        within = f"areas/{self.terc}/units/"
        return {path: fields for path, fields in self.documents.items() if path.startswith(within)}

    @property
    def pages(self) -> tuple[str, ...]:
        within = f"areas/{self.terc}/layers/search."
        return tuple(path for path in self.documents if path.startswith(within))

    def _layer(self, name: str) -> Mapping[str, Any]:
        return self.documents.get(f"areas/{self.terc}/layers/{name}", {})
