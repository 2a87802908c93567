"""One contract for the register of staff in Firestore and for its fake; the unreadable gives no right."""

from __future__ import annotations

import pytest

from shared.adapters.staff import staff_record
from shared.domain.staff import StaffRecord
from tests.fakes.alert_values import TERC
from tests.fakes.staff import LONG_AGO, FakeStaffStore, record

DOCUMENT = {
    "terc": TERC,
    "roles": ["author", "approver"],
    "name": "Anna Nowak",
    "active": True,
    "valid_since": LONG_AGO,
}
ANNA = record("author", "approver")


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request):
    if request.param == "fake":
        return FakeStaffStore({"uid-anna": ANNA})
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.staff import FirestoreStaffStore

    client = Client(project=name)
    client.document("staff/uid-anna").set(DOCUMENT)
    return FirestoreStaffStore(client)


def test_a_member_of_staff_is_found_with_all_that_decides(store):
    assert store.get("uid-anna") == ANNA


def test_nobody_else_is_found(store):
    assert store.get("uid-piotr") is None


@pytest.mark.parametrize(
    ("change", "without"),
    [
        ({"active": "true"}, "active"),
        ({"active": 1}, "active"),
        ({"terc": 1201022}, "terc"),
        ({"roles": "author"}, "roles"),
        ({"roles": {"author": True}}, "roles"),
        ({"name": ["Anna"]}, "name"),
        ({"valid_since": "2020-01-01"}, "valid_since"),
    ],
)
def test_a_field_of_another_type_gives_no_right(change, without):
    assert getattr(staff_record({**DOCUMENT, **change}), without) == getattr(StaffRecord(), without)


def test_an_empty_document_gives_no_right():
    assert staff_record({}) == StaffRecord()


def test_roles_that_are_no_words_are_left_out():
    assert staff_record({**DOCUMENT, "roles": ["author", 5, None]}).roles == {"author"}
