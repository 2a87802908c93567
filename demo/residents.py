"""The residents of the demo: where they live and what they carry. Their apps write what is here."""

from __future__ import annotations

import random
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, pi, sin, sqrt
from typing import TypeVar

from demo.municipality import Address, Municipality
from demo.plane import moved
from demo.wishes import NO_WISHES, Wishes, wishes
from shared.domain.audience import Platform

T = TypeVar("T")
Spot = tuple[float, float, Address | None]  # longitude, latitude
WITHIN_BUILDING_M = 6.0
LANGUAGES = {"pl": 92, "uk": 5, "en": 3}
PLATFORMS = {Platform.ANDROID: 68, Platform.IOS: 24, Platform.WEB: 8}
PLACES = {1: 58, 2: 31, 3: 11}
DEVICES = {1: 86, 2: 14}
KINDS = {"token": 80, "fid": 20}
OTHER_LABELS = ("Praca", "Szkoła", "Rodzice", "Przedszkole", "Działka")
# Longitude, latitude of places where residents work, study or have family.
ELSEWHERE = ((19.456, 51.759), (21.012, 52.230), (19.945, 50.061), (16.925, 52.406), (18.646, 54.352))


@dataclass(frozen=True)
class DemoPlace:
    """A place as the app knows it before it becomes a cell; degrees. `address`: where it truly is.

    `codes`: those that the app writes, of the address that was picked in it.
    """

    label: str
    lon: float
    lat: float
    address: Address | None = None
    codes: Mapping[str, str] | None = None


@dataclass(frozen=True)
class DemoDevice:
    """A push target: `kind` is "token" or "fid", `value` is unique among all devices."""

    platform: Platform
    kind: str
    value: str


@dataclass(frozen=True)
class DemoResident:
    """All that a resident's app writes; who they are is decided when they sign in.

    Places and devices take the slots "1", "2" and so on, in this order.
    """

    language: str
    places: tuple[DemoPlace, ...]
    devices: tuple[DemoDevice, ...]
    wishes: Wishes = NO_WISHES


def residents(municipality: Municipality, count: int, seed: int = 1) -> list[DemoResident]:
    """The same for the same arguments; a larger count begins with the residents of a smaller one."""
    rng = random.Random(seed)
    return [_resident(municipality, number, rng) for number in range(count)]


def with_wishes(people: Sequence[DemoResident], seed: int = 1) -> list[DemoResident]:
    """The same people, each with wishes; the first of a longer list wish the same as those of a shorter."""
    return [replace(person, wishes=own) for person, own in zip(people, wishes(seed), strict=False)]


def _pick(shares: Mapping[T, int], rng: random.Random) -> T:
    return rng.choices(list(shares), weights=list(shares.values()))[0]


def _resident(municipality: Municipality, number: int, rng: random.Random) -> DemoResident:
    home = _spot(municipality.addresses, rng) if rng.random() < 0.98 else _elsewhere(rng)
    labels = ["Dom", *rng.sample(OTHER_LABELS, _pick(PLACES, rng) - 1)]
    spots = [home, *(_other_spot(municipality, rng) for _ in labels[1:])]
    places = tuple(DemoPlace(label, *spot) for label, spot in zip(labels, spots, strict=True))
    devices = tuple(_device(f"{number}-{slot}", rng) for slot in range(_pick(DEVICES, rng)))
    return DemoResident(_pick(LANGUAGES, rng), places, devices)


def _other_spot(municipality: Municipality, rng: random.Random) -> Spot:
    return _spot(municipality.addresses, rng) if rng.random() < 0.65 else _elsewhere(rng)


def _spot(addresses: Sequence[Address], rng: random.Random) -> Spot:
    """Somewhere in the building: people pin it by hand, or a phone does."""
    address = rng.choice(addresses)
    return *_near(address.lon, address.lat, WITHIN_BUILDING_M, rng), address


def _elsewhere(rng: random.Random) -> Spot:
    return *_near(*rng.choice(ELSEWHERE), 3000, rng), None


def _near(lon: float, lat: float, metres: float, rng: random.Random) -> tuple[float, float]:
    turn, away = rng.uniform(0, 2 * pi), metres * sqrt(rng.random())
    lon, lat = moved(lon, lat, away * cos(turn), away * sin(turn))
    return round(lon, 7), round(lat, 7)


def _device(unique: str, rng: random.Random) -> DemoDevice:
    """An installation id has 22 characters and begins with c to f; a token is one with a long secret."""
    fid = rng.choice("cdef") + _base64url(11, rng) + unique.rjust(10, "0")
    kind = _pick(KINDS, rng)
    secret = f":APA91b{_base64url(134, rng)}" if kind == "token" else ""
    return DemoDevice(_pick(PLATFORMS, rng), kind, fid + secret)


def _base64url(length: int, rng: random.Random) -> str:
    return urlsafe_b64encode(rng.randbytes(length)).decode()[:length]
