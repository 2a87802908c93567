"""What Hosting says beside the files: the policy, caching, what is not there."""

from __future__ import annotations

import json

import pytest
import requests

from infra.local.processes import ROOT
from infra.local.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.stack]

GOOGLE = {
    "https://identitytoolkit.googleapis.com",
    "https://securetoken.googleapis.com",
}


def _get(stack: Stack, path: str) -> requests.Response:
    return requests.get(stack.address("hosting") + path, allow_redirects=False, timeout=30)


def _policy(text: str) -> dict[str, list[str]]:
    parts = [part.split() for part in text.split(";")]
    return {name: values for name, *values in parts}


def test_the_policy_lets_in_nothing_foreign_and_nothing_inline():
    sites = json.loads((ROOT / "firebase.json").read_text())["hosting"]
    rules = next(site for site in sites if site["target"] == "admin")["headers"]
    headers = {
        header["key"]: header["value"]
        for rule in rules
        if rule["source"] == "**"
        for header in rule["headers"]
    }
    policy = _policy(headers["Content-Security-Policy"])
    assert policy["default-src"] == policy["form-action"] == policy["frame-ancestors"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert set(policy["connect-src"]) == {"'self'", *GOOGLE}
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/alerts",
        "/alerts/new",
        "/alerts/abc/edit",
        "/templates",
        "/templates/new",
        "/js/main.js",
        "/vendor/ol.js",
    ],
)
def test_every_file_carries_the_headers_and_is_revalidated(stack: Stack, path: str):
    answer = _get(stack, path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["ETag"]  # what a browser asks with; superstatic itself never answers 304 for a file


def test_the_api_is_never_kept_by_a_cache_even_when_it_refuses(stack: Stack):
    answer = _get(stack, "/api/me")
    assert answer.status_code == 401
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/nowhere", "/js/nothing.js", "/alertsabc"])
def test_what_is_not_there_is_not_the_page(stack: Stack, path: str):
    answer = _get(stack, path)
    assert answer.status_code == 404
    assert "main.js" not in answer.text


@pytest.mark.parametrize("path", ["/nic", "/A/x1", "/app.html"])
def test_where_residents_find_nothing_they_are_led_to_the_alerts(stack: Stack, path: str):
    answer = requests.get(f"{stack.address('residents')}{path}", timeout=10)
    assert answer.status_code == 404
    for language in ("", "?lang=en", "?lang=uk"):
        assert f'href="/alerts{language}"' in answer.text
