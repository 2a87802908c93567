"""Who cannot be let in, and a worker that a browser cannot run: what is said to be the reason."""

from __future__ import annotations

from typing import Any

import pytest

from tests.residents.test_push_modules import call
from tests.residents.test_words import dictionaries

QUOTA = "auth/too-many-requests"


@pytest.mark.parametrize(
    ("code", "online", "reason"),
    [
        (QUOTA, True, "many"),
        ("auth/quota-exceeded", True, "many"),
        ("auth/too-many-attempts-try-later.", True, "many"),
        (QUOTA, False, "many"),
        ("auth/internal-error", True, "other"),
        ("auth/network-request-failed", False, "offline"),
    ],
)
def test_why_somebody_new_is_not_let_in_is_known(code: str, online: bool, reason: str):
    asked = f"m.reasonOf({{code: {code!r}}}, {str(online).lower()})"
    assert call("js/welcome/refused.js", asked) == reason


def test_an_error_without_a_code_is_another_one():
    assert call("js/welcome/refused.js", "m.reasonOf(new Error('x'), true)") == "other"


def started(refusal: str, script: str) -> Any:
    """The name of the error with which starting the worker ends; `script`: what its address answers."""
    browser = f"""
      globalThis.document = {{readyState: 'complete'}};
      Object.defineProperty(globalThis, 'navigator', {{value: {{serviceWorker: {{
        ready: new Promise(() => {{}}), register: async () => {{ throw {refusal}; }},
      }}}}}});
      globalThis.fetch = async () => {script};"""
    return call("js/receive/worker.js", "await m.startWorker({}).catch(({name}) => name)", browser)


def test_a_browser_without_module_workers_is_not_taken_for_one_without_a_network():
    assert started("new TypeError('module')", "new Response('')") == "Error"


@pytest.mark.parametrize(
    "script",
    ["new Response('', {status: 503})", "(() => { throw new TypeError('network'); })()"],
)
def test_a_worker_that_cannot_be_had_is_a_network_that_failed(script: str):
    assert started("new TypeError('network')", script) == "TypeError"


def test_whoever_cannot_be_registered_is_told_to_update_the_browser():
    updating = {"pl": "zaktualizuj przeglądarkę", "en": "update the browser", "uk": "оновіть браузер"}
    for language, said in updating.items():
        assert said in dictionaries()[language]["receive.state.failed.text"].lower()
