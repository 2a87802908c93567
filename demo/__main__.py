"""The main job on the local stack, from nothing to the proof: `make demo`.

RESIDENTS=2000   how many
BY_APPS=2000     how many of them as their apps do it, through rules and trigger; the rest in bulk
DATA=<folder>    a real municipality: boundary_*.geojson and addresses_*.csv, and of TERYT what is there
ONCE=1           stop after the alerts instead of serving on
The last line is one JSON object; the exit code is 0 only if nobody was missed, pushed twice or outside.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from demo.apps import App, Backend
from demo.generate import generate
from demo.municipality import FolderError, Municipality, read
from demo.named_areas import Picking, by_names, with_codes
from demo.pages import public_page
from demo.progress import Progress
from demo.receipts import confirm
from demo.residents import DemoResident, residents, with_wishes
from demo.scenario import Notice, Pushes, deliver, is_exact, result, village_meeting, water_main_bursts
from demo.seed import install_apps, wait_until_indexed, wait_until_settled, write_in_bulk, write_registers
from demo.thread import update_thread
from infra.local.processes import StartError
from infra.local.stack import PROJECT, Stack
from infra.local.stack_command import summary
from shared import wiring
from tests.clients.staff import StaffClient

MOST = 1_000_000
SUMMARY_AGE = 3.0  # seconds: an alert's figures are gathered no more often


@dataclass(frozen=True)
class Wanted:
    """What the environment asks for. Raises SettingError, FolderError."""

    residents: int
    by_apps: int
    municipality: Municipality | None  # None: the made-up one
    once: bool

    @classmethod
    def from_environment(cls) -> Wanted:
        folder = os.environ.get("DATA")
        return cls(
            residents=_number("RESIDENTS", 2000, least=1),
            by_apps=_number("BY_APPS", 2000, least=0),
            municipality=read(Path(folder)) if folder else None,
            once=os.environ.get("ONCE", "") not in {"", "0"},
        )


class SettingError(ValueError):
    """A variable is wrong; the text names it."""


def _number(name: str, usual: int, least: int) -> int:
    text = os.environ.get(name) or str(usual)
    if not text.isdecimal() or not least <= int(text) <= MOST:
        raise SettingError(f"{name}={text}: give a number from {least} to {MOST}.")
    return int(text)


def _municipality(stack: Stack, wanted: Wanted, progress: Progress) -> Municipality:
    progress.step("Municipality")
    found = wanted.municipality or read(generate(stack.state.folder / "gmina"))
    write_registers(found)
    stack.staff.ensure(found.terc)
    progress.done(f"{found.name}, {len(found.addresses):,} addresses in {len(found.localities)} localities")
    return found


def _move_in(stack: Stack, people: list[DemoResident], wanted: Wanted, progress: Progress) -> list[App]:
    """The first of them by their apps, the rest in bulk; ends when all of them are in the index."""
    by_apps, in_bulk = people[: wanted.by_apps], people[wanted.by_apps :]
    if in_bulk:
        progress.step("Residents, in bulk")
        with stack.without("eventarc"):  # what is written here is indexed here, too
            write_in_bulk(in_bulk, lambda count: progress.count(count, len(in_bulk), "residents"))
        progress.done(f"{len(in_bulk):,} residents")
    progress.step("Residents, by their apps")
    backend = _backend(stack)
    apps = asyncio.run(
        install_apps(backend, by_apps, lambda count: progress.count(count, len(by_apps), "residents"))
    )
    progress.done(f"{len(apps):,} residents signed in and wrote their places and phones")
    progress.step("Index")
    wait_until_indexed(apps, lambda count: progress.count(count, len(apps), "residents"))
    wait_until_settled(stack.address("eventarc"))
    progress.done("every place is found by its cell, and no coordinates are left")
    return apps


def _backend(stack: Stack) -> Backend:
    return Backend(stack.address("auth"), stack.address("firestore"), PROJECT)


def _picking(municipality: Municipality) -> Picking:
    gazetteer = wiring.areas().gazetteer(municipality.terc)
    if gazetteer is None:
        raise FolderError("The registers were not imported.")
    return Picking(gazetteer)


def _alerts(
    stack: Stack,
    municipality: Municipality,
    people: list[DemoResident],
    apps: list[App],
    writers: Sequence[Callable[[Municipality, datetime], Notice]],
    progress: Progress,
) -> list[dict[str, Any]]:
    office = StaffClient(stack.address("hosting"), stack.staff_token)
    pushes = Pushes(stack.address("fcm_control"))
    results, sent = [], []
    for write in writers:
        notice = write(municipality, datetime.now(UTC))
        title = notice.content["texts"]["pl"]["title"]
        progress.step(f"Alert: {title}")
        alert = deliver(office, notice, lambda count: progress.count(count, len(people), "phones"))
        sent.append(alert["id"])
        results.append(result(notice, alert, pushes, people))
        progress.done(_in_words(results[-1]))
        progress.step("Receipts")
        counts = asyncio.run(confirm(_backend(stack), apps, alert["id"], pushes.of(alert["id"])))
        time.sleep(SUMMARY_AGE)
        progress.done(f"{counts}; the office sees {_seen(office.summary(alert['id']))}")
        progress.step("Public page")
        results[-1]["page"] = public_page(stack.address("residents"), alert["id"], title)
        progress.done(results[-1]["page"])
    progress.step("Update of the first alert")
    follower = update_thread(sent[0], municipality.terc)
    progress.done(f"{stack.address('residents')}/a/{follower}, published and signed, pushed to nobody")
    return results


def _seen(figures: dict[str, Any]) -> str:
    return ", ".join(
        f"{name} {figures[name] or 'fewer than 10'}" for name in ("accepted", "received", "opened")
    )


def _in_words(figures: dict[str, Any]) -> str:
    return (
        f"{figures['pushed']:,} phones of {figures['expected']:,} expected, the last after "
        f"{figures['seconds_to_last']} s; missed {figures['missed']}, twice {figures['twice']}, "
        f"outside {figures['outside']}, within 8.4 m of the border {figures['border']}; "
        f"{figures['muted']:,} more have muted it, pushed all the same {figures['unwanted']}"
    )


def _run(stack: Stack, wanted: Wanted) -> tuple[bool, dict[str, Any]]:
    progress = Progress()
    os.environ.update(stack.env())  # shared/settings.py reads it once, when the first adapter is built
    municipality = _municipality(stack, wanted, progress)
    picking = _picking(municipality)
    people = with_codes(with_wishes(residents(municipality, wanted.residents)), picking)
    apps = _move_in(stack, people, wanted, progress)
    writers = (water_main_bursts, village_meeting, *by_names(picking))
    alerts = _alerts(stack, municipality, people, apps, writers, progress)
    report = {
        "residents": len(people),
        "devices": sum(len(resident.devices) for resident in people),
        "by_apps": len(apps),
        "in_bulk": len(people) - len(apps),
        "alerts": alerts,
    }
    return is_exact(alerts), report


def _serve(stack: Stack, pages: list[str]) -> None:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    print("\n".join([*summary(stack), *(f"  An alert for everyone   {page}" for page in pages)]), flush=True)
    while not ended.wait(0.2) and not stack.failed.is_set():
        pass


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell's background job starts with SIGINT ignored
        signal.signal(number, signal.default_int_handler)
    try:
        wanted = Wanted.from_environment()
        print("Starting the local stack, empty ...", flush=True)
        with Stack(reset=True) as stack:
            exact, report = _run(stack, wanted)
            last_line = json.dumps(report)
            if not wanted.once:
                print(last_line, flush=True)
                _serve(stack, [figures["page"] for figures in report["alerts"]])
    except (StartError, SettingError, FolderError, TimeoutError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(last_line, flush=True)
    return 0 if exact else 1


if __name__ == "__main__":
    sys.exit(main())
