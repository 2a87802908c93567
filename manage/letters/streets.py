"""Streets and localities that an operator names, as they would be searched for."""

from __future__ import annotations

from collections.abc import Sequence

from manage.letters.mailing import Wanted
from shared.domain.register_unit import street_code
from shared.domain.search.gazetteer import Gazetteer, Locality, Street
from shared.domain.search.index import Index, index_of
from shared.domain.search.matching import search


def chosen(gazetteer: Gazetteer, names: Sequence[str]) -> Wanted:
    """A locality is meant with its streets. Raises LookupError, in words, for a name that nothing has."""
    index = index_of(gazetteer)
    codes = frozenset(_code(gazetteer, index, name) for name in names)

    def wanted(locality: Locality, street: Street | None) -> bool:
        return locality.sym in codes or (street is not None and street_code(locality, street) in codes)

    return wanted


def _code(gazetteer: Gazetteer, index: Index, name: str) -> str:
    known = {_code_of(one, street) for one in gazetteer.localities for street in (None, *one.streets)}
    if name in known:
        return name
    for hit in search(index, name, most=1):
        return _code_of(hit.locality, hit.street)
    raise LookupError(f"no street or locality by the name of {name!r}")


def _code_of(locality: Locality, street: Street | None) -> str:
    return street_code(locality, street) if street else locality.sym
