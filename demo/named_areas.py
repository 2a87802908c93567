"""The alerts of the demonstration whose areas are names of the register, and the codes behind the names.

Who is meant is counted by the names in the file of addresses: nothing of the library is used for that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from demo.municipality import Address, FolderError, Municipality
from demo.residents import DemoPlace, DemoResident
from demo.scenario import Notice, main_street
from demo.truth import Means
from shared.domain.search.gazetteer import Gazetteer, House, Locality

DIGITS = 5  # of a degree, as the search document has its points
_Key = tuple[str, str, float, float]  # SYM, number, longitude, latitude
_LEADING = re.compile(r"[0-9]+")


class Picking:
    """The codes of an address as the app finds them that picks it in the search document."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._terc = gazetteer.terc
        self._streets = {
            _key(locality.sym, house): code
            for locality in gazetteer.localities
            for code, house in _houses(locality)
        }

    def codes(self, address: Address) -> dict[str, str]:
        """Raises FolderError for an address that the library does not have."""
        house = House("".join(address.number.split()), address.lon, address.lat)
        key = _key(address.sym, house)
        if key not in self._streets:
            raise FolderError(f"No address {address.number} of {address.locality} is in the library")
        street = {"street": self._streets[key]} if self._streets[key] else {}
        return {"terc": self._terc, "locality": address.sym, **street, "number": house.number}


def with_codes(people: Sequence[DemoResident], picking: Picking) -> list[DemoResident]:
    """The same people, who picked each of their addresses by name."""

    def picked(place: DemoPlace) -> DemoPlace:
        return place if place.address is None else replace(place, codes=picking.codes(place.address))

    return [replace(person, places=tuple(map(picked, person.places))) for person in people]


def by_names(picking: Picking) -> Sequence[Callable[[Municipality, datetime], Notice]]:
    """A street, its odd numbers, and the whole municipality but for a village."""

    def street(municipality: Municipality, now: datetime) -> Notice:
        code, title, means = _street(municipality, picking)
        return _notice("a street by code", now, title, [{"kind": "street", "code": code}], means)

    def odd(municipality: Municipality, now: datetime) -> Notice:
        code, title, means = _street(municipality, picking)
        parts = [{"kind": "street", "code": code, "houses": {"parity": "odd"}}]
        title = f"{title}, numery nieparzyste"
        return _notice("its odd numbers", now, title, parts, lambda one: means(one) and _is_odd(one))

    def but_for_a_village(municipality: Municipality, now: datetime) -> Notice:
        village = municipality.localities[1]
        parts: list[dict[str, Any]] = [
            {"kind": "gmina", "code": municipality.terc},
            {"kind": "locality", "code": village.sym, "subtract": True},
        ]
        title = f"{municipality.name} bez {village.name}"
        return _notice("all but a village", now, title, parts, lambda one: one.sym != village.sym)

    return street, odd, but_for_a_village


def _street(municipality: Municipality, picking: Picking) -> tuple[str, str, Means]:
    """Code, name, and whether an address is on it."""
    locality, street = main_street(municipality)
    first = municipality.on_street(street, locality)[0]
    code = picking.codes(first)["street"]
    return code, f"ul. {street}", lambda one: (one.sym, one.street) == (first.sym, street)


def _is_odd(address: Address) -> bool:
    number = _LEADING.match(address.number)
    return number is not None and int(number.group()) % 2 == 1


def _notice(name: str, now: datetime, title: str, parts: list[dict[str, Any]], means: Means) -> Notice:
    content = {
        "category": "failure",
        "severity": "Severe",
        "texts": {"pl": {"title": f"Brak prądu: {title}"[:60], "body": "Naprawa potrwa do wieczora."}},
        "parts": parts,
        "area_name": title,
        "expires": (now + timedelta(hours=6)).isoformat(),
        "send_at": None,
    }
    return Notice(name, content, means)


def _houses(locality: Locality) -> list[tuple[str, House]]:
    """With the code of the street, empty beside the streets."""
    beside = [("", house) for house in locality.houses.listed]
    return beside + [
        (f"{locality.sym}:{street.code}", house)
        for street in locality.streets
        for house in street.houses.listed
    ]


def _key(sym: str, house: House) -> _Key:
    return sym, house.number, round(house.lon, DIGITS), round(house.lat, DIGITS)
