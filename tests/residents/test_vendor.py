"""The residents' libraries as the site serves them: under its policy, one Firebase in all of them, small."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from infra.local.processes import ROOT, Program, free_port
from shared.geo.cells import cell_of

pytestmark = pytest.mark.browser

# KB gzipped, with everything a module imports: a little more than today, so that growth is a decision.
MOST = {
    "auth.js": 36,
    "firestore.js": 128,
    "firebase.js": 152,
    "messaging.js": 24,
    "messaging-sw.js": 24,
    "lit-html.js": 6,
    "noble-ed25519.js": 4,
    "qr.js": 5,
    "govuk-frontend.css": 6,
}
BARE = {"govuk-checkboxes", "govuk-radios", "govuk-frontend"}  # govuk-frontend has no rule for these


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, built_site: Path) -> Iterator[str]:
    """Hosting alone: no function, no emulator."""
    port = free_port()
    command = ["node", "infra/local/hosting.mjs", "--port", str(port), "--site", "residents"]
    command += ["--config", str(ROOT / "firebase.json"), "--sources", "web-residents"]
    program = Program("hosting", command, tmp_path_factory.mktemp("site") / "hosting.log")
    program.wait_until_answers(f"http://127.0.0.1:{port}/")
    yield f"http://127.0.0.1:{port}"
    program.stop()


@pytest.fixture
def evaluate(site: str, new_page: Callable[..., Page]) -> Callable[[str], Any]:
    """The value of a function's body, in a page of the site."""
    page = new_page()
    page.goto(f"{site}/icon.svg")
    return lambda body: page.evaluate(f"async () => {{ {body} }}")


@pytest.mark.parametrize("module", [*(name for name in MOST if name.endswith(".js")), "h3.js", "ol.js"])
def test_a_library_runs_under_the_sites_policy(evaluate: Callable[[str], Any], module: str):
    assert evaluate(f"return Object.keys(await import('/source/vendor/{module}')).length") > 0


def test_an_app_of_one_module_is_known_to_the_others(evaluate: Callable[[str], Any]):
    assert evaluate(
        """
        const { initializeApp, initializeAuth } = await import('/source/vendor/auth.js');
        const { getFirestore } = await import('/source/vendor/firestore.js');
        const { getMessaging } = await import('/source/vendor/messaging.js');
        const all = await import('/source/vendor/firebase.js');
        const config = { apiKey: 'k', appId: '1:1:web:1', messagingSenderId: '1', projectId: 'p' };
        const app = initializeApp(config);
        initializeAuth(app);
        getMessaging(app); // throws when the app is another Firebase's
        return [getFirestore(app).app === app, all.getFirestore(app) === getFirestore(app)];
        """
    ) == [True, True]


def test_a_cell_is_the_one_that_the_functions_compute(evaluate: Callable[[str], Any]):
    cell = evaluate("return (await import('/source/vendor/h3.js')).latLngToCell(49.83, 19.94, 13)")
    assert cell == cell_of(49.83, 19.94)


def test_the_libraries_stay_small():
    command = ["node", "infra/vendor.mjs", "--sizes"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    lines = [line.split() for line in done.stdout.splitlines()]
    sizes = {Path(name).name: float(size) for size, _, name in lines if name.startswith("web-residents/")}
    assert {name: sizes[name] for name in MOST if sizes[name] > MOST[name]} == {}


def test_every_class_of_govuk_that_the_app_uses_has_its_rules():
    """infra/vendor_modules.mjs names the parts of govuk-frontend that the site takes."""
    site = ROOT / "web-residents"
    texts = [path.read_text() for path in (site / "index.html", *site.glob("js/**/*.js"))]
    used = {name for text in texts for name in re.findall(r"\bgovuk-[a-z][\w-]*\w", text)}
    styled = set(re.findall(r"\.(govuk-[\w-]+)", (site / "vendor/govuk-frontend.css").read_text()))
    assert used - styled - BARE == set()


def test_the_licences_are_served_with_the_libraries():
    text = (ROOT / "web-residents/vendor/LICENSES.txt").read_text()
    dependencies = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert [name for name in dependencies if name not in text] == []
