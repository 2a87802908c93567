"""How somebody becomes staff: by the link of an invitation, which serves once and for three days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

VALID = timedelta(hours=72)
PAUSE = timedelta(minutes=1)  # between two mails of one invitation: a button pressed twice sends one
MOST_LINKS = 5  # of one invitation that count at a time: the mail before may arrive after the one behind
KEPT = timedelta(days=30)  # after its end


class Mailing(StrEnum):
    """What became of the newest mail. BEGUN: its answer is awaited, or was lost."""

    NONE = "none"
    BEGUN = "begun"
    SENT = "sent"
    THROTTLED = "throttled"
    REFUSED = "refused"


class Progress(StrEnum):
    OPEN = "open"
    WITHDRAWN = "withdrawn"
    TAKEN = "taken"


@dataclass(frozen=True)
class Invitation:
    """`invitations/{uid}`: of the person who is to have, or to renew, this account.

    `codes`: SHA-256 of the codes in the links that were sent; each is a random number that nobody can guess,
    so that a slow hash would add nothing. `renewal`: the person is known and lost the second factor.
    """

    uid: str
    terc: str
    email: str
    name: str
    at: datetime
    ends: datetime
    state: Progress = Progress.OPEN
    codes: tuple[str, ...] = ()
    mail: Mailing = Mailing.NONE
    mailed: datetime | None = None
    revision: int = 1
    renewal: bool = False
    wanted: tuple[str, ...] = ()  # roles; some of them wait for a second admin

    def is_open(self, now: datetime) -> bool:
        return self.state is Progress.OPEN and now < self.ends

    def rests(self, now: datetime) -> bool:
        """Whether a mail went out, or may have, so lately that another one would be a mistake."""
        if self.mailed is None or self.mail in (Mailing.REFUSED, Mailing.THROTTLED):
            return False
        return now < self.mailed + PAUSE

    def mailing(self, code: str, now: datetime) -> Invitation:
        """As it is while a mail with a new code is handed over; the time it holds begins anew."""
        codes = (*self.codes, code)[-MOST_LINKS:]
        return self.moved(codes=codes, mail=Mailing.BEGUN, mailed=now, ends=now + VALID)

    def moved(self, **changes: object) -> Invitation:
        return replace(self, revision=self.revision + 1, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class RecoveryCodes:
    """`recovery_codes/{uid}`: those not used yet, as hashes of a slow function over one salt."""

    uid: str
    salt: str
    hashes: tuple[str, ...]
    at: datetime

    def without(self, used: str) -> RecoveryCodes:
        return replace(self, hashes=tuple(one for one in self.hashes if one != used))


@dataclass(frozen=True)
class LostPhone:
    """`lost_phones/{uid}`: the first of two admins said so; the second one makes it true."""

    uid: str
    terc: str
    by: str
    at: datetime
    ends: datetime

    def counts(self, now: datetime) -> bool:
        return now < self.ends


LOST_PHONE_WAITS = timedelta(hours=24)  # for the second admin
