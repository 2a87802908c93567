"""Staff may sign in at another project than residents: neither's accounts count for the other."""

from __future__ import annotations

import functools
from contextlib import suppress

import firebase_admin
import pytest

from shared import settings, wiring
from shared.adapters.clock import SystemClock
from shared.errors import Unauthenticated, Unavailable
from tests.fakes.google_identity import PROJECT, GoogleIdentity, NoCredential
from tests.fakes.staff import FakeStaffStore, record

STAFFS = "alert-online-staff"
OF_STAFF = {"aud": STAFFS, "iss": f"https://securetoken.google.com/{STAFFS}"}


@pytest.fixture
def google(monkeypatch):
    identity = GoogleIdentity()
    identity.install(monkeypatch)
    return identity


@pytest.fixture
def deployed(google, monkeypatch):
    """What wiring builds where these are the projects of residents and staff."""
    register = FakeStaffStore({"uid-anna": record("author")})
    factories = (settings.settings, wiring.token_verifier, wiring.accounts)
    uncredited = functools.partial(firebase_admin.initialize_app, NoCredential())

    def deploy(auth_project=None):
        for name, value in {
            "GOOGLE_CLOUD_PROJECT": PROJECT,
            "PUBLIC_URL": "https://alerty.example",
            "WORKER_ACCOUNT": "workers@x",
            "AUTH_PROJECT": auth_project or "",
        }.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("FIREBASE_AUTH_EMULATOR_HOST", raising=False)
        monkeypatch.setattr(wiring, "staff", lambda: register)
        monkeypatch.setattr(wiring, "clock", SystemClock)
        monkeypatch.setattr(firebase_admin, "initialize_app", uncredited)
        for factory in factories:
            factory.cache_clear()

    before = set(firebase_admin._apps)
    yield deploy
    for name in set(firebase_admin._apps) - before:
        firebase_admin.delete_app(firebase_admin.get_app(name))
    for factory in factories:
        factory.cache_clear()


def lookups(google):
    return [url for url in google.asked if "accounts:" in url]


def test_staff_are_known_by_the_tokens_and_accounts_of_their_project(deployed, google):
    deployed(STAFFS)
    assert wiring.token_verifier().verify(google.token(**OF_STAFF)).person.uid == "uid-anna"
    (asked,) = lookups(google)
    assert f"/projects/{STAFFS}/" in asked


@pytest.mark.parametrize(
    "claims",
    [{}, {"aud": STAFFS}, {"iss": OF_STAFF["iss"]}],
    ids=["of the residents' project", "its issuer alone", "its audience alone"],
)
def test_a_token_of_the_residents_project_is_refused_whatever_it_says(deployed, google, claims):
    deployed(STAFFS)
    with pytest.raises(Unauthenticated) as refused:
        wiring.token_verifier().verify(google.token(**claims))
    assert refused.value.code == "token-invalid"
    assert lookups(google) == []


def test_residents_accounts_stay_at_the_residents_project(deployed, google):
    deployed(STAFFS)
    google.account["localId"] = "uid-of-ann"
    with suppress(Unavailable):  # the stand-in answers look-ups alone
        wiring.accounts().delete("uid-of-ann")
    asked = lookups(google)
    assert asked
    assert all(f"/projects/{PROJECT}/" in url for url in asked)


def test_without_a_project_of_their_own_staff_sign_in_where_residents_do(deployed, google):
    deployed()
    assert wiring.token_verifier().verify(google.token()).person.uid == "uid-anna"
    with pytest.raises(Unauthenticated):
        wiring.token_verifier().verify(google.token(**OF_STAFF))
