"""The stand-in for Google's identity, asked by Google's own libraries."""

import json
import os
import subprocess
import sys

import jwt
import pytest
import requests
from google.auth.transport.requests import Request
from google.oauth2.id_token import verify_token
from jwt import PyJWKClient

from infra.local.identity.app_check import DEBUG_TOKEN
from infra.local.processes import ROOT
from tests.emulator.stand_ins import PROJECT, StandIn, id_token

RUNTIME = f"runtime@{PROJECT}.iam.gserviceaccount.com"
AUDIENCE = "http://127.0.0.1:8101"
# A process of its own: google.auth reads the environment when it is imported.
OFFICIAL = f"""
import json
import google.auth
from google.auth.transport.requests import Request
from google.oauth2.id_token import fetch_id_token
credentials, project = google.auth.default(scopes=["https://www.googleapis.com/auth/firebase.messaging"])
credentials.refresh(Request())
print(json.dumps({{
    "project": project, "email": credentials.service_account_email, "access": credentials.token,
    "id": fetch_id_token(Request(), "{AUDIENCE}"),
}}))
"""


def metadata(identity, path, **params):
    return requests.get(
        f"{identity}/computeMetadata/v1/{path}", params, headers={"Metadata-Flavor": "Google"}, timeout=60
    )


@pytest.fixture(scope="module")
def official(identity):
    """What google.auth finds in an environment that names the stand-in."""
    host = identity.removeprefix("http://")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GOOGLE_")}
    env = {**kept, "GCE_METADATA_HOST": host, "GCE_METADATA_IP": host, "CLOUDSDK_CONFIG": "/nonexistent"}
    run = subprocess.run(
        [sys.executable, "-c", OFFICIAL], env=env, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(run.stdout)


def test_google_auth_finds_project_and_account(official):
    assert (official["project"], official["email"]) == (PROJECT, RUNTIME)


@pytest.mark.parametrize("keys", ["/oauth2/v1/certs", "/oauth2/v3/certs"])
def test_an_id_token_is_verified_by_googles_library(official, identity, keys):
    claims = verify_token(official["id"], Request(), AUDIENCE, certs_url=identity + keys)
    assert claims["iss"] == "https://accounts.google.com"
    assert (claims["aud"], claims["email"], claims["email_verified"]) == (AUDIENCE, RUNTIME, True)
    assert claims["exp"] - claims["iat"] == 3600
    assert claims["sub"] == claims["azp"]
    assert claims["google"]["compute_engine"]["project_id"] == PROJECT


def test_an_id_token_for_another_audience_is_refused_by_googles_library(official, identity):
    with pytest.raises(Exception, match="audience"):
        verify_token(official["id"], Request(), "http://elsewhere", certs_url=f"{identity}/oauth2/v1/certs")


def test_an_access_token_is_known_to_its_issuer(official, identity):
    answer = requests.get(f"{identity}/tokeninfo", {"access_token": official["access"]}, timeout=60)
    found = answer.json()
    assert answer.status_code == 200
    assert (found["email"], found["scope"]) == (
        RUNTIME,
        "https://www.googleapis.com/auth/firebase.messaging",
    )
    assert 3500 < int(found["expires_in"]) <= 3600


@pytest.mark.parametrize("wrong", ["", "ya29.made-up", "altered", "id token"])
def test_other_access_tokens_are_refused(official, identity, wrong):
    token = {"altered": official["access"][:-4] + "AAAA", "id token": official["id"]}.get(wrong, wrong)
    answer = requests.get(f"{identity}/tokeninfo", {"access_token": token}, timeout=60)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_token")


def test_tokeninfo_knows_id_tokens_too(official, identity):
    answer = requests.get(f"{identity}/tokeninfo", {"id_token": official["id"]}, timeout=60)
    assert answer.json()["email"] == RUNTIME


def test_a_request_without_its_header_is_refused(identity):
    answer = requests.get(f"{identity}/computeMetadata/v1/project/project-id", timeout=60)
    assert (answer.status_code, answer.headers["Metadata-Flavor"]) == (403, "Google")


def test_the_default_account_has_its_scopes(identity):
    found = metadata(identity, "instance/service-accounts/default/", recursive="true").json()
    assert (found["email"], found["aliases"]) == (RUNTIME, ["default"])
    assert metadata(identity, "instance/service-accounts/default/email").text == RUNTIME


def test_another_account_of_the_project_gets_its_own_token(identity):
    token = id_token(identity, "events", AUDIENCE)
    claims = verify_token(token, Request(), AUDIENCE, certs_url=f"{identity}/oauth2/v1/certs")
    assert claims["email"] == f"events@{PROJECT}.iam.gserviceaccount.com"


@pytest.mark.parametrize("account", ["events@other.iam.gserviceaccount.com", "someone", "@"])
def test_a_strangers_token_is_not_issued(identity, account):
    path = f"instance/service-accounts/{account}/identity"
    assert metadata(identity, path, audience=AUDIENCE).status_code == 404


def test_an_id_token_needs_an_audience(identity):
    assert metadata(identity, "instance/service-accounts/default/identity").status_code == 400


def test_tokens_stay_valid_after_a_restart(tmp_path):
    issuer = StandIn(tmp_path, "identity", "--project", PROJECT, "--keys", tmp_path / "keys")
    issuer.start()
    try:
        token = id_token(issuer.address, "runtime", AUDIENCE)
        issuer.kill()
        issuer.start()
        verify_token(token, Request(), AUDIENCE, certs_url=f"{issuer.address}/oauth2/v1/certs")
    finally:
        issuer.stop()
    assert (tmp_path / "keys" / "issuer.pem").stat().st_mode & 0o077 == 0


def test_a_busy_port_is_named(tmp_path):
    issuer = StandIn(tmp_path, "identity", "--project", PROJECT, "--keys", tmp_path / "keys")
    issuer.start()
    try:
        second = issuer.start_again_beside()
    finally:
        issuer.stop()
    assert (second.returncode, str(issuer.port) in second.stderr) == (1, True)


EXCHANGE = f"/v1/projects/{PROJECT}/apps/1:1:web:local:exchangeDebugToken"


def test_a_debug_token_is_exchanged_for_one_that_the_published_keys_verify(identity):
    answer = requests.post(identity + EXCHANGE, json={"debug_token": DEBUG_TOKEN}, timeout=60)
    assert (answer.json()["ttl"], answer.headers["Access-Control-Allow-Origin"]) == ("3600s", "*")
    key = PyJWKClient(f"{identity}/v1/jwks").get_signing_key_from_jwt(answer.json()["token"])
    claims = jwt.decode(answer.json()["token"], key, audience=f"projects/{PROJECT}", algorithms=["RS256"])
    assert claims["sub"] == "1:1:web:local"


def test_whoever_does_not_know_the_debug_token_gets_none(identity):
    for given in ({"debug_token": "guessed"}, {}):
        assert requests.post(identity + EXCHANGE, json=given, timeout=60).status_code == 403
    other = EXCHANGE.replace(PROJECT, "another-project")
    assert requests.post(identity + other, json={"debug_token": DEBUG_TOKEN}, timeout=60).status_code == 404


def test_a_page_may_ask_from_its_own_origin(identity):
    assert requests.options(identity + EXCHANGE, timeout=60).headers["Access-Control-Allow-Origin"] == "*"
