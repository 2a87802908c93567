"""A folder of register extracts becomes a municipality, the invented one and a real one alike."""

from __future__ import annotations

import json

import pytest
from shapely.geometry import Point, shape

from demo.generate import generate
from demo.municipality import CONTACT, FolderError, read


def test_invented_gmina_is_read_in_full(regionalna):
    assert (regionalna.terc, regionalna.name) == ("1099013", "Gmina Regionalna")
    assert regionalna.localities[0].name == "Regionalna"
    assert len(regionalna.localities) == 20
    assert len(regionalna.streets) > 60
    assert len(regionalna.addresses) > 6_500


def test_real_gmina_is_read_with_its_official_name(real):
    assert (real.terc, real.name) == ("1209033", "Gmina Myślenice")
    assert [place.name for place in real.localities[:2]] == ["Myślenice", "Krzyszkowice"]
    assert len(real.addresses) == 254
    assert len(real.on_street("3-ego Maja")) == 30
    assert real.on_street("Henryka Dąbrowskiego")[0].sym_ul == "03673"


def test_center_is_latitude_then_longitude_inside_the_boundary(regionalna):
    lat, lon = regionalna.center
    assert shape(json.loads(regionalna.boundary_text())).contains(Point(lon, lat))


def test_centre_of_a_locality_lies_among_its_addresses(regionalna):
    for place in regionalna.localities:
        nearest = min(
            abs(address.lon - place.lon) + abs(address.lat - place.lat)
            for address in regionalna.in_locality(place.name)
        )
        assert nearest < 0.005


def test_a_street_in_several_localities_needs_the_locality(regionalna):
    name = next(street for place, street in regionalna.streets if place == "Olszynki Nowe")
    with pytest.raises(FolderError, match="streets are called"):
        regionalna.on_street(name)
    assert regionalna.on_street(name, "Olszynki Nowe")


def test_unknown_street_and_locality_are_named(regionalna):
    with pytest.raises(FolderError, match="Nieznana"):
        regionalna.on_street("Nieznana")
    with pytest.raises(FolderError, match="Nigdzie"):
        regionalna.in_locality("Nigdzie")


@pytest.mark.parametrize("gone", ["boundary_1099013.geojson", "addresses_109901.csv"])
def test_a_missing_file_is_named(tmp_path, gone):
    folder = generate(tmp_path)
    (folder / gone).unlink()
    with pytest.raises(FolderError, match=gone.split("_")[0]):
        read(folder)


def test_a_boundary_without_a_name_is_refused(tmp_path):
    folder = generate(tmp_path)
    (folder / "boundary_1099013.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(FolderError, match="one feature"):
        read(folder)


def test_without_terc_the_boundary_names_the_municipality(tmp_path):
    folder = generate(tmp_path)
    (folder / "TERC_1099.csv").unlink()
    assert read(folder).name == "Gmina Regionalna"


def test_the_folder_says_how_to_reach_the_office(regionalna):
    assert set(regionalna.contact) == CONTACT


def test_without_a_contact_there_is_none(tmp_path):
    folder = generate(tmp_path)
    (folder / "contact.json").unlink()
    assert read(folder).contact == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"fax": "12", "phone": "12"}', r"contact.json has fax; it takes address, dpo, email, phone"),
        ('{"phone": 12}', "contact.json is not an object of texts"),
        ("[]", "contact.json is not an object of texts"),
    ],
)
def test_a_wrong_contact_is_told_by_its_field(tmp_path, text, said):
    folder = generate(tmp_path)
    (folder / "contact.json").write_text(text)
    with pytest.raises(FolderError, match=said):
        read(folder)
