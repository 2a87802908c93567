"""What residents ask to be spared: which alerts they get, and which of them may make a sound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from shared.domain.content import Category, Group, Severity
from shared.domain.words import Word

LOCAL = ZoneInfo("Europe/Warsaw")
_RANK = {severity: rank for rank, severity in enumerate(reversed(Severity))}  # Minor 0 ... Extreme 3
_UNKNOWN = len(_RANK)  # a severity of a later release: better one alert too many


@dataclass(frozen=True)
class QuietHours:
    """Every day by the clock in Europe/Warsaw, `begins` included, `ends` not; usually over midnight."""

    begins: time
    ends: time

    def include(self, now: datetime) -> bool:
        clock = now.astimezone(LOCAL).time()
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends


NIGHT = QuietHours(time(22), time(6))  # for good news, of who has set no hours


@dataclass(frozen=True)
class Preferences:
    muted: frozenset[Word] = frozenset()  # categories and groups of them
    least: Severity = Severity.MINOR  # alerts below it are not sent
    quiet: QuietHours | None = None


NO_PREFERENCES = Preferences()


class Announcement(Protocol):
    """What of an alert's content decides who gets it and who hears it."""

    @property
    def category(self) -> Category: ...

    @property
    def group(self) -> Group | None: ...

    @property
    def severity(self) -> Severity: ...

    @property
    def exercise(self) -> bool: ...

    @property
    def sound_at(self) -> datetime | None: ...


def is_urgent(message: Announcement) -> bool:
    """Severe, extreme, or a severity that this release does not know; and meant."""
    return _rank(message.severity) >= _rank(Severity.SEVERE) and not message.exercise


def _rank(severity: Severity) -> int:
    return _RANK.get(severity, _UNKNOWN)


def wants(preferences: Preferences, message: Announcement) -> bool:
    """Whether the alert is sent to this resident at all: a category is muted by its name or by its group.

    An extreme alert cannot be muted: who would be warned of a flood learns of it. An exercise can.
    """
    if message.severity is Severity.EXTREME and not message.exercise:
        return True
    muted = message.category in preferences.muted or message.group in preferences.muted
    return not muted and _rank(message.severity) >= _rank(preferences.least)


def hears_extreme_alone(preferences: Preferences) -> bool:
    """Whether everything is muted that can be."""
    muted = preferences.muted
    groups = all(one in muted or one.group in muted for one in Category)
    return groups or preferences.least is Severity.EXTREME


def rings(preferences: Preferences, message: Announcement, now: datetime) -> bool:
    """Whether the alert may make a sound at this moment.

    Quiet hours silence it, but not a severe or extreme alert that is no exercise. The author may ask for
    silence until `sound_at`, whatever the severity.
    """
    if message.sound_at is not None and now < message.sound_at:
        return False
    if is_urgent(message):
        return True
    return preferences.quiet is None or not preferences.quiet.include(now)


def may_wake(preferences: Preferences, message: Announcement, now: datetime) -> bool:
    """Whether good news may make a sound: nobody is woken for it, also who never said when they sleep."""
    quiet = preferences.quiet or NIGHT
    return rings(preferences, message, now) and not quiet.include(now)
