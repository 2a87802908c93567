"""What the crisis centres of the powiat and the voivodeship were told of an alert, and when they answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.alert import Person
from shared.domain.call import LEASE, Outcome
from shared.domain.words import Word

MOST_TELLINGS = 60  # of one alert
LATE_BY = timedelta(days=7)  # what was told by telephone may be written down so much later


class Centre(Word):
    """Acts of 26 April 2007 on crisis management, art. 16 and 18: each level has a centre that is on duty."""

    POWIAT = "powiat"
    VOIVODESHIP = "voivodeship"


class ToldBy(Word):
    EMAIL = "email"
    PHONE = "phone"  # read out, and written down by whoever did


@dataclass(frozen=True)
class CentreContact:
    """`phone` and `email` may be empty, never both."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Centres:
    """`centres/{terc}`: how a municipality reaches them; None: nobody entered it yet."""

    terc: str
    powiat: CentreContact | None = None
    voivodeship: CentreContact | None = None
    revision: int = 0

    def of(self, centre: Centre) -> CentreContact | None:
        return {Centre.POWIAT: self.powiat, Centre.VOIVODESHIP: self.voivodeship}.get(centre)


@dataclass(frozen=True)
class Telling:
    """One centre told once: what, where to, by whom and how; `key` names the request that asked for it."""

    number: int  # from 1
    centre: Centre
    way: ToldBy
    name: str
    address: str  # as it was then
    text: str
    by: Person
    at: datetime
    version: int = 1  # of the alert
    outcome: Outcome = Outcome.INTENT
    key: str = ""
    answered: datetime | None = None
    noted: Person | None = None  # who wrote down that they answered

    def outcome_at(self, now: datetime) -> Outcome:
        """Whoever was asking the provider and was never heard of again may have told them, or not."""
        lost = self.outcome is Outcome.INTENT and now >= self.at + LEASE
        return Outcome.UNKNOWN if lost else self.outcome

    def is_under_way(self, now: datetime) -> bool:
        return self.outcome_at(now) is Outcome.INTENT


@dataclass(frozen=True)
class Upwards:
    """`upwards/{alert}`; the oldest first."""

    alert: str
    terc: str
    tellings: tuple[Telling, ...] = ()

    def with_telling(self, telling: Telling) -> Upwards:
        """In place of the one of its number, or behind all."""
        if any(one.number == telling.number for one in self.tellings):
            kept = (telling if one.number == telling.number else one for one in self.tellings)
            return replace(self, tellings=tuple(kept))
        return replace(self, tellings=(*self.tellings, telling))

    def numbered(self, number: int) -> Telling | None:
        return next((one for one in self.tellings if one.number == number), None)

    def asked_by(self, key: str) -> tuple[Telling, ...]:
        return tuple(one for one in self.tellings if key and one.key == key)

    @property
    def next_number(self) -> int:
        return max((one.number for one in self.tellings), default=0) + 1
