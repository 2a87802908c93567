"""An alert's view, and notifications that stand, by what the site answers; without a browser."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shared.domain.public_alert import Kind
from tests.fakes.alert_values import replace
from tests.fakes.public_office import SENT, published, signed
from tests.fakes.signer import SeededKey
from tests.residents.site_answers import CANCELLED, MADE, PAGE, ROAD, WATER, alone
from tests.residents.test_alerts_modules import vendored
from tests.residents.test_push_modules import call

__all__ = ["vendored"]

PUSH = {"alert": "a1", "thread": "a1", "version": "1", "title": "Z powiadomienia", "body": "x"}
SITE = "globalThis.fetch = async (path) => new Response(...(site[path] ?? ['', {status: 404}]))"


def site(**answers: tuple[Any, int]) -> str:
    """What the site answers at `/a/{id}.json`, and how."""
    given = {
        f"/a/{name}.json": [json.dumps(said), {"status": status}] for name, (said, status) in answers.items()
    }
    return f"{PAGE}; const site = {json.dumps(given)}; {SITE}"


def watched(before: str, shown: list[dict[str, str]]) -> list[Any]:
    """[state, title, thread] of what is told first of a1; `shown`: notifications that stand."""
    found: list[Any] = call(
        "js/alerts/alert_watch.js",
        """await new Promise((resolve) => {
          const stop = m.watchAlert('a1', ({state, alert, thread = []}) => {
            stop();
            resolve([state, alert?.texts.pl.title ?? null, thread.map(({id}) => id)]);
          });
        }).finally(() => setTimeout(() => process.exit(), 50))""",
        f"""{before};
        const standing = {json.dumps(shown)}.map((data) => ({{data}}));
        const registration = {{getNotifications: async () => standing}};
        navigator.serviceWorker = {{getRegistration: async () => registration, addEventListener() {{}},
          removeEventListener() {{}}}}""",
    )
    return found


def test_a_newer_message_that_came_by_push_alone_stands_above_what_the_site_has():
    """The site's answer may be a minute old; without a network it is the phone's own."""
    newer = {**PUSH, "alert": "a2", "version": "2", "kind": "all_clear", "title": "Po wszystkim"}
    told = [
        call(
            "js/alerts/alert_watch.js",
            """await new Promise((resolve) => {
              const stop = m.watchAlert('a1', ({state, alert, newer = null, thread = [newer, alert]}) => {
                if (!thread[0] || thread[0].id !== 'a2') return;
                stop();
                resolve([state, alert.id, thread.map(({id, pushed = false}) => [id, pushed])]);
              });
            }).finally(() => setTimeout(() => process.exit(), 50))""",
            f"""{before};
            const standing = {json.dumps(shown)}.map((data) => ({{data}}));
            const registration = {{getNotifications: async () => standing}};
            navigator.serviceWorker = {{getRegistration: async () => registration, addEventListener() {{}},
              removeEventListener() {{}}}}""",
        )
        for before, shown in ((site(a1=(alone(WATER), 200)), [newer]), (site(), [newer, PUSH]))
    ]
    assert told == [
        ["found", "a1", [["a2", True], ["a1", False]]],
        ["pushed", "a1", [["a2", True], ["a1", True]]],
    ]


@pytest.mark.parametrize(
    ("before", "shown", "told"),
    [
        (site(a1=(alone(WATER), 200)), [PUSH], ["found", "Brak wody: ul. Główna", ["a1"]]),
        (site(a1=(alone(WATER), 503)), [PUSH], ["pushed", "Z powiadomienia", []]),
        (site(a1=(alone(ROAD), 200)), [PUSH], ["pushed", "Z powiadomienia", []]),
        (site(), [PUSH], ["pushed", "Z powiadomienia", []]),
        (site(), [], ["missing", None, []]),
        (site(a1=("x", 200)), [], ["offline", None, []]),
        (site(a1=(None, 503)), [], ["offline", None, []]),
    ],
    ids=["there", "busy", "another alert", "not there", "never there", "a page", "nothing known"],
)
def test_an_alert_is_what_the_site_says_or_what_is_on_the_phone(before: str, shown: Any, told: list[Any]):
    assert watched(before, shown) == told


def test_an_alert_comes_with_its_thread_the_newest_first():
    update = signed(published("a2", version=2, kind=Kind.UPDATE))
    assert watched(site(a1=(alone(WATER, update), 200)), [])[2] == ["a2", "a1"]


# ---- Notifications that stand


@pytest.mark.parametrize(
    ("answer", "status", "stands"),
    [
        (alone(WATER), 200, True),
        (alone(CANCELLED), 200, False),
        (alone(signed(replace(CANCELLED), SeededKey(9))), 200, True),
        (alone(replace(CANCELLED, signed=None, signature=None, key=None)), 200, True),
        (alone(CANCELLED), 503, True),
        (alone(CANCELLED), 404, True),
        ("page", 200, True),
        (alone(replace(ROAD, expires=SENT)), 200, True),
    ],
    ids=["active", "cancelled", "forged", "unsigned", "busy", "gone", "page", "another's"],
)
def test_only_a_proven_end_takes_a_notification_away(answer: Any, status: int, stands: bool):
    closed = call(
        "js/receive/standing.js",
        f"(await m.takeAwayOver({MADE.timestamp() * 1000}), closed)",
        f"""{site(a1=(answer, status))};
        const closed = [];
        const one = {{data: {{alert: 'a1'}}, close: () => closed.push('a1')}};
        const registration = {{getNotifications: async () => [one]}};
        navigator.serviceWorker = {{getRegistration: async () => registration}}""",
    )
    assert closed == ([] if stands else ["a1"])
