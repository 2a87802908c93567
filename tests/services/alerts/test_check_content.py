"""An alert's content beside the calendar, the boundary and the size of a push."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.content import Category, Hazard, Severity, Text
from shared.errors import InvalidInput, NotFound
from shared.formats.content_json import read_content
from shared.services.alerts.check_content import (
    accept_content,
    announced_errors,
    circumstances,
    lacking,
    recheck_content,
    sound_errors,
    time_errors,
)
from tests.fakes.alert_values import TERC, content
from tests.fakes.clock import SUNDAY_NIGHT
from tests.fakes.municipalities import BOUNDARY
from tests.fakes.requests import SQUARE_RING, polygon, water
from tests.fakes.staff_api import StaffApi

NOW = SUNDAY_NIGHT
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ELSEWHERE = '{"type":"Polygon","coordinates":[[[20.5,50.5],[20.6,50.5],[20.6,50.6],[20.5,50.5]]]}'


def codes(expires, send_at=None):
    return [error.code for error in time_errors(NOW + expires, send_at and NOW + send_at, NOW)]


@pytest.mark.parametrize(
    ("expires", "send_at"),
    [
        (10 * MINUTE, None),
        (28 * DAY, None),
        (HOUR, -MINUTE),
        (HOUR + 10 * MINUTE, HOUR),
        (366 * DAY + 28 * DAY, 366 * DAY),
    ],
)
def test_times_within_the_limits_are_accepted(expires, send_at):
    assert codes(expires, send_at) == []


@pytest.mark.parametrize(
    ("expires", "send_at", "code"),
    [
        (10 * MINUTE - timedelta(seconds=1), None, "expires-too-soon"),
        (28 * DAY + timedelta(seconds=1), None, "expires-too-late"),
        (HOUR, -MINUTE - timedelta(seconds=1), "send-at-past"),
        (HOUR, HOUR, "expires-before-sending"),
        (366 * DAY + HOUR, 366 * DAY + MINUTE, "send-at-too-far"),
        (timedelta(0), None, "expires-past"),
    ],
)
def test_times_beyond_the_limits_are_named(expires, send_at, code):
    assert codes(expires, send_at) == [code]


@pytest.mark.parametrize(
    ("expires", "send_at", "params"),
    [
        (MINUTE, None, "{'minutes': 10}"),
        (29 * DAY, None, "{'days': 28}"),
        (367 * DAY + HOUR, 367 * DAY, "{'days': 366}"),
        (HOUR, 2 * HOUR, "{}"),
        (HOUR, -HOUR, "{}"),
        (-HOUR, None, "{}"),
    ],
)
def test_a_time_beyond_a_limit_is_told_with_the_limit_as_a_whole_number(expires, send_at, params):
    [error] = time_errors(NOW + expires, send_at and NOW + send_at, NOW)
    assert str(error.params) == params
    assert error.pointer == ("/send_at" if error.code.startswith("send") else "/expires")


def sound_codes(sound_at, **changes):
    options = content(expires=NOW + 12 * HOUR, sound_at=NOW + sound_at, **changes)
    return [error.code for error in sound_errors(vars(options), NOW)]


@pytest.mark.parametrize(
    ("sound_at", "changes"),
    [
        (5 * MINUTE, {}),
        (12 * HOUR - 10 * MINUTE, {}),
        (4 * HOUR, {"severity": Severity.SEVERE}),
        (4 * HOUR, {"severity": Severity.EXTREME, "exercise": True}),
        (3 * HOUR + 5 * MINUTE, {"send_at": NOW + 3 * HOUR}),
        (5 * MINUTE, {"send_at": NOW - MINUTE}),
    ],
)
def test_a_sound_within_the_limits_is_accepted(sound_at, changes):
    assert sound_codes(sound_at, **changes) == []


@pytest.mark.parametrize(
    ("sound_at", "changes", "code"),
    [
        (5 * MINUTE - timedelta(seconds=1), {}, "sound-at-too-soon"),
        (3 * HOUR, {"send_at": NOW + 3 * HOUR}, "sound-at-too-soon"),
        (12 * HOUR - 9 * MINUTE, {}, "sound-at-too-late"),
        (4 * HOUR, {"severity": Severity.EXTREME}, "sound-at-extreme"),
    ],
)
def test_a_sound_beyond_the_limits_is_named(sound_at, changes, code):
    assert sound_codes(sound_at, **changes) == [code]


@pytest.mark.parametrize(
    ("sound_at", "severity", "params"),
    [
        (MINUTE, Severity.MINOR, "{'minutes': 5}"),
        (12 * HOUR, Severity.MINOR, "{'minutes': 10}"),
        (4 * HOUR, Severity.EXTREME, "{}"),
    ],
)
def test_a_sound_beyond_a_limit_is_told_with_the_limit_as_a_whole_number(sound_at, severity, params):
    options = content(expires=NOW + 12 * HOUR, sound_at=NOW + sound_at, severity=severity)
    [error] = sound_errors(vars(options), NOW)
    assert (error.pointer, str(error.params)) == ("/sound_at", params)


@pytest.fixture
def office():
    return StaffApi()


def rechecked(office, **changes):
    with pytest.raises(InvalidInput) as refused:
        recheck_content(content(**changes), circumstances(office.ports, TERC))
    return refused.value


def test_a_stored_content_that_still_holds_passes(office):
    recheck_content(content(), circumstances(office.ports, TERC))


def test_a_boundary_that_moved_since_is_noticed(office):
    office.municipalities.shapes = {TERC: ELSEWHERE}
    error = rechecked(office)
    assert [(fault.pointer, fault.code) for fault in error.errors] == [("/area", "area-elsewhere")]
    assert error.inside is None


def test_time_that_passed_since_is_noticed(office):
    office.clock.advance(13 * HOUR)
    assert [fault.code for fault in rechecked(office).errors] == ["expires-past"]
    assert rechecked(office).inside is None


def test_a_language_that_was_given_up_since_is_noticed(office):
    office.municipalities.municipality = type(office.municipalities.municipality)(TERC, "G", ("pl",), (0, 0))
    texts = {"pl": Text("a", "b"), "en": Text("a", "b")}
    assert [fault.pointer for fault in rechecked(office, texts=texts).errors] == ["/texts/en"]


@pytest.mark.parametrize("missing", ["boundary_text", "municipality"])
def test_without_its_data_a_municipality_is_not_ready(office, missing):
    if missing == "boundary_text":
        office.municipalities.shapes = {}
    terc = TERC if missing == "boundary_text" else "9999999"
    with pytest.raises(NotFound) as refused:
        circumstances(office.ports, terc)
    assert (refused.value.code, refused.value.params) == ("municipality-not-ready", {"terc": terc})


def accepted(office, **changes):
    return accept_content(read_content(water(**changes)), circumstances(office.ports, TERC))


def test_parts_that_touch_become_one_shape(office):
    east = [[lng + 0.02, lat] for lng, lat in SQUARE_RING]
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": None, "geometry": polygon(ring)} for ring in (SQUARE_RING, east)
        ],
    }
    assert accepted(office, area=collection).area.startswith('{"type":"Polygon"')


def test_text_is_trimmed_and_keeps_its_lines(office):
    texts = {"pl": {"title": "  Brak wody ", "body": "Pierwszy wiersz.\r\nDrugi. \n"}}
    text = accepted(office, texts=texts).texts["pl"]
    assert text == Text("Brak wody", "Pierwszy wiersz.\nDrugi.")


def test_signs_of_all_sorts_are_welcome(office):
    title = "Żółć 💧 – „ul. Główna” 👩‍🚒"
    assert accepted(office, texts={"pl": {"title": title, "body": "ok"}}).texts["pl"].title == title


@pytest.mark.parametrize(
    "written", ["2026-11-22T13:10:00+01:00", "2026-11-22T12:10:00.000999Z", "2026-11-22t12:10:00z"]
)
def test_times_of_any_offset_are_kept_as_utc_to_the_millisecond(office, written):
    assert accepted(office, expires=written).expires == NOW + 11 * HOUR


# ---- What a warning must say


def warned(**changes):
    said = {"category": Category.WARNING, "event": Hazard("flood"), "texts": {"pl": Text("a", "b", "Wyjdź.")}}
    return content(**{**said, **changes})


def lacks(of):
    return [(fault.pointer, fault.code) for fault in lacking(of)]


def test_a_warning_that_says_what_happens_and_what_to_do_lacks_nothing():
    assert lacks(warned()) == []


def test_what_a_warning_lacks_is_named_in_every_language_written():
    texts = {"pl": Text("a", "b"), "uk": Text("a", "b", "Виходьте."), "en": Text("a", "b")}
    assert lacks(warned(event=None, texts=texts)) == [
        ("/event", "missing"),
        ("/texts/pl/instruction", "missing"),
        ("/texts/en/instruction", "missing"),
    ]


@pytest.mark.parametrize("category", [Category.FAILURE, Category.DISRUPTION, Category.EVENT])
def test_other_alerts_need_not_say_it(category):
    assert lacks(content(category=category)) == []


def test_a_later_category_of_the_group_must_say_it_too():
    later = Category.read("black_ice", "warning")
    assert ("/event", "missing") in lacks(content(category=later))


def test_a_draft_of_a_warning_may_lack_it_and_cannot_be_submitted(office):
    draft = accepted(office, category="warning")
    with pytest.raises(InvalidInput) as refused:
        recheck_content(draft, circumstances(office.ports, TERC))
    assert [fault.pointer for fault in refused.value.errors] == ["/event", "/texts/pl/instruction"]


# ---- What was promised


def promised(**changes):
    options = content(expires=NOW + 12 * HOUR, **changes)
    return [(fault.pointer, fault.code) for fault in announced_errors(vars(options), NOW)]


@pytest.mark.parametrize(
    "changes",
    [
        {"event_ends": NOW + MINUTE},
        {"event_ends": NOW + 30 * DAY},
        {"event_ends": NOW + 366 * DAY},
        {"next_info": NOW + 12 * HOUR},
        {"next_info": NOW + 2 * HOUR, "send_at": NOW + HOUR},
    ],
)
def test_a_promise_within_the_limits_is_accepted(changes):
    assert promised(**changes) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"event_ends": NOW}, ("/event_ends", "before-sending")),
        ({"event_ends": NOW + HOUR, "send_at": NOW + HOUR}, ("/event_ends", "before-sending")),
        ({"event_ends": NOW + 366 * DAY + MINUTE}, ("/event_ends", "too-far")),
        ({"next_info": NOW - MINUTE}, ("/next_info", "before-sending")),
        ({"next_info": NOW + 12 * HOUR + MINUTE}, ("/next_info", "after-expiry")),
    ],
)
def test_a_promise_beyond_the_limits_is_named(changes, fault):
    assert promised(**changes) == [fault]


def test_a_promise_too_far_ahead_is_told_with_the_limit():
    options = content(expires=NOW + 12 * HOUR, event_ends=NOW + 367 * DAY)
    assert [fault.params for fault in announced_errors(vars(options), NOW)] == [{"days": 366}]


def test_every_language_of_the_municipality_may_be_written_and_no_other(office):
    served = office.municipalities.municipality
    office.municipalities.municipality = replace(served, languages=("pl", "en", "uk"))
    text = {"title": "t", "body": "b"}
    assert set(accepted(office, texts={"pl": text, "uk": text, "en": text}).texts) == {"pl", "en", "uk"}
    with pytest.raises(InvalidInput) as refused:
        accepted(office, texts={"pl": text, "lv": text})
    assert [(fault.pointer, fault.code, fault.params) for fault in refused.value.errors] == [
        ("/texts/lv", "language-not-served", {"known": "pl, en, uk"})
    ]


def test_all_that_no_longer_holds_is_named_at_once_with_the_part_that_still_lies_inside(office):
    office.clock.advance(13 * HOUR)
    office.municipalities.shapes = {TERC: BOUNDARY}
    west, east = [19.89, 49.85], [19.91, 49.86]
    across = polygon([west, [east[0], west[1]], east, [west[0], east[1]], west])
    error = rechecked(office, area=json.dumps(across))
    assert [fault.code for fault in error.errors] == ["expires-past", "area-outside"]
    assert error.inside["coordinates"][0][0][0] >= 19.9
