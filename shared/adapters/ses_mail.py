"""E-mail by Amazon SES (API v2), as raw MIME, one attempt a call."""

from __future__ import annotations

import logging
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import TYPE_CHECKING, Any

from shared.errors import MailRefused, Throttled, Unavailable
from shared.ports import Clock, MailResult

if TYPE_CHECKING:
    from botocore.client import BaseClient

CONNECT_SECONDS, READ_SECONDS = 5, 10  # a person waits for it on a page
SENDER = "Alert Online"
# SES API v2, SendEmail, errors. Those of our own account concern no single mail.
_THROTTLED = frozenset({"TooManyRequestsException", "ThrottlingException", "Throttling"})
_REFUSED = frozenset({"MessageRejected", "BadRequestException", "InvalidParameterValue"})
_SEVEN_BIT = SMTP.clone(cte_type="7bit")
log = logging.getLogger(__name__)


def client(region: str, endpoint: str | None) -> BaseClient:
    """Without attempts of its own: a second one could send a mail twice."""
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=CONNECT_SECONDS, read_timeout=READ_SECONDS, retries={"total_max_attempts": 1}
    )
    return boto3.client("sesv2", region_name=region, endpoint_url=endpoint, config=config)


class SesMailSender:
    """Fulfils ports.MailSender."""

    def __init__(self, client: Any, sender: str, clock: Clock) -> None:
        """`sender`: an address of a domain that SES has verified."""
        self._client = client
        self._sender = sender
        self._clock = clock

    def send(self, to: str, subject: str, text: str, html: str | None = None) -> MailResult:
        from botocore.exceptions import BotoCoreError, ClientError

        raw = self._mime(to, subject, text, html)
        try:
            answer = self._client.send_email(
                FromEmailAddress=self._sender,
                Destination={"ToAddresses": [to]},
                Content={"Raw": {"Data": raw}},
            )
        except ClientError as error:
            raise _named(error) from error
        except BotoCoreError as error:
            log.warning("the provider of e-mail gave no answer: %s", type(error).__name__)
            raise Unavailable from error
        return MailResult(str(answer["MessageId"]))

    def _mime(self, to: str, subject: str, text: str, html: str | None) -> bytes:
        """In ASCII. Raises MailRefused for an address or a subject that no header can hold."""
        message = EmailMessage(_SEVEN_BIT)
        try:
            message["From"] = f"{SENDER} <{self._sender}>"
            message["To"] = to
            message["Subject"] = subject
        except ValueError as error:
            raise MailRefused from error
        message["Date"] = format_datetime(self._clock.now())
        message["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence note comes back
        message.set_content(text)
        if html is not None:
            message.add_alternative(html, subtype="html")
        return message.as_bytes()


def _named(error: Any) -> Exception:
    """By what SES says; its text names addresses and is not logged."""
    code = str(error.response.get("Error", {}).get("Code", ""))
    if code in _THROTTLED:
        return Throttled()
    if code in _REFUSED:
        return MailRefused()
    log.error("the provider of e-mail answered %s", code)
    return Unavailable()
