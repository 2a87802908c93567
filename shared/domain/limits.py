"""How often one person or one address may ask: buckets of tokens that fill up again, one table of limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum


@dataclass(frozen=True)
class Rate:
    """So many at once after a pause, and then so many a minute."""

    burst: int
    per_minute: float
    kept: bool = False  # for all instances together, in Firestore; else each instance counts for itself

    def times(self, factor: float) -> Rate:
        return replace(self, burst=max(1, int(self.burst * factor)), per_minute=self.per_minute * factor)


class Limit(Enum):
    """By whom or what it is for; docs/operations.md shows the table, docs/adr/0044 has the arithmetic."""

    ADDRESS = Rate(burst=600, per_minute=1200)  # an office of 30 people behind one address
    PERSON = Rate(burst=120, per_minute=240)  # of staff: a page that polls asks 12 times a minute
    PERSON_WRITES = Rate(burst=60, per_minute=60)  # a draft that is typed is saved every few seconds
    VISITOR_POSTS = Rate(burst=30, per_minute=30)  # of one address at the public pages
    CODE = Rate(burst=5, per_minute=0.1, kept=True)  # guesses of a code, a PIN or a recovery code
    RECOVERIES = Rate(burst=20, per_minute=0.4, kept=True)  # recovery codes, of whomever, from one address
    LINK = Rate(burst=60, per_minute=1, kept=True)  # what is asked with the link of one invitation
    LINKS = Rate(burst=300, per_minute=5)  # with links of whomever, from one address: newcomers of an office
    SMS = Rate(burst=3, per_minute=0.04, kept=True)  # with a code, that a person has sent, and to one number
    MAIL = Rate(burst=3, per_minute=0.05, kept=True)  # letters that a person lets us send to one address


@dataclass(frozen=True)
class Bucket:
    """What was left of it at a moment."""

    left: float
    at: datetime


def take(bucket: Bucket | None, rate: Rate, now: datetime) -> tuple[Bucket, float]:
    """One token less, and 0; or the bucket as it is, and the seconds until there is one. None: it is full.

    A clock that went back takes nothing away and gives nothing.
    """
    left = float(rate.burst)
    if bucket is not None:
        passed = max(0.0, (now - bucket.at).total_seconds())
        left = min(left, bucket.left + passed * rate.per_minute / 60)
    if left >= 1:
        return Bucket(left - 1, now), 0.0
    return Bucket(left, now), (1 - left) * 60 / rate.per_minute


def full_after(rate: Rate) -> float:
    """Seconds after which a bucket says no more than none does."""
    return rate.burst * 60 / rate.per_minute
