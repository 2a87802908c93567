"""Registers of addresses as they were last asked for, prepared once in a process."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

from shared.domain.covered import Address
from shared.domain.search.gazetteer import Gazetteer
from shared.errors import Unreadable
from shared.ports import AreaLibrary
from shared.services.audience.derive_codes import MunicipalAddresses
from shared.services.audience.register_addresses import addresses_of, municipal_addresses

MOST = 8  # municipalities; 30,000 addresses take some 10 MB

log = logging.getLogger(__name__)

T = TypeVar("T")


class Prepared(Generic[T]):
    """What is made of a register, once for each state of it."""

    def __init__(self, make: Callable[[Gazetteer], T]) -> None:
        self._make = make
        self._known: OrderedDict[str, tuple[Gazetteer, T]] = OrderedDict()
        self._turn = Lock()

    def of(self, gazetteer: Gazetteer) -> T:
        """The library answers with the same object while nothing changed: to compare it costs nothing."""
        with self._turn:
            known = self._known.get(gazetteer.terc)
            if known is None or known[0] is not gazetteer:
                known = gazetteer, self._make(gazetteer)
            self._known[gazetteer.terc] = known
            self._known.move_to_end(gazetteer.terc)
            while len(self._known) > MOST:
                self._known.popitem(last=False)
            return known[1]


_BY_PLACE = Prepared(municipal_addresses)
_LISTED = Prepared(addresses_of)


def known_addresses(gazetteer: Gazetteer) -> Sequence[Address]:
    """As addresses_of."""
    return _LISTED.of(gazetteer)


def known_gazetteer(terc: str, areas: AreaLibrary | None) -> Gazetteer | None:
    """None where no register is known, or none that this release can read: names are a help, and their want
    keeps no place out of the index and no alert from its people. Raises Unavailable."""
    try:
        return None if areas is None else areas.gazetteer(terc)
    except Unreadable:
        log.exception("the register of municipality %s cannot be read: it is as if there were none", terc)
        return None


def registers(areas: AreaLibrary | None) -> Callable[[str], MunicipalAddresses | None]:
    """By TERC; None where no register is known."""

    def of(terc: str) -> MunicipalAddresses | None:
        gazetteer = known_gazetteer(terc, areas)
        return None if gazetteer is None else _BY_PLACE.of(gazetteer)

    return of
