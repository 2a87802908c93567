"""Signing in again at the start, while Auth's server does not answer or is busy, without a browser."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.residents.test_push_modules import call

LOOKUP = "https://identitytoolkit.googleapis.com/v1/accounts:lookup?key=k"
EMULATOR = "http://127.0.0.1:9099/securetoken.googleapis.com/v1/token?key=k"


def asked(address: str, answer: str) -> Any:
    """What Auth would get: a status, or the name of the error; and whether the network is as it was after."""
    return call(
        "js/session/auth_start.js",
        f"""await (async () => {{
          const network = globalThis.fetch = async (_, {{signal}} = {{}}) => {answer};
          const got = await m.withoutWaiting(() => fetch({json.dumps(address)}, {{method: 'POST'}}).then(
            ({{status}}) => status,
            ({{name}}) => name,
          ));
          return [got, globalThis.fetch === network];
        }})()""",
    )


@pytest.mark.parametrize("address", [LOOKUP, EMULATOR])
@pytest.mark.parametrize("status", [429, 500, 502, 503, 403])
def test_a_busy_server_is_no_network_and_no_end_of_the_account(address: str, status: int):
    """Firebase Auth forgets the account over an answer that it does not know."""
    assert asked(address, f"Response.json({{}}, {{status: {status}}})") == ["TypeError", True]


@pytest.mark.parametrize("status", [200, 400])
def test_what_is_said_of_the_account_counts(status: int):
    assert asked(LOOKUP, f"Response.json({{}}, {{status: {status}}})") == [status, True]


def test_an_answer_that_does_not_come_is_not_waited_for():
    silence = """await new Promise((_, fail) => {
      const alive = setTimeout(() => {}, 60_000);
      signal.addEventListener('abort', () => (clearTimeout(alive), fail(signal.reason)));
    })"""  # a signal alone does not keep Node.js
    assert asked(LOOKUP, silence) == ["TimeoutError", True]


@pytest.mark.parametrize("address", ["/municipalities.json", "https://firestore.googleapis.com/x"])
def test_other_answers_are_left_as_they_are(address: str):
    assert asked(address, "Response.json({}, {status: 503})") == [503, True]
