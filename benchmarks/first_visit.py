"""Somebody's first visit of the residents' app on a slow network, and Lighthouse's view of its first screen.

python -m benchmarks.first_visit: on the local stack, in Chromium, medians of several visits. Keys:
`welcome_s` (from the address to the welcome with its button), `address_s` (from "begin" to the step of the
address), `requests` (the most of a visit until then, of every host), `kb` (as transferred), `performance`
(0 to 100, by Lighthouse's own emulation of a phone: 1.6 Mbit/s, 150 ms, a processor four times slower).
"""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.report import machine, table
from infra.local.stack import Stack
from tests.clients.chromium import chromium_program
from tests.clients.lighthouse import lighthouse
from tests.clients.newcomer import PHONE, Visit, visit

LANGUAGES = ("pl-PL", "en-GB", "uk-UA")
ROUNDS = 3


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_program(), args=["--no-sandbox"])
        yield started
        started.close()


def visits(address: str) -> list[Visit]:
    with browser() as chromium:
        found = []
        for language in LANGUAGES * ROUNDS:
            context = chromium.new_context(locale=language, **PHONE)
            found.append(visit(context.new_page(), address))
            context.close()
        return found


def main() -> None:
    functions = ["public_api", "index_resident"]
    with (
        tempfile.TemporaryDirectory() as folder,
        Stack(Path(folder), ports="free", functions=functions) as stack,
    ):
        address = f"{stack.address('residents')}/"
        found = visits(address)
        scores = [lighthouse(address, "--slow-processor")["scores"]["performance"] for _ in range(ROUNDS)]
    print(machine())
    rows = [(v.welcome_s, v.address_s, v.requests, v.kb) for v in found]
    print(table(("welcome s", "address s", "requests", "KB"), rows))
    print(f"performance {scores}")
    print(json.dumps({**figures(found), "performance": statistics.median(scores)}))


def figures(found: Sequence[Visit]) -> dict[str, float]:
    medians = {
        name: round(statistics.median(getattr(one, name) for one in found), 1)
        for name in ("welcome_s", "address_s", "kb")
    }
    return {**medians, "requests": max(one.requests for one in found)}


if __name__ == "__main__":
    main()
