"""Residents are the same each time, and as varied as people are."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import shapely
from shapely.geometry import Point, shape

from demo.residents import residents
from shared.domain.delivery import Platform

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
