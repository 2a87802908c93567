"""Certificates of the local stack: an authority of its own, and a server certificate for 127.0.0.1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

VALID_FOR = timedelta(days=397)  # the longest that browsers accept
RENEW_BEFORE = timedelta(days=30)


@dataclass(frozen=True)
class Certificates:
    """PEM files: who signs, what the server shows (with its chain), and its key."""

    authority: Path
    certificate: Path
    key: Path

    def fresh(self) -> bool:
        """All three exist, and the server's is valid for another RENEW_BEFORE."""
        from cryptography import x509

        if not all(file.is_file() for file in (self.authority, self.certificate, self.key)):
            return False
        certificate = x509.load_pem_x509_certificate(self.certificate.read_bytes())
        return certificate.not_valid_after_utc - RENEW_BEFORE > datetime.now(UTC)


def certificates(folder: Path) -> Certificates:
    """The certificates in `folder`, made when absent or near their end."""
    found = Certificates(folder / "ca.pem", folder / "server.pem", folder / "server.key")
    if not found.fresh():
        folder.mkdir(parents=True, exist_ok=True)
        _make(found)
    return found


def _make(files: Certificates) -> None:
    import trustme

    authority = trustme.CA(organization_name="Alert Online, local stack")
    server = authority.issue_cert("127.0.0.1", "localhost", not_after=datetime.now(UTC) + VALID_FOR)
    authority.cert_pem.write_to_path(str(files.authority))
    files.certificate.write_bytes(b"".join(blob.bytes() for blob in server.cert_chain_pems))
    files.key.touch(mode=0o600)
    server.private_key_pem.write_to_path(str(files.key))
