"""docs/verify.md, typed in as it stands: what is published on Firestore is verified by OpenSSL."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from google.cloud.firestore import Client

from infra.local.processes import ROOT
from shared.adapters.municipality_documents import key_document, public_keys
from shared.adapters.published import FirestorePublishedStore
from shared.domain.alert import State
from shared.formats.key_json import base64url, key_json, pem
from shared.services.publishing.publish_alert import publish_alert
from tests.fakes.alert_values import TERC, alert, at
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.clock import FakeClock
from tests.fakes.signer import FakeAlertSigner, SeededKey

TOOLS = ("openssl", "jq", "curl")
pytestmark = [
    pytest.mark.emulator,
    pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)}"),
]
BLOCKS = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "verify.md").read_text(), re.DOTALL)
KEY = SeededKey(1)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def site(tmp_path):
    """A folder that is served, and its address."""
    folder = tmp_path / "site"
    (folder / "a").mkdir(parents=True)

    def handler(*args):
        return Quiet(*args, directory=str(folder))

    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def answer(project):
    """What `/a/a1.json` says of an alert that on_alert_written published."""
    client, alerts = Client(project=project), FakeAlertStore()
    alerts.put(alert("a1", state=State.ACTIVE, started=at(3)))
    publish_alert(
        "a1",
        alerts=alerts,
        published=FirestorePublishedStore(client),
        signer=FakeAlertSigner(),
        clock=FakeClock(at(3)),
    )
    document = client.document("published/a1").get().to_dict()
    return {"alert": "a1", **{name: document[name] for name in ("signed", "signature", "key")}}


def keys(project, *known):
    """As they come back from the municipality's document."""
    municipality = Client(project=project).document("municipalities", TERC)
    municipality.set({"keys": [key_document(key) for key in known]})
    return public_keys(TERC, municipality.get().to_dict())


@pytest.fixture
def type_in(project, site, answer, tmp_path):
    """Runs every block of the page, one after the other; the first that fails is the answer."""
    folder, address = site

    def run(changes=None, known=None):
        stored = keys(project, *(known or [KEY.public(at(1))]))
        document = {**answer, "public_key": pem(stored[0]), **(changes or {})}
        (folder / "a" / "a1.json").write_text(json.dumps(document, ensure_ascii=False))
        served = [{"terc": TERC, "keys": [key_json(key) for key in stored]}]
        (folder / "municipalities.json").write_text(json.dumps({"municipalities": served}))
        script = "\n".join(["set -euo pipefail", "unset http_proxy https_proxy", *BLOCKS])
        script = re.sub(r"^site=.*$", f"site={address}", script, flags=re.MULTILINE)
        script = re.sub(r"^id=.*$", "id=a1", script, flags=re.MULTILINE)
        return subprocess.run(
            ["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
        )

    return run


def test_a_published_alert_is_verified(type_in):
    typed = type_in()
    assert typed.returncode == 0, typed.stderr
    said = typed.stdout.splitlines()
    assert said[:3] == ["Signature Verified Successfully", KEY.public(at(1)).key, "true"]
    assert json.loads("\n".join(said[3:]))["texts"]["pl"]["title"] == "Brak wody: ul. Główna"


def test_an_altered_text_is_not(type_in, answer):
    typed = type_in({"signed": answer["signed"].replace("14:00", "18:00")})
    assert typed.returncode != 0
    assert "Signature Verification Failure" in typed.stdout + typed.stderr


def test_a_forged_signature_is_not(type_in, answer):
    stranger = SeededKey(2)
    typed = type_in({"public_key": pem(stranger.public(at(1)))})
    assert typed.returncode != 0
    assert "Signature Verification Failure" in typed.stdout + typed.stderr


@pytest.mark.parametrize("known", [KEY.public(at(1), at(3)), KEY.public(at(4)), SeededKey(2).public(at(1))])
def test_a_key_that_was_not_the_municipalitys_at_that_time_is_not_enough(type_in, known):
    typed = type_in({"public_key": pem(KEY.public(at(1)))}, [known])
    assert typed.returncode != 0
    assert typed.stdout.splitlines() == ["Signature Verified Successfully"]


def test_the_text_of_another_alert_is_not_enough(type_in, answer):
    text = answer["signed"].replace('"alert":"a1"', '"alert":"a2"')
    typed = type_in({"signed": text, "signature": base64url(KEY.sign(text.encode()))})
    assert typed.returncode != 0
    assert typed.stdout.splitlines()[-1] == "false"
