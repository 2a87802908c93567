"""Accounts of staff in Firebase Auth behind the authenticator's proxy, and in the fake."""

from __future__ import annotations

import time
from collections.abc import Iterator

import firebase_admin
import pyotp
import pytest

from infra.local.auth_client import AuthError, PendingSignIn
from infra.local.auth_factors import PERIOD
from shared.adapters.staff_accounts import FirebaseEnrollingTokens, FirebaseStaffAccounts
from shared.errors import InvalidInput, Unauthenticated, Unavailable
from tests.emulator.auth_programs import PROJECT, AuthPrograms
from tests.fakes.enrolment import FakeStaffAccounts
from tests.fakes.google_identity import NoCredential
from tests.fakes.staff import FakeStaffStore

EMAIL, UID, PASSWORD = "anna@urzad.example", "p-anna", "cztery koty i parasol"


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AuthPrograms]:
    programs = AuthPrograms(tmp_path_factory.mktemp("auth"))
    yield programs
    programs.stop()


@pytest.fixture
def app(programs, monkeypatch):
    monkeypatch.setenv("FIREBASE_AUTH_EMULATOR_HOST", programs.host)
    programs.administer(":batchDelete", {"localIds": [UID, "p-other"], "force": True})
    app = firebase_admin.initialize_app(NoCredential(), {"projectId": PROJECT}, name="staff-accounts")
    yield app
    firebase_admin.delete_app(app)


@pytest.fixture(params=["fake", pytest.param("auth", marks=pytest.mark.emulator)])
def accounts(request):
    if request.param == "fake":
        return FakeStaffAccounts()
    return FirebaseStaffAccounts(request.getfixturevalue("app"))


def enrol(programs):
    """The token of a sign-in with a new second factor."""
    token = programs.client.sign_in(EMAIL, PASSWORD)
    step = int(time.time()) // PERIOD - 1
    programs.client.enrol_totp(token, "App", lambda secret: pyotp.TOTP(secret).generate_otp(step))
    return token


def test_an_account_is_found_by_its_address_until_it_is_removed(accounts):
    assert accounts.uid_of(EMAIL) is None
    accounts.renew(UID, EMAIL, "Anna", PASSWORD)
    accounts.renew(UID, EMAIL, "Anna", PASSWORD)
    assert accounts.uid_of(EMAIL) == UID
    accounts.remove(UID)
    accounts.remove(UID)
    assert accounts.uid_of(EMAIL) is None


def test_one_address_is_one_account(accounts):
    accounts.renew(UID, EMAIL, "Anna", PASSWORD)
    with pytest.raises(InvalidInput):
        accounts.renew("p-other", EMAIL, "Anna", PASSWORD)


def test_what_is_asked_of_an_account_that_is_not_there_is_done(accounts):
    accounts.set_claims("p-nobody", {"roles": []})
    accounts.disable("p-nobody")


@pytest.mark.emulator
def test_a_renewed_account_has_no_second_factor_and_no_sign_in_of_before(app, programs):
    accounts = FirebaseStaffAccounts(app)
    tokens = FirebaseEnrollingTokens(app, FakeStaffStore())
    accounts.renew(UID, EMAIL, "Anna", PASSWORD)
    before = enrol(programs)
    assert isinstance(programs.client.sign_in(EMAIL, PASSWORD), PendingSignIn)
    accounts.renew(UID, EMAIL, "Anna", PASSWORD)
    assert isinstance(programs.client.sign_in(EMAIL, PASSWORD), str)
    with pytest.raises(Unauthenticated):
        tokens.signed_in(before)


@pytest.mark.emulator
def test_a_disabled_account_signs_in_nowhere_and_claims_nothing(app, programs):
    accounts = FirebaseStaffAccounts(app)
    accounts.renew(UID, EMAIL, "Anna", PASSWORD)
    accounts.set_claims(UID, {"terc": "1209033", "roles": ["author"]})
    accounts.disable(UID)
    accounts.disable(UID)
    with pytest.raises(AuthError, match="USER_DISABLED"):
        programs.client.sign_in(EMAIL, PASSWORD)
    (user,) = programs.administer(":lookup", {"localId": [UID]})["users"]
    assert user["customAttributes"] == "{}"


@pytest.mark.emulator
def test_a_new_password_serves_and_the_old_one_does_not(app, programs):
    accounts = FirebaseStaffAccounts(app)
    accounts.renew(UID, EMAIL, "Anna", PASSWORD)
    accounts.set_password(UID, "parasol i cztery koty")
    assert programs.client.sign_in(EMAIL, "parasol i cztery koty")
    with pytest.raises(AuthError):
        programs.client.sign_in(EMAIL, PASSWORD)


@pytest.mark.emulator
def test_a_password_alone_enrols_nobody(app, programs):
    FirebaseStaffAccounts(app).renew(UID, EMAIL, "Anna", PASSWORD)
    with pytest.raises(Unauthenticated, match="second-factor-required"):
        FirebaseEnrollingTokens(app, FakeStaffStore()).signed_in(programs.client.sign_in(EMAIL, PASSWORD))


@pytest.mark.parametrize("ask", [lambda one: one.uid_of(EMAIL), lambda one: one.disable(UID)])
def test_an_identity_platform_that_does_not_answer_is_unavailable(ask):
    accounts = FakeStaffAccounts()
    accounts.away = True
    with pytest.raises(Unavailable):
        ask(accounts)
