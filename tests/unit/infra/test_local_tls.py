from __future__ import annotations

import ssl
import stat
from datetime import timedelta

import pytest
from cryptography import x509

from infra.local import tls


def test_the_certificate_is_for_this_machine_and_signed_by_the_authority(tmp_path):
    made = tls.certificates(tmp_path)
    certificate = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(address) for address in names.get_values_for_type(x509.IPAddress)] == ["127.0.0.1"]
    assert names.get_values_for_type(x509.DNSName) == ["localhost"]
    certificate.verify_directly_issued_by(x509.load_pem_x509_certificate(made.authority.read_bytes()))


def test_it_is_valid_for_more_than_a_year(tmp_path):
    certificate = x509.load_pem_x509_certificate(tls.certificates(tmp_path).certificate.read_bytes())
    assert certificate.not_valid_after_utc - certificate.not_valid_before_utc > timedelta(days=365)


def test_a_server_can_use_it(tmp_path):
    made = tls.certificates(tmp_path)
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(made.certificate, made.key)


def test_the_key_is_its_owners_alone(tmp_path):
    assert stat.S_IMODE(tls.certificates(tmp_path).key.stat().st_mode) == 0o600


def test_it_is_made_once(tmp_path):
    first = tls.certificates(tmp_path).certificate.read_bytes()
    assert tls.certificates(tmp_path).certificate.read_bytes() == first


def test_it_is_renewed_near_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr(tls, "VALID_FOR", tls.RENEW_BEFORE - timedelta(days=1))
    first = tls.certificates(tmp_path).certificate.read_bytes()
    monkeypatch.undo()
    renewed = tls.certificates(tmp_path)
    assert renewed.certificate.read_bytes() != first
    assert renewed.fresh()


@pytest.mark.parametrize("name", ["authority", "certificate", "key"])
def test_it_is_made_anew_when_a_file_is_gone(tmp_path, name):
    made = tls.certificates(tmp_path)
    getattr(made, name).unlink()
    assert not made.fresh()
    assert tls.certificates(tmp_path).fresh()
