"""One sender in a process of its own: sends, counts the answers, and prints what it took as JSON.

python -m benchmarks.pushes.client NAME ENDPOINT CA_FILE PROJECT MESSAGES

Imports, and for firebase-admin the message objects, are made before the clock starts; connections after.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from typing import Any

from benchmarks.pushes import message

TOKEN = "access-token-of-the-benchmark".ljust(1024, "x")  # Google's are up to 2,048 bytes long
BATCH = 500  # the most that send_each takes
PATIENCE = 300  # seconds

Statuses = Counter[int]


def own(endpoint: str, ca_file: str, project: str, count: int) -> Callable[[], Statuses]:
    """The product's sender."""
    from shared.channels.push.outcome import Outcome
    from shared.channels.push.sender import FcmSender

    statuses = {
        Outcome.ACCEPTED: 200,
        Outcome.UNREGISTERED: 404,
        Outcome.THROTTLED: 429,
        Outcome.UNAVAILABLE: 503,
    }
    sender = FcmSender(endpoint, project, lambda: TOKEN, ca_file=ca_file)

    def send() -> Statuses:
        answers = list(sender.send(message.requests(count), time.monotonic() + PATIENCE))
        if len({answer.key for answer in answers}) != len(answers):
            raise AssertionError("a request was answered twice")
        return Counter(statuses.get(answer.outcome, 0) for answer in answers)

    return send


def send_each(endpoint: str, ca_file: str, project: str, count: int) -> Callable[[], Statuses]:
    """firebase_admin.messaging.send_each: a thread for each message of a batch, HTTP/1.1."""
    messaging, batches = _firebase(endpoint, ca_file, project, count)
    return lambda: _statuses(
        response for batch in batches for response in messaging.send_each(batch).responses
    )


def send_each_async(endpoint: str, ca_file: str, project: str, count: int) -> Callable[[], Statuses]:
    """firebase_admin.messaging.send_each_async: asyncio, HTTP/2."""
    messaging, batches = _firebase(endpoint, ca_file, project, count)

    async def send() -> list[Any]:
        answers = [await messaging.send_each_async(batch, dry_run=False) for batch in batches]
        return [response for answer in answers for response in answer.responses]

    return lambda: _statuses(asyncio.run(send()))


def _firebase(endpoint: str, ca_file: str, project: str, count: int) -> tuple[Any, list[list[Any]]]:
    """The module, pointed at our server with as many pooled connections, and the messages in batches.

    It repeats what is answered 503 up to four times. That is switched off: each message is sent once, as by
    the other senders.
    """
    os.environ["SSL_CERT_FILE"] = os.environ["REQUESTS_CA_BUNDLE"] = ca_file
    warnings.simplefilter("ignore", DeprecationWarning)  # Message.token, for which apps have no successor yet
    import firebase_admin
    from firebase_admin import _http_client, credentials, messaging
    from google.oauth2.credentials import Credentials
    from requests.adapters import HTTPAdapter

    class Fixed(credentials.Base):  # type: ignore[misc]  # firebase_admin has no types
        def get_credential(self) -> Credentials:
            return Credentials(TOKEN)

    _http_client.DEFAULT_HTTPX_RETRY_CONFIG.status_forcelist = []
    firebase_admin.initialize_app(Fixed(), {"projectId": project})
    service = messaging._get_messaging_service(None)
    service._fcm_url = f"{endpoint}/v1/projects/{project}/messages:send"
    service._client.session.mount(endpoint, HTTPAdapter(pool_connections=100, pool_maxsize=100))
    android = messaging.AndroidConfig(priority="high", ttl=message.TTL)
    messages = [
        messaging.Message(data=message.DATA, android=android, token=message.target(number))
        for number in range(count)
    ]
    return messaging, [messages[start : start + BATCH] for start in range(0, count, BATCH)]


def _statuses(responses: Any) -> Statuses:
    """0: no answer."""
    return Counter(
        200 if response.success else getattr(response.exception.http_response, "status_code", 0)
        for response in responses
    )


SENDERS = {"FcmSender": own, "send_each": send_each, "send_each_async": send_each_async}


def main() -> int:
    name, endpoint, ca_file, project, count = sys.argv[1:]
    send = SENDERS[name](endpoint, ca_file, project, int(count))
    began, spent = time.monotonic(), time.process_time()
    statuses = send()
    taken, spent = time.monotonic() - began, time.process_time() - spent
    print(json.dumps({"seconds": taken, "cpu": spent, "statuses": statuses}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
