"""The messages of one thread on a phone, in every order in which their pushes may come, without a browser."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

from tests.residents.late_push import database
from tests.residents.test_push_modules import EARLIER, LATER, NOW, PUSH, call
from tests.residents.test_worker_modules import DEVICE, FAILING, HANGING

THREAD = {
    "alert": {"alert": "a1", "version": "1", "severity": "Extreme", "title": "Dym"},
    "update": {
        "alert": "a2",
        "version": "2",
        "severity": "Extreme",
        "kind": "update",
        "title": "Dym: nowe ulice",
    },
    "all_clear": {
        "alert": "a3",
        "version": "3",
        "severity": "Minor",
        "kind": "all_clear",
        "title": "Po pożarze",
    },
}
ORDERS: list[tuple[str, ...]] = [
    *permutations(THREAD),
    ("alert", "alert", "update", "update", "all_clear", "all_clear"),
    ("all_clear", "alert", "all_clear", "update", "alert", "all_clear"),
    ("update", "all_clear", "update", "alert", "alert", "update"),
]
ONE_STANDS = """
  const standing = new Map(), sounded = [];
  const registration = {
    async showNotification(title, {silent, ...options}) {
      standing.set(options.tag, {title, ...options});
      if (!silent) sounded.push(options.data.version);
    },
    getNotifications: async ({tag}) => [...standing.values()].filter((one) => !tag || one.tag === tag),
  };
"""


def play(before: str, pushes: list[dict[str, str]]) -> Any:
    """What stands in the end, the versions that sounded, and what the phone keeps to read."""
    script = f"""
      {ONE_STANDS}
      for (const push of {json.dumps(pushes)}) await m.receive(push, {{registration, now: {NOW}}});
      const shown = [...standing.values()].map(({{title, tag, data, requireInteraction}}) =>
        [title, tag, data.alert, requireInteraction]);
      return [shown, sounded, globalThis.rows?.get('seen/a1')?.alert ?? null];
    """
    quiet = "console.error = () => {}; globalThis.fetch = async () => { throw new TypeError('no network'); };"
    return call("sw/receive.js", f"await (async () => {{{script}}})()", f"{before};{quiet}")


def test_in_every_order_the_newest_message_stands_alone():
    for order in ORDERS:
        pushes = [{**PUSH, "thread": "a1", "kind": "alert", "sent": EARLIER, **THREAD[one]} for one in order]
        stands, sounded, kept = play(database({"device/this": DEVICE}), pushes)
        assert stands == [["Koniec: Po pożarze", "a1", "a3", False]], order
        assert sounded == sorted(set(sounded)), order  # each once, and none after a newer one
        assert sounded[-1] == "3", order
        assert kept == "a3", order


def test_nor_does_it_matter_that_the_browsers_database_fails():
    for broken in (FAILING, HANGING):
        order = ("all_clear", "alert", "update") if broken is HANGING else ("update", "all_clear", "alert")
        pushes = [{**PUSH, "thread": "a1", "sent": EARLIER, **THREAD[one]} for one in order]
        patient = "globalThis.setTimeout = (run) => setImmediate(run);" if broken is HANGING else ""
        stands, sounded, _ = play(f"globalThis.indexedDB = {broken};{patient}", pushes)
        assert stands == [["Koniec: Po pożarze", "a1", "a3", False]], broken
        assert sounded == sorted(set(sounded)), broken


def test_an_update_that_no_longer_concerns_me_takes_the_place_of_the_warning_calmly():
    aside = {"alert": "a2", "version": "2", "kind": "update", "narrowed": "eased", "severity": "Minor"}
    told = {"title": "Już nie dotyczy Twojego miejsca: Dym", "expires": LATER}
    for order in permutations((THREAD["alert"], {**aside, **told})):
        pushes = [{**PUSH, "thread": "a1", "sent": EARLIER, **one} for one in order]
        stands, _, _ = play(database({"device/this": DEVICE}), pushes)
        assert stands == [[told["title"], "a1", "a2", False]], order
