"""The registers that were asked last, prepared: made once, as many as memory has room for."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from shared.domain.search.gazetteer import Gazetteer
from shared.services.audience.ask_address import AddressBook

MOST_ADDRESSES = 100_000  # some 400 bytes each


class AddressBooks:
    """By municipality; the one asked for last stays, however large."""

    def __init__(self, most_addresses: int = MOST_ADDRESSES) -> None:
        self._most = most_addresses
        self._made: OrderedDict[str, AddressBook] = OrderedDict()
        self._turn = Lock()

    def of(self, gazetteer: Gazetteer) -> AddressBook:
        """Made anew for another object: the library gives the same one while nothing changed."""
        with self._turn:
            book = self._made.get(gazetteer.terc)
            if book is None or book.gazetteer is not gazetteer:
                book = self._made[gazetteer.terc] = AddressBook(gazetteer)
            self._made.move_to_end(gazetteer.terc)
            while len(self._made) > 1 and sum(one.addresses for one in self._made.values()) > self._most:
                self._made.popitem(last=False)
            return book
