"""The app's start in Firefox, which has its own modules, preloading, database and worker."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

from infra.local.processes import ROOT
from infra.local.stack import Stack
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(600)]

FIREFOX = ("firefox-esr", "firefox")


@pytest.fixture(scope="module")
def visit(stack: Stack, town: Town) -> dict[str, Any]:
    program = next(filter(None, map(shutil.which, FIREFOX)), None)
    assert program, "Firefox is missing: `infra/setup.sh test` installs it"
    command = ["node", "tests/residents/firefox.mjs", f"{stack.address('residents')}/", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_welcome_is_readable(visit: dict[str, Any]):
    assert visit["welcome"] == "Alerty, które dotyczą Twoich adresów"


def test_who_agrees_is_led_to_the_address(visit: dict[str, Any]):
    assert visit["address"] == "Dodaj adres"


def test_the_next_start_shows_the_list(visit: dict[str, Any]):
    assert (visit["list"], visit["tabs"]) == ("Alerty", 3)


def test_nothing_fails_on_the_way(visit: dict[str, Any]):
    assert visit["faults"] == []
