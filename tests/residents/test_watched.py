"""That the residents' tests notice what a service worker asks of others, not only what pages do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from infra.local.stack import Stack
from tests.browser.conftest import watch
from tests.residents.push import until

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

SOMEBODY = "https://firestore.googleapis.com/v1/somebody"  # the site's policy allows it
ASK = "(address) => fetch(address, {method: 'POST', body: 'who I am'}).then(() => {}, () => {})"
START = """async () => {
  await navigator.serviceWorker.register('/sw.js', {type: 'module'});
  await navigator.serviceWorker.ready;
}"""


def test_what_the_worker_asks_of_others_is_noticed(stack: Stack, chromium: Browser):
    elsewhere: list[str] = []
    complaints: list[str] = []
    with chromium.new_context() as context:
        context.route("https://**", lambda route: route.fulfill(json={}))
        watch(context, elsewhere, complaints)
        page = context.new_page()
        page.goto(f"{stack.address('residents')}/alerts")
        page.evaluate(START)
        until(lambda: context.service_workers)[-1].evaluate(ASK, SOMEBODY)
        until(lambda: page.title() and elsewhere)  # asking the page lets the browser's events come in
    assert (elsewhere, complaints) == ([SOMEBODY], [])
