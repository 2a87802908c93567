"""Clients that the rules see as a phone or a browser: Firestore's REST API with an unsigned id token.

The Python client library cannot serve here: to the emulator it always comes as the owner, past the rules.
"""

from __future__ import annotations

import base64
import json
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import pytest
import urllib3
from google.cloud.firestore import Client

from infra.local.firestore import FirestoreEmulator
from infra.local.processes import ROOT
from tests.rules.firestore_json import fields_and_times

Document = Mapping[str, Any]


def id_token(project: str, uid: str, claims: Mapping[str, object]) -> str:
    """As the Auth emulator makes them: unsigned."""
    now = int(time.time())
    body = {
        "iss": f"https://securetoken.google.com/{project}",
        "aud": project,
        "sub": uid,
        "user_id": uid,
        "auth_time": now,
        "iat": now,
        "exp": now + 3600,
        "firebase": {"identities": {}, "sign_in_provider": "anonymous"},
        **claims,
    }
    parts = ({"alg": "none", "typ": "JWT"}, body)
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, ""])


def _equal(name: str, text: str) -> dict[str, Any]:
    return {"field": {"fieldPath": name}, "op": "EQUAL", "value": {"stringValue": text}}


def _query(collection: str, wanted: Mapping[str, str], most: int | None) -> dict[str, Any]:
    filters = [{"fieldFilter": _equal(name, text)} for name, text in wanted.items()]
    query: dict[str, Any] = {
        "from": [{"collectionId": collection}],
        "where": {"compositeFilter": {"op": "AND", "filters": filters}},
    }
    return query if most is None else {**query, "limit": most}


def _below(parent: str, method: str) -> str:
    return f"/{parent}:{method}" if parent else f":{method}"


class AppClient:
    """What an app can do with its sign-in; each call answers whether the rules allowed it."""

    def __init__(self, host: str, project: str, token: str | None) -> None:
        self._documents = f"projects/{project}/databases/(default)/documents"
        self._url = f"http://{host}/v1/{self._documents}"
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._connection = urllib3.PoolManager(
            headers={"Content-Type": "application/json", **headers}, timeout=30
        )

    def get(self, path: str) -> bool:
        """A document that is not there counts as allowed."""
        answer = self._connection.request("GET", f"{self._url}/{quote(path)}")
        return answer.status == 404 or self._allowed(answer)

    def list(self, path: str, most: int | None = None) -> bool:
        size = {} if most is None else {"pageSize": str(most)}
        return self._allowed(self._connection.request("GET", f"{self._url}/{quote(path)}", fields=size))

    def query(
        self, collection: str, field: str, value: str, most: int | None = None, parent: str = "", **more: str
    ) -> bool:
        """All documents of a collection (below `parent`), or so many, whose fields equal the values."""
        query = _query(collection, {field: value, **more}, most)
        return self._allowed(self._post(_below(parent, "runQuery"), {"structuredQuery": query}))

    def whole(self, collection: str, parent: str = "") -> bool:
        """A query without a limit; a list of REST has one of its own."""
        query = {"structuredQuery": {"from": [{"collectionId": collection}]}}
        return self._allowed(self._post(_below(parent, "runQuery"), query))

    def count(self, collection: str, field: str, value: str, most: int, parent: str = "") -> bool:
        """How many documents `query` would answer."""
        counted = {
            "structuredQuery": _query(collection, {field: value}, most),
            "aggregations": [{"alias": "count", "count": {}}],
        }
        body = {"structuredAggregationQuery": counted}
        return self._allowed(self._post(_below(parent, "runAggregationQuery"), body))

    def group(self, collection: str, most: int) -> bool:
        """So many documents of all collections of the name, wherever they lie."""
        query = {"from": [{"collectionId": collection, "allDescendants": True}], "limit": most}
        return self._allowed(self._post(":runQuery", {"structuredQuery": query}))

    def set(self, path: str, document: Document) -> bool:
        """Create or replace; the text "<server timestamp>" stands for the time of the request."""
        return self._commit(self._write(path, document))

    def set_both(self, documents: Mapping[str, Document]) -> bool:
        """All in one commit, or none."""
        return self._commit(*(self._write(path, document) for path, document in documents.items()))

    def update(self, path: str, document: Document) -> bool:
        """Change these fields only."""
        write = self._write(path, document)
        return self._commit({**write, "updateMask": {"fieldPaths": list(write["update"]["fields"])}})

    def delete(self, path: str) -> bool:
        return self._commit({"delete": f"{self._documents}/{path}"})

    def _write(self, path: str, document: Document) -> dict[str, Any]:
        fields, times = fields_and_times(document)
        transforms = [{"fieldPath": name, "setToServerValue": "REQUEST_TIME"} for name in times]
        return {
            "update": {"name": f"{self._documents}/{path}", "fields": fields},
            **({"updateTransforms": transforms} if transforms else {}),
        }

    def _commit(self, *writes: Mapping[str, Any]) -> bool:
        return self._allowed(self._post(":commit", {"writes": list(writes)}))

    def _post(self, method: str, body: object) -> urllib3.BaseHTTPResponse:
        return self._connection.request("POST", f"{self._url}{method}", body=json.dumps(body))

    def _allowed(self, answer: urllib3.BaseHTTPResponse) -> bool:
        """Anything but a yes or a rule's no is the test's own mistake."""
        if answer.status not in {200, 403}:
            raise AssertionError(f"{answer.status}: {answer.data.decode()}")
        return answer.status == 200


@pytest.fixture(scope="module")
def ruled(firestore_emulator: FirestoreEmulator) -> str:
    """A project with the real rules."""
    name = f"demo-{uuid.uuid4().hex[:12]}"
    firestore_emulator.load_rules(name, (ROOT / "firestore.rules").read_text())
    return name


@pytest.fixture
def project(firestore_emulator: FirestoreEmulator, ruled: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of the project with the real rules, emptied; the client library finds it."""
    documents = f"emulator/v1/projects/{ruled}/databases/(default)/documents"
    emptied = urllib3.request("DELETE", f"http://{firestore_emulator.host}/{documents}", timeout=60)
    assert emptied.status == 200, emptied.data
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", firestore_emulator.host)
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", ruled)
    return ruled


@pytest.fixture
def as_user(firestore_emulator: FirestoreEmulator, project: str) -> Callable[..., AppClient]:
    """`as_user(uid, **claims)`: signed in anonymously, unless the claims say otherwise."""

    def client(uid: str, **claims: object) -> AppClient:
        return AppClient(firestore_emulator.host, project, id_token(project, uid, claims))

    return client


@pytest.fixture
def signed_out(firestore_emulator: FirestoreEmulator, project: str) -> AppClient:
    return AppClient(firestore_emulator.host, project, None)


@pytest.fixture
def admin(project: str) -> Client:
    """Past the rules, to arrange what functions and importers write."""
    return Client(project=project)
