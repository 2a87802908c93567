"""What the services need from outside: the Protocols that adapters and fakes fulfil.

A value read for a conditional write travels as `Versioned`: its token is whatever the store needs to
refuse a write over a newer value (Firestore: `update_time`). A refused write raises `errors.Conflict`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from shared.domain.alert import Alert, HistoryEntry, Person, State
from shared.domain.audience import AudienceEntry, Resident
from shared.domain.delivery import PushAnswer, PushRequest, Slice, Target
from shared.domain.municipality import Municipality
from shared.domain.public_alert import PublicAlert, PublicMunicipality
from shared.domain.signature import PublicKey, Signature
from shared.domain.statistics import Summary

T = TypeVar("T")


@dataclass(frozen=True)
class Versioned(Generic[T]):
    value: T
    token: object


class Clock(Protocol):
    def now(self) -> datetime:
        """The moment, aware, UTC."""

    def monotonic(self) -> float:
        """Seconds that never jump; for deadlines."""

    def sleep(self, seconds: float) -> None: ...


# ---- residents and their index -------------------------------------------------------------------


@dataclass(frozen=True)
class AudienceState:
    """What the index last said of a resident; kept as a tombstone after the last entry is gone.

    Without it a late worker could bring a deleted resident back: nothing would contradict its write.
    """

    digest: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class DeadPhone:
    """A resident's device whose target, as it was sent, will never work again."""

    uid: str
    device: str
    target: Target


class ResidentStore(Protocol):
    def read(self, uid: str) -> tuple[Resident, Mapping[str, object]]:
        """The resident's documents now, and the token of each place by its id."""

    def replace_point(self, uid: str, place: str, cell: str, token: object) -> None:
        """Erase the coordinates of a place, leaving its cell. Raises Conflict if it was written since."""

    def forget(self, phones: Sequence[DeadPhone]) -> int:
        """Delete each of these devices whose stored target is still the dead one; answers how many.

        A device written anew meanwhile stays, and spares no other. Raises Unavailable.
        """


class AudienceStore(Protocol):
    def moment(self) -> datetime:
        """Now by the store's own clock: the latest `read_time` it accepts."""

    def state(self, uid: str) -> Versioned[AudienceState] | None: ...

    def commit(
        self,
        uid: str,
        entries: Sequence[AudienceEntry],
        state: AudienceState,
        expected: Versioned[AudienceState] | None,
    ) -> None:
        """Make the resident's entries exactly `entries`, in one commit; raises Conflict."""

    def count(self, lo: str, hi: str, read_time: datetime | None) -> int:
        """Entries with lo <= cell <= hi."""

    def stream(
        self,
        lo: str,
        hi: str,
        read_time: datetime | None,
        after: tuple[str, str] | None = None,
        limit: int | None = None,
    ) -> Iterator[AudienceEntry]:
        """At most `limit` entries with lo <= cell <= hi, beyond `after`, ordered by (cell, document id)."""

    def entries(self, keys: Sequence[str], read_time: datetime | None) -> Iterator[AudienceEntry]:
        """The entries of these keys ("uid.place") that existed then, in any order."""


class BoundaryStore(Protocol):
    def boundaries(self) -> Mapping[str, str]:
        """Boundary of every municipality served, GeoJSON text by TERC; may be minutes old."""


class MunicipalityStore(Protocol):
    def get(self, terc: str) -> Municipality | None: ...

    def boundary(self, terc: str) -> str | None:
        """GeoJSON geometry as text."""

    def base_map(self, terc: str) -> str | None:
        """GeoJSON FeatureCollection as text: localities and streets to draw beneath an area."""


class KeyStore(Protocol):
    """The public keys of a municipality, as everybody may read them."""

    def get(self, terc: str) -> Versioned[tuple[PublicKey, ...]] | None:
        """In the order in which they came into use; None for a municipality that is not served."""

    def replace(self, terc: str, before: Versioned[tuple[PublicKey, ...]], keys: Sequence[PublicKey]) -> None:
        """Raises Conflict when the municipality's document was written since."""


# ---- alerts --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page(Generic[T]):
    items: tuple[T, ...]
    next: str | None


class AlertStore(Protocol):
    def new_id(self) -> str: ...

    def get(self, alert_id: str) -> Versioned[Alert] | None: ...

    def create(self, alert: Alert, entry: HistoryEntry, idempotency_key: str | None) -> Alert:
        """Write the alert and its first history entry; the same key again returns the first alert."""

    def replace(self, before: Versioned[Alert], after: Alert, entry: HistoryEntry | None) -> Versioned[Alert]:
        """Write `after` and its history entry in one commit; raises Conflict if `before` is stale."""

    def list(self, terc: str, states: Sequence[State], limit: int, after: str | None) -> Page[Alert]:
        """Newest change first."""

    def waking(self, until: datetime, limit: int) -> Sequence[Versioned[Alert]]:
        """Alerts with `wake` (domain.wake) at `until` or before, the longest due first."""

    def changed(self, since: datetime, until: datetime, limit: int) -> Sequence[Alert]:
        """Alerts with `since` <= `updated` <= `until`, the earliest change first."""

    def history(self, alert_id: str) -> Sequence[HistoryEntry]:
        """Oldest first; empty for an unknown alert."""


class PublishedStore(Protocol):
    """The residents' copy of an alert."""

    def token(self, alert_id: str) -> object | None: ...

    def publish(self, alert: Alert, expected: object | None, signature: Signature | None = None) -> None:
        """Write the public copy; `expected` None means there was none, `signature` None that nobody can sign.

        Raises Conflict.
        """

    def shows(self, alert: Alert) -> bool:
        """Whether the public copy is there and says what this alert says."""

    def receipts(self, alert_id: str) -> Mapping[str, Mapping[str, int]]:
        """Number of receipts by kind ("received", "opened") and by Platform; zeros included."""

    def not_mine(self, alert_id: str) -> int:
        """Number of residents who reported that the alert does not concern them."""


@dataclass(frozen=True)
class Wave:
    """The ledger of one wave: who was sent what, as of its commit."""

    slice: int
    at: datetime
    outcomes: Mapping[str, str]  # "uid.place/device" -> Outcome


@dataclass(frozen=True)
class Progress:
    """A slice, and when it was last claimed, recorded or handed over, or planned if nobody began it."""

    part: Versioned[Slice]
    moved: datetime


class DeliveryStore(Protocol):
    """Plan, slices and waves of an alert's delivery."""

    def plan(
        self,
        before: Versioned[Alert],
        after: Alert,
        entry: HistoryEntry,
        slices: Sequence[Slice],
        proof_key: str | None,
    ) -> None:
        """Write alert, history, slices and the key of the receipts' proofs in one commit; raises Conflict.

        `proof_key` None: the second round keeps the key of the first.
        """

    def proof_key(self, alert_id: str) -> str: ...

    def slice(self, alert_id: str, index: int) -> Versioned[Slice] | None: ...

    def slices(self, alert_id: str) -> Sequence[Slice]:
        """In order of their index."""

    def progress(self, alert_id: str) -> Sequence[Progress]:
        """All slices in order of their index, ready to be saved."""

    def done(self, alert_id: str) -> int:
        """Number of slices that are done."""

    def save(
        self, alert_id: str, before: Versioned[Slice], after: Slice, wave: Wave | None
    ) -> Versioned[Slice]:
        """Write the slice's progress and its wave in one commit; raises Conflict if the lease moved on."""


class SummaryStore(Protocol):
    def get(self, alert_id: str) -> Versioned[Summary] | None: ...

    def put(self, alert_id: str, summary: Summary, expected: Versioned[Summary] | None) -> None:
        """Raises Conflict when someone else gathered meanwhile."""


# ---- what anyone may read ------------------------------------------------------------------------


class PublicStore(Protocol):
    """Published alerts and who publishes them, for readers without an account."""

    def alert(self, alert_id: str) -> PublicAlert | None: ...

    def thread(self, thread: str) -> Sequence[PublicAlert]:
        """All messages of a thread, the highest version first."""

    def active(self, terc: str, limit: int) -> Sequence[PublicAlert]:
        """Of a municipality, in state active, however long ago it was sent; the latest sent first."""

    def sent_since(self, terc: str, since: datetime, limit: int) -> Sequence[PublicAlert]:
        """Of a municipality, in any state, sent at `since` or later; the latest first."""

    def municipalities(self, max_age: float = 60.0) -> Sequence[PublicMunicipality]:
        """All that are served, by name; may be so many seconds old."""


# ---- looking after what was lost -----------------------------------------------------------------


@dataclass(frozen=True)
class IdleDevice:
    """A device whose app has not written it for long; `token` is of the document as it was read."""

    uid: str
    id: str
    token: object


@dataclass(frozen=True)
class EndedPlace:
    """A place whose `until` has come; `token` is of the document as it was read."""

    uid: str
    id: str
    token: object


@dataclass(frozen=True)
class QuietResident:
    """A resident whose own document was not written for long; a walk goes on after `position`."""

    uid: str
    position: str


@dataclass(frozen=True)
class Erasure:
    """Somebody who left; what the alerts up to `after` keep of them is erased."""

    uid: str
    after: str  # id of an alert; "" before the first


class ResidentWalk(Protocol):
    """All who are stored, page by page in an order that stays the same."""

    def residents(self, after: str, limit: int) -> Sequence[str]:
        """The next uids with a document of their own; "" begins."""

    def entries(self, after: str, limit: int) -> Sequence[str]:
        """The next keys ("uid.place") of index entries; "" begins."""

    def gone(self, uids: Sequence[str]) -> Sequence[str]:
        """Those of them without a document of their own."""

    def idle_devices(self, before: datetime, limit: int) -> Sequence[IdleDevice]:
        """Devices last written before that moment, the longest idle first."""

    def prune(self, device: IdleDevice) -> None:
        """Delete it; raises Conflict when it was written since it was read."""

    def ended_places(self, now: datetime, limit: int) -> Sequence[EndedPlace]:
        """Places with `until` at `now` or before, the longest over first."""

    def end(self, place: EndedPlace) -> None:
        """Delete it; raises Conflict when it was written since it was read."""

    def quiet_residents(self, before: datetime, after: str, limit: int) -> Sequence[QuietResident]:
        """Residents whose own document was last written before then, the longest quiet first; "" begins."""

    def remove(self, uid: str, before: datetime) -> bool:
        """Delete all of a resident in one commit, unless any of it was written at `before` or later.

        Raises Conflict when something was written meanwhile.
        """


class TraceStore(Protocol):
    """What is left of residents who are gone, and who of them is still to be cleared away."""

    def ask(self, uid: str) -> None:
        """Note that a resident is gone; again is as good as once."""

    def asked(self, limit: int) -> Sequence[Erasure]: ...

    def alerts(self, after: str, limit: int) -> Sequence[str]:
        """The next ids of alerts that were published; "" begins."""

    def erase(self, alert_id: str, uid: str) -> None:
        """Delete receipts and report, and take the resident out of the delivery's record; its counts stay."""

    def move_on(self, uid: str, after: str) -> None:
        """Note how far it has come."""

    def done(self, uid: str) -> None:
        """Forget that it was asked for."""


class CursorStore(Protocol):
    """How far a walk has come; a text under a name."""

    def get(self, name: str) -> str:
        """Empty before the first `put`."""

    def put(self, name: str, position: str) -> None: ...


# ---- the outside ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Task:
    """One call of a function, later or soon; the same `name` is never run twice."""

    queue: str
    function: str
    name: str
    payload: Mapping[str, str | int]
    at: datetime | None = None


class SigningKey(Protocol):
    """The private half; the public one is known to everybody before it signs."""

    @property
    def id(self) -> str:
        """domain.signature.key_id of the public half."""

    def sign(self, message: bytes) -> bytes:
        """64 bytes (Ed25519, RFC 8032)."""


class AlertSigner(Protocol):
    def key(self, terc: str) -> SigningKey | None:
        """The key that signs for this municipality now; None when there is none that can be read."""


class TaskQueue(Protocol):
    def enqueue(self, task: Task) -> bool:
        """False when a task of that name exists or existed. Raises Unavailable."""


class FunctionCaller(Protocol):
    def call(self, function: str, payload: Mapping[str, str | int]) -> bool:
        """Start a function directly, not waiting for its end; False when it could not be reached."""


class PushSender(Protocol):
    def send(self, requests: Iterable[PushRequest], deadline: float) -> Iterator[PushAnswer]:
        """Send all, answers as they come; `deadline` on the monotonic clock, then Outcome.NETWORK."""

    def room(self) -> int:
        """How many pushes could begin at once, without waiting for this process's share of the quota."""


@dataclass(frozen=True)
class Staff:
    """A verified member of staff: second factor seen, token neither expired nor revoked."""

    person: Person
    terc: str
    roles: frozenset[str]


class TokenVerifier(Protocol):
    def verify(self, token: str) -> Staff:
        """Raises Unauthenticated."""
