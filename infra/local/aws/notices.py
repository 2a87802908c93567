"""What Amazon SNS posts to whoever subscribed, signed as Amazon signs: a mail that came back, a subscription.

SNS Developer Guide, "Verifying the signatures of Amazon SNS messages".
"""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding

TOPIC = "arn:aws:sns:eu-central-1:000000000000:mail"
CERTIFICATE = "/SimpleNotificationService-local.pem"
_CONFIRM = "/?Action=ConfirmSubscription&TopicArn=" + TOPIC + "&Token=local"
_NOTIFICATION = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_CONFIRMATION = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")


class Notices:
    """`address`: where the certificate is found and a subscription confirmed."""

    def __init__(self, address: str) -> None:
        self._address = address

    @cached_property
    def _key(self) -> RSAPrivateKey:
        return generate_private_key(public_exponent=65537, key_size=2048)

    @cached_property
    def certificate(self) -> bytes:
        """PEM."""
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sns.amazonaws.com")])
        now = datetime.now(UTC)
        made = x509.CertificateBuilder(name, name, self._key.public_key(), x509.random_serial_number())
        dated = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=30))
        return dated.sign(self._key, SHA256()).public_bytes(Encoding.PEM)

    def bounce(self, to: str, version: str) -> str:
        """SES tells that a mail to this address came back for good."""
        now = _now()
        told = {
            "notificationType": "Bounce",
            "bounce": {
                "bounceType": "Permanent",
                "bounceSubType": "General",
                "bouncedRecipients": [{"emailAddress": to, "action": "failed", "status": "5.1.1"}],
                "timestamp": now,
            },
            "mail": {"timestamp": now, "messageId": str(uuid.uuid4()), "destination": [to]},
        }
        return self._signed("Notification", {"Message": json.dumps(told)}, _NOTIFICATION, version)

    def subscription(self, version: str) -> str:
        asked = {
            "Message": "You have chosen to subscribe to the topic.\nVisit the SubscribeURL.",
            "SubscribeURL": f"{self._address}{_CONFIRM}",
            "Token": "local",
        }
        return self._signed("SubscriptionConfirmation", asked, _CONFIRMATION, version)

    def _signed(self, kind: str, said: Mapping[str, str], names: tuple[str, ...], version: str) -> str:
        whole = {**said, "Type": kind, "MessageId": str(uuid.uuid4()), "TopicArn": TOPIC, "Timestamp": _now()}
        text = "".join(f"{name}\n{whole[name]}\n" for name in names if name in whole)
        digest = SHA1() if version == "1" else SHA256()
        signature = self._key.sign(text.encode(), PKCS1v15(), digest)
        beside = {
            "SignatureVersion": version,
            "Signature": base64.b64encode(signature).decode(),
            "SigningCertURL": f"{self._address}{CERTIFICATE}",
        }
        return json.dumps({**whole, **beside})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
