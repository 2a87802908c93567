from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import google.auth
import pytest
from google.auth.credentials import Credentials
from google.auth.exceptions import DefaultCredentialsError, RefreshError

from infra.local.processes import ROOT
from shared.channels.push.access_token import SCOPE, AccessToken
from shared.errors import Unavailable


class Google:
    """Gives "token-1", "token-2", ...; what `google.auth.default` is in these tests."""

    def __init__(self) -> None:
        self.given = 0
        self.lifetime = timedelta(hours=1)
        self.scopes: list[str] = []
        self.error: Exception | None = None

    def default(self, scopes: list[str]) -> tuple[Credentials, str]:
        self.scopes = scopes
        return GoogleCredentials(self), "demo"


class GoogleCredentials(Credentials):
    def __init__(self, google: Google) -> None:
        super().__init__()
        self._google = google

    def refresh(self, request: object) -> None:
        if self._google.error:
            raise self._google.error
        self._google.given += 1
        self.token = f"token-{self._google.given}"
        self.expiry = datetime.now(UTC).replace(tzinfo=None) + self._google.lifetime


@pytest.fixture
def google_(monkeypatch) -> Google:
    fake = Google()
    monkeypatch.setattr(google.auth, "default", fake.default)
    return fake


def test_the_token_is_fetched_once_with_the_scope_of_messaging(google_):
    token = AccessToken()
    assert [token(), token()] == ["token-1", "token-1"]
    assert google_.scopes == [SCOPE]


def test_a_token_near_its_end_is_renewed(google_):
    google_.lifetime = timedelta(seconds=90)
    token = AccessToken()
    assert [token(), token()] == ["token-1", "token-2"]


def test_a_forgotten_token_is_fetched_anew(google_):
    token = AccessToken()
    token()
    token.forget()
    assert token() == "token-2"


def test_a_token_that_is_not_given_is_unavailable(google_):
    google_.error = RefreshError("down")
    with pytest.raises(Unavailable):
        AccessToken()()


def test_without_credentials_it_is_unavailable(monkeypatch):
    def none(**_: object) -> None:
        raise DefaultCredentialsError("none")

    monkeypatch.setattr(google.auth, "default", none)
    with pytest.raises(Unavailable):
        AccessToken()()


# ---- the way it goes on Cloud Run ----------------------------------------------------------------


class MetadataHandler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        url = urlsplit(self.path)
        answer: object = {
            "email": "runtime@demo.iam.gserviceaccount.com",
            "scopes": [],
            "aliases": ["default"],
        }
        if url.path.endswith("/token"):
            scopes = parse_qs(url.query)["scopes"]
            answer = {"access_token": f"for {scopes[0]}", "expires_in": 3600, "token_type": "Bearer"}
        content = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Metadata-Flavor", "Google")
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


def test_the_metadata_server_of_the_instance_gives_it(tmp_path):
    """In a process of its own: google.auth reads the server's address when it is imported."""
    with ThreadingHTTPServer(("127.0.0.1", 0), MetadataHandler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        host = f"127.0.0.1:{server.server_port}"
        env = {key: value for key, value in os.environ.items() if key != "GOOGLE_APPLICATION_CREDENTIALS"}
        env |= {"GCE_METADATA_HOST": host, "GCE_METADATA_IP": host, "CLOUDSDK_CONFIG": str(tmp_path)}
        program = "from shared.channels.push.access_token import AccessToken; print(AccessToken()())"
        printed = subprocess.check_output(
            [sys.executable, "-c", program], cwd=ROOT, env=env, text=True, timeout=60
        )
        server.shutdown()
        thread.join()
    assert printed.strip() == f"for {SCOPE}"
