"""One contract for the alert store in Firestore and for its fake."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import Kind, State, Text
from shared.domain.area_parts import Level, Step, Unit
from shared.domain.covered import Covered, CoveredName
from shared.domain.house_numbers import Houses, Parity
from shared.errors import Conflict, InvalidInput, KeyReused
from tests.fakes.alert_values import APPROVER, AUTHOR, SQUARE, TERC, alert, at, content, entry
from tests.fakes.alerts import FakeAlertStore


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request):
    if request.param == "fake":
        return FakeAlertStore()
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.alerts import FirestoreAlertStore

    return FirestoreAlertStore(Client(project=name))


def created(store, **changes):
    new = alert(store.new_id(), **changes)
    store.create(new, entry(new), None)
    return store.get(new.id)


def changed(before, **changes):
    revision = before.value.revision + 1
    return replace(
        before.value, revision=revision, updated=before.value.updated + timedelta(seconds=1), **changes
    )


def test_an_alert_comes_back_as_it_was_written(store):
    whole = alert(
        store.new_id(),
        content=content(
            texts={"pl": Text("Tytuł", "Treść"), "en": Text("Title", "Body")},
            send_at=at(5),
            expires=at(9),
            parts=(Step(Unit(Level.STREET, "9990019:90001", Houses(Parity.ODD), SQUARE)),),
            covers=Covered((CoveredName("9990019:90001", "ul. Różana", 21, 42),), 21, 171),
        ),
        state=State.ACTIVE,
        revision=4,
        version=2,
        generation=3,
        writers=(AUTHOR.uid, "uid-ewa"),
        approver=APPROVER,
        submitted=at(2),
        approved=at(3),
        started=at(5),
        finished=at(6),
        attempt=2,
    )
    store.create(whole, entry(whole), None)
    assert store.get(whole.id).value == whole


def test_an_unknown_alert_is_none(store):
    assert store.get("nobody") is None


@pytest.mark.parametrize("alert_id", ["__x__", "a/b", "..", "", "ą", "x" * 2000])
def test_an_impossible_id_is_none(store, alert_id):
    assert store.get(alert_id) is None


def test_creating_an_alert_that_exists_conflicts(store):
    first = created(store)
    with pytest.raises(Conflict):
        store.create(first.value, entry(first.value), None)


def test_a_replacement_is_read_back_with_its_history(store):
    before = created(store)
    after = changed(before, state=State.SUBMITTED, submitted=at(2))
    answer = store.replace(before, after, entry(after, "submit"))
    assert store.get(after.id) == answer
    assert store.history(after.id) == [entry(before.value), entry(after, "submit")]


def test_a_replacement_removes_what_is_gone(store):
    before = created(store, content=content(texts={"pl": Text("a", "b"), "en": Text("c", "d")}))
    store.replace(before, changed(before, content=content(texts={"pl": Text("a", "b")})), None)
    assert set(store.get(before.value.id).value.content.texts) == {"pl"}


def test_a_replacement_of_a_stale_read_conflicts_and_changes_nothing(store):
    before = created(store)
    winner = changed(before, state=State.SUBMITTED)
    store.replace(before, winner, entry(winner, "submit"))
    loser = changed(before, state=State.CANCELLED)
    with pytest.raises(Conflict):
        store.replace(before, loser, entry(loser, "cancel"))
    assert store.get(winner.id).value == winner
    assert [item.action for item in store.history(winner.id)] == ["create", "submit"]


def test_the_answer_of_a_replacement_serves_the_next_one(store):
    second = store.replace(before := created(store), changed(before), None)
    third = store.replace(second, changed(second), None)
    assert store.get(before.value.id) == third


def test_of_many_writers_at_once_one_wins(store):
    before = created(store)
    start = threading.Barrier(6)

    def write(number):
        after = changed(before, attempt=number)
        start.wait()
        try:
            return store.replace(before, after, entry(after, f"writer{number}")).value
        except Conflict:
            return None

    with ThreadPoolExecutor(6) as pool:
        written = [answer for answer in pool.map(write, range(6)) if answer]
    assert len(written) == 1
    assert store.get(before.value.id).value == written[0]
    assert len(store.history(before.value.id)) == 2


def test_the_same_key_again_answers_the_first_alert(store):
    first, again = alert(store.new_id()), alert(store.new_id())
    store.create(first, entry(first), "key")
    assert store.create(again, entry(again), "key") == first
    assert store.get(again.id) is None


def test_the_first_alert_is_answered_as_it_is_by_now(store):
    first, again = alert(store.new_id()), alert(store.new_id())
    store.create(first, entry(first), "key")
    after = changed(store.get(first.id), state=State.SUBMITTED)
    store.replace(store.get(first.id), after, None)
    assert store.create(again, entry(again), "key") == after


def test_the_same_key_with_another_content_is_refused(store):
    first = alert(store.new_id())
    store.create(first, entry(first), "key")
    other = alert(store.new_id(), content=content(area_name="ul. Polna"))
    with pytest.raises(KeyReused):
        store.create(other, entry(other), "key")
    assert store.get(other.id) is None


def test_a_key_is_its_owners_alone(store):
    mine, other = alert(store.new_id()), alert(store.new_id(), author=APPROVER)
    store.create(mine, entry(mine), "key")
    assert store.create(other, entry(other), "key") == other


def test_a_key_of_one_municipality_answers_nothing_of_it_in_another(store):
    """Somebody has parts in both, or went from one to the other."""
    here, there = alert(store.new_id()), alert(store.new_id(), terc="9999999")
    store.create(here, entry(here), "key")
    assert store.create(there, entry(there), "key") == there


def test_the_list_is_of_one_municipality_newest_change_first(store):
    old = created(store, updated=at(1)).value
    new = created(store, updated=at(3)).value
    middle = created(store, updated=at(2)).value
    created(store, terc="1201032")
    assert store.list(TERC, [], 10, None).items == (new, middle, old)


def test_the_list_filters_by_state(store):
    draft = created(store).value
    active = created(store, state=State.ACTIVE).value
    created(store, state=State.CANCELLED)
    both = store.list(TERC, [State.DRAFT, State.ACTIVE], 10, None)
    assert {item.id for item in both.items} == {draft.id, active.id}
    assert store.list(TERC, [State.ACTIVE], 10, None).items == (active,)


def test_pages_join_without_gap_or_repetition_even_at_equal_times(store):
    ids = {created(store, updated=at(1 + number // 3)).value.id for number in range(7)}
    seen, after = [], None
    while True:
        page = store.list(TERC, [], 2, after)
        seen += [item.id for item in page.items]
        after = page.next
        if after is None:
            break
    assert len(seen) == 7
    assert set(seen) == ids


def test_a_full_last_page_has_no_next(store):
    created(store)
    created(store)
    assert store.list(TERC, [], 2, None).next is None


@pytest.mark.parametrize("cursor", ["x", "", "W10", "WzEsMl0", "!!", "ąę", "WyIyMDI2LTAxLTAxIiwiYSJd"])
def test_a_made_up_cursor_is_refused(store, cursor):
    created(store)
    with pytest.raises(InvalidInput) as refused:
        store.list(TERC, [], 2, cursor)
    assert refused.value.errors[0].pointer == "/after"


def test_the_history_tells_the_steps_in_the_order_they_were_taken(store):
    now = created(store)
    steps = [("edit", AUTHOR), ("submit", AUTHOR), ("approve", APPROVER), ("start", None), ("finish", None)]
    for action, by in [*steps, ("cancel", AUTHOR)]:
        raised = changed(now) if by else replace(now.value, updated=now.value.updated + timedelta(seconds=1))
        now = store.replace(now, raised, entry(raised, action, by))
    told = [item.action for item in store.history(now.value.id)]
    assert told == ["create", *(action for action, _ in steps), "cancel"]


def test_a_clock_that_runs_behind_does_not_turn_the_history_round(store):
    approved = created(store, updated=at(2))
    started = replace(approved.value, updated=at(1))
    finished = replace(approved.value, updated=at(1, 1))
    now = store.replace(approved, started, entry(started, "start", by=None))
    store.replace(now, finished, entry(finished, "finish", by=None))
    assert [item.action for item in store.history(finished.id)] == ["create", "start", "finish"]


def test_the_history_of_an_unknown_alert_is_empty(store):
    assert list(store.history("nobody")) == []


def test_new_ids_differ(store):
    assert len({store.new_id() for _ in range(50)}) == 50


def test_the_author_stays_in_the_history(store):
    before = created(store)
    assert store.history(before.value.id)[0].by == AUTHOR


def test_the_system_is_nobody_in_the_history(store):
    before = created(store)
    after = changed(before, state=State.EXPIRED)
    store.replace(before, after, entry(after, "expire", by=None))
    assert store.history(after.id)[-1].by is None


def test_a_thread_is_what_names_its_first_message(store):
    first = created(store).value
    follows = {"thread": first.id, "replaces": first.id, "kind": Kind.UPDATE, "ends_what": State.SUPERSEDED}
    newer = created(store, **follows).value
    created(store)
    assert list(store.thread(first.id)) == [newer]
    assert list(store.thread(newer.id)) == []
