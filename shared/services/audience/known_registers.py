"""Registers of addresses as they were last asked for, prepared once in a process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from shared.domain.search.gazetteer import Gazetteer
from shared.ports import AreaLibrary
from shared.services.audience.derive_codes import MunicipalAddresses
from shared.services.audience.register_addresses import municipal_addresses

MOST = 8  # municipalities; 30,000 addresses take some 10 MB


class _Prepared:
    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[Gazetteer, MunicipalAddresses]] = OrderedDict()
        self._turn = Lock()

    def of(self, gazetteer: Gazetteer) -> MunicipalAddresses:
        """The library answers with the same object while nothing changed: to compare it costs nothing."""
        with self._turn:
            known = self._known.get(gazetteer.terc)
            if known is None or known[0] is not gazetteer:
                known = gazetteer, municipal_addresses(gazetteer)
            self._known[gazetteer.terc] = known
            self._known.move_to_end(gazetteer.terc)
            while len(self._known) > MOST:
                self._known.popitem(last=False)
            return known[1]


_PREPARED = _Prepared()


def registers(areas: AreaLibrary | None) -> Callable[[str], MunicipalAddresses | None]:
    """By TERC; None where no register was imported."""

    def of(terc: str) -> MunicipalAddresses | None:
        gazetteer = None if areas is None else areas.gazetteer(terc)
        return None if gazetteer is None else _PREPARED.of(gazetteer)

    return of
