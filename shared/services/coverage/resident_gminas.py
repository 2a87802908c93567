"""In which municipalities somebody has a place, by their own documents."""

from __future__ import annotations

from collections.abc import Iterator

from shared.domain.area_parts import Level
from shared.domain.audience import Place, Resident
from shared.domain.whole_units import WholeUnit
from shared.geo.boundaries import municipality_of
from shared.geo.cells import cell_of, is_place_cell
from shared.geo.coarse import centre
from shared.ports import AreaLibrary, MunicipalityStore


def gminas_of(resident: Resident, municipalities: MunicipalityStore, areas: AreaLibrary) -> frozenset[str]:
    """TERC of those that are served."""
    cells = [cell for place in resident.places if (cell := _cell(place))]
    served = municipalities.boundaries_about([centre(cell) for cell in cells])
    found = {terc for cell in cells if (terc := municipality_of(cell, served))}
    wholes = [place.whole for place in resident.places if place.whole is not None]
    return frozenset(found.union(*(_of_whole(whole, municipalities, areas) for whole in wholes)))


def _of_whole(whole: WholeUnit, municipalities: MunicipalityStore, areas: AreaLibrary) -> Iterator[str]:
    """A locality is looked for in one municipality after the other: a read each."""
    for terc in (one.terc for one in municipalities.served()):
        if whole.level is Level.GMINA:
            found = terc.startswith(whole.code)
        else:
            found = areas.unit(terc, whole.code) is not None
        if found:
            yield terc
            return


def _cell(place: Place) -> str | None:
    if place.point is not None:
        return cell_of(*place.point)
    return place.cell if place.cell and is_place_cell(place.cell) else None
