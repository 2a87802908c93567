"""Residents are the same each time, and as varied as people are."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
import shapely
from shapely.geometry import Point, shape

from demo.apps import documents
from demo.residents import residents, with_wishes
from demo.wishes import Wishes
from shared.adapters.preference_fields import preferences_of
from shared.domain.audience import Platform

COUNT = 3_000


@pytest.fixture(scope="session")
def people(regionalna):
    return residents(regionalna, COUNT, seed=1)


def test_the_same_seed_gives_the_same_residents(regionalna, people):
    assert residents(regionalna, COUNT, seed=1) == people
    assert residents(regionalna, 50, seed=1) == people[:50]
    assert residents(regionalna, 50, seed=2) != people[:50]


def test_none_are_asked_for_none_are_made(regionalna):
    assert residents(regionalna, 0) == []


def test_every_device_is_unique_and_looks_real(people):
    devices = [device for resident in people for device in resident.devices]
    assert len({device.value for device in devices}) == len(devices)
    for device in devices:
        form = r"[c-f][\w-]{21}" + (r":APA91b[\w-]{134}" if device.kind == "token" else "")
        assert re.fullmatch(form, device.value)
    assert {device.kind for device in devices} == {"token", "fid"}


def test_platforms_and_languages_are_mixed(people):
    platforms = Counter(device.platform for resident in people for device in resident.devices)
    assert [platform for platform, _ in platforms.most_common()] == [
        Platform.ANDROID,
        Platform.IOS,
        Platform.WEB,
    ]
    languages = Counter(resident.language for resident in people)
    assert languages["pl"] > 0.85 * COUNT
    assert set(languages) == {"pl", "uk", "en"}


def test_everyone_has_one_to_three_places_and_one_or_two_devices(people):
    assert {len(resident.places) for resident in people} == {1, 2, 3}
    assert {len(resident.devices) for resident in people} == {1, 2}
    assert all(len({place.label for place in r.places}) == len(r.places) for r in people)
    assert all(1 <= len(place.label) <= 40 for r in people for place in r.places)


def test_homes_are_in_the_municipality_and_some_other_places_are_not(regionalna, people):
    boundary = shape(regionalna.boundary)
    shapely.prepare(boundary)
    homes = [boundary.contains(Point(r.places[0].lon, r.places[0].lat)) for r in people]
    others = [boundary.contains(Point(p.lon, p.lat)) for r in people for p in r.places[1:]]
    assert 0.95 * COUNT < sum(homes) < COUNT
    assert 0.5 < sum(others) / len(others) < 0.8


def test_homes_are_at_real_addresses(real):
    at = shapely.MultiPoint([(address.lon, address.lat) for address in real.addresses])
    near = [at.distance(Point(r.places[0].lon, r.places[0].lat)) < 0.0001 for r in residents(real, 300)]
    assert sum(near) > 280


def test_wishes_are_the_same_each_time_and_leave_the_rest_of_a_resident(people):
    wishing = with_wishes(people)
    assert with_wishes(people) == wishing
    assert with_wishes(people[:50]) == wishing[:50]
    assert [replace(person, wishes=Wishes()) for person in wishing] == people


def test_some_wish_to_be_spared_and_most_do_not(people):
    wishes = [person.wishes for person in with_wishes(people)]
    assert 0.15 * COUNT < sum(bool(one.muted) for one in wishes) < 0.3 * COUNT
    assert 0.05 * COUNT < sum(one.least_severity is not None for one in wishes) < 0.2 * COUNT
    assert 0.3 * COUNT < sum(one.quiet_hours is not None for one in wishes) < 0.5 * COUNT


def test_the_index_reads_the_wishes_as_they_were_written(people):
    wishing = next(p for p in with_wishes(people) if all(vars(p.wishes).values()))
    read = preferences_of(documents(wishing)[""])
    assert {category.value for category in read.muted} == set(wishing.wishes.muted)
    assert read.least.value == wishing.wishes.least_severity
    assert (f"{read.quiet.begins:%H:%M}", f"{read.quiet.ends:%H:%M}") == wishing.wishes.quiet_hours
