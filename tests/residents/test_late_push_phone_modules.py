"""A push that comes late and the phone itself, without a browser: its clock, its memory, many at once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.residents.late_push import (
    CANCELLED,
    HOLDS,
    IN_TIME,
    LATE,
    NEWER,
    NOTHING,
    PUSH,
    SENT,
    SILENCE,
    answer,
    database,
    ms,
    phone,
    signed,
    stays,
)
from tests.residents.test_push_modules import call
from tests.residents.test_worker_modules import FAILING

CANCELS = answer(signed(CANCELLED))
HOUR = timedelta(hours=1)
FRESH = [False, "first", "Brak wody", "Pękła rura.", False]


def asked(
    now: datetime, stated: str = CANCELS, ahead: int = 0, clock: str = NOTHING, **push: str
) -> list[Any]:
    """Whether the site is asked, and what is shown; `ahead`: ms that the phone's clock was found to be."""
    script = f"""
      const says = await m.receive({json.dumps({**PUSH, **push})}, {{registration, now: {ms(now)}}});
      return [asked.length > 0, says, ...shown.flat()];
    """
    found: list[Any] = call(
        "sw/receive.js",
        f"await (async () => {{{script}}})()",
        phone(stated, database({"settings/clock": ahead}), clock=clock),
    )
    return found


def test_a_push_that_comes_in_time_asks_nobody():
    assert asked(IN_TIME) == FRESH
    assert asked(LATE)[0]


@pytest.mark.parametrize("sent", ["", "yesterday"])
def test_nor_does_one_that_does_not_say_when_it_was_sent(sent: str):
    assert asked(LATE, sent=sent) == FRESH


def test_a_clock_that_is_known_to_be_wrong_is_put_right():
    an_hour = ms(LATE + HOUR) - ms(LATE)
    assert asked(IN_TIME + HOUR, ahead=an_hour) == FRESH
    assert asked(LATE - HOUR, ahead=-an_hour)[:2] == [True, "cancelled"]


def test_a_clock_that_is_behind_lets_nothing_ring_that_was_cancelled():
    assert asked(SENT - HOUR)[:2] == [True, "cancelled"]


def test_a_clock_that_is_ahead_makes_nothing_late():
    date = f"{IN_TIME.astimezone(UTC):%a, %d %b %Y %H:%M:%S} GMT"
    clock = f"new Response(null, {{headers: {{date: '{date}'}}}})"
    assert asked(IN_TIME + HOUR, answer(signed(HOLDS)), clock=clock) == [True, *FRESH[1:]]


# ---- What the phone remembers


def test_what_was_silenced_was_received_and_is_known_to_be_cancelled():
    _, _, rows = stays(PUSH, answers=(CANCELS,))
    receipt = rows["receipts/published/a1/receipts/u.1.received"]["fields"]
    assert (receipt["kind"], receipt["proof"]) == ("received", PUSH["proof"])
    kept = rows["alerts/a1"]
    assert (kept["state"], kept["cancelled"]) == ("cancelled", "2026-11-22T01:30:00Z")
    assert kept["proof"] == PUSH["proof"]  # for the receipt that it was opened
    assert rows["seen/a1"]["version"] == 2


def test_a_repeat_of_what_was_cancelled_does_not_bring_it_back():
    says, shown, _ = stays(PUSH, PUSH, answers=(CANCELS, NOTHING))
    assert says == ["cancelled", "repeat"]
    assert shown == [["Odwołano: Brak wody", "Pękła rura.", True]] * 2


OF_NEWER = {**PUSH, "version": "3", "title": "Brak wody do 18:00", "sent": f"{LATE:%Y-%m-%dT%H:%M:%SZ}"}
NEWER_HOLDS = answer(signed(NEWER))


def test_a_newer_version_that_was_only_read_rings_when_its_push_comes():
    says, shown, _ = stays(PUSH, OF_NEWER, answers=(NEWER_HOLDS,))
    assert says == ["replaced", "newer"]
    assert [silent for _, _, silent in shown] == [True, False]


def test_an_older_version_behind_a_newer_one_is_a_repeat():
    says, shown, rows = stays(OF_NEWER, PUSH, answers=(NEWER_HOLDS,))
    assert says == ["first", "repeat"]
    assert shown[1][0] == "Brak wody do 18:00"
    assert rows["seen/a1"]["version"] == 3


def test_in_the_app_it_is_over():
    push = {**PUSH, "state": "cancelled", "cancelled": "2026-11-22T01:30:00Z"}
    found = call("js/alerts/pushed.js", f"m.alertOf({json.dumps(push)})")
    assert (found["state"], found["cancelled"]) == ("cancelled", "2026-11-22T01:30:00Z")
    assert call("js/alerts/pushed.js", f"m.alertOf({json.dumps(PUSH)})")["state"] == "active"


def test_the_list_of_what_came_leaves_out_what_was_cancelled():
    stand = [
        {**PUSH, "expires": "2999-01-01T00:00:00Z"},
        {**PUSH, "alert": "a7", "thread": "a7", "state": "cancelled", "expires": "2999-01-01T00:00:00Z"},
    ]
    browser = f"""
      globalThis.indexedDB = {FAILING};
      const registration = {{getNotifications: async () => {json.dumps(stand)}.map((data) => ({{data}}))}};
      const serviceWorker = {{getRegistration: async () => registration}};
      Object.defineProperty(globalThis, 'navigator', {{value: {{serviceWorker}}}});
    """
    listed = call("js/alerts/pushed.js", "(await m.pushed()).map(({id}) => id)", browser)
    assert listed == ["a1"]


# ---- The worker

WORKER = """
  const lasting = [], listeners = {};
  const addEventListener = (type, listener) => (listeners[type] = listener);
  Object.assign(self, {addEventListener, registration});
"""


def test_pushes_that_come_at_once_wait_together():
    """A phone that is back after a night gets them all: the last must not ring a minute later."""
    script = f"""
      await new Promise((resolve) => setImmediate(resolve));
      const begun = Date.now();
      const waitUntil = (work) => lasting.push(work);
      for (const alert of ['a1', 'a2', 'a3']) {{
        const data = {{...{json.dumps(PUSH)}, alert, thread: alert, expires: '2999-01-01T00:00:00Z'}};
        listeners.push({{waitUntil, data: {{json: () => ({{fcmMessageId: alert, data}})}}}});
      }}
      while (shown.length < 3) await new Promise((resolve) => setTimeout(resolve, 20));
      return [shown.map(([, , silent]) => silent), Date.now() - begun, lasting.length];
    """
    silent, waited, lasting = call(
        "sw.js", f"await (async () => {{{script}}})()", phone(SILENCE, site=SILENCE) + WORKER
    )
    assert silent == [False, False, False]
    assert 2_900 < waited < 5_900  # ms
    assert lasting == 3
