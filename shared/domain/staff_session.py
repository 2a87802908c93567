"""How long a sign-in of a member of staff lasts, and what they have proved of themselves in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain.alert import Alert, State
from shared.domain.lifecycle import Action

COMPOSES_FOR = timedelta(minutes=10)  # after a draft was kept its writer still writes
NOTED_EVERY = timedelta(minutes=1)  # a session is written once in that time at most
ASKED_EVERY = timedelta(minutes=1)  # whether an alert of the holder's is in force, of a session at its end
UPHELD_FOR = timedelta(minutes=10)  # an alert in force holds a session open, before it is looked for again
BEGINS_WITHIN = timedelta(hours=1)  # an id token's life: the first request comes with the sign-in's own
STOPS_WITHIN = timedelta(hours=24)  # after its absolute end a session can still stop an alert
CHALLENGE_FOR = timedelta(minutes=5)  # a question to a key is answered within
KEPT = timedelta(days=2 * 366)  # KRI (Dz.U. 2024 poz. 773), par. 20: who signed in when is kept two years
IN_FORCE = (State.SCHEDULED, State.HELD, State.ACTIVE)
_STOPPING = (Action.CANCEL, Action.STOP, Action.EDIT)


class Standing(StrEnum):
    OPEN = "open"
    IDLE = "idle"  # nobody was at it: a PIN, a key or a sign-in renews it
    OVER = "over"  # its time is up: a sign-in follows
    GONE = "gone"  # somebody ended it, or it has been over for long


@dataclass(frozen=True)
class SessionLimits:
    """Defaults and bounds: NIST SP 800-63B, 4.2.3 (30 minutes idle, 12 hours in all)."""

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=12)
    fresh: timedelta = timedelta(minutes=15)  # how old a factor may be for what asks for a fresh one


@dataclass(frozen=True)
class Challenge:
    """What a key is asked to sign: once, soon, for one purpose ("register" or "use")."""

    value: str  # base64url without padding
    at: datetime
    purpose: str

    def holds(self, purpose: str, now: datetime) -> bool:
        return self.purpose == purpose and now < self.at + CHALLENGE_FOR


@dataclass(frozen=True)
class StaffSession:
    """`sessions/{uid}.{second of the sign-in}`: one for a sign-in, whatever tokens follow from it."""

    uid: str
    terc: str
    begun: datetime  # the sign-in, in whole seconds
    seen: datetime  # somebody was at the device
    ends: datetime
    idle_s: int  # seconds; 0: it never becomes idle
    device: str = ""  # browser and system in words
    composed: datetime | None = None  # a draft was kept
    asked: datetime | None = None  # whether an alert of the holder's is in force
    upheld: datetime | None = None  # until then one is
    ended: datetime | None = None  # by a person
    key_used: datetime | None = None
    challenge: Challenge | None = None

    @property
    def id(self) -> str:
        return str(int(self.begun.timestamp()))

    def standing(self, now: datetime) -> Standing:
        if self.ended is not None:
            return Standing.GONE
        if self._is_held(now):
            return Standing.OPEN
        if now >= self.ends:
            return Standing.OVER if now < self.ends + STOPS_WITHIN else Standing.GONE
        idle = self.idle_s > 0 and now >= self.seen + timedelta(seconds=self.idle_s)
        return Standing.IDLE if idle else Standing.OPEN

    def _is_held(self, now: datetime) -> bool:
        composes = self.composed is not None and now < self.composed + COMPOSES_FOR
        return composes or (self.upheld is not None and now < self.upheld)


@dataclass(frozen=True)
class Proof:
    """What a person has shown, when; by default nothing, which is never enough."""

    signed_in: datetime | None = None  # password and code of the authenticator app
    key_used: datetime | None = None
    has_key: bool = False
    fresh_for: timedelta = timedelta()
    always: bool = False  # the sealed account: whoever opened the sheet has shown it

    def is_fresh(self, now: datetime) -> bool:
        """Of whoever has a key that key alone counts: a code can be fished, a key cannot."""
        shown = self.key_used if self.has_key else self.signed_in
        return self.always or (shown is not None and now < shown + self.fresh_for)


def takes_part(uid: str, alert: Alert) -> bool:
    """Whether the alert is in force and this person wrote or approved it."""
    approver = alert.approver.uid if alert.approver else None
    return alert.state in IN_FORCE and uid in {alert.author.uid, *alert.writers, approver}


def stops(state: State, action: str) -> bool:
    """Whether it takes back what goes out: a session at its end is still good for that."""
    return state in IN_FORCE and action in _STOPPING
