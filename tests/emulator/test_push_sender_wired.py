"""The sender as the functions get it: its settings from the environment, its token from the instance."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest

from infra.local.processes import ROOT, Program, free_port
from shared.channels.push.outcome import PushRequest
from shared.channels.push.sender import FcmSender
from tests.fcm import PROJECT, FcmStandIn, running

BODY = b'{"message": {"token": "token-00000000000000000001", "data": {"alert": "a1"}}}'
PROGRAM = f"""
import time
from shared.channels.push.outcome import PushRequest
from shared import wiring
from shared.channels.parts import Parts
from shared.channels.push import build_sender
sender = build_sender(Parts(wiring.settings(), wiring.clock(), wiring.pace(), wiring.residents))
for answer in sender.send([PushRequest("k", {BODY!r})], time.monotonic() + 20):
    print(answer.outcome, answer.detail)
"""


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The host of a server of metadata and tokens, as an instance on Cloud Run has one."""
    folder = tmp_path_factory.mktemp("identity")
    port = free_port()
    command = [sys.executable, "-m", "infra.local.identity", "--port", str(port), "--project", PROJECT]
    program = Program("The identity stand-in", [*command, "--keys", str(folder / "keys")], folder / "log")
    program.wait_until_answers(f"http://127.0.0.1:{port}/")
    yield f"127.0.0.1:{port}"
    program.stop()


@pytest.fixture(scope="module")
def strict_fcm(identity: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FcmStandIn]:
    """A stand-in for FCM that asks whether an access token is good."""
    with running(tmp_path_factory.mktemp("fcm"), tokeninfo=f"http://{identity}/tokeninfo") as stand_in:
        yield stand_in


def test_the_wired_sender_is_let_in(strict_fcm, identity, tmp_path):
    env = {key: value for key, value in os.environ.items() if key != "GOOGLE_APPLICATION_CREDENTIALS"}
    env |= {"GOOGLE_CLOUD_PROJECT": PROJECT, "PUBLIC_URL": "https://example.org", "WORKER_ACCOUNT": "w@x"}
    env |= {"FCM_ENDPOINT": strict_fcm.endpoint, "FCM_CA_FILE": strict_fcm.ca_file}
    env |= {"GCE_METADATA_HOST": identity, "GCE_METADATA_IP": identity, "CLOUDSDK_CONFIG": str(tmp_path)}
    printed = subprocess.check_output(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=env, text=True, timeout=60
    )
    assert printed == "accepted \n"
    assert [message["alert"] for message in strict_fcm.messages()] == ["a1"]


def test_a_made_up_token_is_refused(strict_fcm):
    assert refused(strict_fcm, "made-up") == "401 UNAUTHENTICATED"


def test_a_token_for_another_service_is_refused(strict_fcm, identity):
    url = f"http://{identity}/computeMetadata/v1/instance/service-accounts/default/token"
    scopes = "scopes=https://www.googleapis.com/auth/datastore"
    request = urllib.request.Request(f"{url}?{scopes}", headers={"Metadata-Flavor": "Google"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        token = json.load(answer)["access_token"]
    assert refused(strict_fcm, token) == "403 PERMISSION_DENIED"


def refused(fcm: FcmStandIn, token: str) -> str:
    sender = FcmSender(fcm.endpoint, PROJECT, lambda: token, ca_file=fcm.ca_file)
    (answer,) = sender.send([PushRequest("k", BODY)], time.monotonic() + 20)
    sender.close()
    return answer.detail
