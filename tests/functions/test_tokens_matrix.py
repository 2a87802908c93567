"""Tokens at the API itself, signed by keys of the test's own: each that must not count is refused at once,
and leaves the alerts and the audit as they were."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import firebase_admin
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from shared import wiring
from shared.adapters.id_tokens import FirebaseTokenVerifier
from shared.domain.alert import State
from shared.domain.scope import Scope
from shared.domain.staff_session import SessionLimits
from tests.fakes.alert_values import TERC, alert, content
from tests.fakes.clock import FakeClock
from tests.fakes.google_identity import PROJECT, GoogleIdentity, NoCredential, unsigned
from tests.fakes.staff import FakeStaffStore, record
from tests.fakes.staff_api import Api, StaffApi
from tests.fakes.tokens import NEIGHBOUR

HOUR = timedelta(hours=1)


def now():
    return int(time.time())


@dataclass
class World:
    """An office whose verifier is the deployed one; Piotr's account is that of `google`."""

    office: StaffApi
    api: Api
    google: GoogleIdentity
    register: FakeStaffStore

    def ask(self, token: str, method: str, path: str, **headers: str) -> Any:
        return self.api.ask(token, method, path, headers=headers)

    def change(self, **changes: Any) -> None:
        before = self.register.records["uid-anna"]
        self.register.records["uid-anna"] = replace(before, **changes)

    def state(self) -> tuple[object, ...]:
        acts = [act for act in self.office.audit.acts(TERC) if act.outcome == "done"]
        return self.office.alerts.get("stored"), len(acts), self.office.alerts.writes


@pytest.fixture
def world(monkeypatch):
    office = StaffApi(clock=FakeClock(datetime.now(UTC)), session_limits=SessionLimits())
    api = office.open(monkeypatch)
    google, register = GoogleIdentity(), FakeStaffStore({"uid-anna": record("approver", "author")})
    google.install(monkeypatch)
    app = firebase_admin.initialize_app(NoCredential(), {"projectId": PROJECT}, name=uuid.uuid4().hex)
    verifier = FirebaseTokenVerifier(app, register, office.clock.now)
    monkeypatch.setattr(wiring, "token_verifier", lambda: verifier)
    lasting = content(expires=office.clock.now() + timedelta(days=2))
    severe = replace(lasting, severity=type(lasting.severity)("Severe"))
    author = replace(alert("x").author, uid="uid-ewa")
    office.alerts.put(alert("stored", state=State.SUBMITTED, content=severe, author=author, writers=()))
    yield World(office, api, google, register)
    firebase_admin.delete_app(app)


ROUTES = [
    ("GET", "/api/me"),
    ("GET", "/api/alerts"),
    ("GET", "/api/alerts/stored"),
    ("POST", "/api/alerts/stored/approve"),
    ("POST", "/api/alerts/stored/cancel"),
    ("POST", "/api/session/end-others"),
]

# What is wrong, what is done about it before the token is made, and the answer.
TOKENS: dict[str, tuple[Any, tuple[int, str]]] = {
    "signature": (
        lambda w: w.google.token(key=rsa.generate_private_key(65537, 2048)),
        (401, "token-invalid"),
    ),
    "signature cut": (lambda w: w.google.token()[:-10], (401, "token-invalid")),
    "no signature": (lambda w: unsigned(), (401, "token-invalid")),
    "key id": (lambda w: w.google.token(kid="k2"), (401, "token-invalid")),
    "audience": (lambda w: w.google.token(aud="other-project"), (401, "token-invalid")),
    "issuer": (lambda w: w.google.token(iss="https://evil.example"), (401, "token-invalid")),
    "issuer of another project": (
        lambda w: w.google.token(iss="https://securetoken.google.com/other"),
        (401, "token-invalid"),
    ),
    "no subject": (lambda w: w.google.token(sub=""), (401, "token-invalid")),
    "from the future": (lambda w: w.google.token(iat=now() + 3600), (401, "token-invalid")),
    "expired": (lambda w: w.google.token(iat=now() - 7200, exp=now() - 3600), (401, "token-expired")),
    "no second factor": (
        lambda w: w.google.token(firebase={"sign_in_provider": "password"}),
        (401, "second-factor-required"),
    ),
    "SMS factor": (
        lambda w: w.google.token(firebase={"sign_in_second_factor": "phone"}),
        (401, "second-factor-required"),
    ),
    "null factor": (
        lambda w: w.google.token(firebase={"sign_in_second_factor": None}),
        (401, "second-factor-required"),
    ),
    "tenant": (
        lambda w: w.google.token(firebase={"sign_in_second_factor": "totp", "tenant": "other-1"}),
        (401, "token-invalid"),
    ),
    "a sign-in of long ago": (
        lambda w: w.google.token(auth_time=now() - 200 * 86_400),
        (401, "session-over"),
    ),
    "no time of sign-in": (lambda w: w.google.token(auth_time=None), (401, "token-revoked")),
}


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("what", TOKENS)
def test_a_token_that_must_not_count_is_refused_everywhere(world, what, method, path):
    make, refusal = TOKENS[what]
    before = world.state()
    answer = world.ask(make(world), method, path, **{"If-Match": '"1"'})
    assert (answer.status_code, answer.json["code"]) == refusal
    assert answer.headers["WWW-Authenticate"] == f'Bearer error="{refusal[1]}"'
    assert world.state() == before


# What happens to somebody who is at work: the very next request with the same token is refused.
ENDED: dict[str, tuple[Any, tuple[int, str]]] = {
    "dismissed": (lambda w: w.change(active=False), (403, "not-staff")),
    "employment over": (lambda w: w.change(until=w.office.clock.now()), (403, "not-staff")),
    "taken out of the register": (lambda w: w.register.records.clear(), (403, "not-staff")),
    "all roles taken": (lambda w: w.change(roles=frozenset()), (403, "no-role")),
    "signed out everywhere": (
        lambda w: w.change(valid_since=w.office.clock.now() + timedelta(seconds=1)),
        (401, "token-revoked"),
    ),
    "revoked in Auth": (lambda w: w.google.account.update(validSince=str(now() + 1)), (401, "token-revoked")),
    "disabled in Auth": (lambda w: w.google.account.update(disabled=True), (401, "account-disabled")),
    "deleted in Auth": (lambda w: setattr(w.google, "account", None), (401, "account-disabled")),
}


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("what", ENDED)
def test_whoever_is_ended_is_refused_with_the_next_request(world, what, method, path):
    token = world.google.token()
    assert world.ask(token, "GET", "/api/me").status_code == 200
    end, refusal = ENDED[what]
    end(world)
    before = world.state()
    answer = world.ask(token, method, path, **{"If-Match": '"1"'})
    assert (answer.status_code, answer.json["code"]) == refusal
    assert world.state() == before


def test_a_session_that_was_ended_on_another_device_is_refused_at_once(world):
    old, new = world.google.token(auth_time=now() - 600), world.google.token(auth_time=now() - 5)
    assert world.ask(old, "GET", "/api/me").status_code == 200
    assert world.ask(new, "POST", "/api/session/end-others").json == {"ended": 1}
    before = world.state()
    for method, path in ROUTES:
        answer = world.ask(old, method, path, **{"If-Match": '"1"'})
        assert (answer.status_code, answer.json["code"]) == (401, "session-ended")
    assert world.state() == before


def test_whoever_is_demoted_decides_nothing_with_the_next_request(world):
    token = world.google.token(roles=["approver"])
    assert world.ask(token, "GET", "/api/me").json["roles"] == ["approver", "author"]
    world.change(roles=frozenset({"author"}))
    before = world.state()
    answer = world.ask(token, "POST", "/api/alerts/stored/approve", **{"If-Match": '"1"'})
    assert (answer.status_code, answer.json["code"]) == (403, "role-missing")
    assert world.ask(token, "GET", "/api/me").json["roles"] == ["author"]
    assert world.state() == before


def test_whoever_gets_a_scope_is_held_to_it_with_the_next_request(world):
    token = world.google.token()
    world.change(scopes={"approver": Scope(severity="Moderate"), "author": Scope(severity="Moderate")})
    before = world.state()
    answer = world.ask(token, "POST", "/api/alerts/stored/approve", **{"If-Match": '"1"'})
    assert (answer.status_code, answer.json["code"]) == (403, "out-of-scope")
    assert world.state()[0] == before[0]


@pytest.mark.parametrize(("method", "path"), [one for one in ROUTES if "stored" in one[1]])
def test_whoever_is_moved_sees_nothing_of_before_with_the_next_request(world, method, path):
    token = world.google.token(terc=TERC)
    assert world.ask(token, "GET", "/api/alerts/stored").status_code == 200
    world.change(terc=NEIGHBOUR)
    before = world.state()
    answer = world.ask(token, method, path, **{"If-Match": '"1"'})
    assert (answer.status_code, answer.json["code"]) == (404, "not-found")
    assert world.state() == before


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_another_municipality_is_not_asked_for(world, method, path):
    token, before = world.google.token(terc=NEIGHBOUR), world.state()
    answer = world.ask(token, method, path, **{"If-Match": '"1"', "Alert-Municipality": NEIGHBOUR})
    assert (answer.status_code, answer.json["code"]) == (403, "no-municipality")
    assert world.state() == before


def test_an_old_factor_approves_nothing_severe_and_a_fresh_one_does(world):
    old = world.google.token(auth_time=now() - 16 * 60)
    answer = world.ask(old, "POST", "/api/alerts/stored/approve", **{"If-Match": '"1"'})
    assert (answer.status_code, answer.json["code"]) == (401, "fresh-sign-in-required")
    assert world.office.alerts.get("stored").value.state is State.SUBMITTED
    fresh = world.google.token()
    assert world.ask(fresh, "POST", "/api/alerts/stored/approve", **{"If-Match": '"1"'}).status_code == 200


def test_of_whoever_has_a_key_a_fresh_code_approves_nothing_severe(world):
    world.change(has_key=True)
    answer = world.ask(world.google.token(), "POST", "/api/alerts/stored/approve", **{"If-Match": '"1"'})
    assert (answer.status_code, answer.json["code"]) == (401, "key-required")


def test_a_renewed_token_of_the_same_sign_in_is_the_same_session(world):
    signed_in = now() - 60
    tokens = [
        world.google.token(auth_time=signed_in, iat=now() - age, exp=now() + 100 + age) for age in (9, 1)
    ]
    assert tokens[0] != tokens[1]
    ids = {world.ask(token, "GET", "/api/session").json["id"] for token in tokens}
    assert ids == {str(signed_in)}
