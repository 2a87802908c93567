"""The made register of tests.fakes.areas on the running stack, as an import would have written it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from infra.local.accounts import TERC
from shared.adapters.area_documents import search_documents, unit_document
from shared.domain.search.gazetteer import Gazetteer, Houses
from shared.formats.search_json import packed
from tests.browser.town import BASE_MAP, Registers
from tests.fakes.areas import GAZETTEER, register_units

DAY = "2026-01-01"


def write_register(registers: Registers) -> Gazetteer:
    """With the municipality's own code, and its streets on the map."""
    gazetteer = replace(GAZETTEER, terc=TERC)
    for name, document in search_documents(packed(gazetteer), "1", {"PRG": DAY}).items():
        registers.write(f"areas/{TERC}/layers/{name}", document)
    for unit in register_units(gazetteer):
        registers.write(f"areas/{TERC}/units/{unit.code}", unit_document(unit, DAY))
    registers.write(f"areas/{TERC}/layers/base", {"geojson": json.dumps(_with_streets(gazetteer))})
    return gazetteer


def _with_streets(gazetteer: Gazetteer) -> dict[str, Any]:
    streets = [_street(street.name, street.houses) for one in gazetteer.localities for street in one.streets]
    return {**BASE_MAP, "features": [*BASE_MAP["features"], *streets]}


def _street(name: str, houses: Houses) -> dict[str, Any]:
    points = [[house.lon, house.lat] for house in houses.listed]
    geometry = {"type": "MultiPoint", "coordinates": points}
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}
