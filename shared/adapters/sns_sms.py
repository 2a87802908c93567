"""SMS by Amazon SNS, one attempt a call."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from shared.domain.gsm import parts
from shared.domain.staff_contact import is_number
from shared.errors import SmsRefused, Throttled, Unavailable
from shared.ports import SmsResult

if TYPE_CHECKING:
    from botocore.client import BaseClient

CONNECT_SECONDS, READ_SECONDS = 5, 10  # domain.call.LEASE is longer than both together
# SNS API, Publish and "Common errors". Those of our own account concern no single number.
_THROTTLED = frozenset({"Throttled", "ThrottledException", "Throttling", "ThrottlingException"})
_REFUSED = frozenset(
    {"OptedOut", "OptedOutException", "InvalidParameter", "ParameterValueInvalid", "ValidationException"}
)
_KIND = "AWS.SNS.SMS."
log = logging.getLogger(__name__)


def client(region: str, endpoint: str | None) -> BaseClient:
    """Without attempts of its own: the library's own are three, and each would be an SMS."""
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=CONNECT_SECONDS, read_timeout=READ_SECONDS, retries={"total_max_attempts": 1}
    )
    return boto3.client("sns", region_name=region, endpoint_url=endpoint, config=config)


class SnsSmsSender:
    """Fulfils ports.SmsSender."""

    def __init__(self, client: Any, sender: str) -> None:
        """`sender`: the name that phones show, of at most 11 letters and digits."""
        self._client = client
        self._attributes = {
            f"{_KIND}SenderID": {"DataType": "String", "StringValue": sender},
            f"{_KIND}SMSType": {"DataType": "String", "StringValue": "Transactional"},
        }

    def send(self, to: str, text: str) -> SmsResult:
        from botocore.exceptions import BotoCoreError, ClientError

        if not is_number(to) or parts(text) is None:
            raise SmsRefused
        try:
            answer = self._client.publish(PhoneNumber=to, Message=text, MessageAttributes=self._attributes)
        except ClientError as error:
            raise _named(error) from error
        except BotoCoreError as error:
            log.warning("the provider of SMS gave no answer: %s", type(error).__name__)
            raise Unavailable from error
        return SmsResult(str(answer["MessageId"]))


def _named(error: Any) -> Exception:
    """By what SNS says; its text names numbers and is not logged."""
    code = str(error.response.get("Error", {}).get("Code", ""))
    if code in _THROTTLED:
        return Throttled()
    if code in _REFUSED:
        return SmsRefused()
    log.error("the provider of SMS answered %s", code)
    return Unavailable()
