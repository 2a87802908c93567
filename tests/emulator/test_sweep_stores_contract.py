"""One contract for what `sweep` reads and writes in Firestore, and for the fakes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.domain.alert import State
from shared.domain.delivery import DeliveryRef
from shared.domain.signature import Signature
from shared.errors import Conflict
from shared.services.audience.index_resident import index_resident
from tests.emulator import test_delivery_contract
from tests.emulator.resident_writer import FirestoreResidentWriter
from tests.emulator.test_delivery_contract import PART, planned, wave
from tests.fakes.alert_values import alert, at, content, entry
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.clock import FakeClock
from tests.fakes.cursors import FakeCursorStore
from tests.fakes.municipalities import CENTRE, FakeMunicipalityStore
from tests.fakes.published import FakePublishedStore
from tests.fakes.reachable import has_device
from tests.fakes.resident_walk import FakeResidentWalk
from tests.fakes.residents import FakeResidentStore

KINDS = ["fake", pytest.param("firestore", marks=pytest.mark.emulator)]
FUTURE = datetime(2999, 1, 1, tzinfo=UTC)


def client(request):
    from google.cloud.firestore import Client

    return Client(project=request.getfixturevalue("project"))


# ---- alerts


@pytest.fixture(params=KINDS)
def alerts(request):
    if request.param == "fake":
        return FakeAlertStore()
    from shared.adapters.alerts import FirestoreAlertStore

    return FirestoreAlertStore(client(request))


def scheduled(alerts, alert_id, send_at, **changes):
    new = alert(
        alert_id,
        state=State.SCHEDULED,
        approved=at(2),
        content=content(send_at=send_at, expires=at(20)),
        **changes,
    )
    alerts.create(new, entry(new), None)
    return new


def ids(found):
    return [item.id if hasattr(item, "id") else item.value.id for item in found]


def test_those_that_are_due_wake_the_longest_due_first(alerts):
    for name, hour in (("late", 9), ("early", 3), ("middle", 5), ("later", 10)):
        scheduled(alerts, name, at(hour))
    assert ids(alerts.waking(at(9), 10)) == ["early", "middle", "late"]
    assert ids(alerts.waking(at(9), 2)) == ["early", "middle"]
    assert ids(alerts.waking(at(2), 10)) == []


def test_those_that_wait_for_people_never_wake(alerts):
    for state in (State.DRAFT, State.SUBMITTED, State.CANCELLED, State.EXPIRED):
        new = alert(f"in-{state}", state=state)
        alerts.create(new, entry(new), None)
    assert ids(alerts.waking(FUTURE, 10)) == []


def test_one_whose_state_moves_on_wakes_anew(alerts):
    scheduled(alerts, "a1", at(3))
    known = alerts.get("a1")
    alerts.replace(known, replace(known.value, state=State.ACTIVE, started=at(3)), None)
    assert ids(alerts.waking(at(19), 10)) == []
    assert ids(alerts.waking(at(20), 10)) == ["a1"]


def test_what_wakes_can_be_replaced_as_it_was_read(alerts):
    scheduled(alerts, "a1", at(3))
    [woken] = alerts.waking(at(3), 1)
    after = alerts.replace(woken, replace(woken.value, attempt=1), None)
    assert alerts.get("a1").value.attempt == 1
    with pytest.raises(Conflict):
        alerts.replace(woken, replace(woken.value, attempt=2), None)
    assert alerts.replace(after, replace(after.value, attempt=2), None).value.attempt == 2


def test_changes_are_found_in_their_order_between_two_moments(alerts):
    for name, hour in (("c", 5), ("a", 3), ("b", 4), ("d", 6)):
        scheduled(alerts, name, at(9), updated=at(hour))
    assert ids(alerts.changed(at(3), at(5), 10)) == ["a", "b", "c"]
    assert ids(alerts.changed(at(4), at(6), 2)) == ["b", "c"]


# ---- public copies


@pytest.fixture(params=KINDS)
def published(request):
    if request.param == "fake":
        return FakePublishedStore()
    from shared.adapters.published import FirestorePublishedStore

    return FirestorePublishedStore(client(request))


def sending(**changes):
    return alert("a1", **{"state": State.ACTIVE, "started": at(3), "version": 2, "revision": 4, **changes})


def test_a_copy_that_is_not_there_does_not_show_the_alert(published):
    assert not published.shows(sending())


def test_a_copy_shows_what_was_published_and_what_looks_the_same(published):
    published.publish(sending(), None)
    assert published.shows(sending())
    assert published.shows(sending(state=State.ACTIVE))


def test_whether_it_has_a_signature_is_told_when_asked_for(published):
    published.publish(sending(), None)
    assert not published.shows(sending(), signed=True)
    published.publish(sending(), published.token("a1"), Signature("text", "value", "id"))
    assert published.shows(sending(), signed=True)
    assert not published.shows(sending(version=3), signed=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": State.CANCELLED, "finished": at(4)},
        {"state": State.EXPIRED},
        {"version": 3},
        {"revision": 5},
        {"started": at(4)},
    ],
)
def test_a_copy_of_an_older_state_does_not(published, changes):
    published.publish(sending(), None)
    assert not published.shows(sending(**changes))


# ---- progress

stores = test_delivery_contract.stores  # the fixture


def test_every_slice_tells_when_it_moved_and_can_be_saved(stores):
    _, delivery = stores
    ref = planned(stores, PART, replace(PART, index=1), replace(PART, index=2))
    first = delivery.slice(ref, 0)
    claimed = replace(first.value, held_until=at(4))
    after = delivery.save(ref, first, claimed, None)
    delivery.save(ref, after, replace(claimed, waves=1), wave())
    last = delivery.slice(ref, 2)
    delivery.save(ref, last, replace(last.value, done=True), None)
    known = delivery.progress(ref)
    assert [item.part.value.index for item in known] == [0, 1, 2]
    assert [item.part.value.waves for item in known] == [1, 0, 0]
    assert [item.part.value.done for item in known] == [False, False, True]
    moved = delivery.save(ref, known[1].part, replace(known[1].part.value, attempt=1), None)
    assert delivery.slice(ref, 1).value == moved.value
    with pytest.raises(Conflict):
        delivery.save(ref, known[1].part, known[1].part.value, None)
    with pytest.raises(Conflict):
        delivery.save(ref, known[2].part, known[2].part.value, None)


def test_a_slice_moves_with_each_save_and_the_others_do_not(stores):
    _, delivery = stores
    ref = planned(stores, PART, replace(PART, index=1))
    before = delivery.progress(ref)
    if hasattr(delivery, "clock"):
        delivery.clock.advance(timedelta(seconds=1))
    delivery.save(ref, before[0].part, replace(before[0].part.value, attempt=1), None)
    after = delivery.progress(ref)
    assert after[0].moved > before[0].moved
    assert after[1].moved == before[1].moved


def test_an_alert_without_slices_has_no_progress(stores):
    assert list(stores[1].progress(DeliveryRef("nobody", "push.1"))) == []


# ---- cursors


@pytest.fixture(params=KINDS)
def cursors(request):
    if request.param == "fake":
        return FakeCursorStore()
    from shared.adapters.cursors import FirestoreCursorStore

    return FirestoreCursorStore(client(request))


def test_a_walk_remembers_its_position_by_its_name(cursors):
    assert cursors.all() == {}
    cursors.put("residents", "ann")
    cursors.put("changed-places-1a", "bob.1")
    cursors.put("residents", "bob")
    assert cursors.all() == {"residents": "bob", "changed-places-1a": "bob.1"}
    cursors.put("residents", "")
    assert cursors.all()["residents"] == ""


@pytest.mark.emulator
def test_positions_of_before_there_was_one_document_for_all_are_gone_on_from(project):
    from google.cloud.firestore import Client

    from shared.adapters.cursors import FirestoreCursorStore

    known = Client(project=project)
    known.document("sweep", "residents").set({"position": "ann"})
    assert FirestoreCursorStore(known).all() == {"residents": "ann"}


# ---- walks


class Town:
    """Stores over the same documents, and what the apps write."""

    residents: Any
    phone: Any
    audience: Any
    walk: Any

    def __init__(self, request):
        if request.param == "fake":
            self.residents = self.phone = FakeResidentStore()
            self.audience = FakeAudienceStore()
            self.walk = FakeResidentWalk(self.residents, self.audience)
            return
        from shared.adapters.audience import FirestoreAudienceStore
        from shared.adapters.resident_walk import FirestoreResidentWalk
        from shared.adapters.residents import FirestoreResidentStore

        self.client = client(request)
        self.residents, self.phone = FirestoreResidentStore(self.client), FirestoreResidentWriter(self.client)
        self.audience = FirestoreAudienceStore(self.client, FakeClock())
        self.walk = FirestoreResidentWalk(self.client)

    def sign_up(self, uid):
        self.phone.write_resident(uid, "pl")
        for place in ("1", "2"):
            self.phone.write_place(uid, place, point=CENTRE)
        self.phone.write_device(uid, "1", f"phone of {uid}")
        index_resident(uid, self.residents, self.audience, FakeMunicipalityStore(), has_device)

    def date(self, uid, device, moment):
        """As if the app had last written the device then, or without one all the others."""
        if isinstance(self.walk, FakeResidentWalk):
            self.walk.written[uid, device] = moment
        elif not device:
            for path in ("", "/places/1", "/places/2"):
                self.client.document(f"residents/{uid}{path}").update({"updated": moment})
        else:
            self.client.document("residents", uid, "devices", device).update({"updated": moment})


@pytest.fixture(params=KINDS)
def town(request):
    return Town(request)


def all_pages(page, limit):
    seen, after = [], ""
    while found := page(after, limit):
        seen += found
        after = found[-1]
    return seen


UIDS = ["Zoe", "ab", "ab-", "ab-c", "abc", "bob"]


def test_a_walk_meets_every_resident_once_whatever_the_page(town):
    for uid in UIDS:
        town.sign_up(uid)
    for limit in (1, 2, 4, 6, 9):
        assert sorted(all_pages(town.walk.residents, limit)) == UIDS


def test_a_walk_meets_every_entry_once_also_of_those_who_are_gone(town):
    for uid in UIDS:
        town.sign_up(uid)
    town.phone.delete_resident("ab")
    expected = sorted(f"{uid}.{place}" for uid in UIDS for place in "12")
    for limit in (1, 5, 20):
        assert sorted(all_pages(town.walk.entries, limit)) == expected
    assert "ab" not in town.walk.residents("", 20)


def test_those_without_a_document_of_their_own_are_told(town):
    for uid in UIDS[:3]:
        town.sign_up(uid)
    town.phone.delete_resident("ab")
    assert list(town.walk.gone(["Zoe", "ab", "nobody"])) == ["ab", "nobody"]


def test_idle_devices_are_found_the_longest_idle_first(town):
    for uid, hour in (("ann", 5), ("bob", 3), ("eve", 9)):
        town.sign_up(uid)
        town.date(uid, "1", at(hour))
    assert [device.uid for device in town.walk.idle_devices(at(9), 10)] == ["bob", "ann"]
    assert [(device.uid, device.id) for device in town.walk.idle_devices(at(9), 1)] == [("bob", "1")]


def test_devices_of_a_span_are_found_with_when_they_were_written(town):
    for uid, hour in (("ann", 5), ("bob", 3), ("eve", 9)):
        town.sign_up(uid)
        town.date(uid, "1", at(hour))
    found = town.walk.quiet_devices(at(3), at(9), 10)
    assert [(device.uid, device.id, device.written) for device in found] == [
        ("ann", "1", at(5)),
        ("eve", "1", at(9)),
    ]
    assert [device.uid for device in town.walk.quiet_devices(at(3), at(9), 1)] == ["ann"]


def test_an_idle_device_is_deleted_and_no_other(town):
    town.sign_up("ann")
    town.phone.write_device("ann", "2", "another")
    town.date("ann", "1", at(3))
    town.date("ann", "2", at(9))
    [idle] = town.walk.idle_devices(at(9), 10)
    town.walk.clear(idle)
    assert [device.id for device in town.residents.read("ann")[0].devices] == ["2"]


def test_one_that_was_written_since_stays(town):
    town.sign_up("ann")
    town.date("ann", "1", at(3))
    [idle] = town.walk.idle_devices(at(9), 10)
    town.date("ann", "1", at(10))
    with pytest.raises(Conflict):
        town.walk.clear(idle)
    assert town.residents.read("ann")[0].devices


def test_one_that_is_gone_already_is_left_alone(town):
    town.sign_up("ann")
    town.date("ann", "1", at(3))
    [idle] = town.walk.idle_devices(at(9), 10)
    town.walk.clear(idle)
    if isinstance(town.walk, FakeResidentWalk):
        return  # it has no documents that could be missing
    with pytest.raises(Conflict):
        town.walk.clear(idle)


def visit(town, uid, place, until):
    town.phone.write_place(uid, place, cell="8d1e2adb5a1d93f", until=until)


def test_places_whose_time_is_over_are_found_the_longest_over_first(town):
    town.sign_up("ann")
    visit(town, "ann", "7", at(5))
    visit(town, "bob", "1", at(3))
    visit(town, "eve", "1", at(9) + timedelta(seconds=1))
    found = [(place.uid, place.id) for place in town.walk.ended_places(at(9), 10)]
    assert found == [("bob", "1"), ("ann", "7")]
    assert len(town.walk.ended_places(at(9), 1)) == 1


def test_an_ended_place_is_deleted_and_no_other(town):
    town.sign_up("ann")
    visit(town, "ann", "7", at(3))
    [ended] = town.walk.ended_places(at(9), 10)
    town.walk.clear(ended)
    assert [place.id for place in town.residents.read("ann")[0].places] == ["1", "2"]
    with pytest.raises(Conflict):
        town.walk.clear(ended)


def test_a_place_that_was_given_a_new_end_stays(town):
    visit(town, "ann", "7", at(3))
    [ended] = town.walk.ended_places(at(9), 10)
    visit(town, "ann", "7", at(20))
    with pytest.raises(Conflict):
        town.walk.clear(ended)
    assert town.residents.read("ann")[0].places


def quiet(town, limit):
    def page(after, limit):
        return [resident.position for resident in town.walk.quiet_residents(at(9), after, limit)]

    return [position.partition(" ")[2] for position in all_pages(page, limit)]


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_a_walk_meets_the_quiet_residents_the_longest_quiet_first(town, limit):
    for uid, hour in (("ann", 5), ("bob", 3), ("cyd", 5), ("eve", 9)):
        town.sign_up(uid)
        town.date(uid, "", at(hour))
    assert quiet(town, limit) == ["bob", "ann", "cyd"]


def test_a_resident_of_whom_nothing_is_younger_is_removed_whole(town):
    for uid in ("ann", "bob"):
        town.sign_up(uid)
        town.date(uid, "", at(3))
        town.date(uid, "1", at(4))
    assert town.walk.remove("ann", at(9))
    resident, _ = town.residents.read("ann")
    assert (resident.language, resident.places, resident.devices) == (None, (), ())
    assert town.residents.read("bob")[0].devices


@pytest.mark.parametrize("younger", ["", "1"])
def test_one_who_wrote_anything_since_stays_whole(town, younger):
    town.sign_up("ann")
    town.date("ann", "", at(3))
    town.date("ann", "1", at(3))
    town.date("ann", younger, at(9))
    assert not town.walk.remove("ann", at(9))
    resident, _ = town.residents.read("ann")
    assert (resident.language, len(resident.places), len(resident.devices)) == ("pl", 2, 1)


@pytest.mark.emulator
@pytest.mark.parametrize("moment", [None, "yesterday"])
def test_a_time_that_is_missing_or_no_time_counts_as_long_ago(project, moment):
    from google.cloud.firestore import DELETE_FIELD, Client

    from shared.adapters.resident_walk import FirestoreResidentWalk

    client = Client(project=project)
    client.document("residents/ann").set({"language": "pl", "updated": at(3)})
    client.document("residents/ann/places/1").set({"label": "Dom", "updated": at(3)})
    client.document("residents/ann/places/1").update({"updated": moment or DELETE_FIELD})
    assert FirestoreResidentWalk(client).remove("ann", at(9))
    assert not client.document("residents/ann/places/1").get().exists


def test_what_was_written_is_walked_through_by_its_time(town):
    for uid, hour in (("ann", 5), ("bob", 3)):
        town.sign_up(uid)
        for slot in ("", "1"):
            town.date(uid, slot, at(hour))
    for kind in ("residents", "places", "devices"):
        first = town.walk.changed(kind, "", FUTURE, 1)
        rest = town.walk.changed(kind, first[0].position, FUTURE, 10)
        uids = list(dict.fromkeys(one.uid for one in [*first, *rest]))
        assert uids == ["bob", "ann"] or (kind == "places" and set(uids) == {"ann", "bob"})
        assert town.walk.changed(kind, rest[-1].position, FUTURE, 10) == []
        assert town.walk.changed(kind, rest[-1].moment, FUTURE, 10) == []
        after = town.walk.changed(kind, first[0].moment, FUTURE, 10)
        assert {one.uid for one in after} <= {one.uid for one in rest}
        assert town.walk.changed(kind, "", datetime(2000, 1, 1, tzinfo=UTC), 10) == []
