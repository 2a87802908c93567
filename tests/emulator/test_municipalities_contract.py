"""One contract for the municipalities served, in Firestore and in their fake."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.municipality import Municipality
from shared.errors import Conflict
from tests.fakes.alert_values import TERC, at
from tests.fakes.clock import FakeClock
from tests.fakes.municipalities import CENTRE, GMINA, FakeMunicipalityStore, square
from tests.fakes.public_office import municipality
from tests.fakes.signer import SeededKey
from tests.public_documents import write

OTHER = "1209033"
SHAPE = square(*CENTRE, 0.05)
STREETS = '{"type":"FeatureCollection","features":[]}'
KEYS = (SeededKey(1).public(at(1), at(3)), SeededKey(2).public(at(2)))


def fake():
    store = FakeMunicipalityStore({TERC: SHAPE}, [municipality()])
    store.base_map_text = STREETS
    return store


def imported(client):
    """What the import leaves, before the first key."""
    write(client, [], [municipality()])
    client.document(f"municipalities/{TERC}").update({"keys": []})
    serve(client, TERC)
    client.document(f"areas/{TERC}/layers/base").set({"geojson": STREETS})


def serve(client, terc):
    client.document(f"areas/{terc}").set({"kind": "municipality", "terc": terc, "geometry": SHAPE})


@pytest.fixture
def client(project):
    from google.cloud.firestore import Client

    return Client(project=project)


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def firestore(client, clock):
    from shared.adapters.municipalities import FirestoreMunicipalityStore

    return FirestoreMunicipalityStore(client, clock)


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request):
    if request.param == "fake":
        return fake()
    imported(request.getfixturevalue("client"))
    return request.getfixturevalue("firestore")


def test_a_municipality_is_read_with_its_shapes(store):
    assert store.get(TERC) == Municipality(TERC, GMINA.name, ("pl", "en"), (49.85, 19.95))
    assert (store.boundary(TERC), store.base_map(TERC)) == (SHAPE, STREETS)
    assert store.boundaries() == {TERC: SHAPE}


def test_one_that_is_not_served_is_none(store):
    assert (store.get(OTHER), store.boundary(OTHER), store.base_map(OTHER)) == (None, None, None)
    assert store.keys(OTHER) is None


def test_before_its_first_key_the_list_is_empty(store):
    assert store.keys(TERC).value == ()


def test_keys_are_read_as_they_were_written(store):
    store.replace_keys(TERC, store.keys(TERC), KEYS)
    assert store.keys(TERC).value == KEYS


def test_of_two_who_change_them_one_is_refused(store):
    before = store.keys(TERC)
    store.replace_keys(TERC, before, KEYS[:1])
    with pytest.raises(Conflict):
        store.replace_keys(TERC, before, KEYS)
    assert store.keys(TERC).value == KEYS[:1]


@pytest.mark.emulator
def test_the_rest_of_the_municipality_stays(client, firestore):
    document = client.document(f"municipalities/{TERC}")
    document.set({"name": "Gmina Regionalna"})
    firestore.replace_keys(TERC, firestore.keys(TERC), KEYS[1:])
    [key] = KEYS[1:]
    stored = {"id": key.id, "key": key.key, "from": at(2), "until": None}
    assert document.get().to_dict() == {"name": "Gmina Regionalna", "keys": [stored]}


@pytest.mark.emulator
def test_all_that_are_served_come_with_their_keys_by_name(client, firestore):
    served = [replace(municipality(), terc=OTHER, name="Zawada"), municipality()]
    write(client, [], served)
    assert list(firestore.served()) == served[::-1]


@pytest.mark.emulator
def test_they_are_read_again_only_after_a_minute(client, firestore, clock):
    write(client, [], [municipality()])
    assert len(firestore.served()) == 1
    write(client, [], [replace(municipality(), terc=OTHER, name="Inna")])
    clock.advance(timedelta(seconds=60))
    assert len(firestore.served()) == 1
    assert len(firestore.served(max_age=59)) == 2
    write(client, [], [replace(municipality(), terc="1209043", name="Ostatnia")])
    assert len(firestore.served()) == 2
    clock.advance(timedelta(seconds=61))
    assert [one.name for one in firestore.served()] == ["Gmina Regionalna", "Inna", "Ostatnia"]


@pytest.mark.emulator
def test_one_written_by_halves_takes_no_other_down_and_is_named(client, firestore, caplog):
    write(client, [], [municipality()])
    client.document(f"municipalities/{OTHER}").set({"name": "Bez środka", "languages": ["pl"]})
    assert list(firestore.served()) == [municipality()]
    assert f"municipalities/{OTHER} cannot be read: Misfit center" in caplog.text


@pytest.mark.emulator
def test_where_nothing_is_served_there_are_no_boundaries(firestore):
    assert firestore.boundaries() == {}


@pytest.mark.emulator
def test_areas_that_staff_saved_are_no_boundaries(client, firestore):
    serve(client, TERC)
    client.document("areas/saved").set({"kind": "saved", "terc": TERC, "geometry": "{}"})
    assert firestore.boundaries() == {TERC: SHAPE}


@pytest.mark.emulator
def test_a_new_boundary_is_seen_when_the_last_answer_is_old(client, firestore, clock):
    from shared.adapters.municipalities import MAX_AGE

    serve(client, TERC)
    assert set(firestore.boundaries()) == {TERC}
    serve(client, OTHER)
    clock.advance(timedelta(seconds=MAX_AGE))
    assert set(firestore.boundaries()) == {TERC}
    clock.advance(timedelta(seconds=1))
    assert set(firestore.boundaries()) == {TERC, OTHER}


@pytest.mark.emulator
def test_the_first_boundary_is_seen_at_once(client, firestore):
    assert firestore.boundaries() == {}
    serve(client, TERC)
    assert set(firestore.boundaries()) == {TERC}


def framed(client, *tercs):
    from shared.adapters.municipality_documents import REGISTER, frame_document

    for terc in tercs:
        shape = client.document(f"areas/{terc}").get().to_dict()["geometry"]
        client.document(*REGISTER).set(frame_document(terc, shape), merge=True)


@pytest.mark.emulator
def test_only_the_boundaries_about_a_place_are_read(client, firestore, monkeypatch):
    serve(client, TERC)
    client.document(f"areas/{OTHER}").set(
        {"kind": "municipality", "terc": OTHER, "geometry": square(52.0, 21.0, 0.1)}
    )
    framed(client, TERC, OTHER)
    monkeypatch.setattr(firestore, "boundaries", lambda: pytest.fail("all were read"))
    assert firestore.boundaries_about([CENTRE]) == {TERC: SHAPE}
    assert set(firestore.boundaries_about([CENTRE, (52.0, 21.0)])) == {TERC, OTHER}
    assert firestore.boundaries_about([(54.0, 18.0)]) == {}


@pytest.mark.emulator
@pytest.mark.parametrize("register", [{}, {"frames": {OTHER: [1.0, 2.0, 3.0]}}, {"frames": "x"}])
def test_without_a_frame_for_each_all_are_read(client, firestore, register):
    serve(client, TERC)
    client.document("areas/frames").set(register)
    assert firestore.boundaries_about([CENTRE]) == {TERC: SHAPE}
