"""The picture of a link preview: drawn of the present state, kept under an address that names it."""

from __future__ import annotations

import io
import json
import math
import re

import pytest
import shapely
from flask.testing import FlaskClient
from PIL import Image

from functions.public_api import pictures
from functions.public_api.picture import preview as drawing
from infra.local.processes import ROOT
from shared.domain.alert import Severity, State, Text
from shared.domain.public_alert import Kind, PublicAlert
from tests.fakes.areas import GAZETTEER
from tests.fakes.public_office import SENT, PublicOffice, published, signed
from tests.fakes.signer import SeededKey

BASE_MAP = json.dumps(
    {
        "features": [
            {
                "properties": {"name": street.name, "kind": "street"},
                "geometry": {
                    "type": "MultiPoint",
                    "coordinates": [[house.lon, house.lat] for house in street.houses.listed],
                },
            }
            for locality in GAZETTEER.localities
            for street in locality.streets
        ]
    }
)
BAND = (30, 90)  # a pixel beside the letters, below the bar with the office's name


@pytest.fixture(autouse=True)
def nothing_kept():
    pictures._kept.clear()


@pytest.fixture
def office() -> PublicOffice:
    office = PublicOffice()
    office.municipalities.base_map_text = BASE_MAP
    return office


def address(client: FlaskClient, page: str = "/a/a1") -> str:
    """Of the picture that the page names, on this site."""
    [found] = re.findall(r'<meta property="og:image" content="https://[^/]*([^"]*)"', client.get(page).text)
    return str(found)


def picture(client: FlaskClient, page: str = "/a/a1") -> Image.Image:
    answer = client.get(address(client, page))
    assert (answer.status_code, answer.content_type) == (200, "image/png")
    return Image.open(io.BytesIO(answer.data)).convert("RGB")


@pytest.mark.parametrize(
    ("changes", "band"),
    [
        ({"severity": Severity.EXTREME}, (140, 19, 19)),
        ({"severity": Severity.MINOR}, (21, 85, 150)),
        ({"severity": Severity("Catastrophic")}, (140, 19, 19)),
        ({"kind": Kind.ALL_CLEAR}, (27, 107, 58)),
        ({"state": State.CANCELLED, "cancelled": SENT}, (74, 87, 99)),
        ({"state": State.EXPIRED}, (74, 87, 99)),
    ],
)
def test_it_is_as_large_as_messengers_want_and_shows_how_grave_it_is(
    office: PublicOffice, client: FlaskClient, changes: dict[str, object], band: tuple[int, int, int]
):
    office.store.put(signed(published(**changes)))  # type: ignore[arg-type]
    shown = picture(client)
    assert shown.size == (1200, 630)
    assert shown.getpixel(BAND) == band


def test_another_state_has_another_address_and_the_old_one_leads_there(
    office: PublicOffice, client: FlaskClient
):
    office.store.put(signed(published()))
    before = address(client)
    office.store.put(signed(published(state=State.CANCELLED, cancelled=SENT, revision=2)))
    assert address(client) == "/a/a1/pl-cancelled-2.png"
    answer = client.get(before)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/a/a1/pl-cancelled-2.png")
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=10"


def test_it_is_kept_for_a_day_and_drawn_once(
    office: PublicOffice, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    office.store.put(signed(published()))
    first = client.get(address(client))
    assert first.headers["Cache-Control"] == "public, max-age=86400"
    monkeypatch.setattr(drawing, "preview_png", None)
    assert client.get(address(client)).data == first.data


def test_only_so_many_are_kept(office: PublicOffice, client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(drawing, "preview_png", lambda of: b"png")
    for number in range(pictures.MOST_KEPT + 3):
        office.store.put(signed(published(f"b{number}", thread=f"b{number}")))
        assert client.get(f"/a/b{number}/pl-active-1.png").status_code == 200
    assert len(pictures._kept) == pictures.MOST_KEPT


def test_an_area_of_very_many_corners_is_not_drawn(office: PublicOffice, client: FlaskClient):
    angles = [(at * math.tau / 6000, 0.02 if at % 2 else 0.001) for at in range(6000)]
    star = shapely.Polygon([(19.95 + r * math.cos(a), 49.85 + r * math.sin(a)) for a, r in angles])
    office.store.put(signed(published(area=shapely.to_geojson(star))))
    answer = client.get("/a/a1/pl-active-1.png")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/icons/preview-moderate.png")


def test_it_is_in_the_language_of_the_page(office: PublicOffice, client: FlaskClient):
    texts = {"pl": Text("Brak wody", "x"), "en": Text("No water", "x")}
    office.store.put(signed(published(texts=texts)))
    assert picture(client).tobytes() != picture(client, "/a/a1?lang=en").tobytes()


def test_the_area_is_seen_with_and_without_streets(office: PublicOffice, client: FlaskClient):
    office.store.put(signed(published()))
    with_streets = picture(client)
    pictures._kept.clear()
    office.municipalities.base_map_text = None
    without = picture(client)
    middle = (860, 390)  # of the map
    assert without.getpixel(middle) not in ((255, 255, 255), (243, 246, 249))
    assert with_streets.tobytes() != without.tobytes()


def test_without_a_known_boundary_it_is_drawn_all_the_same(office: PublicOffice, client: FlaskClient):
    office.municipalities.shapes = {"9999999": ""}
    office.store.put(signed(published()))
    assert picture(client).size == (1200, 630)


@pytest.mark.parametrize("title", [".", "X" * 120, "Słowo " * 20, "Ґанок — їжак № 5 €", "日本 🚰 \u202e"])
def test_any_title_has_room(office: PublicOffice, client: FlaskClient, title: str):
    office.store.put(signed(published(texts={"pl": Text(title, "x")}, area_name=title)))
    assert picture(client).size == (1200, 630)


@pytest.mark.parametrize(
    ("of", "ready"),
    [
        (signed(published(severity=Severity.SEVERE), SeededKey(7)), "severe"),
        (published(), "moderate"),
        (signed(published(area="{}", severity=Severity.EXTREME)), "extreme"),
        (signed(published(area="{}", severity=Severity("Catastrophic"))), "extreme"),
        (signed(published(area="{}", severity=Severity.MINOR)), "minor"),
        (signed(published(area="{}", kind=Kind.ALL_CLEAR)), "all_clear"),
        (signed(published(area="{}", state=State.EXPIRED)), "expired"),
        (signed(published(area="{}", state=State.CANCELLED, cancelled=SENT)), "cancelled"),
    ],
)
def test_what_nobody_signed_or_can_draw_has_a_picture_of_words_alone(
    office: PublicOffice, client: FlaskClient, of: PublicAlert, ready: str
):
    office.store.put(of)
    named = address(client)
    assert named == f"/icons/preview-{ready}.png"
    assert (ROOT / "web-residents" / named[1:]).read_bytes().startswith(b"\x89PNG")
    answer = client.get(f"/a/a1/pl-{'active' if ready not in ('expired', 'cancelled') else ready}-1.png")
    assert (answer.status_code, answer.headers["Location"]) == (302, named)


@pytest.mark.parametrize("name", ["x.png", "pl-active.png", "pl-active--1.png", "PL-active-1.png", ".png"])
def test_there_is_no_picture_under_another_name(office: PublicOffice, client: FlaskClient, name: str):
    office.store.put(signed(published()))
    assert client.get(f"/a/a1/{name}").status_code == 404


def test_an_unknown_alert_has_no_picture(client: FlaskClient):
    assert client.get("/a/a1/pl-active-1.png").status_code == 404


def test_its_words_stand_beside_it_for_those_who_do_not_see_it(office: PublicOffice, client: FlaskClient):
    office.store.put(signed(published()))
    html = client.get("/a/a1").text
    assert '<meta property="og:image:alt" content="Umiarkowane. Mapa: ul. Główna. W obszarze' in html
