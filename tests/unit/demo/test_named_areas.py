"""Areas by names in the demonstration: the codes that apps and staff write, and who is meant."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from demo.municipality import FolderError
from demo.named_areas import Picking, by_names, with_codes
from demo.residents import residents
from demo.truth import compare
from tests.gazetteers import gazetteer_of_municipality

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def picking(regionalna):
    return Picking(gazetteer_of_municipality(regionalna))


def notices(regionalna, picking):
    return {notice.name: notice for notice in (write(regionalna, NOW) for write in by_names(picking))}


def test_an_address_is_picked_with_its_street_and_number(regionalna, picking):
    address = regionalna.on_street("Główna", "Regionalna")[0]
    assert picking.codes(address) == {
        "terc": regionalna.terc,
        "locality": address.sym,
        "street": f"{address.sym}:{address.sym_ul}",
        "number": address.number,
    }


def test_one_without_a_street_has_none(regionalna, picking):
    address = next(one for one in regionalna.addresses if not one.street)
    assert set(picking.codes(address)) == {"terc", "locality", "number"}


def test_one_that_the_library_lacks_is_told(real, picking):
    with pytest.raises(FolderError, match="library"):
        picking.codes(real.addresses[0])


def test_people_pick_the_addresses_that_they_have(regionalna, picking):
    people = residents(regionalna, 50)
    for person in with_codes(people, picking):
        for place in person.places:
            assert (place.codes is None) == (place.address is None)


def test_a_street_its_odd_numbers_and_all_but_a_village_mean_their_addresses(regionalna, picking):
    found = notices(regionalna, picking)
    street, odd, but = (found[name].means for name in found)
    on_street = [one for one in regionalna.addresses if street(one)]
    assert on_street == list(regionalna.on_street("Główna", "Regionalna"))
    assert 0 < sum(map(odd, on_street)) < len(on_street)
    assert not any(odd(one) for one in regionalna.addresses if not street(one))
    left_out = {one.locality for one in regionalna.addresses if not but(one)}
    assert left_out == {regionalna.localities[1].name}


def test_the_parts_say_so_by_code(regionalna, picking):
    found = notices(regionalna, picking)
    code = picking.codes(regionalna.on_street("Główna", "Regionalna")[0])["street"]
    village = regionalna.localities[1].sym
    assert [notice.content["parts"] for notice in found.values()] == [
        [{"kind": "street", "code": code}],
        [{"kind": "street", "code": code, "houses": {"parity": "odd"}}],
        [
            {"kind": "gmina", "code": regionalna.terc},
            {"kind": "locality", "code": village, "subtract": True},
        ],
    ]


def test_whoever_is_missed_twice_or_outside_is_counted(regionalna, picking):
    people = residents(regionalna, 400)
    notice = notices(regionalna, picking)["a street by code"]
    meant = {device.value for one in people if _lives(one, notice.means) for device in one.devices}
    others = {device.value for one in people for device in one.devices} - meant
    exact = compare(people, notice.content, meant, notice.means)
    assert (exact.expected, exact.exact) == (len(meant), True)
    first, *rest = sorted(meant)
    wrong = compare(people, notice.content, [*rest, rest[0], min(others)], notice.means)
    assert (wrong.missed, wrong.twice, wrong.outside, first in rest) == (1, 1, 1, False)


def _lives(person, means):
    return any(place.address and means(place.address) for place in person.places)
