"""Private keys from a folder: taken up when they appear, kept when they cannot be read for a moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from manage.signing_keys.key_ring import KeyRing
from shared.adapters.alert_signer import MAX_AGE, PemAlertSigner
from tests.fakes.alert_values import TERC, at
from tests.fakes.clock import FakeClock
from tests.fakes.municipalities import FakeMunicipalityStore


@pytest.fixture
def office(tmp_path):
    return KeyRing(FakeMunicipalityStore(), TERC, tmp_path)


@pytest.fixture
def clock():
    return FakeClock()


def test_without_a_folder_there_is_no_key(clock):
    assert PemAlertSigner(None, clock).key(TERC) is None


def test_a_key_is_taken_up_as_soon_as_it_is_there(office, clock):
    signer = PemAlertSigner(str(office.folder), clock)
    assert signer.key(TERC) is None
    made = office.create(at(1))
    assert signer.key(TERC).id == made.id


def test_a_new_key_is_taken_up_after_a_minute(office, clock):
    old, signer = office.create(at(1)), PemAlertSigner(str(office.folder), clock)
    signer.key(TERC)
    new = office.rotate(at(2))
    assert signer.key(TERC).id == old.id
    clock.advance(timedelta(seconds=MAX_AGE + 1))
    assert signer.key(TERC).id == new.id


def test_a_secret_in_a_folder_of_its_own_is_found(office, clock):
    key = office.create(at(1))
    (office.folder / TERC).mkdir()
    (office.folder / f"{TERC}.pem").rename(office.folder / TERC / "key.pem")
    assert PemAlertSigner(str(office.folder), clock).key(TERC).id == key.id


def test_what_cannot_be_read_for_a_moment_still_signs_and_is_said(office, clock, caplog):
    key, signer = office.create(at(1)), PemAlertSigner(str(office.folder), clock)
    signer.key(TERC)
    (office.folder / f"{TERC}.pem").write_text("half a file")
    clock.advance(timedelta(seconds=MAX_AGE + 1))
    assert signer.key(TERC).id == key.id
    [line] = caplog.records
    assert (line.levelname, "half" in line.getMessage()) == ("ERROR", False)


def test_a_key_under_a_password_is_none_and_said_and_alerts_go_out_all_the_same(office, clock, caplog):
    locked = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")
    )
    (office.folder / f"{TERC}.pem").write_bytes(locked)
    assert PemAlertSigner(str(office.folder), clock).key(TERC) is None
    assert "cannot be read" in caplog.text


def test_no_file_outside_the_folder_is_read(office, clock):
    office.create(at(1))
    inner = office.folder / "inner"
    inner.mkdir()
    assert PemAlertSigner(str(inner), clock).key(f"../{TERC}") is None
