"""Google's own verification against keys of ours: what is let in, and every way to be kept out."""

from __future__ import annotations

import time
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import firebase_admin
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from shared.adapters.id_tokens import FirebaseTokenVerifier
from shared.domain.alert import Person
from shared.domain.scope import Scope
from shared.domain.staff import Enrolment, Membership
from shared.errors import AlertOnlineError, Forbidden, Unauthenticated, Unavailable
from shared.ports import Staff
from tests.fakes.google_identity import PROJECT, GoogleIdentity, NoCredential, unsigned
from tests.fakes.staff import FakeStaffStore, record


@pytest.fixture
def google(monkeypatch):
    identity = GoogleIdentity()
    identity.install(monkeypatch)
    return identity


@pytest.fixture
def register():
    return FakeStaffStore({"uid-anna": record("author")})


@pytest.fixture
def verifier(google, register):
    app = firebase_admin.initialize_app(NoCredential(), {"projectId": PROJECT}, name=uuid.uuid4().hex)
    yield FirebaseTokenVerifier(app, register)
    firebase_admin.delete_app(app)


def now():
    return int(time.time())


def test_staff_with_both_factors_are_let_in(verifier, google):
    anna = Staff(Person("uid-anna", "Anna Nowak"), "1201022", frozenset({"author"}), tercs=("1201022",))
    assert verifier.verify(google.token()) == anna
    assert lookups(google) == 1


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
    "firebase",
    [
        None,
        {},
        {"sign_in_second_factor": ""},
        {"sign_in_second_factor": None},
        {"sign_in_second_factor": True},
        {"sign_in_second_factor": "phone"},
        {"sign_in_provider": "anonymous"},
        "totp",
    ],
)
def test_only_a_code_of_an_authenticator_app_is_a_second_factor(verifier, google, register, firebase):
    with pytest.raises(Unauthenticated) as refused:
        verifier.verify(google.token(firebase=firebase))
    assert refused.value.code == "second-factor-required"
    assert register.reads == 0


def lookups(google):
    return sum("accounts:lookup" in url for url in google.asked)


REFUSED: dict[str, tuple[Any, type[AlertOnlineError], str]] = {
    "not in the register": (None, Forbidden, "not-staff"),
    "dismissed": ({"active": False}, Forbidden, "not-staff"),
    "without a municipality": ({"terc": ""}, Forbidden, "no-municipality"),
    "of a municipality that is none": ({"terc": "1201022/x"}, Forbidden, "no-municipality"),
    "with digits of another script": ({"terc": "١٢٠١٠٢٢"}, Forbidden, "no-municipality"),
    "without a name": ({"name": "  "}, Forbidden, "no-name"),
    "without a role": ({"roles": frozenset()}, Forbidden, "no-role"),
    "with the system's role": ({"roles": frozenset({"system"})}, Forbidden, "no-role"),
    "whose employment ended": ({"until": datetime(2026, 1, 1, tzinfo=UTC)}, Forbidden, "not-staff"),
    "invited and not enrolled": ({"state": Enrolment.INVITED}, Forbidden, "not-enrolled"),
    "an administrator for a part": (
        {"roles": frozenset({"admin"}), "scopes": {"admin": Scope(severity="Minor")}},
        Forbidden,
        "no-role",
    ),
    "without a beginning": ({"valid_since": None}, Unauthenticated, "token-revoked"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_whom_the_register_does_not_let_in_is_refused_whatever_the_token_says(
    verifier, google, register, kind
):
    changes, error, code = REFUSED[kind]
    if changes is None:
        register.records.clear()
    else:
        register.records["uid-anna"] = replace(record("author"), **changes)
    with pytest.raises(error) as refused:
        verifier.verify(google.token(roles=["author", "approver"]))
    assert refused.value.code == code
    assert lookups(google) == 0


@pytest.mark.parametrize(
    "claims",
    [
        {"roles": ["author", "approver"]},
        {"roles": None},
        {"terc": "1201032"},
        {"terc": None, "name": None, "roles": None},
        {"name": "Ktoś Inny"},
    ],
)
def test_the_register_decides_and_not_what_the_token_was_given(verifier, google, claims):
    staff = verifier.verify(google.token(**claims))
    anna = Person("uid-anna", "Anna Nowak")
    assert staff == Staff(anna, "1201022", frozenset({"author"}), tercs=("1201022",))


def test_a_change_of_the_register_counts_with_the_next_request(verifier, google, register):
    token = google.token()
    assert verifier.verify(token).roles == {"author"}
    register.records["uid-anna"] = replace(record("approver"), terc="1201032")
    moved = verifier.verify(token)
    assert (moved.roles, moved.terc) == ({"approver"}, "1201032")
    register.records["uid-anna"] = replace(record("approver"), active=False)
    with pytest.raises(Forbidden):
        verifier.verify(token)


@pytest.mark.parametrize(("later_ms", "let_in"), [(0, True), (999, True), (1000, False), (60_000, False)])
def test_a_sign_in_of_before_the_sessions_were_ended_counts_no_more(
    verifier, google, register, later_ms, let_in
):
    signed_in = now() - 60
    since = datetime.fromtimestamp(signed_in, UTC) + timedelta(milliseconds=later_ms)
    register.records["uid-anna"] = replace(record("author"), valid_since=since)
    token = google.token(auth_time=signed_in)
    if let_in:
        assert verifier.verify(token).roles == {"author"}
        return
    with pytest.raises(Unauthenticated) as refused:
        verifier.verify(token)
    assert refused.value.code == "token-revoked"


def test_a_token_that_does_not_tell_when_it_was_signed_in_is_refused(verifier, google):
    with pytest.raises(Unauthenticated):
        verifier.verify(google.token(auth_time=None))


def test_an_unknown_role_gives_nothing(verifier, google, register):
    register.records["uid-anna"] = record("approver", "mayor", "system")
    assert verifier.verify(google.token()).roles == {"approver"}


def test_a_municipality_besides_gives_the_roles_and_scopes_that_stand_for_it(verifier, google, register):
    zone = {"author": Scope(severity="Moderate")}
    register.records["uid-anna"] = replace(
        record("approver"), others={"1201032": Membership(frozenset({"author"}), zone)}
    )
    there, here = verifier.verify(google.token(), "1201032"), verifier.verify(google.token())
    assert (there.terc, there.roles, there.scopes) == ("1201032", {"author"}, zone)
    assert (here.terc, here.roles, here.scopes) == ("1201022", {"approver"}, {})
    assert verifier.verify(google.token(), "1201022") == here


@pytest.mark.parametrize("terc", ["1201042", "1201032/x", "all"])
def test_in_a_municipality_that_is_not_theirs_they_are_nobody(verifier, google, register, terc):
    register.records["uid-anna"] = replace(record("author"), others={"1201032": Membership()})
    with pytest.raises(Forbidden) as refused:
        verifier.verify(google.token(), terc)
    assert refused.value.code == "no-municipality"
    with pytest.raises(Forbidden) as refused:
        verifier.verify(google.token(), "1201032")
    assert refused.value.code == "no-role"


def test_when_the_register_is_away_the_caller_may_come_back(verifier, google, register):
    register.broken = Unavailable()
    with pytest.raises(Unavailable):
        verifier.verify(google.token())


def test_when_google_is_away_the_caller_may_come_back(verifier, google):
    token = google.token()
    google.away = True
    with pytest.raises(Unavailable):
        verifier.verify(token)


def test_an_unsigned_token_counts_on_the_emulator_alone(google, register, monkeypatch):
    monkeypatch.setenv("FIREBASE_AUTH_EMULATOR_HOST", "127.0.0.1:9")
    app = firebase_admin.initialize_app(options={"projectId": PROJECT}, name=uuid.uuid4().hex)
    try:
        assert FirebaseTokenVerifier(app, register).verify(unsigned()).terc == "1201022"
    finally:
        firebase_admin.delete_app(app)
