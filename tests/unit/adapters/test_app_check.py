"""App Check's own verification against keys of ours."""

from __future__ import annotations

import json
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import firebase_admin
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from infra.local.identity.issuer import Issuer
from shared.adapters.app_check import FirebaseAppChecker
from shared.errors import Unavailable
from tests.fakes.google_identity import PROJECT, NoCredential, unsigned

APP = "1:1:web:local"


@pytest.fixture(scope="module")
def issuer(tmp_path_factory):
    return Issuer(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def keys(issuer):
    """The address of the issuer's JWK set."""

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(issuer.jwk_set()).encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keys)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def checker_at():
    app = firebase_admin.initialize_app(NoCredential(), {"projectId": PROJECT}, name=uuid.uuid4().hex)
    yield lambda address: FirebaseAppChecker(app, address)
    firebase_admin.delete_app(app)


@pytest.fixture
def checker(checker_at, keys):
    return checker_at(keys)


def token(issuer, key=None, **changes):
    now = int(time.time())
    claims = {"sub": APP, "aud": ["projects/1", f"projects/{PROJECT}"], "iat": now, "exp": now + 3600}
    signed = {**claims, "iss": "https://firebaseappcheck.googleapis.com/1", **changes}
    kept = {name: value for name, value in signed.items() if value is not None}
    return jwt.encode(kept, key or issuer._key, algorithm="RS256", headers={"kid": issuer.key_id})


def test_a_token_of_ours_is_attested_again_and_again(checker, issuer):
    assert checker.attested(issuer.app_check_token(APP, PROJECT))
    assert checker.attested(token(issuer))


REFUSED = {
    "another key": lambda issuer: token(issuer, key=rsa.generate_private_key(65537, 2048)),
    "another project's": lambda issuer: token(issuer, aud=["projects/2", "projects/other"]),
    "an audience that is no list": lambda issuer: token(issuer, aud=f"projects/{PROJECT}"),
    "another issuer": lambda issuer: token(issuer, iss="https://evil.example"),
    "run out": lambda issuer: token(issuer, exp=int(time.time()) - 60),
    "of no app": lambda issuer: token(issuer, sub=None),
    "an id token": lambda issuer: issuer.id_token("a@example.org", f"projects/{PROJECT}"),
    "no signature": lambda _: unsigned(),
    "no token": lambda _: "nonsense",
}


@pytest.mark.parametrize("made", REFUSED.values(), ids=REFUSED)
def test_any_other_token_is_not(checker, issuer, made):
    assert not checker.attested(made(issuer))


def test_without_the_keys_nobody_can_say(checker_at, issuer):
    with pytest.raises(Unavailable):
        checker_at("http://127.0.0.1:9/").attested(token(issuer))
