"""python -m manage.audit, as an operator runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from google.cloud.firestore import Client

from infra.local.processes import ROOT
from manage.audit.key_file import add_key
from shared.adapters.audit_chain import AuditChain
from shared.adapters.audit_keys import FileAuditKeys
from shared.adapters.audit_log import FirestoreAuditLog
from shared.adapters.clock import SystemClock
from shared.domain.audit import Act
from tests.fakes.alert_values import AUTHOR, TERC

pytestmark = pytest.mark.emulator


@pytest.fixture
def keys(tmp_path):
    file = tmp_path / "audit.json"
    add_key(file)
    return file


@pytest.fixture
def client(project, keys):
    """Five acts, sealed by the keys of the command."""
    client = Client(project=project)
    chain = AuditChain(client, FileAuditKeys(str(keys), SystemClock()), SystemClock())
    log = FirestoreAuditLog(client, chain)
    log.record(*(Act(TERC, "alert.edit", AUTHOR, f"alerts/a{number}") for number in range(5)))
    return client


@pytest.fixture
def run(project, keys):
    def run(*arguments):
        env = {"PUBLIC_URL": "https://alerty.example", "WORKER_ACCOUNT": "w@x", "AUDIT_KEYS": str(keys)}
        command = [sys.executable, "-m", "manage.audit", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=os.environ | env, capture_output=True, text=True, timeout=120, check=False
        )

    return run


def test_a_whole_audit_is_said_to_be_whole(client, run):
    told = run("verify", TERC)
    assert told.returncode == 0, told.stderr
    assert "5 entries" in told.stdout
    assert "Whole" in told.stdout


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (lambda entry: entry(3).update({"why": "because"}), "entry 3 is not sealed by the key it names"),
        (lambda entry: entry(3).update({"beside": 1}), "entry 3 is not as it was written"),
        (lambda entry: entry(2).delete(), "entry 2 is missing"),
        (lambda entry: entry(5).delete(), "entry 5 is missing"),
        (lambda entry: entry(6).set(entry(5).get().to_dict() | {"seq": 6}), "entry 6 lies behind the head"),
    ],
)
def test_the_first_bad_entry_is_named(client, run, tamper, named):
    tamper(lambda seq: client.document("audit", TERC, "entries", f"{seq:012}"))
    told = run("verify", TERC)
    assert told.returncode == 1
    assert f"NOT WHOLE: {named}" in told.stdout


def test_two_entries_that_changed_places_are_found(client, run):
    entries = [client.document("audit", TERC, "entries", f"{seq:012}") for seq in (2, 3)]
    documents = [entry.get().to_dict() for entry in entries]
    for entry, document in zip(entries, documents[::-1], strict=True):
        entry.set(document)
    assert "entry 2 is not as it was written" in run("verify", TERC).stdout


def test_a_chain_that_was_taken_back_is_found_by_a_head_that_somebody_kept(client, run, keys, tmp_path):
    document, kept = client.document("audit", TERC), tmp_path / "head.json"
    before = document.get().to_dict()
    log = FirestoreAuditLog(
        client, AuditChain(client, FileAuditKeys(str(keys), SystemClock()), SystemClock())
    )
    log.record(Act(TERC, "alert.approve", AUTHOR, "alerts/a1"))
    head = log.head(TERC)
    kept.write_text(json.dumps({"number": head.seq, "mac": head.mac}))
    assert run("verify", TERC, "--head", str(kept)).returncode == 0
    client.document("audit", TERC, "entries", "000000000006").delete()
    document.set(before)
    assert "taken back as a whole is not seen" in run("verify", TERC).stdout
    told = run("verify", TERC, "--head", str(kept))
    assert (told.returncode, "entry 6 is missing" in told.stdout) == (1, True)


def test_all_entries_are_taken_along_as_a_file(client, run, tmp_path):
    for name in ("all.json", "all.csv"):
        told = run("export", TERC, "--out", str(tmp_path / name))
        assert told.returncode == 0, told.stderr
    taken = json.loads((tmp_path / "all.json").read_text())
    assert [entry["seq"] for entry in taken["entries"]] == [1, 2, 3, 4, 5]
    assert len((tmp_path / "all.csv").read_text().splitlines()) == 6


def test_without_keys_or_a_bucket_it_is_told(client, run, keys):
    asked = run("verify", TERC, "--anchors")
    assert (asked.returncode, "AUDIT_BUCKET" in asked.stderr) == (2, True)
    keys.unlink()
    assert run("verify", TERC).returncode == 2


def test_a_new_secret_is_put_beside_the_old_one(client, run, keys):
    told = run("key", str(keys))
    assert told.returncode == 0, told.stderr
    assert set(json.loads(keys.read_text())["keys"]) == {"1", "2"}
    assert run("verify", TERC).returncode == 0
