"""The register of the tests' municipality: the streets of its map with numbers, a village without."""

from __future__ import annotations

from typing import Any

from infra.local.accounts import TERC
from shared.adapters.area_documents import search_documents
from shared.domain.search.gazetteer import Gazetteer, House, Houses, Locality, Street
from shared.formats.search_json import packed
from tests.browser.town import BASE_MAP, LAT, LNG, Town

SYM, VILLAGE_SYM = "0999001", "0999018"
VILLAGE = [(LNG + 0.028 + step * 0.0004, LAT + 0.018) for step in range(8)]


def _houses(points: list[tuple[float, float]]) -> Houses:
    return Houses.of(House(str(at), round(lng, 5), round(lat, 5)) for at, (lng, lat) in enumerate(points, 1))


def _street(code: str, name: str) -> Street:
    features: list[dict[str, Any]] = list(BASE_MAP["features"])  # type: ignore[arg-type]
    found = next(one for one in features if one["properties"]["name"] == name)
    return Street(code, name, _houses(found["geometry"]["coordinates"]))


GAZETTEER = Gazetteer(
    TERC,
    "Gmina Regionalna",
    (
        Locality(SYM, "Regionalna", streets=(_street("00101", "Główna"), _street("00102", "Rynek"))),
        Locality(
            VILLAGE_SYM, "Zalesie", streets=(_street("00103", "Leśna"),), houses=_houses(VILLAGE)
        ),
    ),
)  # fmt: skip


def house(street: str, number: str) -> House:
    """Of Główna, Rynek or Leśna."""
    streets = [one for locality in GAZETTEER.localities for one in locality.streets]
    listed = next(one for one in streets if one.name == street).houses.listed
    return next(one for one in listed if one.number == number)


def keep_register(town: Town) -> None:
    """As an import leaves it."""
    for name, document in search_documents(packed(GAZETTEER), "tests", {"PRG": "2026-01-01"}).items():
        town.registers.write(f"areas/{TERC}/layers/{name}", document)
