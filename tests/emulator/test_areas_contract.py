"""One contract for the registers of areas, in Firestore and in their fake; and what Firestore is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.area_parts import Level
from shared.domain.register_unit import RegisterUnit, units_in
from shared.errors import Unreadable
from shared.formats.search_json import gazetteer_of, packed
from tests.fakes.alert_values import TERC
from tests.fakes.areas import GAZETTEER, ROZANA, TOWN, FakeAreaLibrary, register_units
from tests.fakes.clock import FakeClock

OTHER = "1209033"
RETIRED = RegisterUnit(Level.STREET, f"{TOWN}:90003", "ul. Stara", TOWN, 3, None, "2026-01-01")
SOME_BYTES = 700  # of a page, so that there are several


def write(client, gazetteer=GAZETTEER, generation="1", most_bytes=1_000_000):
    from shared.adapters.area_documents import search_documents, unit_document

    texts = packed(gazetteer, most_bytes)
    for name, document in search_documents(texts, generation, {"TERC": "2026-01-01"}).items():
        client.document("areas", gazetteer.terc, "layers", name).set(document)
    for unit in (*register_units(gazetteer), RETIRED):
        client.document("areas", gazetteer.terc, "units", unit.code).set(unit_document(unit, "2026-01-01"))


@pytest.fixture
def client(project):
    from google.cloud.firestore import Client

    return Client(project=project)


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def firestore(client, clock):
    from shared.adapters.areas import FirestoreAreaLibrary

    return FirestoreAreaLibrary(client, clock)


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def library(request):
    if request.param == "fake":
        return FakeAreaLibrary(retired=[RETIRED])
    write(request.getfixturevalue("client"))
    return request.getfixturevalue("firestore")


def test_names_and_houses_are_read_as_they_were_written(library):
    assert library.gazetteer(TERC) == GAZETTEER
    assert gazetteer_of(library.search_texts(TERC)[0]) == GAZETTEER
    assert library.generation(TERC)


def test_without_a_register_there_is_nothing(library):
    assert library.gazetteer(OTHER) is library.generation(OTHER) is library.unit(OTHER, TOWN) is None
    assert library.search_texts(OTHER) == tuple(library.units(OTHER, OTHER)) == ()


@pytest.mark.parametrize("code", [TERC, TOWN, ROZANA])
def test_each_unit_is_found_by_its_code_with_its_shape(library, code):
    assert library.unit(TERC, code) == next(one for one in register_units(GAZETTEER) if one.code == code)


def test_what_is_retired_is_found_by_its_code_and_in_no_list(library):
    assert library.unit(TERC, RETIRED.code) == RETIRED
    assert list(library.units(TERC, TOWN)) == list(units_in(GAZETTEER, TOWN))
    assert library.unit(TERC, "0000000") is None


@pytest.mark.emulator
class TestFirestore:
    def test_the_same_object_is_given_until_the_register_changes(self, client, firestore, clock):
        write(client)
        first = firestore.gazetteer(TERC)
        clock.advance(timedelta(minutes=11))
        assert firestore.gazetteer(TERC) is first
        write(client, replace(GAZETTEER, name="Gmina Nowa"), "2")
        assert firestore.gazetteer(TERC) is first
        clock.advance(timedelta(minutes=11))
        assert firestore.gazetteer(TERC).name == "Gmina Nowa"
        assert firestore.generation(TERC) == "2"

    def test_a_large_register_is_read_from_its_pages(self, client, firestore):
        write(client, most_bytes=SOME_BYTES)
        assert firestore.gazetteer(TERC) == GAZETTEER
        assert len(firestore.search_texts(TERC)) > 2

    def test_pages_of_another_import_are_not_mixed(self, client, firestore):
        write(client, most_bytes=SOME_BYTES)
        client.document("areas", TERC, "layers", "search").update({"generation": "2"})
        with pytest.raises(Unreadable):
            firestore.gazetteer(TERC)

    def test_what_a_later_release_wrote_passes_when_that_serves(self, client, firestore):
        client.document("areas", TERC, "layers", "search").set(
            {"text": '{"v":9}', "generation": "1", "pages": 0}
        )
        with pytest.raises(Unreadable):
            firestore.search_texts(TERC)

    def test_the_registers_asked_for_last_stay_in_memory(self, client, clock):
        from shared.adapters.areas import FirestoreAreaLibrary

        small = FirestoreAreaLibrary(client, clock, most_addresses=200)
        write(client)
        write(client, replace(GAZETTEER, terc=OTHER))
        first = small.gazetteer(TERC)
        assert small.gazetteer(TERC) is first
        small.gazetteer(OTHER)
        assert small.gazetteer(TERC) is not first

    def test_the_voivodeship_and_the_powiat_around_are_found(self, client, firestore):
        fields = {"name": "MAŁOPOLSKIE", "parent": "", "addresses": 0, "shape": None}
        client.document("areas", "12").set({"kind": "voivodeship", **fields})
        assert firestore.unit(TERC, "12") == RegisterUnit(Level.VOIVODESHIP, "12", "MAŁOPOLSKIE", "")
        assert firestore.unit(TERC, "14") is None
