"""Keys and boundaries of another form: left out for who reads, refused for who would write them again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from google.cloud.firestore import GeoPoint

from shared.adapters.municipality_documents import all_keys, boundary, public_keys, public_municipality
from shared.adapters.stored_documents import Misfit
from tests.fakes.alert_values import TERC
from tests.fakes.municipalities import BOUNDARY

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
PLACE = GeoPoint(49.85, 19.95)
GOOD = {"id": "k1", "key": "A" * 43, "from": SINCE, "until": None}
ODD_KEYS = ["", "A" * 42, "A" * 44, "%" * 43, "A" * 43 + "=", 5, None]


@pytest.mark.parametrize("key", ODD_KEYS)
def test_a_key_that_nobody_could_verify_with_takes_no_other_with_it(key):
    document = {"keys": [{**GOOD, "id": "k0", "key": key}, GOOD]}
    assert [one.id for one in public_keys(TERC, document)] == ["k1"]
    with pytest.raises((Misfit, TypeError)):
        all_keys(TERC, document)


@pytest.mark.parametrize("geometry", [None, 5, "{", '{"type":"Point","coordinates":[19,49]}'])
def test_a_boundary_that_is_no_shape_is_refused(geometry):
    assert boundary("", {"terc": TERC, "geometry": BOUNDARY}) == (TERC, BOUNDARY)
    with pytest.raises(Misfit):
        boundary("", {"terc": TERC, "geometry": geometry})


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        (
            {"phone": "12 272 12 34", "email": "u@example.pl", "fax": "1"},
            {"phone": "12 272 12 34", "email": "u@example.pl"},
        ),
        ({"phone": 112, "address": " "}, {}),
        ("12 272 12 34", {}),
        (None, {}),
    ],
)
def test_of_how_to_reach_the_office_what_can_be_read_is_told(stored, told):
    document = {"name": "Gmina", "languages": ["pl"], "center": PLACE, "contact": stored}
    assert public_municipality(TERC, document).contact == told
