"""python -m manage.areas against Firestore: a municipality opened and its registers imported anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from google.cloud.firestore import Client

from demo.generate import generate
from demo.municipality import read
from infra.local.processes import ROOT
from shared.adapters.areas import FirestoreAreaLibrary
from shared.adapters.municipalities import FirestoreMunicipalityStore
from tests.fakes.clock import FakeClock

pytestmark = pytest.mark.emulator


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return generate(tmp_path_factory.mktemp("gmina"))


@pytest.fixture
def manage(project):
    def run(*arguments):
        settings = {
            "GOOGLE_CLOUD_PROJECT": project,
            "PUBLIC_URL": "https://a.example",
            "WORKER_ACCOUNT": "w@x",
        }
        ended = subprocess.run(
            [sys.executable, "-m", "manage.areas", *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended

    return run


def test_a_municipality_is_opened_and_a_second_import_writes_nothing(manage, project, folder, tmp_path):
    made = read(folder)
    keys, contact = tmp_path / "keys", folder / "contact.json"
    opened = manage(
        "open", made.terc, *made.files, "--keys", keys, "--contact", contact, "--languages", "pl,en"
    )
    assert "signs with the key" in opened.stdout
    client, clock = Client(project=project), FakeClock()
    municipalities, library = FirestoreMunicipalityStore(client, clock), FirestoreAreaLibrary(client, clock)
    (served,) = municipalities.served()
    assert (served.name, len(served.keys), served.contact) == ("Gmina Regionalna", 1, made.contact)
    assert set(municipalities.boundaries_about([made.center])) == {made.terc}
    gazetteer = library.gazetteer(made.terc)
    assert gazetteer is not None
    assert sum(one.count for one in gazetteer.localities) == len(made.addresses)
    again = json.loads(manage("import", *made.files).stdout.splitlines()[-1])
    assert [one["written"] for one in again["municipalities"]] == [0]
    assert library.unit(made.terc, made.terc[:2]) is not None
