"""Who an alert can reach: a resident's documents, and the index entries made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from shared.domain.found_by import found_by
from shared.domain.place_codes import UNKNOWN, PlaceCodes
from shared.domain.preferences import NO_PREFERENCES, Preferences
from shared.domain.whole_units import WholeUnit, is_whole


class Platform(StrEnum):
    ANDROID = "android"
    IOS = "ios"
    WEB = "web"


@dataclass(frozen=True)
class Target:
    """Where a push goes: a registration token or, its successor, an installation id."""

    kind: str  # "token" | "fid"
    value: str


@dataclass(frozen=True)
class Device:
    """A phone or browser; `residents/{uid}/devices/{id}`, id "1" to "8"."""

    id: str
    platform: Platform
    target: Target

    @property
    def kind(self) -> str:
        return self.platform.value


@dataclass(frozen=True)
class Place:
    """An address of a resident; `residents/{uid}/places/{id}`, id "1" to "8".

    `cell` is an H3 cell of resolution 13. An app that cannot compute it writes `point` (latitude,
    longitude in degrees), which the index replaces by the cell. A place that is a `whole` village or gmina
    has neither.
    """

    id: str
    cell: str | None
    point: tuple[float, float] | None = None
    until: datetime | None = None  # a place for a while: from then on nothing is sent for it
    codes: PlaceCodes | None = None  # of the address that the resident picked, as the app wrote them
    whole: WholeUnit | None = None


@dataclass(frozen=True)
class Resident:
    """All that a resident's own documents say."""

    uid: str
    language: str | None  # None: `residents/{uid}` itself is not there (yet, or any more)
    places: tuple[Place, ...]
    devices: tuple[Device, ...]
    preferences: Preferences = NO_PREFERENCES


def without_ended(resident: Resident, now: datetime) -> Resident:
    """The resident as the index may know them at that moment: places whose `until` has come are left out."""
    lasting = tuple(place for place in resident.places if place.until is None or place.until > now)
    return replace(resident, places=lasting)


@dataclass(frozen=True)
class Sibling:
    """What a predicate can ask about one of the resident's places; `cell` as AudienceEntry has it."""

    id: str
    cell: str
    codes: PlaceCodes = UNKNOWN


@dataclass(frozen=True)
class AudienceEntry:
    """One place of one resident in the index; `audience/{uid}.{place}`.

    Written only for residents whom a channel can reach. `siblings` lists all of the resident's places, this
    one included, so that one entry alone decides which of them is delivered.
    """

    uid: str
    place: str
    cell: str  # of a place that is a whole unit: WholeUnit.cell
    terc: str | None  # municipality, by the boundaries served; None outside all of them, and on a border
    language: str
    devices: tuple[Device, ...]
    siblings: tuple[Sibling, ...]
    preferences: Preferences = NO_PREFERENCES
    found_by: tuple[str, ...] | None = None  # codes (found_by.py); None: of a release that knew of none

    @property
    def key(self) -> str:
        return f"{self.uid}.{self.place}"


def audience_entries(
    resident: Resident, siblings: Sequence[Sibling], reachable: Callable[[AudienceEntry], bool]
) -> tuple[AudienceEntry, ...]:
    """The index entries that a resident's documents call for, so that any worker arrives at the same ones.

    `siblings` are the valid places; `reachable` says whether any channel has an address of whom an entry
    stands for. Without one, or without the resident's own document, there is nobody to reach and hence no
    entry.
    """
    if resident.language is None:
        return ()
    siblings = tuple(sorted(siblings, key=lambda sibling: sibling.id))
    in_order = sorted(resident.devices, key=lambda device: device.id)
    phones = {device.target: device for device in in_order}
    devices = tuple(device for device in in_order if phones[device.target] is device)
    entries = (
        AudienceEntry(
            uid=resident.uid,
            place=sibling.id,
            cell=sibling.cell,
            terc=sibling.codes.terc,
            language=resident.language,
            devices=devices,
            siblings=siblings,
            preferences=resident.preferences,
            found_by=() if is_whole(sibling.cell) else found_by(sibling.codes),
        )
        for sibling in siblings
    )
    return tuple(entry for entry in entries if reachable(entry))
