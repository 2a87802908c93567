"""What a push is judged to be, and what its notification says, without a browser."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from infra.local.processes import ROOT
from shared.channels.push.text import EXERCISE
from shared.labels import found

RESIDENTS = ROOT / "web-residents"
NOW = 1_795_305_600_000  # ms
LATER, EARLIER = "2026-11-23T12:00:00Z", "2026-11-21T12:00:00Z"
PUSH = {
    "alert": "a2",
    "thread": "a1",
    "version": "2",
    "severity": "Severe",
    "title": "Brak wody",
    "body": "Pękła rura.",
    "language": "pl",
    "sound": "on",
    "sent": EARLIER,
    "expires": LATER,
}


def call(module: str, expression: str, before: str = "") -> Any:
    """An expression over the module `m`, evaluated by Node.js; `before`: what is done before it is loaded."""
    script = (
        "globalThis.self = {location: new URL('https://alerty.example.pl/sw.js')};"
        f"{before};"
        f"const m = await import({(RESIDENTS / module).as_uri()!r});"
        f"process.stdout.write(JSON.stringify({expression} ?? null));"
    )
    command = ["node", "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _judged(seen: object, **changes: str) -> str:
    judgement: str = call(
        "sw/judge.js",
        f"m.judged({json.dumps(seen) if seen else 'undefined'}, {json.dumps({**PUSH, **changes})}, {NOW})",
    )
    return judgement


def _seen(version: int, again: bool = False) -> dict[str, object]:
    return {"version": version, "again": again}


@pytest.mark.parametrize(
    ("seen", "changes", "judgement"),
    [
        (None, {}, "first"),
        (None, {"sound": "again"}, "first"),
        (_seen(1), {}, "newer"),
        (_seen(1, again=True), {"sound": "again"}, "newer"),
        (_seen(2), {}, "repeat"),
        (_seen(2), {"sound": "again"}, "again"),
        (_seen(2, again=True), {"sound": "again"}, "repeat"),
        (_seen(2, again=True), {"sound": "off"}, "repeat"),
        (_seen(3), {}, "repeat"),
        (_seen(3), {"sound": "again"}, "repeat"),
        (_seen(9), {"version": "10"}, "newer"),
        (None, {"expires": EARLIER}, "over"),
        (_seen(2), {"expires": EARLIER}, "repeat"),
    ],
)
def test_a_push_is_new_once(seen: object, changes: dict[str, str], judgement: str):
    assert _judged(seen, **changes) == judgement


@pytest.mark.parametrize(
    ("judgement", "sound", "silent", "renotify"),
    [
        ("first", "on", False, False),
        ("first", "off", True, False),
        ("newer", "on", False, True),
        ("newer", "off", True, False),
        ("again", "again", False, True),
        ("repeat", "on", True, False),
        ("over", "on", True, False),
    ],
)
def test_only_what_is_new_and_may_sound_does(judgement: str, sound: str, silent: bool, renotify: bool):
    manner = call("sw/judge.js", f"m.manner({judgement!r}, {{sound: {sound!r}}})")
    assert manner == {"silent": silent, "renotify": renotify}


def _notification(judgement: str = "first", **changes: str) -> dict[str, Any]:
    shown: dict[str, Any] = call(
        "sw/notification.js", f"m.notification({json.dumps({**PUSH, **changes})}, {judgement!r}, {NOW})"
    )
    return shown


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "Brak wody"),
        ({"kind": "alert"}, "Brak wody"),
        ({"kind": "update"}, "Aktualizacja: Brak wody"),
        ({"kind": "correction", "language": "en"}, "Correction: Brak wody"),
        ({"kind": "all_clear", "language": "uk"}, "Завершено: Brak wody"),
        ({"kind": "all_clear", "language": "de"}, "Koniec: Brak wody"),
        ({"kind": "unheard-of"}, "Brak wody"),
        ({"kind": "update", "title": "ĆWICZENIE: Syreny"}, "ĆWICZENIE: Aktualizacja: Syreny"),
        ({"kind": "all_clear", "group": "failure"}, "Naprawione: Brak wody"),
        ({"kind": "update", "expires": EARLIER, "severity": "Minor"}, "Już nieaktualne: Brak wody"),
        ({"kind": "update", "expires": EARLIER}, "Brak nowych informacji: Brak wody"),
        ({"kind": "all_clear", "expires": EARLIER}, "Już nieaktualne: Brak wody"),
        ({"exercise": "1", "expires": EARLIER}, "Już nieaktualne: Brak wody"),
        ({"kind": "update", "narrowed": "eased", "title": "Już nie dotyczy: x"}, "Już nie dotyczy: x"),
        ({"narrowed": "eased", "expires": EARLIER}, "Już nieaktualne: Brak wody"),
    ],
)
def test_the_title_says_what_the_message_is(changes: dict[str, str], title: str):
    assert _notification(**changes)["title"] == title


def test_the_words_of_exercises_are_the_servers():
    for language, mark in EXERCISE.items():
        assert call("sw/words.js", f"m.prefixed({mark + 'x'!r}, 'P: ')") == f"{mark}P: x", language


FOLLOWERS = {"correct": "correction", "take_back": "correction", "all_clear": "all_clear"}


def test_what_a_prepared_title_says_is_not_said_twice():
    titles = [
        (language, kind, found("prepared", name, language)["title"].format(title="Dym"), mark)
        for language, mark in EXERCISE.items()
        for name, kind in FOLLOWERS.items()
    ]
    pushes = [
        {**PUSH, "language": language, "kind": kind, "title": before + title}
        for language, kind, title, mark in titles
        for before in ("", mark)
    ]
    shown = call(
        "sw/notification.js", f"{json.dumps(pushes)}.map((p) => m.notification(p, 'first', {NOW}).title)"
    )
    assert shown == [push["title"] for push in pushes]


def test_what_no_longer_concerns_me_is_no_danger():
    for gentle in ({"narrowed": "eased"}, {"narrowed": "wrong"}, {"kind": "all_clear"}):
        options = _notification(severity="Extreme", **gentle)["options"]
        assert not options["requireInteraction"], gentle
        assert options["vibrate"] == [200], gentle


@pytest.mark.parametrize(
    ("language", "actions"),
    [
        ("pl", ["Otwórz", "To mnie nie dotyczy"]),
        ("en", ["Open", "This does not concern me"]),
        ("uk", ["Відкрити", "Це мене не стосується"]),
    ],
)
def test_actions_speak_the_language_of_the_push(language: str, actions: list[str]):
    shown = _notification(language=language)["options"]
    assert [action["title"] for action in shown["actions"]] == actions
    assert shown["lang"] == language


@pytest.mark.parametrize("changes", [{"severity": "Extreme"}, {"kind": "all_clear"}, {"kind": "update"}])
def test_danger_to_life_and_what_follows_are_not_waved_away(changes: dict[str, str]):
    actions = _notification(**changes)["options"]["actions"]
    assert [action["action"] for action in actions] == ["open"]


def test_words_of_a_later_release_are_shown_and_taken_for_grave():
    words = {"kind": "reminder", "severity": "Catastrophic", "category": "air_raid", "event": "black_ice"}
    shown = _notification(**words)
    assert shown["title"] == "Brak wody"
    assert shown["options"]["requireInteraction"]
    assert "vibrate" in shown["options"]
    assert not _notification(severity="Minor")["options"]["requireInteraction"]


def test_a_silent_notification_does_not_vibrate():
    assert "vibrate" in _notification()["options"]
    assert "vibrate" not in _notification("repeat")["options"]  # browsers throw at both


@pytest.mark.parametrize("kind", ["alert", "update", "correction", "all_clear"])
def test_every_kind_has_its_icon(kind: str):
    options = _notification(kind=kind)["options"]
    for name in (options["icon"], options["badge"]):
        assert (RESIDENTS / name.lstrip("/")).read_bytes().startswith(b"\x89PNG")


# ---- Which files are kept for offline use


@pytest.mark.parametrize(
    ("path", "mode", "way"),
    [
        ("/", "navigate", "app"),
        ("/app/alert/abc", "navigate", "app"),
        ("/apple", "navigate", None),
        ("/a/abc?lang=en", "navigate", "page"),
        ("/alerts", "navigate", "page"),
        ("/alerts/1209033", "navigate", "page"),
        ("/js/main.js", "cors", "file"),
        ("/icon.svg", "cors", "file"),
        ("/municipalities.json", "cors", "data"),
        ("/map/1209033.json", "cors", "data"),
        ("/search/1209033.json", "cors", "data"),
        ("/search/1209033/4.json", "cors", "data"),
        ("/search/1209033", "cors", None),
        ("/__/firebase/init.json", "cors", "data"),
        ("/__/push?token=x", "cors", None),
        ("/api/public/alerts", "cors", None),
        ("/api/alerts", "navigate", None),
        ("/sw.js", "same-origin", None),
    ],
)
def test_each_address_has_its_way(path: str, mode: str, way: str | None):
    request = json.dumps({"method": "GET", "mode": mode})
    origin = "https://alerty.example.pl"
    assert call("sw/cache.js", f"m.wayOf(new URL({origin + path!r}), {request}, {origin!r})") == way


def test_nothing_but_reading_our_own_site_is_answered_from_a_copy():
    origin = "https://alerty.example.pl"
    post = f"m.wayOf(new URL('{origin}/js/main.js'), {{method: 'POST', mode: 'cors'}}, {origin!r})"
    assert call("sw/cache.js", post) is None
    foreign = f"m.wayOf(new URL('https://x.example/js/main.js'), {{method: 'GET', mode: 'cors'}}, {origin!r})"
    assert call("sw/cache.js", foreign) is None


TEXTS = """[
  ["import{a}from\\"./shared-A.js\\";import\\"./b.js\\";export{c}from'./c.js'", "/vendor/x.js"],
  ["load: () => import('./alerts/list.js')", "/js/routes.js"],
  ["<link href=\\"/css/base.css\\"><script src=\\"/js/main.js\\"></script><a href=\\"/alerts\\">", "/"],
  ["a{background:url('../icons/x.png')}", "/css/base.css"],
  ["from 'https://example.org/x.js'; import 'lit-html'", "/js/y.js"]
]"""


def test_the_files_that_a_file_names_are_found():
    names = call("sw/files.js", f"{TEXTS}.map(([text, path]) => m.named(text, path))")
    assert names == [
        ["/vendor/shared-A.js", "/vendor/b.js", "/vendor/c.js"],
        ["/js/alerts/list.js"],
        ["/css/base.css", "/js/main.js"],
        ["/icons/x.png"],
        [],
    ]


# ---- Settings of browsers

MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15"
AGENTS = [
    ("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile", 5, "android.chrome"),
    ("Mozilla/5.0 (Linux; Android 14) SamsungBrowser/25.0 Chrome/121.0 Mobile", 5, "android.samsung"),
    ("Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0", 5, "android.firefox"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", 5, "ios"),
    (MAC, 5, "ios"),  # an iPad
    (MAC, 0, "desktop.safari"),
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0", 0, "desktop.chrome"),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", 0, "desktop.firefox"),
]


@pytest.mark.parametrize(("agent", "touch", "steps"), AGENTS)
def test_the_steps_to_allow_notifications_are_the_browsers(agent: str, touch: int, steps: str):
    about = f"m.platform({agent!r}, {touch})"
    assert call("js/receive/platform.js", f"m.stepsToAllow({about})") == f"receive.steps.{steps}"
    words = call("js/i18n/pl.js", "m.default")
    assert f"receive.steps.{steps}" in words
    assert call("js/receive/platform.js", f"m.stepsOfSystem({about})") in words


@pytest.mark.parametrize(
    ("world", "state"),
    [
        ("{navigator: {serviceWorker: {}}, PushManager: {}, Notification: {permission: 'denied'}}", "denied"),
        ("{navigator: {serviceWorker: {}, standalone: false}}", "needs-home-screen"),
        ("{navigator: {serviceWorker: {}, standalone: true}}", "unsupported"),
        ("{navigator: {}}", "unsupported"),
    ],
)
def test_what_stands_in_the_way_is_known(world: str, state: str):
    assert call("js/receive/permission.js", f"m.permission({world})") == state
