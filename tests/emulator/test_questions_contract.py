"""One contract for the questions of reach in Firestore and for their fake."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.reach import Question
from shared.errors import Conflict
from tests.fakes.alert_values import TERC, at
from tests.fakes.questions import FakeQuestionStore

YESTERDAY = timedelta(days=1)


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request):
    if request.param == "fake":
        return FakeQuestionStore()
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.questions import FirestoreQuestionStore

    return FirestoreQuestionStore(Client(project=name))


def note(store, moment, uid="uid-anna", area="5f" * 32):
    question = Question(moment, area)
    store.note(uid, TERC, question, store.asked(uid, moment))
    return question


def test_who_never_asked_has_asked_nothing(store):
    assert list(store.asked("uid-anna", at(3)).questions) == []


def test_questions_of_today_and_yesterday_are_found_in_their_order(store):
    noted = [note(store, moment) for moment in (at(3) - YESTERDAY, at(3), at(4))]
    note(store, at(3), uid="uid-piotr")
    assert list(store.asked("uid-anna", at(5)).questions) == noted
    assert list(store.asked("uid-anna", at(5) + YESTERDAY).questions) == noted[1:]


def test_the_same_area_twice_is_two_questions(store):
    for minute in (1, 2):
        note(store, at(3, minute))
    assert len(store.asked("uid-anna", at(4)).questions) == 2


def test_of_two_at_once_one_is_refused(store):
    for minute in (1, 2):  # the first of the day, and a later one
        before = store.asked("uid-anna", at(3, minute))
        note(store, at(3, minute))
        with pytest.raises(Conflict):
            store.note("uid-anna", TERC, Question(at(3), "0e" * 32), before)


@pytest.mark.emulator
def test_they_are_kept_for_two_years(project):
    from google.cloud.firestore import Client

    from shared.adapters.questions import FirestoreQuestionStore

    client = Client(project=project)
    note(FirestoreQuestionStore(client), at(3))
    kept = client.document("questions/uid-anna.2026-11-22").get().to_dict()
    assert kept["expire"] - at(3) > timedelta(days=730)
    assert (kept["uid"], kept["terc"]) == ("uid-anna", TERC)
