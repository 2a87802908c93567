"""The registers of a municipality: its localities, streets and houses, by code and by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from shared.domain.register_unit import RegisterUnit
    from shared.domain.search.gazetteer import Gazetteer


class AreaLibrary(Protocol):
    """`terc` has seven digits. What is said of a municipality's names may be minutes old."""

    def gazetteer(self, terc: str) -> Gazetteer | None:
        """With all its houses; None where no register was imported. The same object while nothing changed."""

    def search_texts(self, terc: str) -> tuple[str, ...]:
        """The search document and its pages (shared/formats/search_json.py); empty without a register."""

    def generation(self, terc: str) -> str | None:
        """Another one after each import that changed something; None where no register was imported."""

    def unit(self, terc: str, code: str) -> RegisterUnit | None:
        """With its shape, as it is now; those retired too. A voivodeship's or powiat's code as well."""

    def units(self, terc: str, parent: str) -> Sequence[RegisterUnit]:
        """What lies directly in the gmina or the locality, without shapes and without what is retired."""
