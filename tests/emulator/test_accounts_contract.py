"""One contract for the residents' sign-ins, in Firebase Auth and in its fake."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import firebase_admin
import pytest

from shared.adapters.resident_accounts import FirebaseAccountStore
from shared.errors import Unavailable
from tests.emulator.auth_programs import PROJECT, AuthPrograms
from tests.fakes.accounts import FakeAccountStore
from tests.fakes.google_identity import GoogleIdentity, NoCredential
from tests.fakes.staff import FakeStaffStore, record

STAFF = "uid-of-staff"
REGISTERED = "uid-without-claims"


class InMemory:
    def __init__(self) -> None:
        self.store = FakeAccountStore()
        self.store.staff.update((STAFF, REGISTERED))

    def resident(self) -> str:
        self.store.residents.add("uid-of-ann")
        return "uid-of-ann"

    def knows(self, uid: str) -> bool:
        return uid in self.store.residents | self.store.staff


class InAuth:
    def __init__(self, auth: AuthPrograms, app: firebase_admin.App) -> None:
        register = FakeStaffStore({REGISTERED: record("author")})
        self.store, self._auth = FirebaseAccountStore(lambda: app, register), auth
        self._auth.administer(":batchDelete", {"localIds": [STAFF, REGISTERED], "force": True})
        self._auth.account(STAFF, {"terc": "1209033", "roles": ["author"]})
        self._auth.account(REGISTERED, {})

    def resident(self) -> str:
        return self._auth.client.sign_up_anonymously()[0]

    def knows(self, uid: str) -> bool:
        return "users" in self._auth.administer(":lookup", {"localId": [uid]})


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AuthPrograms]:
    programs = AuthPrograms(tmp_path_factory.mktemp("auth"))
    yield programs
    programs.stop()


@pytest.fixture(params=["fake", pytest.param("auth", marks=pytest.mark.emulator)])
def accounts(request, monkeypatch):
    if request.param == "fake":
        yield InMemory()
        return
    auth = request.getfixturevalue("programs")
    monkeypatch.setenv("FIREBASE_AUTH_EMULATOR_HOST", auth.host)
    app = firebase_admin.initialize_app(options={"projectId": PROJECT}, name=uuid.uuid4().hex)
    yield InAuth(auth, app)
    firebase_admin.delete_app(app)


def test_a_residents_account_goes(accounts):
    uid = accounts.resident()
    assert accounts.knows(uid)
    assert accounts.store.delete(uid) is True
    assert not accounts.knows(uid)


@pytest.mark.parametrize("uid", ["uid-of-nobody", "x" * 129])
def test_one_that_is_not_there_is_no_trouble(accounts, uid):
    assert accounts.store.delete(uid) is False


@pytest.mark.parametrize("uid", [STAFF, REGISTERED])
def test_a_member_of_staff_keeps_theirs(accounts, uid):
    assert accounts.store.delete(uid) is False
    assert accounts.knows(uid)


def test_when_auth_does_not_answer_it_is_to_be_tried_again(monkeypatch):
    google = GoogleIdentity()
    google.install(monkeypatch)
    google.away = True
    app = firebase_admin.initialize_app(NoCredential(), {"projectId": "p"}, name=uuid.uuid4().hex)
    with pytest.raises(Unavailable):
        FirebaseAccountStore(lambda: app, FakeStaffStore()).delete("uid-of-ann")
    firebase_admin.delete_app(app)
