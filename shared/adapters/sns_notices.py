"""Whether a notice is Amazon's: its signature, by the certificate that Amazon SNS publishes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.domain.mail_notice import Notice
from shared.errors import Forbidden, Unavailable
from shared.ports import Clock

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

SECONDS = 5.0  # for a certificate or a confirmation
MOST_BYTES = 20_000
MOST_KEPT = 8  # certificates; Amazon changes its own about once a year
_REGION = re.compile(r"arn:aws:sns:([a-z0-9-]+):[0-9]{12}:[A-Za-z0-9_-]+", re.ASCII)
_CERTIFICATE = re.compile(r"/SimpleNotificationService-[A-Za-z0-9]{1,64}\.pem", re.ASCII)
_CONFIRMATION = re.compile(r"/\?Action=ConfirmSubscription&[A-Za-z0-9=&:%._~-]+", re.ASCII)


class SnsNotices:
    """Fulfils ports.NoticeVerifier for one topic."""

    def __init__(self, topic: str, clock: Clock, endpoint: str | None = None) -> None:
        """`endpoint`: in place of the region's own, for a stand-in."""
        region = _REGION.fullmatch(topic)
        self._topic, self._clock = topic, clock
        self._endpoint = endpoint or (f"https://sns.{region[1]}.amazonaws.com" if region else "")
        self._known: dict[str, Certificate] = {}

    def verify(self, notice: Notice) -> None:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
        from cryptography.hazmat.primitives.hashes import SHA1, SHA256

        digests = {"1": SHA1(), "2": SHA256()}  # noqa: S303  (SNS signs so by default)
        if notice.topic != self._topic or notice.version not in digests:
            raise Forbidden("notice-unknown")
        key = self._certificate(notice.certificate).public_key()
        if not isinstance(key, RSAPublicKey):
            raise Forbidden("notice-unknown")
        try:
            key.verify(notice.signature, notice.signed, PKCS1v15(), digests[notice.version])
        except InvalidSignature as error:
            raise Forbidden("notice-unknown") from error

    def confirm(self, notice: Notice) -> None:
        self._fetch(self._own(notice.subscribe, _CONFIRMATION))

    def _certificate(self, url: str) -> Certificate:
        """Of the region's own address alone, by TLS; one that is not valid now signs nothing."""
        from cryptography.x509 import load_pem_x509_certificate

        own = self._own(url, _CERTIFICATE)
        if own not in self._known:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            try:
                self._known[own] = load_pem_x509_certificate(self._fetch(own))
            except ValueError as error:
                raise Unavailable("notice-certificate") from error
        found, now = self._known[own], self._clock.now()
        if not found.not_valid_before_utc <= now <= found.not_valid_after_utc:
            raise Forbidden("notice-unknown")
        return found

    def _own(self, url: str, path: re.Pattern[str]) -> str:
        if not self._endpoint or not url.startswith(self._endpoint):
            raise Forbidden("notice-unknown")
        if not path.fullmatch(url[len(self._endpoint) :]):
            raise Forbidden("notice-unknown")
        return url

    def _fetch(self, url: str) -> bytes:
        import requests

        try:
            with requests.get(url, timeout=SECONDS, allow_redirects=False, stream=True) as answer:
                if answer.status_code != 200:
                    raise Unavailable("notice-certificate")
                return answer.raw.read(MOST_BYTES, decode_content=True)
        except requests.RequestException as error:
            raise Unavailable("notice-certificate") from error
