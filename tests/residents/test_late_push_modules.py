"""A push that comes late, without a browser: only what the municipality has signed takes its sound."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from shared.domain.alert import State
from shared.domain.content import Severity
from shared.domain.public_alert import Kind
from tests.fakes.alert_values import at
from tests.fakes.signer import SeededKey
from tests.residents.late_push import (
    CANCELLED,
    HOLDS,
    KEY,
    KNOWN,
    LATE,
    NEWER,
    NOTHING,
    PUSH,
    SILENCE,
    answer,
    municipalities,
    received,
    signed,
)
from tests.residents.test_push_modules import call

NEW_KEY, STRANGER = SeededKey(2), SeededKey(9)
RINGS = ["first", "Brak wody", "Wysłano 02:11. Pękła rura.", False]
QUIET = ["cancelled", "Odwołano: Brak wody", "Pękła rura.", True]
SIGNED = signed(CANCELLED)
WITHOUT = "crypto.subtle.importKey = async () => { throw new Error('unknown'); };"


@pytest.mark.parametrize("browser", ["", WITHOUT], ids=["the browser's own", "noble"])
def test_what_was_cancelled_meanwhile_is_silent_and_says_so(browser: str):
    assert received(answer(SIGNED), more=browser) == QUIET


@pytest.mark.parametrize(
    ("language", "cancelled", "sent"),
    [
        ("pl", "Odwołano: ", "Wysłano 02:11"),
        ("en", "Cancelled: ", "Sent 02:11"),
        ("uk", "Скасовано: ", "Надіслано 02:11"),
        ("de", "Odwołano: ", "Wysłano 02:11"),
        ("", "Odwołano: ", "Wysłano 02:11"),
    ],
)
def test_it_says_so_in_the_language_of_the_push(language: str, cancelled: str, sent: str):
    push = {**PUSH, "language": language}
    assert received(answer(SIGNED), push)[1] == f"{cancelled}Brak wody"
    assert received(NOTHING, push)[2] == f"{sent}. Pękła rura."


UNREAD = {
    "no network": NOTHING,
    "no answer": SILENCE,
    "a text that never ends": "new Response(new ReadableStream({}))",
    "a redirect": f"(redirect === 'error' ? {NOTHING} : {answer(SIGNED)})",
    "a portal's page": "new Response('<html>Zaloguj się</html>', {headers: {'content-type': 'text/html'}})",
    "a portal's page as JSON": "new Response('<html>', {headers: {'content-type': 'application/json'}})",
    "half an answer": f"new Response({json.dumps(json.dumps(SIGNED)[:-9])})",
    "an empty one": "new Response('')",
    "null": "Response.json(null)",
    "a list": "Response.json([])",
    "a text": "Response.json('cancelled')",
    "its state alone": "Response.json({alert: 'a1', state: 'cancelled', version: 2})",
    **{
        f"status {status}": f"Response.json({json.dumps(SIGNED)}, {{status: {status}}})"
        for status in (203, 400, 403, 404, 410, 429, 500, 502, 503, 504)
    },
}


@pytest.mark.parametrize("stated", UNREAD.values(), ids=UNREAD)
def test_without_a_good_answer_it_sounds_with_the_time_it_was_sent(stated: str):
    assert received(stated) == RINGS


OTHER = signed(replace(CANCELLED, id="a7"))
UNBELIEVED = {
    "no signature": {**SIGNED, "signature": None},
    "nothing signed": {**SIGNED, "signed": None, "signature": None, "key": None},
    "altered": {**signed(HOLDS), "signed": signed(HOLDS)["signed"].replace('"active"', '"cancelled"')},
    "another signature": {**SIGNED, "signature": signed(HOLDS)["signature"]},
    "an unknown key, in the answer alone": signed(CANCELLED, STRANGER),
    "an unknown key under a known name": {**signed(CANCELLED, STRANGER), "key": KEY.id},
    "no key": {**SIGNED, "key": None},
    "another alert": OTHER,
    "another alert under this id": {**OTHER, "alert": "a1"},
    "another municipality": signed(replace(CANCELLED, terc="1209033")),
    "another thread": signed(replace(CANCELLED, thread="a0")),
    "an older version": signed(replace(CANCELLED, version=1)),
    "it holds": signed(HOLDS),
    "an older version that holds": signed(replace(HOLDS, version=1)),
    "it has expired": signed(replace(HOLDS, state=State.EXPIRED)),
    "a state of a later release": signed(replace(HOLDS, state=State("superseded"))),
}


@pytest.mark.parametrize("stated", UNBELIEVED.values(), ids=UNBELIEVED)
def test_what_the_municipality_has_not_signed_of_it_takes_no_sound(stated: dict[str, Any]):
    assert received(answer(stated)) == RINGS


ROTATED = answer(signed(CANCELLED, NEW_KEY))
BOTH = answer(municipalities(KEY, NEW_KEY))


@pytest.mark.parametrize(
    ("copy", "site", "shown"),
    [
        (KNOWN, BOTH, QUIET),
        ("undefined", BOTH, QUIET),
        ("Promise.reject(new Error('blocked'))", BOTH, QUIET),
        (BOTH, NOTHING, QUIET),
        (KNOWN, KNOWN, RINGS),
        (KNOWN, NOTHING, RINGS),
        (KNOWN, SILENCE, RINGS),
        ("undefined", "Response.json({}, {status: 503})", RINGS),
        ("undefined", "Response.json({municipalities: []})", RINGS),
    ],
)
def test_a_key_that_the_phone_does_not_know_is_asked_for_once(copy: str, site: str, shown: list[object]):
    assert received(ROTATED, copy=copy, site=site) == shown


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "Brak wody do 18:00"),
        ({"kind": Kind.UPDATE}, "Aktualizacja: Brak wody do 18:00"),
        ({"kind": Kind.ALL_CLEAR}, "Naprawione: Brak wody do 18:00"),
        ({"exercise": True}, "ĆWICZENIE: Brak wody do 18:00"),
        ({"severity": Severity.EXTREME}, "Brak wody do 18:00"),
    ],
)
def test_a_newer_version_stands_in_place_of_the_older(changes: dict[str, Any], title: str):
    shown = received(answer(signed(replace(NEWER, sent=LATE, **changes))))
    assert shown == ["replaced", title, "Naprawa trwa.", True]


FOLLOWER = replace(NEWER, id="a2", sent=LATE, kind=Kind.UPDATE)
SAYS_MORE = ["replaced", "Aktualizacja: Brak wody do 18:00", "Naprawa trwa.", True]


@pytest.mark.parametrize(
    ("thread", "shown"),
    [
        ([signed(FOLLOWER)], SAYS_MORE),
        ([signed(replace(FOLLOWER, id="a3", version=4)), signed(replace(FOLLOWER, id="a2"))], SAYS_MORE),
        ([signed(replace(FOLLOWER, state=State.CANCELLED, cancelled=LATE))], QUIET),
        ([], RINGS),
        ([signed(replace(FOLLOWER, version=1))], RINGS),
        ([signed(replace(FOLLOWER, thread="a2"))], RINGS),
        ([signed(FOLLOWER, STRANGER)], RINGS),
        ([{**signed(FOLLOWER), "signature": None}], RINGS),
        ([{**signed(FOLLOWER), "alert": "a9"}], RINGS),
        ([signed(replace(FOLLOWER, terc="1209033"))], RINGS),
    ],
)
def test_a_follower_that_the_municipality_has_signed_stands_in_its_place(
    thread: list[dict[str, Any]], shown: list[object]
):
    assert received(answer({**signed(HOLDS), "thread": thread})) == shown


def test_a_follower_of_an_alert_that_is_not_believed_takes_no_sound():
    stated = {**signed(HOLDS), "signature": None, "thread": [signed(FOLLOWER)]}
    assert received(answer(stated)) == RINGS


def test_a_newer_version_that_was_cancelled_is_cancelled():
    over = replace(NEWER, state=State.CANCELLED, cancelled=LATE)
    assert received(answer(signed(over))) == QUIET


@pytest.mark.parametrize("sound", ["off", "again"])
def test_a_push_of_any_sound_asks(sound: str):
    assert received(answer(SIGNED), {**PUSH, "sound": sound}) == QUIET


SUMMER_PL, WINTER_EN = "czas środkowoeuropejski letni", "Central European Standard Time"


@pytest.mark.parametrize(
    ("language", "sent", "now", "said"),
    [
        ("pl", "2026-11-22T01:11:00Z", "2026-11-22T22:59:00Z", "Wysłano 02:11."),
        ("pl", "2026-11-22T01:11:00Z", "2026-11-22T23:01:00Z", "Wysłano 22 lis 2026, 02:11."),
        ("en", "2026-11-22T01:11:00Z", "2026-11-22T23:01:00Z", "Sent 22 Nov 2026, 02:11."),
        ("pl", "2026-07-01T22:30:00Z", "2026-07-02T06:00:00Z", "Wysłano 00:30."),
        (
            "pl",
            "2026-10-25T00:30:00Z",
            "2026-10-25T06:00:00Z",
            f"Wysłano 02:30 ({SUMMER_PL}).",
        ),
        (
            "en",
            "2026-10-25T01:30:00Z",
            "2026-10-25T06:00:00Z",
            f"Sent 02:30 ({WINTER_EN}).",
        ),
        ("pl", "2026-11-22T01:11:00Z", "2026-11-22T01:13:00Z", ""),
    ],
)
def test_the_time_of_sending_is_that_of_clocks_in_poland(language: str, sent: str, now: str, said: str):
    data = json.dumps({"language": language, "sent": sent, "body": "Text."})
    dated = call("sw/lateness.js", f"m.dated({data}, Date.parse('{now}'))")
    assert dated == f"{said} Text.".strip()


def test_what_is_over_stays_over_however_it_ended():
    clock = f"new Response(null, {{headers: {{date: '{at(14):%a, %d %b %Y %H:%M:%S} GMT'}}}})"
    shown = received(answer(SIGNED), now=at(14), clock=clock)
    assert shown == ["over", "Brak nowych informacji: Brak wody", "Pękła rura.", True]
