"""While a release rolls out, its functions and those of the one before deliver together: nobody is missed."""

from __future__ import annotations

import json
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import requests
import yaml

from infra.local.processes import ROOT
from infra.local.stack import Stack
from infra.local.stack_options import Options
from tests.browser.town import LAT, LNG, Town, square
from tests.clients.staff import StaffClient
from tests.releases.samples import commit

pytestmark = [pytest.mark.stack, pytest.mark.timeout(900)]
BEFORE = "0.1.0"
WORKERS = ("deliver_slice", "deliver_urgent")
SETTINGS = {"SWEEP_GRACE_SECONDS": "1", "LEASE_SECONDS": "20", "SLICE_PLACES": "2", "SWEEP_RESIDENTS": "50"}
LATE = 300.0  # seconds; a loaded machine may be slow


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole tree of the release before."""
    tree = subprocess.run(["git", "archive", commit(BEFORE)], cwd=ROOT, capture_output=True, check=False)
    if tree.returncode:
        pytest.skip(f"the history has no {commit(BEFORE)}: a shallow clone")
    folder = tmp_path_factory.mktemp("before")
    with tarfile.open(fileobj=BytesIO(tree.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


@contextmanager
def stack_with(names: tuple[str, ...], tree: Path, state: Path) -> Iterator[tuple[Stack, Town, StaffClient]]:
    """These functions are still of the release before."""
    options = Options(function_env=SETTINGS, schedule_every=2, releases=dict.fromkeys(names, tree))
    with Stack(state, ports="free", options=options) as stack:
        town = Town(stack)
        for step in range(6):
            town.settle(0.0005 * step, 0.0)
        town.settle(0.02, 0.03)
        town.wait_until_indexed()
        yield stack, town, StaffClient(stack.address("hosting"), stack.staff_token)


def burst_main() -> dict[str, object]:
    return {
        "category": "failure",
        "severity": "Moderate",
        "texts": {"pl": {"title": "Brak wody", "body": "Pękła rura."}},
        "area": square(LAT, LNG, 0.008, 0.008),
        "area_name": "Regionalna",
        "expires": (datetime.now(UTC) + timedelta(hours=2)).isoformat(),
    }


def eventually(condition: Callable[[], object]) -> None:
    end = time.monotonic() + LATE
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)


def errors(stack: Stack, name: str) -> int:
    """Lines of a function's log that are errors."""
    lines = stack.state.log(name).read_text(encoding="utf-8").splitlines()
    return sum(json.loads(line).get("severity") == "ERROR" for line in lines if line.startswith("{"))


@contextmanager
def losing_tasks(stack: Stack) -> Iterator[None]:
    """Every task that is created meanwhile is accepted and never comes; nor does `sweep` run."""
    _post(f"{stack.address('tasks_control')}/control", {"lose": 1.0})
    _post(f"{stack.address('scheduler')}/jobs/sweep:pause")
    yield
    _post(f"{stack.address('scheduler')}/jobs/sweep:resume")
    _post(f"{stack.address('tasks_control')}/control", {"lose": 0.0})


def _post(url: str, body: dict[str, float] | None = None) -> None:
    requests.post(url, json=body, timeout=60).raise_for_status()


def phones(town: Town) -> set[str]:
    return {phone for resident in town.near() for phone in resident.phones}


def test_a_worker_of_the_release_before_gives_its_tasks_back_to_the_new_one(before, tmp_path):
    with stack_with(WORKERS, before, tmp_path / "state") as (stack, town, office):
        alert = str(office.send(burst_main())["id"])
        eventually(lambda: errors(stack, "deliver_slice"))
        assert set(town.pushed(alert)) < phones(town), "the old worker delivered what it cannot read"
        for name in WORKERS:
            stack.roll_out(name)
        eventually(lambda: office.delivered(alert))
        assert sorted(town.pushed(alert)) == sorted(phones(town))


def test_what_the_release_before_began_waits_for_a_person_and_reaches_everybody(before, tmp_path):
    """Its slices lie where nobody looks any more: who was told is not known, and no release rings so."""
    functions = tuple(yaml.safe_load((before / "infra/functions.yaml").read_text())["functions"])
    with stack_with(functions, before, tmp_path / "state") as (stack, town, office):
        with losing_tasks(stack):  # nor does the old sweep go on with it while functions are replaced
            with stack.without("eventarc"):
                alert = str(office.send(burst_main())["id"])
                eventually(lambda: town.pushed(alert))
            told = set(town.pushed(alert))
            assert told < phones(town), "nothing was left to the new release"
            for name in functions:
                stack.roll_out(name)
        eventually(lambda: office.alert(alert)["held"])
        assert set(town.pushed(alert)) == told
        _, etag = office.call("piotr", "GET", f"/alerts/{alert}")
        office.call("piotr", "POST", f"/alerts/{alert}/approve", etag=etag)
        eventually(lambda: office.delivered(alert))
        assert set(town.pushed(alert)) == phones(town)
        assert office.alert(alert)["state"] == "active"
