"""Tells the Firestore emulator which documents' writes to report."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterable

from infra.deployment import Function
from infra.local.processes import StartError


def register(firestore: str, project: str, functions: Iterable[Function], seconds: float = 60) -> None:
    """One trigger per function, named like it; registering one again changes nothing.

    Raises StartError when the emulator does not answer in time or refuses a pattern.
    """
    end = time.monotonic() + seconds
    for function in functions:
        while not _registered(firestore, project, function):
            if time.monotonic() > end:
                raise StartError(f"The Firestore emulator at {firestore} does not answer.")
            time.sleep(0.2)


def _registered(firestore: str, project: str, function: Function) -> bool:
    trigger = {
        "eventType": "google.cloud.firestore.document.v1.written",
        "database": "(default)",
        "namespace": "(default)",
        "document": {"value": function.trigger.firestore, "matchType": "PATH_PATTERN"},
    }
    request = urllib.request.Request(
        f"http://{firestore}/emulator/v1/projects/{project}/eventarcTrigger?eventarcTriggerId={function.name}",
        data=json.dumps(trigger).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        urllib.request.urlopen(request, timeout=10).close()
    except urllib.error.HTTPError as error:
        raise StartError(
            f"The Firestore emulator refused the trigger of {function.name}: {error.read().decode()}"
        ) from None
    except OSError:
        return False
    return True
