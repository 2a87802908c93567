"""The addresses of a municipality's register, as areas and places are compared with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from shared.domain.covered import Address
from shared.domain.place_codes import PlaceCodes
from shared.domain.register_unit import part_of, street_code
from shared.domain.search.gazetteer import Gazetteer, House
from shared.geo.cells import cells_of
from shared.services.audience.derive_codes import MunicipalAddresses


def addresses_of(gazetteer: Gazetteer) -> Sequence[Address]:
    """All of them, in the register's order; each with the cell of a resident who picked it."""
    found = list(_houses(gazetteer))
    cells = cells_of((house.lat, house.lon) for _, _, house in found)
    return [Address(codes, name, cell) for (codes, name, _), cell in zip(found, cells, strict=True)]


def municipal_addresses(gazetteer: Gazetteer) -> MunicipalAddresses:
    """By which a place without an address gets its codes."""
    found = list(_houses(gazetteer))
    return MunicipalAddresses(
        [codes for codes, _, _ in found], [(house.lat, house.lon) for _, _, house in found]
    )


def _houses(gazetteer: Gazetteer) -> Iterator[tuple[PlaceCodes, str, House]]:
    """Codes, the name of the street or else of the locality, and the house."""
    around, shared_names = part_of(gazetteer), _shared_names(gazetteer)
    for locality in gazetteer.localities:
        within = around.get(locality.sym)
        for house in locality.houses.listed:
            yield PlaceCodes(gazetteer.terc, locality.sym, within, None, house.number), locality.name, house
        for street in locality.streets:
            code = street_code(locality, street)
            name = f"{street.name} ({locality.name})" if street.name in shared_names else street.name
            for house in street.houses.listed:
                yield PlaceCodes(gazetteer.terc, locality.sym, within, code, house.number), name, house


def _shared_names(gazetteer: Gazetteer) -> set[str]:
    """Of several streets: "Główna 7 of 10" twice would tell nobody which village is meant."""
    names = Counter(street.name for locality in gazetteer.localities for street in locality.streets)
    return {name for name, count in names.items() if count > 1}
