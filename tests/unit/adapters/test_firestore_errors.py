"""Which of Firestore's errors a later attempt can cure, and which are faults of the deployment."""

from __future__ import annotations

from operator import attrgetter

import pytest
from google.api_core import exceptions as google

from shared.adapters.firestore_errors import reading, writing
from shared.errors import Conflict, Unavailable

PASSING = [
    google.ServiceUnavailable,
    google.DeadlineExceeded,
    google.InternalServerError,
    google.ResourceExhausted,
    google.Cancelled,
]


@pytest.mark.parametrize(
    "refusal", [google.AlreadyExists, google.FailedPrecondition, google.NotFound, google.Aborted]
)
def test_a_refused_write_is_a_conflict(refusal):
    with pytest.raises(Conflict), writing():
        raise refusal("x")


@pytest.mark.parametrize("around", [reading, writing])
@pytest.mark.parametrize("error", PASSING)
def test_what_passes_is_unavailable(around, error):
    with pytest.raises(Unavailable), around():
        raise error("x")


def test_a_read_in_contention_is_unavailable():
    with pytest.raises(Unavailable), reading():
        raise google.Aborted("x")


@pytest.mark.parametrize("fault", [google.FailedPrecondition, google.NotFound, google.InvalidArgument])
def test_a_read_that_can_never_succeed_is_not_taken_for_a_conflict(fault):
    with pytest.raises(fault), reading():
        raise fault("The query requires an index.")


@pytest.mark.parametrize("fault", [google.InvalidArgument, google.PermissionDenied])
def test_a_fault_of_ours_is_not_hidden(fault):
    with pytest.raises(fault), writing():
        raise fault("x")


def broken_stream():
    """As google-cloud-firestore ends when a query's stream breaks after its first document."""
    try:
        raise google.ServiceUnavailable("x")
    except google.ServiceUnavailable:
        attrgetter("_retry")(object())


def test_a_broken_stream_is_unavailable():
    with pytest.raises(Unavailable), reading():
        broken_stream()


def test_any_other_missing_attribute_is_a_fault_of_ours():
    with pytest.raises(AttributeError), reading():
        attrgetter("_retry")(object())
