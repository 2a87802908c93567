"""Keep the audience index saying exactly what a resident's own documents say."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache

from shared.domain.audience import (
    AudienceEntry,
    Device,
    Place,
    Resident,
    Sibling,
    Target,
    audience_entries,
    without_ended,
)
from shared.domain.found_by import found_by
from shared.domain.place_codes import PlaceCodes
from shared.domain.preferences import Preferences, QuietHours
from shared.errors import Conflict
from shared.geo.cells import cell_of, is_place_cell
from shared.geo.coarse import centre
from shared.ports import (
    AreaLibrary,
    AudienceState,
    AudienceStore,
    MunicipalityStore,
    ResidentStore,
    Versioned,
)
from shared.services.audience.derive_codes import codes_of_cell
from shared.services.audience.known_registers import registers

Reachable = Callable[[AudienceEntry], bool]  # whether any channel has an address for it
# Of a resident's own document and of places: what an app writes to be kept, and the index does not say.
UNSAID: Mapping[str, frozenset[str]] = {
    "": frozenset({"seen", "updated"}),
    "places": frozenset({"label", "accuracy", "confirmed", "updated"}),
}
PASSES = 6  # one makes a change, one finds nothing left to do; the rest is for others writing meanwhile


@dataclass(frozen=True)
class IndexResult:
    entries: int  # of the resident in the index now
    changed: bool
    gone: bool = False  # the resident's own document is not there


def index_resident(
    uid: str,
    residents: ResidentStore,
    audience: AudienceStore,
    municipalities: MunicipalityStore,
    reachable: Reachable,
    areas: AreaLibrary | None = None,
) -> IndexResult:
    """Index one resident anew, because an event said that something of theirs was written.

    Events come twice, late and in any order, so an event only names the resident and the documents are
    read. It ends when a pass has found that index and documents agree. A worker that wrote from what it had
    read long before thereby repairs its own write, even where the one that knew better wrote nothing.

    Cost: a pass reads the state, the resident, each place and each device (or one for none): four, mostly.
    An event that changes nothing is one pass. A change is two passes and, for p places, up to p + 1 writes,
    plus one for each point to erase.
    A register of addresses is read once in a process, and then one read in ten minutes tells whether it is as
    it was; without `areas` no place has a street. A place with an end costs one read more. When that end
    comes, no event tells: `sweep` deletes the place.
    Raises Conflict when others kept writing, and Unavailable: the event is to be delivered again.
    """
    changed = False
    for _ in range(PASSES):
        state = audience.state(uid)  # before the documents: a write meanwhile moves the state's token
        resident, tokens = residents.read(uid)
        try:
            _erase_points(resident, residents, tokens)
            entries = index_entries(_at_present(resident, audience), municipalities, reachable, areas)
            if _agree(state, entries):
                return IndexResult(len(entries), changed, gone=resident.language is None)
            audience.commit(uid, entries, index_state(entries), state)
        except Conflict:
            continue
        changed = True
    raise Conflict


@cache
def index_form() -> str:
    """Names what an entry can say: another one means that everybody's entries are to be compared anew."""
    told = (AudienceEntry, Device, Target, Sibling, PlaceCodes, Preferences, QuietHours)
    named = [f"{kind.__name__}.{one.name}" for kind in told for one in fields(kind)]
    named += found_by(PlaceCodes("TERC", "SYM", "SYMPOD", "SYM:SYM_UL", "7"))
    return hashlib.sha256(" ".join(named).encode()).hexdigest()[:8]


def says_nothing_new(below: Sequence[str], changed: frozenset[str] | None) -> bool:
    """Whether a write changed only what no entry says; `below` is the document's path under the resident's.

    `changed` None: not known, or the document was made or deleted.
    """
    return changed is not None and changed <= UNSAID.get(below[0] if below else "", frozenset())


def index_entries(
    resident: Resident,
    municipalities: MunicipalityStore,
    reachable: Reachable,
    areas: AreaLibrary | None = None,
) -> tuple[AudienceEntry, ...]:
    """What the index has to hold of a resident; places without a valid cell of resolution 13 are left out."""
    cells = {place.id: cell for place in resident.places if (cell := _cell(place))}
    served = municipalities.boundaries_about([centre(cell) for cell in cells.values()])

    def sibling(place: Place) -> Sibling | None:
        if place.whole is not None and place.id not in cells:
            return Sibling(place.id, place.whole.cell)
        cell = cells.get(place.id)
        if cell is None:
            return None
        return Sibling(place.id, cell, codes_of_cell(cell, place.codes, served, registers(areas)))

    siblings = [found for place in resident.places if (found := sibling(place))]
    return audience_entries(resident, siblings, reachable)


def index_state(entries: Sequence[AudienceEntry]) -> AudienceState:
    """The state that goes with the entries; the digest does not let targets or cells be read back."""
    text = json.dumps([asdict(entry) for entry in entries], sort_keys=True, default=_plain)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return AudienceState(digest, tuple(entry.place for entry in entries))


def _at_present(resident: Resident, audience: AudienceStore) -> Resident:
    """To know the time costs a read, so it is asked for only when a place has an end."""
    if all(place.until is None for place in resident.places):
        return resident
    return without_ended(resident, audience.moment())


def _plain(value: object) -> object:
    """Sets have no order, and JSON no times."""
    return sorted(value) if isinstance(value, frozenset) else str(value)


def _agree(state: Versioned[AudienceState] | None, entries: Sequence[AudienceEntry]) -> bool:
    if state is None:
        return not entries
    return state.value == index_state(entries)


def _erase_points(resident: Resident, residents: ResidentStore, tokens: Mapping[str, object]) -> None:
    """Raises Conflict when a place was written since it was read: its newer point must not be lost."""
    for place in resident.places:
        if place.point is not None and (cell := _cell(place)):
            residents.replace_point(resident.uid, place.id, cell, tokens[place.id])


def _cell(place: Place) -> str | None:
    if place.point is not None:
        return cell_of(*place.point)
    return place.cell if place.cell and is_place_cell(place.cell) else None
