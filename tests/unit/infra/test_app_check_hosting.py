"""The addresses of App Check stand in the policy of the deployment that has it, and in no other."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from infra.local.processes import ROOT

USUAL = json.loads((ROOT / "firebase.json").read_text())
FOREIGN = re.compile(r"recaptcha|appcheck|gstatic|google\.com/|frame-src")


@pytest.fixture(scope="module")
def widened(tmp_path_factory):
    out = tmp_path_factory.mktemp("hosting") / "firebase.json"
    subprocess.run(["node", "infra/app_check.mjs", str(out)], cwd=ROOT, check=True)
    return json.loads(out.read_text())


def policies(hosting, site, source):
    (found,) = [one for one in hosting["hosting"] if one["target"] == site]
    (headers,) = [one["headers"] for one in found["headers"] if one["source"] == source]
    (policy,) = [one["value"] for one in headers if one["key"] == "Content-Security-Policy"]
    return {name: set(sources) for name, *sources in (one.split() for one in policy.split("; "))}


def test_a_deployment_without_it_names_none_of_its_addresses():
    assert not FOREIGN.search(json.dumps(USUAL))


@pytest.mark.parametrize("site", ["admin", "residents"])
def test_both_apps_reach_recaptcha_and_app_check_and_nothing_more(widened, site):
    before, after = policies(USUAL, site, "**"), policies(widened, site, "**")
    added = {name: after[name] - before.get(name, set()) for name in after}
    recaptcha = "https://www.google.com/recaptcha/"
    assert {name: sources for name, sources in added.items() if sources} == {
        "script-src": {recaptcha, "https://www.gstatic.com/recaptcha/"},
        "frame-src": {recaptcha, "https://recaptcha.google.com/recaptcha/"},
        "connect-src": {recaptcha, "https://content-firebaseappcheck.googleapis.com"},
    }
    assert not [name for name in before if before[name] - after[name]]


def test_the_public_pages_and_all_else_stay_as_they_are(widened):
    assert policies(widened, "residents", "/a/**") == policies(USUAL, "residents", "/a/**")

    def without(hosting):
        return re.sub(r'"value": "default-src[^"]*"', "", json.dumps(hosting))

    assert without(widened) == without(USUAL)
