"""What `sweep` walks through: who is stored, what is idle or over, what is left of those who are gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Kind = Literal["residents", "places", "devices"]  # of documents, each with the time when it was written


@dataclass(frozen=True)
class Leftover:
    """A device not written for long, or a place whose `until` has come; `token` is of what was read."""

    uid: str
    kind: Literal["devices", "places"]  # its collection
    id: str
    token: object


@dataclass(frozen=True)
class QuietDevice:
    """A device of which nothing was heard since it was `written`."""

    uid: str
    id: str
    written: datetime


@dataclass(frozen=True)
class QuietResident:
    """Found by when a document of theirs was written; a walk goes on after `position`, which names them."""

    uid: str
    position: str

    @property
    def moment(self) -> str:
        """A position that names nobody: after all that was written then."""
        return self.position.partition(" ")[0]


@dataclass(frozen=True)
class Erasure:
    """Somebody who left; what the alerts up to `after` keep of them is erased."""

    uid: str
    after: str  # id of an alert; "" before the first


class ResidentWalk(Protocol):
    """All who are stored, page by page in an order that stays the same."""

    def residents(self, after: str, limit: int) -> Sequence[str]:
        """The next uids with a document of their own; "" begins."""

    def changed(self, kind: Kind, after: str, until: datetime, limit: int) -> Sequence[QuietResident]:
        """Whose document of that kind was last written after `after` and before `until`, in that order."""

    def entries(self, after: str, limit: int) -> Sequence[str]:
        """The next keys ("uid.place") of index entries; "" begins."""

    def gone(self, uids: Sequence[str]) -> Sequence[str]:
        """Those of them without a document of their own."""

    def idle_devices(self, before: datetime, limit: int) -> Sequence[Leftover]:
        """Devices last written before that moment, the longest idle first."""

    def quiet_devices(self, after: datetime, until: datetime, limit: int) -> Sequence[QuietDevice]:
        """Devices last written after the one moment and not after the other, the longest quiet first."""

    def ended_places(self, now: datetime, limit: int) -> Sequence[Leftover]:
        """Places with `until` at `now` or before, the longest over first."""

    def clear(self, leftover: Leftover) -> None:
        """Delete it; raises Conflict when it was written since it was read."""

    def quiet_residents(self, before: datetime, after: str, limit: int) -> Sequence[QuietResident]:
        """Residents whose own document was last written before then, the longest quiet first; "" begins."""

    def remove(self, uid: str, before: datetime) -> bool:
        """Delete all of a resident in one commit, unless any of it was written at `before` or later.

        Raises Conflict when something was written meanwhile.
        """


class TraceStore(Protocol):
    """What is left of residents who are gone, and who of them is still to be cleared away."""

    def ask(self, uid: str, now: datetime) -> None:
        """Note that a resident is gone; again is as good as once, and keeps the first one's turn."""

    def asked(self, limit: int) -> Sequence[Erasure]:
        """Those whose turn it is, who asked first before the others."""

    def alerts(self, after: str, limit: int) -> Sequence[str]:
        """The next ids of all alerts, published or not, and of all that is published; "" begins."""

    def erase(self, alert_id: str, uid: str) -> None:
        """Delete receipts and report, and take the resident out of the delivery's record; its counts stay."""

    def move_on(self, uid: str, after: str) -> None:
        """Note how far it has come; it keeps its turn."""

    def put_off(self, uid: str, now: datetime) -> None:
        """Behind all who have asked until now: it cannot go on at present, and holds up nobody."""

    def forget_targets(self, uid: str) -> None:
        """Take the resident's phones out of the register of who owns which."""

    def done(self, uid: str) -> None:
        """Forget that it was asked for."""


class AccountStore(Protocol):
    """The sign-ins of residents."""

    def delete(self, uid: str) -> bool:
        """False when there is none, or it is a member of staff's: that stays. Raises Unavailable."""


class CursorStore(Protocol):
    """How far a walk has come; a text under a name."""

    def all(self) -> Mapping[str, str]:
        """Of every walk that ever went on; one read."""

    def put(self, name: str, position: str) -> None: ...
