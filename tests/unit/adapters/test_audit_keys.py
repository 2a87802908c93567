"""The secrets that seal the audit: their file, and a key for each municipality."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest

from manage.audit.key_file import add_key
from shared.adapters.audit_keys import FileAuditKeys, read_audit_keys
from shared.domain.audit import Act, AuditHead, sealed
from shared.errors import Unavailable
from tests.fakes.alert_values import AUTHOR, TERC, at
from tests.fakes.clock import FakeClock
from tests.fakes.tokens import NEIGHBOUR

SECRET = base64.b64encode(b"s" * 32).decode()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "audit.json"


def head_of(sealer, terc=TERC):
    return sealed(Act(terc, "alert.edit", AUTHOR), AuditHead(), at(3), sealer)[1]


def test_a_new_secret_seals_and_the_old_one_still_verifies(file):
    assert add_key(file) == "1"
    before = head_of(read_audit_keys(file))
    assert add_key(file) == "2"
    after = read_audit_keys(file)
    assert (before.key, head_of(after).key) == ("1", "2")
    assert after.seal(TERC, before) == before.seal
    assert file.stat().st_mode & 0o077 == 0


def test_no_municipality_has_the_key_of_another(file):
    add_key(file)
    sealer = read_audit_keys(file)
    head = head_of(sealer)
    assert sealer.seal(NEIGHBOUR, head) != head.seal


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"current": "1"}',
        json.dumps({"current": "2", "keys": {"1": SECRET}}),
        json.dumps({"current": "1", "keys": {"1": "c2hvcnQ="}}),
        json.dumps({"current": "1", "keys": {"1": "no base64!"}}),
        json.dumps({"current": "1", "keys": {"1": 7}}),
        json.dumps({"current": "1", "keys": [SECRET]}),
        json.dumps({"current": ["1"], "keys": {"1": SECRET}}),
    ],
)
def test_a_file_of_another_form_gives_no_key(file, text):
    file.write_text(text)
    with pytest.raises(ValueError, match=r"."):
        read_audit_keys(file)
    with pytest.raises(Unavailable):
        FileAuditKeys(str(file), FakeClock()).of(TERC)
    with pytest.raises(ValueError, match=r"."):
        add_key(file)


@pytest.mark.parametrize("place", [None, "/nowhere/audit.json"])
def test_without_a_file_there_is_no_key(place):
    with pytest.raises(Unavailable):
        FileAuditKeys(place, FakeClock()).of(TERC)


def test_a_file_that_cannot_be_read_for_a_while_leaves_the_key_that_was_read(file):
    add_key(file)
    clock = FakeClock()
    keys = FileAuditKeys(str(file), clock)
    known = head_of(keys.of(TERC))
    file.unlink()
    clock.advance(timedelta(hours=1))
    assert keys.of(TERC).seal(TERC, known) == known.seal


def test_a_new_secret_is_taken_up_within_a_minute(file):
    add_key(file)
    clock = FakeClock()
    keys = FileAuditKeys(str(file), clock)
    assert keys.of(TERC).key == "1"
    add_key(file)
    clock.advance(timedelta(seconds=61))
    assert keys.of(TERC).key == "2"


def test_what_is_no_municipality_has_no_key(file):
    with pytest.raises(ValueError, match="municipality"):
        FileAuditKeys(str(file), FakeClock()).of("..")
