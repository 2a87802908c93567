"""Residents' documents in memory, under the contract of tests/emulator/test_residents_contract.py."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from shared.domain.audience import Device, Place, Platform, Resident, Target
from shared.domain.preferences import NO_PREFERENCES, Preferences
from shared.errors import Conflict
from shared.ports import DeadPhone


@dataclass
class Documents:
    language: str | None = None
    preferences: Preferences = NO_PREFERENCES
    places: dict[str, Place] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)
    tokens: dict[str, int] = field(default_factory=dict)
    trials: dict[str, tuple[datetime | None, datetime | None]] = field(default_factory=dict)


class FakeResidentStore:
    """Fulfils ports.ResidentStore; the other methods are what the apps do."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self.documents: dict[str, Documents] = {}

    def read(self, uid: str) -> tuple[Resident, Mapping[str, object]]:
        documents = self._of(uid)
        resident = Resident(
            uid,
            documents.language,
            tuple(place for _, place in sorted(documents.places.items())),
            tuple(device for _, device in sorted(documents.devices.items())),
            documents.preferences,
        )
        return resident, {id_: documents.tokens[id_] for id_ in documents.places}

    def trial(self, uid: str, device: str) -> datetime | None:
        asked, arrived = self._of(uid).trials.get(device, (None, None))
        return None if asked and arrived and arrived >= asked else asked

    def write_trial(
        self, uid: str, device: str, asked: datetime | None, arrived: datetime | None = None
    ) -> None:
        self._of(uid).trials[device] = (asked, arrived)

    def replace_point(self, uid: str, place: str, cell: str, token: object) -> None:
        documents = self._of(uid)
        if documents.tokens.get(place) != token:
            raise Conflict
        documents.places[place] = replace(documents.places[place], cell=cell, point=None)
        documents.tokens[place] = next(self._numbers)

    def forget(self, phones: Sequence[DeadPhone]) -> int:
        dead = [phone for phone in phones if self._stored(phone) == phone.target]
        for phone in dead:
            self.delete_device(phone.uid, phone.device)
        return len(dead)

    def _stored(self, phone: DeadPhone) -> Target | None:
        device = self._of(phone.uid).devices.get(phone.device)
        return device.target if device else None

    def write_resident(self, uid: str, language: str, preferences: Preferences = NO_PREFERENCES) -> None:
        self._of(uid).language = language
        self._of(uid).preferences = preferences

    def write_place(
        self,
        uid: str,
        place: str,
        cell: str | None = None,
        point: tuple[float, float] | None = None,
        until: datetime | None = None,
    ) -> None:
        self._of(uid).places[place] = Place(place, cell, point, until)
        self._of(uid).tokens[place] = next(self._numbers)

    def write_device(
        self, uid: str, device: str, value: str, platform: Platform = Platform.ANDROID, kind: str = "token"
    ) -> None:
        self._of(uid).devices[device] = Device(device, platform, Target(kind, value))

    def delete_resident(self, uid: str) -> None:
        """The document itself; what lies below it stays, as in Firestore."""
        self._of(uid).language = None
        self._of(uid).preferences = NO_PREFERENCES

    def delete_place(self, uid: str, place: str) -> None:
        self._of(uid).places.pop(place, None)
        self._of(uid).tokens.pop(place, None)

    def delete_device(self, uid: str, device: str) -> None:
        self._of(uid).devices.pop(device, None)

    def points(self, uid: str) -> int:
        """How many of the resident's places still have coordinates."""
        return sum(place.point is not None for place in self._of(uid).places.values())

    def _of(self, uid: str) -> Documents:
        return self.documents.setdefault(uid, Documents())
