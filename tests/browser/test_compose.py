"""Composing on the real stack: the map, the ways without it, times, errors, drafts, lost answers."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests
from playwright.sync_api import Locator, Page, Route, expect

from infra.local.stack import Stack
from tests.browser.conftest import PHONE
from tests.browser.site import Site, draw, go, more_tools, paste_area, rest, write_texts
from tests.browser.town import LAT, LNG, Town, square

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

WARSAW = ZoneInfo("Europe/Warsaw")
MIDDLE = square(LAT, LNG, 0.006, 0.008)


@pytest.fixture
def title() -> str:
    """Found again among the alerts of all tests."""
    return f"Brak wody {uuid.uuid4().hex[:6]}"


@pytest.fixture
def form(site: Site) -> Page:
    return site.signed_in("anna", "/alerts/new")


def _fill(page: Page, title: str) -> None:
    write_texts(page, title, "Pękła rura. Zakręć krany.")
    paste_area(page, MIDDLE)
    expect(page.locator(".reach__figures")).to_be_visible()


def _save(page: Page) -> None:
    page.get_by_role("button", name="Zapisz szkic").click()


def _saved(page: Page) -> str:
    expect(page.get_by_text("Zapisano szkic.")).to_be_visible()
    return page.url.rsplit("/", 1)[1]


def _parts(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".part > span").all_text_contents()]


# ---- The area


def _middle(form: Page) -> tuple[float, float]:
    """Of the map, to which a tool of those beneath leads back."""
    expect(form.locator(".map")).to_be_focused()
    rest(form)
    box = form.locator(".map").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_every_tool_of_the_map_changes_the_area_and_undo_takes_it_back(form: Page):
    draw(form, [(-150, -100), (-10, -100), (-10, 100), (-150, 100)])
    expect(form.locator(".part")).to_have_count(1)
    expect(form.locator(".part")).to_contain_text("4 punkty")
    draw(form, [(-110, -60), (-60, -60), (-60, 40)], "Wyklucz")
    expect(form.locator(".part").last).to_contain_text("Wykluczone miejsce 1")

    more_tools(form)
    form.get_by_role("button", name="Rysuj koło").click()
    x, y = _middle(form)
    form.mouse.click(x + 90, y)
    form.mouse.move(x + 120, y, steps=4)
    rest(form)
    form.mouse.click(x + 120, y)
    expect(form.locator(".part")).to_have_count(3)

    form.get_by_role("button", name="Popraw kształt").click()
    x, y = _middle(form)
    before = _parts(form)
    form.mouse.move(x - 10, y - 100)
    form.mouse.down()
    form.mouse.move(x + 20, y - 130, steps=6)
    form.mouse.up()
    expect(form.locator(".part").first).not_to_have_text(before[0])

    form.get_by_role("button", name="Usuń część", exact=True).click()
    x, y = _middle(form)
    form.mouse.click(x + 90, y)
    expect(form.locator(".part")).to_have_count(2)

    for _ in range(5):
        form.get_by_role("button", name="Cofnij").click()
    expect(form.locator(".part")).to_have_count(0)
    for _ in range(5):
        form.get_by_role("button", name="Ponów").click()
    expect(form.locator(".part")).to_have_count(2)
    expect(form.locator(".part").last).to_contain_text("Wykluczone miejsce 1")


def test_a_hole_outside_the_area_is_refused_in_words(form: Page):
    draw(form, [(-100, -60), (0, -60), (0, 60)])
    draw(form, [(60, -60), (110, -60), (110, 40)], "Wyklucz")
    expect(form.locator("#map-message")).to_contain_text("Wykluczone miejsce leży poza obszarem.")


def test_pasted_geojson_beyond_the_boundary_is_clipped_on_request(form: Page, title: str):
    write_texts(form, title, "Pękła rura.")
    paste_area(form, square(LAT, LNG, 0.2, 0.008))
    form.get_by_role("button", name="Przytnij do granic gminy").click()
    expect(form.locator(".reach__figures")).to_contain_text("10 mieszkańców, 15 telefonów")
    _save(form)
    _saved(form)


def test_an_uploaded_file_adds_its_parts(form: Page):
    parts = [square(LAT, LNG, 0.002, 0.002), square(LAT + 0.01, LNG, 0.002, 0.002)]
    features = [{"type": "Feature", "properties": {}, "geometry": part} for part in parts]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    more_tools(form)
    form.get_by_text("Obszar z GeoJSON").click()
    form.locator("#geojson-file").set_input_files(
        {"name": "obszar.geojson", "mimeType": "application/geo+json", "buffer": text.encode()}
    )
    expect(form.locator(".part")).to_have_count(2)


def test_what_is_no_geojson_is_told_at_its_field(form: Page):
    paste_area(form, {"type": "Point", "coordinates": [LNG, LAT]})
    expect(form.locator("#geojson-error")).to_contain_text("To punkty lub linie.")
    expect(form.locator("#geojson")).to_be_focused()


def _upload(page: Page, value: object) -> None:
    more_tools(page)
    page.get_by_text("Obszar z GeoJSON").click()
    file = {
        "name": "obszar.geojson",
        "mimeType": "application/geo+json",
        "buffer": json.dumps(value).encode(),
    }
    page.locator("#geojson-file").set_input_files(file)  # type: ignore[arg-type]


def _feature(geometry: object, **properties: str) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def test_what_of_a_file_is_no_area_is_named_and_the_rest_is_taken(form: Page):
    point = {"type": "Point", "coordinates": [LNG, LAT]}
    features = [_feature(MIDDLE, name="Rynek"), _feature(None, name="Bez"), _feature(point)]
    _upload(form, {"type": "FeatureCollection", "features": features})
    expect(form.locator(".part")).to_contain_text("Część 1 „Rynek”")
    taken = form.locator("#geojson-taken")
    expect(taken).to_contain_text("Pominięto 2 elementy")
    expect(taken).to_contain_text("Element 2 „Bez”: nie ma położenia")
    expect(form.locator(".reach__figures")).to_be_visible()


def test_a_part_that_crosses_itself_is_named_and_can_be_left_out(form: Page):
    west, south, step = LNG + 0.02, LAT, 0.002
    corners = [(0, 0), (1, 1), (1, 0), (0, 1), (0, 0)]
    bow = {"type": "Polygon", "coordinates": [[[west + step * x, south + step * y] for x, y in corners]]}
    features = [_feature(MIDDLE, name="Rynek"), _feature(bow, name="Muszka")]
    _upload(form, {"type": "FeatureCollection", "features": features})
    reach = form.locator(".reach")
    expect(reach).to_contain_text("Część 2 „Muszka”: Linia obszaru przecina samą siebie")
    reach.get_by_role("button", name="Usuń: Część 2").click()
    expect(form.locator(".reach__figures")).to_be_visible()


def test_a_place_excluded_where_parts_overlap_is_excluded_from_both(form: Page):
    paste_area(form, square(LAT, LNG, 0.006, 0.008))
    expect(form.locator(".reach__figures")).to_contain_text("10 mieszkańców, 15 telefonów")
    form.locator("#geojson").fill(json.dumps(square(LAT + 0.001, LNG + 0.001, 0.006, 0.008)))
    form.get_by_role("button", name="Dodaj wklejony obszar").click()
    expect(form.locator(".part")).to_have_count(2)
    form.get_by_text("Narożniki podane współrzędnymi").click()
    corners = [(-0.0005, -0.0005), (-0.0005, 0.0005), (0.0005, 0.0005), (0.0005, -0.0005)]
    form.locator("#corners").fill("\n".join(f"{LAT + lat}, {LNG + lng}" for lat, lng in corners))
    form.get_by_label("wykluczone miejsce").check()
    form.get_by_role("button", name="Dodaj kształt").click()
    expect(form.locator(".reach__figures")).to_contain_text("10 mieszkańców, 10 telefonów")


def test_a_middle_given_the_wrong_way_round_is_told_at_its_field(form: Page):
    more_tools(form)
    form.get_by_text("Koło wokół podanego punktu").click()
    form.locator("#circle-point").fill(f"{LNG}, {LAT}")
    form.get_by_role("button", name="Dodaj koło").click()
    expect(form.locator("#circle-point-error")).to_contain_text("Najpierw szerokość")
    expect(form.locator("#circle-point")).to_be_focused()


def test_a_circle_and_corners_are_given_by_numbers(form: Page):
    more_tools(form)
    form.get_by_text("Koło wokół podanego punktu").click()
    form.locator("#circle-point").fill(f"{LAT}, {LNG}")
    form.locator("#circle-radius").fill("900")
    form.get_by_role("button", name="Dodaj koło").click()
    expect(form.locator(".part")).to_contain_text("2,54 km²")
    expect(form.locator(".reach__figures")).to_contain_text("10 mieszkańców, 15 telefonów")
    form.get_by_text("Narożniki podane współrzędnymi").click()
    form.locator("#corners").fill(f"{LAT}, {LNG}\n{LAT + 0.001}, {LNG}\n{LAT}, {LNG + 0.001}")
    form.get_by_label("wykluczone miejsce").check()
    form.get_by_role("button", name="Dodaj kształt").click()
    expect(form.locator(".part").last).to_contain_text("Wykluczone miejsce 1")


def test_the_reach_says_how_many_are_woken_and_how_many_muted_it(form: Page, town: Town):
    """In a corner of their own; whoever is quiet is so all day but for a minute at noon."""
    quiet = {"from": "12:01", "to": "12:00"}
    for _ in range(10):
        town.settle(0.020, 0.0)
        town.settle(0.0201, 0.0, phones=2, quiet_hours=quiet)
        town.settle(0.0202, 0.0, phones=3, muted=["event"], least_severity="Moderate")
    town.wait_until_indexed()
    paste_area(form, square(LAT + 0.020, LNG, 0.002, 0.002))
    reach = form.locator(".reach")
    expect(reach.locator(".reach__figures")).to_have_text("0 adresów, 30 mieszkańców, 60 telefonów")
    expect(reach.locator(".reach__detail")).to_have_count(0)
    form.get_by_label("Wydarzenie", exact=True).check()
    form.get_by_label("Umiarkowane", exact=True).check()
    expect(reach.locator(".reach__figures")).to_have_text("0 adresów, 20 mieszkańców, 30 telefonów")
    expect(reach).to_contain_text("W chwili wysłania zadzwoni 10 telefonów.")
    expect(reach).to_contain_text("Bez 30 telefonów: ich właściciele wyłączyli takie alerty.")
    form.get_by_label("Poważne", exact=True).check()
    expect(reach).to_contain_text("W chwili wysłania zadzwoni 30 telefonów.")
    form.get_by_label("Awaria", exact=True).check()
    expect(reach.locator(".reach__figures")).to_have_text("0 adresów, 30 mieszkańców, 60 telefonów")
    expect(reach.locator(".reach__detail")).to_have_count(1)
    form.get_by_label("O wybranej godzinie").check()
    expect(reach).to_contain_text("W chwili wysłania zadzwoni 60 telefonów.")


def test_where_i_am_becomes_the_middle_of_a_circle_and_says_how_sure_it_is(site: Site):
    here = {"latitude": LAT, "longitude": LNG, "accuracy": 34.2}
    page = site.signed_in("anna", "/alerts/new", geolocation=here, permissions=["geolocation"])
    page.get_by_role("button", name="Tu, gdzie jestem").click()
    expect(page.locator("#here-told")).to_contain_text("z dokładnością do 35 metrów")
    expect(page.locator(".part")).to_contain_text("200 metrów wokół")
    expect(page.locator(".reach__figures")).to_contain_text("mniej niż 10 osób, może nikt")
    expect(page.locator(".reach__detail")).to_contain_text("wyślij tam kogoś")


def test_a_browser_that_may_not_tell_where_i_am_is_explained(form: Page):
    form.get_by_role("button", name="Tu, gdzie jestem").click()
    expect(form.locator("#here-told")).to_contain_text("Zezwól jej na to w ustawieniach")
    expect(form.locator(".part")).to_have_count(0)


# ---- By one thumb


def _swipe_up(page: Page, x: float, y: float) -> float:
    """Where the page was before."""
    before: float = page.evaluate("scrollY")
    finger = page.context.new_cdp_session(page)
    for kind, reached in [("touchStart", 0), *(("touchMove", 15 * step) for step in range(1, 11))]:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y - reached}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    return before


def _middle_in_view(page: Page, element: Locator) -> tuple[float, float]:
    element.evaluate("element => element.scrollIntoView({block: 'end'})")
    rest(page)
    box = element.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_thumb_scrolls_past_the_map_until_the_map_was_tapped(site: Site):
    page = site.signed_in("anna", "/alerts/new", viewport=PHONE, is_mobile=True, has_touch=True)
    go(page, "Gdzie")
    at_map = page.locator(".map")
    x, y = _middle_in_view(page, at_map)
    page.wait_for_function("before => scrollY > before + 100", arg=_swipe_up(page, x, y))
    rest(page)  # a swipe goes on by itself for a while
    page.touchscreen.tap(*_middle_in_view(page, at_map))
    expect(at_map).to_be_focused()
    before = _swipe_up(page, *_middle_in_view(page, at_map))
    rest(page)
    assert abs(page.evaluate("scrollY") - before) < 5


def test_on_a_phone_a_corner_is_taken_out_by_a_finger(site: Site):
    page = site.signed_in("anna", "/alerts/new", viewport=PHONE, is_mobile=True, has_touch=True)
    go(page, "Gdzie")
    paste_area(page, square(LAT, LNG, 0.00645, 0.01))  # as wide as it is high on the map
    at_map, tools = page.locator(".map"), page.get_by_role("group", name="Narzędzia mapy")
    page.get_by_role("button", name="Popraw kształt").click()
    expect(tools).to_be_hidden()
    expect(at_map).to_be_focused()
    out = page.get_by_role("button", name="Usuń wskazany narożnik")
    out.click()
    expect(page.locator("#map-message")).to_have_text("Najpierw dotknij narożnika, który chcesz usunąć.")
    x, y = _middle_in_view(page, at_map)
    box = at_map.bounding_box()
    assert box
    half = min(box["width"], box["height"]) / 2 - 36  # the room that the map leaves about an area
    page.touchscreen.tap(x + half, y - half)
    out.click()
    expect(page.locator(".part")).to_contain_text("3 punkty")
    page.get_by_role("button", name="Gotowe").click()
    expect(tools).to_be_visible()


# ---- By keyboard alone


def _tab_to(page: Page, goal: Locator, steps: int = 120) -> None:
    for _ in range(steps):
        if goal.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {goal}")


def _press(page: Page, goal: Locator) -> None:
    _tab_to(page, goal)
    page.keyboard.press("Enter")


def test_an_alert_is_composed_by_keyboard_alone(form: Page, title: str):
    form.keyboard.press("Tab")
    expect(form.locator(".govuk-skip-link")).to_be_focused()
    form.keyboard.press("Enter")
    _tab_to(form, form.locator("#category"))
    form.keyboard.press("Space")
    _tab_to(form, form.locator("#severity"))
    form.keyboard.press("ArrowDown")
    expect(form.get_by_label("Poważne", exact=True)).to_be_checked()

    _press(form, form.get_by_role("button", name="Rysuj obszar"))
    at_map = form.locator(".map")
    for key in ("ArrowLeft", "ArrowUp", "ArrowRight"):
        at_map.focus()  # Tab leads there too, by a long way round
        form.keyboard.press(key)
        rest(form)  # the map has glided there
        _press(form, form.get_by_role("button", name="Punkt w krzyżyku"))
    expect(form.locator(".toolbar__count")).to_have_text("3 punkty")
    _press(form, form.get_by_role("button", name="Gotowe"))
    expect(form.locator(".part")).to_contain_text("3 punkty")

    _tab_to(form, form.locator("#area_name"))
    form.keyboard.insert_text("Okolice")
    for name, text in (("#pl-title", title), ("#pl-body", "Zakręć krany.")):
        _tab_to(form, form.locator(name))
        form.keyboard.insert_text(text)
    _tab_to(form, form.locator("#sound"))
    form.keyboard.press("ArrowDown")
    expect(form.locator("#sound_at")).to_have_value(re.compile(r"T06:07$"))
    _press(form, form.locator("#save"))
    _saved(form)
    expect(form.locator(".govuk-summary-list")).to_contain_text("Najpierw cicho, z dźwiękiem")


# ---- Times


def test_a_scheduled_alert_shows_its_time_on_the_polish_clock_everywhere(site: Site, title: str):
    page = site.signed_in("anna", "/alerts/new", timezone_id="America/New_York")
    at = (datetime.now(WARSAW) + timedelta(days=2)).replace(hour=6, minute=30)
    _fill(page, title)
    page.get_by_label("O wybranej godzinie").check()
    page.locator("#send_at").fill(at.strftime("%Y-%m-%dT%H:%M"))
    expect(page.locator("#send_at-spoken")).to_contain_text(re.compile(r"^\s*\S+, \d+ \S+ \d{4}.*06:30"))
    page.locator("#expires").fill((at + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    expect(page.get_by_text("Przekazano do zatwierdzenia.")).to_be_visible()
    expect(page.locator(".govuk-summary-list").get_by_text(re.compile(r"\b0?6:30\b"))).to_be_visible()

    approver = site.signed_in("piotr", page.url.removeprefix(site.address))
    approver.get_by_role("button", name="Zatwierdź i wyślij").click()
    approver.get_by_role("dialog").get_by_role("button", name="Zatwierdź i wyślij").click()
    expect(approver.get_by_text("Wysyłka o zaplanowanej godzinie.")).to_be_visible()
    approver.goto(f"{site.address}/alerts?show=scheduled")
    row = approver.locator(".alert-row", has_text=title)
    expect(row).to_contain_text(re.compile(r"Wysyłka: .*\b0?6:30\b"))

    row.get_by_role("link").click()
    approver.get_by_role("button", name="Odwołaj").click()
    expect(approver.get_by_role("dialog")).to_contain_text("Nikt go nie dostanie.")
    approver.keyboard.press("Escape")  # changed their mind
    expect(approver.locator(".govuk-tag")).to_have_text("Zaplanowany")
    approver.get_by_role("button", name="Odwołaj").click()
    approver.get_by_role("dialog").get_by_role("button", name="Odwołaj").click()
    expect(approver.locator(".govuk-tag")).to_have_text("Odwołany")


def test_an_hour_that_comes_twice_is_asked_about_and_one_that_never_comes_is_refused(form: Page, title: str):
    form.locator("#expires").fill("2027-10-31T02:30")
    expect(form.get_by_text("Tej nocy zegar pokaże tę godzinę dwa razy.")).to_be_visible()
    form.locator("#expires").fill("2027-03-28T02:30")
    _fill(form, title)
    _save(form)
    expect(form.locator("#expires-error")).to_contain_text("Tej godziny nie ma")


def test_a_year_of_two_digits_is_told_at_its_field_and_harms_nothing(form: Page, title: str):
    form.locator("#pl-title").fill(title)
    form.locator("#expires").fill("0027-12-10T00:00")
    expect(form.locator("#expires-spoken")).to_contain_text("Sprawdź rok")
    _save(form)
    expect(form.locator("#expires-error")).to_contain_text("Sprawdź rok")
    form.reload()
    expect(form.locator("#pl-title")).to_have_value(title)
    form.locator("#expires").fill(_at(20))
    expect(form.locator("#expires-spoken")).not_to_contain_text("Sprawdź rok")


@pytest.mark.parametrize(
    "kept", ['{"fields":{"values":{"expires":7},"texts":5},"parts":[[1]]}', "5", "{", "[]"]
)
def test_whatever_draft_this_browser_kept_the_form_opens(form: Page, kept: str, title: str):
    form.locator("#pl-title").fill(title)
    form.evaluate(
        "(kept) => Object.keys(localStorage).filter((key) => key.startsWith('draft:'))"
        ".forEach((key) => localStorage.setItem(key, kept))",
        kept,
    )
    form.reload()
    expect(form.locator("#pl-title")).to_have_value("")
    _fill(form, title)
    _save(form)
    _saved(form)


def test_what_was_pasted_is_saved_clean_and_what_nobody_sees_is_asked_for(form: Page, title: str):
    _fill(form, "\u200b")
    form.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    expect(form.locator("#pl-title-error")).to_contain_text("Uzupełnij pole")
    form.locator("#pl-title").fill(title + "\u00ad\u200b")
    form.locator("#pl-body").fill("Ulica\tGodziny\x0bJutro")
    _save(form)
    _saved(form)
    expect(form.locator("h1")).to_have_text(title)
    expect(form.locator(".message__body")).to_have_text("Ulica Godziny\nJutro")


def test_a_long_name_without_a_space_does_not_widen_the_list(site: Site, title: str):
    page = site.signed_in("anna", "/alerts/new")
    _fill(page, title)
    page.locator("#area_name").fill("W" * 200)
    page.set_viewport_size(PHONE)
    go(page, "Podgląd")
    _save(page)
    _saved(page)
    page.goto(f"{site.address}/alerts")
    expect(page.locator(".alert-row", has_text=title)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


# ---- The author's options


def test_an_evacuation_rings_at_once_and_its_exercise_may_ring_in_the_morning(
    form: Page, site: Site, title: str
):
    _fill(form, title)
    form.get_by_label("Zagrożenie życia", exact=True).check()
    expect(form.get_by_text("Zadzwoni od razu")).to_be_visible()
    expect(form.locator("#sound-later")).to_have_count(0)
    form.goto(f"{site.address}/exercise")
    _fill(form, title)
    form.get_by_label("Zagrożenie życia", exact=True).check()
    form.get_by_label("Zaraz po zatwierdzeniu").check()
    later = form.get_by_role("radio", name=re.compile(r"^Cicho teraz, z dźwiękiem o (.* )?0?6:07"))
    later.check()
    expect(form.locator("#sound_at")).to_have_value(re.compile(r"T06:07$"))
    soon = datetime.now(WARSAW) + timedelta(hours=2)
    form.locator("#sound_at").fill(soon.strftime("%Y-%m-%dT%H:%M"))
    expect(form.locator("#sound_at-spoken")).to_contain_text(soon.strftime("%H:%M"))
    _save(form)
    alert = _saved(form)
    expect(form.locator(".exercise")).to_have_text("Ćwiczenie")
    fact = form.locator(".govuk-summary-list__row", has_text="Najpierw cicho, z dźwiękiem")
    expect(fact).to_contain_text(re.compile(rf"\b{soon.hour}:{soon.minute:02}\b|{soon:%H:%M}"))
    form.goto(f"{site.address}/alerts")
    expect(form.locator(".alert-row", has_text=title).locator(".exercise")).to_be_visible()

    form.goto(f"{site.address}/alerts/{alert}/edit")
    expect(form.locator(".exercise-banner")).to_be_visible()
    expect(form.locator("#sound_at")).to_have_value(soon.strftime("%Y-%m-%dT%H:%M"))
    form.get_by_label("Od razu", exact=True).check()
    _save(form)
    _saved(form)
    expect(form.get_by_text("Najpierw cicho")).to_have_count(0)


def test_a_sound_that_comes_too_soon_is_named_at_its_field(form: Page, title: str):
    _fill(form, title)
    form.get_by_role("radio", name=re.compile("^Cicho teraz")).check()
    form.locator("#sound_at").fill("2020-01-01T06:00")
    _save(form)
    expect(form.locator("#sound_at-error")).to_contain_text("Ustaw późniejszą godzinę dźwięku.")
    form.locator("#failure").get_by_role("link").click()
    expect(form.locator("#sound_at")).to_be_focused()


# ---- What a warning must say


def _at(hours: int) -> str:
    return (datetime.now(WARSAW) + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def test_a_kind_of_hazard_fills_the_rest_and_a_warning_asks_for_what_to_do(form: Page, title: str):
    form.locator("#event").select_option(label="Powódź")
    expect(form.get_by_label("Ostrzeżenie", exact=True)).to_be_checked()
    expect(form.get_by_label("Zagrożenie życia", exact=True)).to_be_checked()
    expect(form.locator(".chosen")).to_have_text("Natychmiast · Już się dzieje · Opuść to miejsce")
    form.get_by_label("Poważne", exact=True).check()
    form.locator("#event").select_option(label="Pożar lasu")
    expect(form.get_by_label("Poważne", exact=True)).to_be_checked()
    expect(form.locator(".chosen")).to_contain_text("Omijaj to miejsce")
    form.locator("#pl-title").fill(title)
    form.locator("#pl-body").fill("Pali się las.")
    form.locator("#area_name").fill("Zalesie")
    paste_area(form, MIDDLE)
    form.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    expect(form.locator("#failure").get_by_role("link")).to_have_text(["Uzupełnij pole „Co robić”."])
    form.locator("#failure").get_by_role("link").click()
    expect(form.locator("#pl-instruction")).to_be_focused()
    _save(form)  # as a draft it may wait for it
    _saved(form)


def test_a_warning_is_written_in_every_language_of_the_municipality_and_shown_whole(
    form: Page, site: Site, title: str
):
    form.locator("#event").select_option(label="Dym")
    texts = {
        "pl": (title, "Dym z pożaru.", "Zamknij okna.\nZostań w domu."),
        "en": (f"Smoke {title}", "Smoke from a fire.", "Close the windows."),
        "uk": (f"Дим {title}", "Дим від пожежі.", "Зачиніть вікна."),
    }
    for language, parts in texts.items():
        if language != "pl":
            form.locator(f"#write-{language}").check()
        for name, text in zip(("title", "body", "instruction"), parts, strict=True):
            form.locator(f"#{language}-{name}").fill(text)
    form.locator("#area_name").fill("Zalesie")
    paste_area(form, MIDDLE)
    form.locator("#event_ends").fill(_at(6))
    form.locator("#next_info").fill(_at(2))
    form.locator("#source").fill("PSP w Krakowie")
    form.locator("#contact").fill("+48 12 345 67 89")
    form.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    expect(form.get_by_text("Przekazano do zatwierdzenia.")).to_be_visible()
    languages = form.locator(".message__language")
    expect(languages).to_have_text(["Polski", "English", "Українська"])
    expect(form.locator('.message[lang="uk"]')).to_contain_text("Зачиніть вікна.")
    facts = form.locator(".govuk-summary-list")
    for fact in ("Dym", "PSP w Krakowie", "+48 12 345 67 89", "Schroń się", "Następna informacja do"):
        expect(facts).to_contain_text(fact)

    approver = site.signed_in("piotr", form.url.removeprefix(site.address))
    approver.get_by_role("button", name="Zatwierdź i wyślij").click()
    question = approver.get_by_role("dialog")
    expect(question).to_contain_text("Zostań w domu.")
    expect(question).to_contain_text("Ostrzeżenie: Dym")


def test_a_state_and_an_action_of_a_later_release_do_no_harm(form: Page, site: Site, title: str):
    _fill(form, title)
    _save(form)
    alert = _saved(form)

    def later(route: Route) -> None:
        found = route.fetch().json()
        words = {"state": "handed_over", "category": "drill", "actions": ["merge_threads", "reopen"]}
        route.fulfill(json={**found, **words})

    form.route(f"**/api/alerts/{alert}", later)
    form.reload()
    expect(form.locator(".govuk-tag")).to_have_text("Handed over")
    expect(form.locator(".govuk-summary-list")).to_contain_text("Drill")
    form.get_by_role("button", name="Merge threads").click()
    expect(form.get_by_role("dialog")).to_contain_text("Merge threads")
    form.keyboard.press("Escape")
    form.unroute_all(behavior="wait")


# ---- Errors


def test_the_servers_errors_stand_at_their_fields_and_the_summary_leads_there(form: Page, title: str):
    _fill(form, title)
    form.locator("#pl-title").fill("x" * 121)
    form.locator("#expires").fill("2020-01-01T12:00")
    expect(form.locator("#pl-title-count")).to_contain_text("Za długo o 1 znak")
    _save(form)
    summary = form.locator("#failure")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(2)
    expect(form.locator("#pl-title-error")).to_be_visible()
    expect(form.locator("#expires-error")).to_be_visible()
    summary.get_by_role("link").last.click()
    expect(form.locator("#expires")).to_be_focused()


def test_a_templates_facts_must_be_told(form: Page):
    form.get_by_role("button", name="Brak wody").click()
    expect(form.locator("#pl-title")).to_have_value("Brak wody: …")
    expect(form.get_by_label("Awaria", exact=True)).to_be_checked()
    form.get_by_label("Beczkowóz", exact=True).check()
    form.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    expect(form.locator("#fact-tanker_place-error")).to_contain_text("Gdzie stoi beczkowóz")


def test_a_text_longer_than_a_push_is_told_where_it_ends_while_typing_and_afterwards(form: Page, title: str):
    _fill(form, title)
    expect(form.locator("#pl-body-count")).to_contain_text("Zostało miejsca")
    form.locator("#pl-body").fill("ą" * 1800)
    ends = re.compile(r"W powiadomieniu zmieści się (1\s?[56]\d\d) znak")
    expect(form.locator("#pl-body-count")).to_contain_text(ends)
    typed = ends.search(form.locator("#pl-body-count").inner_text())
    _save(form)
    _saved(form)
    saved = form.locator(".message").get_by_text(ends)
    expect(saved).to_be_visible()
    found = ends.search(saved.inner_text())
    assert typed
    assert found
    assert typed[1] == found[1]


def test_a_text_that_no_alert_may_have_is_refused(form: Page, title: str):
    _fill(form, title)
    form.locator("#pl-body").fill("a" * 4001)
    expect(form.locator("#pl-body-count")).to_contain_text("Za długo o 1 znak")
    _save(form)
    expect(form.locator("#pl-body-error")).to_be_visible()


# ---- Nothing is lost, nothing is done twice


def test_what_was_typed_survives_a_reload_until_it_is_saved(form: Page, title: str):
    _fill(form, title)
    form.reload()
    expect(form.get_by_text("Przywrócono to, co wpisano")).to_be_visible()
    expect(form.locator("#pl-title")).to_have_value(title)
    expect(form.locator(".part")).to_have_count(1)
    _save(form)
    _saved(form)
    form.goto(form.url.rsplit("/", 1)[0] + "/new")
    expect(form.locator("#pl-title")).to_have_value("")


def test_what_was_typed_survives_the_end_of_the_session(form: Page, site: Site, title: str):
    form.locator("#pl-title").fill(title)
    ended = {"status": 401, "content_type": "application/problem+json", "body": "{}"}
    form.route("**/api/me", lambda route: route.fulfill(**ended))
    form.reload()
    expect(form.get_by_text("Sesja wygasła.")).to_be_visible()
    form.unroute("**/api/me")
    site.enter_password(form, "anna")
    site.enter_code(form, site.code("anna"))
    expect(form.locator("#pl-title")).to_have_value(title)


def test_a_browser_that_keeps_nothing_does_not_say_that_it_does(form: Page, title: str):
    _fill(form, title)
    full = "throw new DOMException('full', 'QuotaExceededError')"
    form.evaluate(f"() => {{ Storage.prototype.setItem = () => {{ {full}; }}; }}")
    form.route("**/api/alerts", lambda route: route.abort())
    _save(form)
    expect(form.locator("#failure")).to_contain_text("nie może zachować tego, co wpisano")


def test_without_a_network_it_says_so_keeps_the_text_and_saves_later(form: Page, title: str):
    _fill(form, title)
    form.context.set_offline(True)
    expect(form.get_by_text("Niezapisany alert zostaje w tej przeglądarce")).to_be_visible()
    _save(form)
    expect(form.locator("#failure")).to_contain_text("Nic nie zostało potwierdzone.")
    form.context.set_offline(False)
    _save(form)
    _saved(form)


def test_a_lost_answer_makes_no_second_alert(form: Page, site: Site, title: str):
    _fill(form, title)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    form.route("**/api/alerts", lose, times=1)
    _save(form)
    expect(form.locator("#failure")).to_contain_text("Nie wiadomo, czy zmiana została przyjęta.")
    form.locator("#pl-body").fill("Nowa treść.")
    _save(form)
    _saved(form)
    expect(form.locator(".message__body")).to_have_text("Nowa treść.")
    form.goto(f"{site.address}/alerts")
    expect(form.locator(".alert-row", has_text=title)).to_have_count(1)


@pytest.fixture
def ewa(stack: Stack) -> Callable[..., dict[str, Any]]:
    """Another author, who uses the API: `ewa("PUT", "/alerts/...", body, headers)`."""
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {stack.staff_token('ewa')}"

    def call(method: str, path: str, body: object = None, **headers: str) -> dict[str, Any]:
        url = f"{stack.address('hosting')}/api{path}"
        answer = session.request(method, url, json=body, headers=headers, timeout=30)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    return call


CONTENT = ("category", "severity", "texts", "area", "area_name", "expires", "send_at")


def test_a_change_by_another_is_told_and_either_version_can_be_kept(
    form: Page, title: str, ewa: Callable[..., dict[str, Any]]
):
    _fill(form, title)
    _save(form)
    alert = _saved(form)
    form.get_by_role("link", name="Popraw").click()
    form.locator("#area_name").fill("Nazwa Anny")
    theirs = ewa("GET", f"/alerts/{alert}")
    content = {name: theirs[name] for name in CONTENT} | {"area_name": "Nazwa Ewy"}
    ewa("PUT", f"/alerts/{alert}", content, **{"If-Match": f'"{theirs["revision"]}"'})

    _save(form)
    expect(form.locator("#failure")).to_contain_text("Ktoś zmienił ten alert")
    form.get_by_role("button", name="Wczytaj wersję z serwera").click()
    expect(form.locator("#area_name")).to_have_value("Nazwa Ewy")

    form.locator("#area_name").fill("Druga nazwa Anny")
    now = ewa("GET", f"/alerts/{alert}")
    ewa("PUT", f"/alerts/{alert}", content, **{"If-Match": f'"{now["revision"]}"'})
    _save(form)
    form.get_by_role("button", name="Zostań przy mojej wersji").click()
    _save(form)
    _saved(form)
    expect(form.locator(".govuk-summary-list")).to_contain_text("Druga nazwa Anny")


def test_a_change_by_another_appears_on_the_alerts_page_by_itself(
    form: Page, title: str, ewa: Callable[..., dict[str, Any]]
):
    _fill(form, title)
    _save(form)
    alert = _saved(form)
    now = ewa("GET", f"/alerts/{alert}")
    ewa("POST", f"/alerts/{alert}/submit", **{"If-Match": f'"{now["revision"]}"'})
    expect(form.locator(".govuk-tag")).to_have_text("Do zatwierdzenia")
    expect(form.locator(".history")).to_contain_text("Ewa Obojga")


def test_what_changed_behind_the_question_is_not_approved(
    form: Page, site: Site, title: str, ewa: Callable[..., dict[str, Any]]
):
    _fill(form, title)
    form.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    expect(form.get_by_text("Przekazano do zatwierdzenia.")).to_be_visible()
    alert = form.url.rsplit("/", 1)[1]
    approver = site.signed_in("piotr", f"/alerts/{alert}")
    approver.get_by_role("button", name="Zatwierdź i wyślij").click()
    now = ewa("GET", f"/alerts/{alert}")
    content = {name: now[name] for name in CONTENT} | {"area_name": "Cała gmina"}
    edited = ewa("PUT", f"/alerts/{alert}", content, **{"If-Match": f'"{now["revision"]}"'})
    ewa("POST", f"/alerts/{alert}/submit", **{"If-Match": f'"{edited["revision"]}"'})
    expect(approver.locator("main .govuk-summary-list", has_text="Cała gmina")).to_be_visible()  # behind it
    approver.get_by_role("dialog").get_by_role("button", name="Zatwierdź i wyślij").click()
    expect(approver.locator("#failure")).to_contain_text("Ktoś zmienił ten alert")
    expect(approver.locator(".govuk-tag")).to_have_text("Do zatwierdzenia")


def test_the_list_learns_of_a_new_alert_by_itself(form: Page, site: Site, title: str):
    watcher = site.signed_in("piotr")
    expect(watcher.locator("h1")).to_have_text("Alerty")
    expect(watcher.locator(".alert-row", has_text=title)).to_have_count(0)
    _fill(form, title)
    _save(form)
    expect(watcher.locator(".alert-row", has_text=title)).to_have_count(1)
