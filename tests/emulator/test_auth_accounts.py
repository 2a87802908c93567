"""The demonstration's staff can sign in, however often and over whatever state they are set up."""

import pytest
from google.cloud.firestore import Client

from infra.local.accounts import OTHER_TERC, PASSWORD, STAFF, TERC, StaffAccounts, StaffDocuments
from infra.local.auth_client import staff_token
from infra.local.auth_tokens import claims
from tests.emulator.auth_programs import AuthPrograms

pytestmark = pytest.mark.emulator
ANNA = STAFF["anna"]


@pytest.fixture(scope="module")
def auth(tmp_path_factory):
    programs = AuthPrograms(tmp_path_factory.mktemp("auth"))
    yield programs
    programs.stop()


@pytest.fixture
def staff(auth, firestore_emulator, project):
    auth.administer(":batchDelete", {"localIds": [one.uid for one in STAFF.values()], "force": True})
    return StaffAccounts(auth.client, auth.factors, StaffDocuments(firestore_emulator.host, project))


@pytest.fixture
def token(auth):
    def sign_in(member, password=PASSWORD):
        return claims(staff_token(auth.client, auth.factors, member.email, password))

    return sign_in


def test_every_account_signs_in_with_its_roles(staff, token):
    staff.ensure()
    for member in STAFF.values():
        found = token(member)
        assert (found["sub"], found["name"]) == (member.uid, member.name)
        assert (found["terc"], tuple(found["roles"])) == (member.terc or TERC, member.roles)
        assert found["firebase"]["sign_in_second_factor"] == "totp"


def test_the_document_says_the_same_as_the_claims(staff, token, project):
    staff.ensure()
    found = token(ANNA)
    document = Client(project=project).document(f"staff/{ANNA.uid}").get().to_dict()
    assert document.pop("valid_since").timestamp() <= found["auth_time"]
    assert document == {
        "terc": TERC,
        "roles": ["author"],
        "name": ANNA.name,
        "active": True,
        "email": ANNA.email,
    }


def test_repeating_changes_nothing(auth, staff, project):
    staff.ensure()
    factor, document = auth.factors.of(ANNA.uid), Client(project=project).document(f"staff/{ANNA.uid}").get()
    staff.ensure()
    assert auth.factors.of(ANNA.uid) == factor
    assert Client(project=project).document(f"staff/{ANNA.uid}").get().update_time == document.update_time


def test_the_demonstration_moves_the_staff_to_its_municipality(staff, token, project):
    staff.ensure()
    staff.ensure("1209033")
    staff.ensure()  # a later start leaves them there
    assert token(ANNA)["terc"] == "1209033"
    assert Client(project=project).document(f"staff/{ANNA.uid}").get().get("terc") == "1209033"
    assert token(STAFF["olga"])["terc"] == OTHER_TERC


def test_a_lost_authenticator_is_replaced(auth, staff, token):
    staff.ensure()
    auth.factors.remove(auth.client.factors(ANNA.uid)[0])
    staff.ensure()
    assert token(ANNA)["firebase"]["sign_in_second_factor"] == "totp"


def test_another_password_setting_is_taken_over(staff, token, monkeypatch):
    staff.ensure()
    monkeypatch.setenv("STAFF_PASSWORD", "another one")
    staff.ensure()
    assert token(ANNA, "another one")["sub"] == ANNA.uid
