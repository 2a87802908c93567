"""The mails, or the SMS, that the provider took, for people at the local stack, demo and tests to read."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any


def read_mail(call: Any) -> dict[str, Any]:
    """Of a call of SendEmail (SES API v2) with raw MIME: who gets what, as it is shown."""
    raw = base64.b64decode(call["Content"]["Raw"]["Data"])
    message = message_from_bytes(raw, policy=SMTP)
    return {
        "at": time.time(),
        "from": str(message["From"]),
        "to": call["Destination"]["ToAddresses"],
        "subject": str(message["Subject"]),
        "text": _part(message, "plain"),
        "html": _part(message, "html"),
    }


def _part(message: EmailMessage, kind: str) -> str | None:
    part = message.get_body((kind,))
    return None if part is None else str(part.get_content())


class LetterBox:
    """One JSON line a mail, the oldest first."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def put(self, mail: dict[str, Any]) -> None:
        with self._file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(mail, ensure_ascii=False) + "\n")

    def mails(self, to: str | None = None) -> Iterator[dict[str, Any]]:
        if not self._file.exists():
            return
        for line in self._file.read_text(encoding="utf-8").splitlines():
            mail = json.loads(line)
            if to is None or to in mail["to"]:
                yield mail
