"""Reading as of a moment that the store may keep no longer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar

from google.api_core.exceptions import FailedPrecondition

T = TypeVar("T")
log = logging.getLogger(__name__)


def as_of(read_time: datetime | None, ask: Callable[[datetime | None], Iterator[T]]) -> Iterator[T]:
    """What `ask` finds as of that moment, or as it is now when Firestore does not keep it.

    Older than an hour it keeps moments only with point-in-time recovery (firestore_v1, `read_time`). Without
    it a delivery that has to wait that long for its provider would never end; who moved meanwhile may be
    missed, who came is told. Raises what `ask` raises, also when it had begun to answer.
    """
    answered = False
    try:
        for one in ask(read_time):
            answered = True
            yield one
    except FailedPrecondition:
        if read_time is None or answered:
            raise
        log.error("Firestore keeps no versions of before an hour: switch point-in-time recovery on")
        yield from ask(None)
