"""When a page that was open over a deployment is loaded anew, in a module without a browser."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.residents.test_push_modules import call

MINE = '<div id="app"></div><script type="module" src="/js/main-AAAA.js"></script>'
NEXT = MINE.replace("AAAA", "BBBB")
PORTAL = "<h1>Zaloguj się do sieci</h1>"
GONE = "new TypeError('Failed to fetch dynamically imported module')"
FOREIGN = "new SyntaxError('no export named added')"
OTHER = "new Error('permission-denied')"


def judged(error: str, page: str, status: int = 200) -> Any:
    """What the error is taken for, when the site's page is this one by now."""
    before = f"""
      globalThis.document = {{querySelector: () => ({{getAttribute: () => '/js/main-AAAA.js'}})}};
      globalThis.fetch = async () => new Response({json.dumps(page)}, {{status: {status}}});
    """
    return call("js/shell/releases.js", f"await m.isOfTwoReleases({error})", before)


@pytest.mark.parametrize(
    ("error", "page", "status", "two"),
    [
        (FOREIGN, MINE, 200, True),
        (GONE, NEXT, 200, True),
        (GONE, MINE, 200, False),
        (GONE, PORTAL, 200, False),
        (GONE, NEXT, 503, False),
        (OTHER, NEXT, 200, False),
    ],
)
def test_only_what_a_deployment_explains_loads_the_page_anew(error: str, page: str, status: int, two: bool):
    assert judged(error, page, status) is two


def test_without_a_network_nothing_is_loaded_anew():
    before = """
      globalThis.document = {querySelector: () => ({getAttribute: () => '/js/main-AAAA.js'})};
      globalThis.fetch = async () => { throw new TypeError('no network'); };
    """
    assert call("js/shell/releases.js", f"await m.isOfTwoReleases({GONE})", before) is False


def test_it_loads_itself_anew_once_in_a_while_only():
    before = """
      const kept = new Map();
      const setItem = (key, text) => kept.set(key, text);
      globalThis.sessionStorage = {getItem: (key) => kept.get(key) ?? null, setItem};
      globalThis.reloads = 0;
      globalThis.location = {reload: () => (reloads += 1)};
    """
    assert call("js/shell/releases.js", "[m.reloadedOnce(), m.reloadedOnce(), reloads]", before) == [
        True,
        False,
        1,
    ]
