"""Whether somebody may ask once more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from shared.domain.limits import Limit
from shared.errors import TooMany
from shared.ports import Clock, LimitStore


@dataclass(frozen=True)
class LimitPorts:
    instance: LimitStore
    kept: LimitStore
    own_clock: Clock  # of the instance, which asks nobody
    clock: Clock

    def store(self, limit: Limit) -> LimitStore:
        return self.kept if limit.value.kept else self.instance

    def now(self, limit: Limit) -> datetime:
        return (self.clock if limit.value.kept else self.own_clock).now()


def admit(ports: LimitPorts, limit: Limit, key: str) -> None:
    """`key` names whom or what the limit is for: a uid, an address. Raises TooMany, Unavailable.

    A limit that is kept is taken before the code is looked at, so that guesses sent at once count each: of
    two who write at the same moment the later gets Conflict, and has guessed nothing.
    """
    wait = ports.store(limit).take(limit, key, ports.now(limit))
    if wait:
        raise TooMany(seconds=ceil(wait))


def forgive(ports: LimitPorts, limit: Limit, key: str) -> None:
    """Whoever gave the right code begins anew. Raises Unavailable."""
    ports.store(limit).give_back(limit, key)
