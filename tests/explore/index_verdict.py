"""What must be true of the index in the end: it says what the resident's documents say."""

from __future__ import annotations

from collections.abc import Iterator

from shared.domain.audience import AudienceEntry
from shared.domain.preferences import Preferences
from tests.explore.index_life import NONSENSE, UID, Documents, IndexLife

# Of an entry: cell, language, devices, siblings, preferences.
Brief = tuple[str, str, tuple[str, ...], tuple[str, ...], Preferences]


def violations(life: IndexLife) -> Iterator[str]:
    """The index says what the documents say, and no coordinates are left."""
    yield from life.defects
    if any(place.point is not None for place, _ in life.documents.places.values()):
        yield "a place still has its coordinates"
    indexed = {key: _brief(entry) for key, entry in life.audience.documents.items()}
    wanted = called_for(life.documents)
    if indexed != wanted:
        yield f"the index says {indexed}, the documents {wanted}"


def _brief(entry: AudienceEntry) -> Brief:
    devices = tuple(f"{device.id}:{device.target.value}" for device in entry.devices)
    siblings = tuple(f"{sibling.id}:{sibling.cell}" for sibling in entry.siblings)
    return entry.cell, entry.language, devices, siblings, entry.preferences


def called_for(documents: Documents) -> dict[str, Brief]:
    """The entries that follow from what the app wrote, reckoned without any of the service's code."""
    cells = {slot: cell for slot, cell in sorted(documents.meant.items()) if cell and cell != NONSENSE}
    slots = {device.target.value: slot for slot, device in sorted(documents.devices.items())}  # the last wins
    devices = tuple(sorted(f"{slot}:{value}" for value, slot in slots.items()))
    if documents.language is None or not devices:
        return {}
    siblings = tuple(f"{slot}:{cell}" for slot, cell in cells.items())
    language, preferences = documents.language, documents.preferences
    return {f"{UID}.{slot}": (cell, language, devices, siblings, preferences) for slot, cell in cells.items()}
