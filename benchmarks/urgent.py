"""An urgent alert to 340 phones beside a running event notice to 18,000 places, against its time alone.

python -m benchmarks.urgent: on the local stack, 3 rounds of both. Keys: `alone_s` and `beside_s` (medians,
from the approval to the last push), `vs_alone` (median of the rounds). Every run is checked: each phone
exactly one push.
"""

from __future__ import annotations

import json
import statistics
import time
from concurrent.futures import Future, ThreadPoolExecutor

import requests
from shapely.geometry import Point

from benchmarks import inhabitants as places
from benchmarks.alert import SPARE_RESIDENTS, WHOLE, Run, fill, notice, population, run, serving
from benchmarks.population import Population
from benchmarks.report import machine, table
from demo.plane import LocalMetres
from demo.scenario import Pushes
from infra.local.stack import Stack
from shared.domain.alert import Severity
from shared.geo.shapes import Area
from tests.clients.staff import StaffClient

PLACES, URGENT, ROUNDS = 18_000, 340, 3
FUNCTIONS = (
    "staff_api", "on_alert_written", "start_alert", "start_urgent", "deliver_slice", "deliver_urgent",
    "expire_alert",
)  # fmt: skip
UNDER_WAY = 1  # pushes of the notice, before the urgent alert is written


def main() -> None:
    of = population(places.places(round(PLACES * SPARE_RESIDENTS)), PLACES)
    area = about_the_centre(of)
    alone, beside = [], []
    with serving(*FUNCTIONS) as (stack, office, pushes):
        fill(of)
        for _ in range(ROUNDS):
            alone.append(urgent(office, pushes, of, area))
            beside.append(with_notice(stack, office, pushes, of, area))
    print(machine())
    print(
        table(
            ("round", "alone s", "beside s"),
            [(n + 1, a.last, b.last) for n, (a, b) in enumerate(zip(alone, beside, strict=True))],
        )
    )
    ratios = [b.last / a.last for a, b in zip(alone, beside, strict=True)]
    found = {
        "alone_s": statistics.median(a.last for a in alone),
        "beside_s": statistics.median(b.last for b in beside),
    }
    print(json.dumps({**found, "phones": alone[0].phones, "vs_alone": round(statistics.median(ratios), 2)}))


def urgent(office: StaffClient, pushes: Pushes, of: Population, area: Area) -> Run:
    return run(office, pushes, notice(area, Severity.SEVERE), of.reached(area).phones)


def with_notice(stack: Stack, office: StaffClient, pushes: Pushes, of: Population, area: Area) -> Run:
    """Raises AssertionError when the notice was over before the urgent alert's last push."""
    before, everyone = received(stack), of.reached(WHOLE).phones
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(usual, stack, pushes, everyone)
        wait_until_under_way(stack, before, running)
        found = urgent(office, pushes, of, area)
        end = running.result().end()
    if end < found.end():
        raise AssertionError("the notice was over too soon to compare with")
    return found


def usual(stack: Stack, pushes: Pushes, everyone: int) -> Run:
    return run(StaffClient(stack.address("hosting"), stack.staff_token), pushes, notice(), everyone)


def wait_until_under_way(stack: Stack, before: int, running: Future[Run]) -> None:
    while received(stack) < before + UNDER_WAY:
        if running.done():
            running.result()
        time.sleep(0.05)


def received(stack: Stack) -> int:
    counts = requests.get(f"{stack.address('fcm_control')}/counts", timeout=30).json()
    return int(counts["recorded"])


def about_the_centre(of: Population) -> Area:
    """The disc with nearest to 340 phones, to a metre."""
    lng, lat = WHOLE.centre
    plane = LocalMetres(lat)
    least, most = 1, 10_000
    while most - least > 1:
        middle = (least + most) // 2
        area = disc(plane, lng, lat, middle)
        least, most = (middle, most) if of.reached(area).phones < URGENT else (least, middle)
    return disc(plane, lng, lat, most)


def disc(plane: LocalMetres, lng: float, lat: float, metres: float) -> Area:
    area = Area.of(plane.unproject(plane.project(Point(lng, lat)).buffer(metres)))
    if area is None:
        raise ValueError("a disc without an area")
    return area


if __name__ == "__main__":
    main()
