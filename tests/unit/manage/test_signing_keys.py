"""A municipality's first key, a new one, and a stolen one."""

from __future__ import annotations

import stat
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from manage.signing_keys.__main__ import main
from manage.signing_keys.key_ring import KeyRing, KeyTrouble, in_use
from shared.adapters.alert_signer import PemAlertSigner
from shared.domain.signature import PublicKey
from tests.fakes.alert_values import TERC, at
from tests.fakes.clock import FakeClock
from tests.fakes.municipalities import FakeMunicipalityStore


@pytest.fixture
def office(tmp_path):
    return KeyRing(FakeMunicipalityStore(), TERC, tmp_path / "keys")


def signing(office):
    return PemAlertSigner(str(office.folder), FakeClock()).key(office.terc)


def test_the_first_key_is_known_to_everybody_and_signs(office):
    key = office.create(at(1))
    assert office.store.public_keys[TERC] == (key,)
    assert signing(office).id == key.id


def test_a_private_key_is_its_owners_alone(office):
    office.create(at(1))
    [file] = office.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(office.folder.stat().st_mode) == 0o700


def test_a_key_holds_from_a_full_second(office):
    assert office.create(at(1).replace(microsecond=999_999)).since == at(1)


def test_a_second_first_key_is_refused_and_nothing_changes(office):
    key = office.create(at(1))
    with pytest.raises(KeyTrouble, match=rf"has the key {key.id} already.*rotate"):
        office.create(at(2))
    assert office.store.public_keys[TERC] == (key,)
    assert signing(office).id == key.id


def test_a_private_key_that_is_there_already_is_taken(office):
    key = office.create(at(1))
    office.store.public_keys[TERC] = ()  # a database that began anew
    assert office.create(at(2)).id == key.id


def test_a_new_key_signs_while_the_old_one_still_counts(office):
    old, new = office.create(at(1)), office.rotate(at(2), timedelta(hours=5))
    assert office.store.public_keys[TERC] == (PublicKey(old.id, old.key, at(1), at(7)), new)
    assert new.since == at(2)
    assert signing(office).id == new.id != old.id


def test_an_old_key_ends_at_a_full_second_as_everybody_reads_it(office):
    office.create(at(1))
    office.rotate(at(2).replace(microsecond=999_999))
    assert office.store.public_keys[TERC][0].until.microsecond == 0


def test_a_stolen_key_leaves_the_list(office):
    office.create(at(1))
    new = office.rotate(at(2), timedelta(), stolen=True)
    assert office.store.public_keys[TERC] == (new,)


def test_without_a_first_key_there_is_nothing_to_rotate(office):
    with pytest.raises(KeyTrouble, match=r"no key yet.*create"):
        office.rotate(at(1))


def test_a_municipality_that_is_not_served_is_named(office):
    with pytest.raises(KeyTrouble, match="no municipality 1201032"):
        KeyRing(office.store, "1201032", office.folder).create(at(1))
    assert not office.folder.exists()


def test_who_is_overtaken_changes_nothing(office):
    old = office.create(at(1))
    stale = office.store.keys(TERC)
    office.rotate(at(2))
    using = signing(office).id
    office.store.keys = lambda _: stale
    with pytest.raises(KeyTrouble, match="Try again"):
        office.rotate(at(3))
    assert in_use(office.store.public_keys[TERC]).id == using == signing(office).id != old.id


def test_a_file_that_is_no_such_key_is_named(office):
    office.folder.mkdir()
    rsa = generate_private_key(65537, 2048)
    (office.folder / f"{TERC}.pem").write_bytes(
        rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    with pytest.raises(KeyTrouble, match=rf"{TERC}.pem cannot be read: not an Ed25519 key"):
        office.create(at(1))


def test_the_list_tells_whether_the_private_key_fits(office):
    assert "unsigned" in office.show()[0]
    old, new = office.create(at(1)), office.rotate(at(2))
    first, second, file = office.show()
    assert (old.id in first, new.id in second, "in use" in second) == (True, True, True)
    assert file.endswith(f"key {new.id}, in use")
    office.store.public_keys[TERC] = office.store.public_keys[TERC][:1]
    assert "NOT the one in use" in office.show()[-1]


@pytest.mark.parametrize("hours", ["-1", "nan", "inf", "9000", "many"])
def test_an_overlap_that_is_no_number_of_hours_is_refused(hours, capsys):
    with pytest.raises(SystemExit):
        main(["rotate", TERC, "--folder", "keys", f"--overlap={hours}"])
    assert "--overlap: hours, from 0 to 8760" in capsys.readouterr().err


def test_one_file_of_all_keys_signs_for_each(office, tmp_path):
    other = KeyRing(office.store, "1234567", office.folder)
    office.store.public_keys["1234567"] = ()
    keys, bundle = [office.create(at(1)), other.create(at(1))], tmp_path / "all.json"
    for ring in (office, other, office):
        assert str(bundle) in ring.add_to(bundle)
    signer = PemAlertSigner(str(bundle), FakeClock())
    assert [signer.key(TERC).id, signer.key("1234567").id] == [key.id for key in keys]
    assert signer.key("7654321") is None
    assert stat.S_IMODE(bundle.stat().st_mode) == 0o600


def test_a_file_that_holds_something_else_is_left_alone(office, tmp_path):
    office.create(at(1))
    bundle = tmp_path / "all.json"
    bundle.write_text("[1]")
    with pytest.raises(KeyTrouble, match="Nothing was changed"):
        office.add_to(bundle)
    assert bundle.read_text() == "[1]"


def test_without_a_private_key_there_is_nothing_to_add(office, tmp_path):
    with pytest.raises(KeyTrouble, match="missing"):
        office.add_to(tmp_path / "all.json")
