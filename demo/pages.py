"""What anyone may read of the alerts on the residents' site, without an account."""

from __future__ import annotations

import time

import requests

LONGEST = 60.0  # seconds for the public copy to appear: an event has to travel


def public_page(site: str, alert_id: str, title: str) -> str:
    """The address of an alert's public page, once it can be read there. Raises TimeoutError."""
    address = f"{site}/a/{alert_id}"
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        answer = requests.get(address, timeout=60, headers={"Cache-Control": "no-cache"})
        if answer.ok and title in answer.text:
            return address
        time.sleep(0.25)
    raise TimeoutError(f"{address} answers {answer.status_code} and does not show {title!r}")
