"""What the coverage of a municipality is counted from, and where it is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from shared.domain.coverage import Coverage

Key = tuple[str, str]  # a resident's uid and the slot of their device


@dataclass(frozen=True)
class Phone:
    """What its app wrote of a device."""

    joined: bool  # it has shown a push that was sent for trial
    iphone: bool


@dataclass(frozen=True)
class SilentWalk:
    """How far the month's walk through all residents has come, and whom it found that cannot ring.

    `found` by TERC (or NOWHERE) and Silence; `position` is the last uid, None after the end.
    """

    month: str
    position: str | None = ""
    found: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class PhoneRegister(Protocol):
    def phones(self, keys: Collection[Key]) -> Mapping[Key, Phone]:
        """Of those that are there; one read each."""

    def indexed(self, uids: Collection[str]) -> Collection[str]:
        """Those of them with an entry in the index: a channel can reach them. One read each."""

    def was_registered(self, uid: str) -> bool:
        """Whether a push target was ever theirs that nobody else took over. One read."""


class CoverageStore(Protocol):
    def latest(self, terc: str, now: datetime) -> Coverage | None:
        """Of this month, or else of the last one. Two reads."""

    def put(self, coverage: Coverage) -> None:
        """In place of what was counted before in the same month."""

    def walk(self, month: str) -> SilentWalk:
        """A new one when that of another month is known."""

    def keep(self, walk: SilentWalk, now: datetime) -> None: ...
