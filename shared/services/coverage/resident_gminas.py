"""In which municipalities somebody has a place, by their own documents."""

from __future__ import annotations

from shared.domain.audience import Place, Resident
from shared.geo.boundaries import municipality_of
from shared.geo.cells import cell_of, is_place_cell
from shared.geo.coarse import centre
from shared.ports import MunicipalityStore


def gminas_of(resident: Resident, municipalities: MunicipalityStore) -> frozenset[str]:
    """TERC of those that are served."""
    cells = [cell for place in resident.places if (cell := _cell(place))]
    served = municipalities.boundaries_about([centre(cell) for cell in cells])
    return frozenset(terc for cell in cells if (terc := municipality_of(cell, served)))


def _cell(place: Place) -> str | None:
    if place.point is not None:
        return cell_of(*place.point)
    return place.cell if place.cell and is_place_cell(place.cell) else None
