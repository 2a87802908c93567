"""Google's own verification against keys of ours: what is let in, and every way to be kept out."""

from __future__ import annotations

import time
import uuid

import firebase_admin
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from shared.adapters.id_tokens import FirebaseTokenVerifier
from shared.domain.alert import Person
from shared.errors import Forbidden, Unauthenticated, Unavailable
from shared.ports import Staff
from tests.fakes.google_identity import PROJECT, GoogleIdentity, NoCredential, unsigned


@pytest.fixture
def google(monkeypatch):
    identity = GoogleIdentity()
    identity.install(monkeypatch)
    return identity


@pytest.fixture
def verifier(google):
    app = firebase_admin.initialize_app(NoCredential(), {"projectId": PROJECT}, name=uuid.uuid4().hex)
    yield FirebaseTokenVerifier(app)
    firebase_admin.delete_app(app)


def now():
    return int(time.time())


def test_staff_with_both_factors_are_let_in(verifier, google):
    anna = Staff(Person("uid-anna", "Anna Nowak"), "1201022", frozenset({"author"}))
    assert verifier.verify(google.token()) == anna
    assert any("accounts:lookup" in url for url in google.asked)


FORGED = {
    "another key": lambda google: google.token(key=rsa.generate_private_key(65537, 2048)),
    "an unknown key id": lambda google: google.token(kid="k2"),
    "no signature": lambda google: unsigned(),
    "a cut signature": lambda google: google.token()[:-10],
    "another project's audience": lambda google: google.token(aud="other-project"),
    "another issuer": lambda google: google.token(iss="https://evil.example"),
    "no subject": lambda google: google.token(sub=""),
    "from the future": lambda google: google.token(iat=now() + 3600),
    "not a token": lambda google: "abc",
    "letters beyond ASCII": lambda google: "ąęć.ąęć.ąęć",
}


@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_token_is_refused(verifier, google, kind):
    with pytest.raises(Unauthenticated) as refused:
        verifier.verify(FORGED[kind](google))
    assert refused.value.code == "token-invalid"


def test_an_expired_token_is_refused(verifier, google):
    with pytest.raises(Unauthenticated) as refused:
        verifier.verify(google.token(iat=now() - 7200, exp=now() - 3600))
    assert refused.value.code == "token-expired"


def test_a_token_from_before_the_sessions_were_ended_is_refused(verifier, google):
    google.account["validSince"] = str(now())
    with pytest.raises(Unauthenticated) as refused:
        verifier.verify(google.token())
    assert refused.value.code == "token-revoked"


def test_a_disabled_account_is_refused(verifier, google):
    google.account["disabled"] = True
    with pytest.raises(Unauthenticated) as refused:
        verifier.verify(google.token())
    assert refused.value.code == "account-disabled"


def test_a_deleted_account_is_refused(verifier, google):
    google.account = None
    with pytest.raises(Unauthenticated) as refused:
        verifier.verify(google.token())
    assert refused.value.code == "account-disabled"


@pytest.mark.parametrize(
    "firebase", [None, {}, {"sign_in_second_factor": ""}, {"sign_in_provider": "anonymous"}, "totp"]
)
def test_one_factor_is_not_enough(verifier, google, firebase):
    with pytest.raises(Unauthenticated) as refused:
        verifier.verify(google.token(firebase=firebase))
    assert refused.value.code == "second-factor-required"


@pytest.mark.parametrize(
    ("claim", "value", "code"),
    [
        ("terc", None, "no-municipality"),
        ("terc", "", "no-municipality"),
        ("terc", 1201022, "no-municipality"),
        ("terc", "1201022/x", "no-municipality"),
        ("terc", "١٢٠١٠٢٢", "no-municipality"),
        ("roles", None, "no-role"),
        ("roles", [], "no-role"),
        ("roles", "author", "no-role"),
        ("roles", ["system"], "no-role"),
        ("roles", [["author"]], "no-role"),
        ("name", None, "no-name"),
        ("name", "  ", "no-name"),
        ("name", ["Anna"], "no-name"),
    ],
)
def test_a_claim_that_is_missing_or_malformed_is_refused_by_name(verifier, google, claim, value, code):
    with pytest.raises(Forbidden) as refused:
        verifier.verify(google.token(**{claim: value}))
    assert refused.value.code == code


def test_an_unknown_role_gives_nothing(verifier, google):
    staff = verifier.verify(google.token(roles=["approver", "auditor", "system", 5]))
    assert staff.roles == {"approver"}


def test_when_google_is_away_the_caller_may_come_back(verifier, google):
    token = google.token()
    google.away = True
    with pytest.raises(Unavailable):
        verifier.verify(token)


def test_an_unsigned_token_counts_on_the_emulator_alone(google, monkeypatch):
    monkeypatch.setenv("FIREBASE_AUTH_EMULATOR_HOST", "127.0.0.1:9")
    app = firebase_admin.initialize_app(options={"projectId": PROJECT}, name=uuid.uuid4().hex)
    try:
        assert FirebaseTokenVerifier(app).verify(unsigned()).terc == "1201022"
    finally:
        firebase_admin.delete_app(app)
