"""Firestore's errors in our own words, so that services know only ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from google.api_core import exceptions as google

from shared.errors import Conflict, Unavailable

# A refused precondition: AlreadyExists (create), FailedPrecondition (update_time), NotFound (an update of
# what was deleted meanwhile), Aborted (contention).
_CONFLICTS = (google.AlreadyExists, google.FailedPrecondition, google.NotFound, google.Aborted)
_PASSING = (google.ServerError, google.TooManyRequests, google.RetryError, google.Cancelled)


@contextmanager
def writing() -> Iterator[None]:
    """Raises Conflict for a refused precondition, Unavailable for what a later attempt can cure."""
    try:
        yield
    except _CONFLICTS as error:
        raise Conflict from error
    except _PASSING as error:
        raise Unavailable from error


@contextmanager
def reading() -> Iterator[None]:
    """Raises Unavailable for what a later attempt can cure.

    A read has no precondition: FailedPrecondition is a missing index or a `read_time` that is kept no
    longer, NotFound a missing database. Nobody wrote first, so they stay the faults that they are.
    """
    try:
        yield
    except (*_PASSING, google.Aborted) as error:
        raise Unavailable from error
    except AttributeError as error:
        # A query whose stream broke: the library wants to take it up, and fails to find its own retry policy
        # (google-cloud-firestore 2.34, Query._retry_query_after_exception; python-firestore issues 596, 889).
        if isinstance(error.__context__, (*_PASSING, google.Aborted)):
            raise Unavailable from error
        raise
