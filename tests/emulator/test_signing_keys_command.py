"""python -m manage.signing_keys, as an operator runs it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from google.cloud.firestore import Client

from infra.local.processes import ROOT
from shared.adapters.alerts import FirestoreAlertStore
from shared.adapters.municipality_documents import public_keys
from shared.adapters.published import FirestorePublishedStore
from shared.domain.alert import State
from shared.formats.signed_alert import Fault, verify
from shared.services.publishing.publish_alert import publish_alert
from tests.fakes.alert_values import TERC, alert, at, entry
from tests.fakes.clock import FakeClock
from tests.fakes.signer import FakeAlertSigner, SeededKey

pytestmark = pytest.mark.emulator


@pytest.fixture
def client(project):
    client = Client(project=project)
    client.document("municipalities", TERC).set({"name": "Gmina Regionalna"})
    return client


@pytest.fixture
def run(project, tmp_path):
    def run(*arguments, **changes):
        env = {**os.environ, "PUBLIC_URL": "https://alerty.example", "WORKER_ACCOUNT": "w@x", **changes}
        command = [sys.executable, "-m", "manage.signing_keys", *arguments, "--folder", str(tmp_path)]
        return subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False
        )

    return run


def known(client):
    return public_keys(TERC, client.document("municipalities", TERC).get().to_dict())


def test_a_key_is_created_shown_and_rotated(client, run):
    created = run("create", TERC)
    assert created.returncode == 0, created.stderr
    [first] = known(client)
    assert first.id in created.stdout
    assert "BEGIN PUBLIC KEY" in created.stdout
    assert run("rotate", TERC, "--overlap", "2").returncode == 0
    old, new = known(client)
    assert (old.id, old.until is None, new.until) == (first.id, False, None)
    shown = run("show", TERC)
    assert f"key {new.id}, in use" in shown.stdout
    assert "PRIVATE" not in created.stdout + shown.stdout


def test_what_is_wrong_is_said_in_a_sentence(client, run):
    assert run("create", "120102").stderr.splitlines()[-1].endswith("seven digits, as in the register TERC")
    unknown = run("create", "1201032")
    assert (unknown.returncode, unknown.stderr) == (
        1,
        "There is no municipality 1201032 in Firestore. Import its registers first.\n",
    )
    misconfigured = run("create", TERC, PUBLIC_URL="")
    assert (misconfigured.returncode, misconfigured.stderr) == (
        1,
        "Set these environment variables: PUBLIC_URL\n",
    )


def test_a_rotation_is_told_also_when_signing_again_fails(client, run):
    assert run("create", TERC).returncode == 0
    broken = alert("a1", state=State.ACTIVE, started=at(3))
    FirestoreAlertStore(client).create(broken, entry(broken), None)
    client.document("alerts/a1").update({"texts": None})
    rotated = run("rotate", TERC, "--stolen")
    [key] = known(client)
    assert rotated.returncode == 1
    assert key.id in rotated.stdout


def test_after_a_theft_only_what_is_signed_again_is_believed(client, run):
    alerts, published = FirestoreAlertStore(client), FirestorePublishedStore(client)
    sent = alert("a1", state=State.ACTIVE, started=at(3))
    alerts.create(sent, entry(sent), None)
    stolen = SeededKey(1)
    signer, clock = FakeAlertSigner({TERC: stolen}), FakeClock(at(3))
    publish_alert("a1", alerts=alerts, published=published, signer=signer, clock=clock)
    before = client.document("published/a1").get().to_dict()
    assert run("create", TERC).returncode == 0
    rotated = run("rotate", TERC, "--stolen")
    assert rotated.returncode == 0, rotated.stderr
    assert "Alerts signed again: 1." in rotated.stdout
    after = client.document("published/a1").get().to_dict()
    assert verify(after, "a1", TERC, known(client)).fault is None
    assert verify(before, "a1", TERC, known(client)).fault is Fault.UNKNOWN_KEY
