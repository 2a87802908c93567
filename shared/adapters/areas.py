"""The registers of municipalities in Firestore: `areas/{terc}/layers/search` and `areas/{terc}/units`."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from threading import Lock
from typing import TYPE_CHECKING, Any

from shared.adapters.area_documents import page_name, text_of, unit, unit_above
from shared.adapters.firestore_errors import reading
from shared.adapters.stored_documents import Document, Misfit, needed, one
from shared.domain.register_unit import RegisterUnit, units_in
from shared.domain.search.gazetteer import Gazetteer
from shared.formats.search_json import gazetteer_of, with_page
from shared.ports import Clock

if TYPE_CHECKING:
    from google.cloud.firestore import Client

MAX_AGE = 600.0  # seconds; registers change a few times a year
# Addresses in memory, some 300 bytes each; the municipality asked for last stays, however large.
MOST_ADDRESSES = 150_000
TURNS = 3  # to read pages that are being replaced
MOST_PAGES = 9  # a commit takes 10 MiB, and a page is nearly one


@dataclass(frozen=True)
class _Known:
    generation: str
    texts: tuple[str, ...]
    gazetteer: Gazetteer
    checked: float  # clock().monotonic()

    @property
    def addresses(self) -> int:
        return sum(locality.count for locality in self.gazetteer.localities)


class FirestoreAreaLibrary:
    """Fulfils ports.AreaLibrary. Of a municipality that is known, one small read each ten minutes."""

    def __init__(self, client: Client, clock: Clock, most_addresses: int = MOST_ADDRESSES) -> None:
        self._client, self._clock, self._most = client, clock, most_addresses
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._turn = Lock()

    def gazetteer(self, terc: str) -> Gazetteer | None:
        known = self._current(terc)
        return None if known is None else known.gazetteer

    def search_texts(self, terc: str) -> tuple[str, ...]:
        known = self._current(terc)
        return () if known is None else known.texts

    def generation(self, terc: str) -> str | None:
        known = self._current(terc)
        return None if known is None else known.generation

    def unit(self, terc: str, code: str) -> RegisterUnit | None:
        above = len(code) < len(terc) and terc.startswith(code)
        path = ("areas", code) if above else ("areas", terc, "units", code)
        with reading():
            found = self._client.document(*path).get().to_dict()
        return None if found is None else one("/".join(path[:-1]), code, found, unit_above if above else unit)

    def units(self, terc: str, parent: str) -> Sequence[RegisterUnit]:
        known = self._current(terc)
        return () if known is None else units_in(known.gazetteer, parent)

    def _current(self, terc: str) -> _Known | None:
        """One thread asks Firestore at a time: a new instance's first requests come together."""
        with self._turn:
            now = self._clock.monotonic()
            known = self._known.get(terc)
            if known is None or now - known.checked > MAX_AGE:
                known = self._read(terc, known, now)
            if known is not None:
                self._keep(terc, known)
            return known

    def _keep(self, terc: str, known: _Known) -> None:
        self._known[terc] = known
        self._known.move_to_end(terc)
        while len(self._known) > 1 and sum(one.addresses for one in self._known.values()) > self._most:
            self._known.popitem(last=False)

    def _read(self, terc: str, known: _Known | None, now: float) -> _Known | None:
        """Raises Unreadable."""
        if known is not None and self._layer(terc, "search", ["generation"]) == {
            "generation": known.generation
        }:
            return replace(known, checked=now)
        for turn in range(TURNS):
            if not (main := self._layer(terc, "search")):
                self._known.pop(terc, None)
                return None
            pages = self._pages(terc, main)
            if turn == TURNS - 1 or all(page.get("generation") == main.get("generation") for page in pages):
                break  # else it was replaced in between
        return one(f"areas/{terc}/layers", "search", main, lambda _, found: _made(found, pages, now))

    def _pages(self, terc: str, main: Document) -> list[Document]:
        count = main.get("pages")
        most = min(count, MOST_PAGES) if isinstance(count, int) else 0
        return [self._layer(terc, page_name(at)) for at in range(most)]

    def _layer(self, terc: str, name: str, fields: list[str] | None = None) -> dict[str, Any]:
        with reading():
            return self._client.document("areas", terc, "layers", name).get(fields).to_dict() or {}


def _made(main: Document, pages: Sequence[Document], now: float) -> _Known:
    """Raises Misfit, and ValueError for a text of a later version."""
    generation = needed(main, "generation")
    if not isinstance(generation, str) or not isinstance(main.get("pages"), int):
        raise Misfit("generation")
    texts = tuple(text_of(document, generation) for document in (main, *pages))
    return _Known(generation, texts, reduce(with_page, texts[1:], gazetteer_of(texts[0])), now)
