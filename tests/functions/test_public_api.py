"""The public pages on fakes: what a reader without app and JavaScript is told."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from functions.public_api.words import LANGUAGES, Words, table
from shared.domain.alert import Severity, State, Text
from shared.domain.content import Category, Certainty, Hazard, Response, Urgency
from shared.domain.public_alert import Kind
from shared.errors import Unavailable
from tests.fakes.alert_values import TERC, replace
from tests.fakes.public_office import NAME, SENT, PublicOffice, municipality, published, signed
from tests.fakes.signer import SeededKey
from tests.functions.public_pages import read, section, section_html, text_of

MINUTE = timedelta(minutes=1)
THREE = {
    "pl": Text("Brak wody", "Pękła rura.\nWracamy o 14:00."),
    "en": Text("No water", "A pipe burst."),
    "uk": Text("Немає води", "Прорвало трубу."),
}


@pytest.fixture
def office() -> PublicOffice:
    return PublicOffice()


def follower(number: int, kind: Kind = Kind.UPDATE, **changes):
    sent = SENT + number * MINUTE
    texts = {"pl": Text(f"Wiadomość {number}", "Nowe wieści.")}
    given = {"kind": kind, "version": number, "sent": sent, "texts": texts, **changes}
    return signed(published(f"a{number}", **given))


def test_an_alert_says_how_grave_what_where_when_and_from_whom(office, client):
    office.store.put(signed(published(severity=Severity.EXTREME)))
    page = read(client, "/a/a1")
    for said in ("Zagrożenie życia", "Awaria", "Brak wody: ul. Główna", "Pękła rura.", "ul. Główna", NAME):
        assert said in page
    assert "niedziela, 22 listopada 2026, godz. 02:10" in page
    assert "Wiadomość ważna do niedziela, 22 listopada 2026, godz. 14:10" in page
    assert "nie zastępuje" in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            ("No water", "Sunday 22 November 2026, 02:10", "This message counts until", "supplements sirens"),
        ),
        (
            "uk",
            ("Немає води", "неділя, 22 листопада 2026 р., 02:10", "Повідомлення чинне до", "доповнює сирени"),
        ),
    ],
)
def test_it_is_shown_in_the_language_asked_for(office, client, language, said):
    office.store.put(signed(published(texts=THREE)))
    answer = client.get(f"/a/a1?lang={language}")
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["Content-Language"] == language
    assert all(words in text_of(answer.text) for words in said)


def test_it_leads_to_the_other_languages_that_it_has(office, client):
    office.store.put(signed(published(texts={"pl": THREE["pl"], "en": THREE["en"]})))
    html = client.get("/a/a1").text
    assert '<a href="/a/a1?lang=en" lang="en"' in html
    assert '<a href="/a/a1?lang=uk" lang="uk"' in html  # the words around it
    assert re.findall(r'rel="alternate" hreflang="(\w+)"', html) == ["pl", "en"]


def test_a_language_that_is_missing_falls_back_to_polish_and_says_so(office, client):
    office.store.put(signed(published()))
    html = client.get("/a/a1?lang=uk").text
    assert "Українською цього тексту немає" in html
    assert '<div lang="pl">\n<h1><span id="title">Brak wody: ul. Główna</span></h1>' in html


def storm(**changes):
    """A warning with all that one may say."""
    said = {
        "category": Category.WARNING,
        "event": Hazard("thunderstorm"),
        "texts": {"pl": Text("Burza", "Porywy do 90 km/h.", "Zostań w domu.\nZamknij okna.")},
        "event_ends": SENT + timedelta(hours=5),
        "next_info": SENT + timedelta(hours=2),
        "urgency": Urgency("Expected"),
        "certainty": Certainty("Likely"),
        "response": Response("Shelter"),
        "source": "IMGW-PIB",
        "contact": "+48 12 272 12 34",
    }
    return published(**{**said, **changes})


def test_the_end_of_the_event_stands_before_how_long_the_message_counts_and_apart_from_it(office, client):
    office.store.put(signed(storm()))
    page = read(client, "/a/a1")
    assert page.index("Przewidywany koniec") < page.index("Wiadomość ważna do")
    assert "To nie jest przewidywany koniec zdarzenia." in page


@pytest.mark.parametrize("category", [Category.FAILURE, Category.WARNING, Category.DISRUPTION])
def test_of_what_goes_on_without_a_known_end_it_is_said_that_none_is_known(office, client, category):
    office.store.put(signed(storm(category=category, event_ends=None)))
    assert "Przewidywany koniec nie wiemy jeszcze" in read(client, "/a/a1")


def test_neither_a_meeting_nor_what_is_over_has_an_unknown_end(office, client):
    office.store.put(signed(storm(category=Category.EVENT, event_ends=None)))
    assert "Przewidywany koniec" not in read(client, "/a/a1")
    office.store.put(signed(storm(event_ends=None, expires=SENT)))
    page = read(client, "/a/a1")
    assert "Przewidywany koniec" not in page
    assert "Wiadomość była ważna do" in page


def of_an_office(office, **contact):
    [one] = office.municipalities.public
    office.municipalities.public = [replace(one, contact=contact)]


def test_the_office_can_be_called_from_the_alert_the_list_and_the_notice(office, client):
    of_an_office(office, phone="+48 (12) 272-12 34")
    office.store.put(signed(published()))
    for path in ("/a/a1", f"/alerts/{TERC}"):
        assert '<a href="tel:+48122721234">+48 (12) 272-12 34</a>' in client.get(path).text
    assert f"{NAME}: +48 (12) 272-12 34" in section(client.get("/a/a1").text, "printed")


def test_an_office_without_a_telephone_has_none_on_its_pages(office, client):
    of_an_office(office, email="urzad@example.pl")
    office.store.put(signed(published()))
    assert "Telefon urzędu" not in read(client, "/a/a1") + read(client, f"/alerts/{TERC}")


def test_where_the_page_says_to_call_112_it_can_be_called(office, client):
    office.store.put(published())  # not signed, though the municipality has a key
    banner = client.get("/a/a1").text.partition('<p class="banner broken">')[2].partition("</p>")[0]
    assert '<a href="tel:112"' in banner


def test_the_notice_of_a_replaced_alert_leads_to_the_newer_one(office, client):
    office.store.put(signed(published()), follower(2))
    notice = section(client.get("/a/a1").text, "printed")
    assert "Nowsza wiadomość" in notice
    assert "/a/a2" in notice
    assert "/a/a1" not in notice
    assert '<p class="stamp">Zastąpiony</p>' in client.get("/a/a1").text
    assert "stamp" not in client.get("/a/a2").text
    assert "/a/a2" in section(client.get("/a/a2").text, "printed")


@pytest.mark.parametrize(
    ("path", "app"), [("/a/a1", "/app/alert/a1"), (f"/alerts/{TERC}", "/"), ("/alerts", "/")]
)
def test_from_the_installed_app_a_page_leads_back_to_it(office, client, path, app):
    office.store.put(signed(published()))
    assert f'<p class="back"><a href="{app}">Wróć do aplikacji</a></p>' in client.get(path).text


def test_a_warning_says_what_happens_what_to_do_until_when_and_who_says_so(office, client):
    office.store.put(signed(storm()))
    page = read(client, "/a/a1")
    assert section(client.get("/a/a1").text, "instruction-title").endswith("Zostań w domu. Zamknij okna.")
    for said in (
        "Co się dzieje Burza",
        "W skrócie Schroń się",
        "Jak pilne W ciągu godziny",
        "Jak pewne Prawdopodobne",
        "Przewidywany koniec niedziela, 22 listopada 2026, godz. 07:10",
        "Następna informacja do niedziela, 22 listopada 2026, godz. 04:10",
        "Źródło IMGW-PIB",
        "Kontakt +48 12 272 12 34",
    ):
        assert said in page


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("+48 12 272 12 34", "tel:+48122721234"),
        ("kryzys@gmina.example.pl", "mailto:kryzys@gmina.example.pl"),
        ("https://gmina.example.pl/burza", "https://gmina.example.pl/burza"),
    ],
)
def test_whom_to_ask_is_one_tap_away(office, client, contact, address):
    office.store.put(signed(storm(contact=contact)))
    assert f'<a href="{address}"' in client.get("/a/a1").text


def test_an_end_that_nobody_knows_yet_is_said_to_be_unknown(office, client):
    office.store.put(signed(storm(event_ends=None)))
    assert "Przewidywany koniec nie wiemy jeszcze" in read(client, "/a/a1")


def test_what_an_alert_does_not_say_leaves_no_trace(office, client):
    office.store.put(signed(published()))
    page = read(client, "/a/a1")
    assert not any(words in page for words in ("Co robić", "Przewidywany", "Źródło", "Kontakt", "None"))


def test_promised_information_that_did_not_come_is_named(office, client):
    office.store.put(signed(storm()))
    assert "Obiecano" not in read(client, "/a/a1")
    office.clock.advance(timedelta(hours=2, minutes=1))
    assert "Obiecano informację do: niedziela, 22 listopada 2026, godz. 04:10." in read(client, "/a/a1")


LATER = {
    "category": Category.read("black_ice", "warning"),
    "severity": Severity("Catastrophic"),
    "event": Hazard("drone_attack"),
    "urgency": Urgency("Soon"),
    "certainty": Certainty("Measured"),
    "response": Response("CallUs"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_a_later_release_are_shown_plainly_and_their_signature_counts(office, client, language):
    later = storm(**LATER, state=State("superseded"), kind=Kind("withdrawal"))
    office.store.put(signed(later), signed(storm(**LATER, id="a2", thread="a2", kind=Kind("withdrawal"))))
    query = "" if language == "pl" else f"?lang={language}"
    page = read(client, f"/a/a1{query}")
    for said in ("Black ice", "Catastrophic", "Drone attack", "Soon", "Measured", "CallUs", "Withdrawal"):
        assert said in page
    assert "Nie ma podpisu" not in page
    for path in (f"/alerts/{TERC}{query}", "/a/a1.json", "/municipalities.json"):
        assert client.get(path).status_code == 200
    assert "Black ice" in read(client, f"/alerts/{TERC}{query}")


def test_what_staff_wrote_cannot_become_markup(office, client):
    hostile = Text('<script>alert("x")</script>', "</p><img src=x onerror=alert(1)>&")
    office.store.put(signed(published(texts={"pl": hostile}, area_name='"><svg onload=alert(1)>')))
    html = client.get("/a/a1").text
    assert html.count("<script") == 1
    assert "<img" not in html
    assert "<svg onload" not in html


def test_nothing_on_the_page_needs_what_the_policy_forbids(office, client):
    office.store.put(signed(published(texts=THREE)))
    html = client.get("/a/a1").text
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", html)
    assert re.findall(r"<script[^>]*>[^<]*", html) == ['<script type="module" src="/js/verify/page.js">']


@pytest.mark.parametrize("path", ["/a/a1", f"/alerts/{TERC}"])
def test_one_that_was_sent_late_says_so_with_both_times(office, client, path):
    office.store.put(signed(published()))
    assert "z opóźnieniem" not in client.get(path).text
    office.store.put(signed(published(meant_for=SENT - 25 * MINUTE)))
    sent, due = (Words("pl").moment(moment) for moment in (SENT, SENT - 25 * MINUTE))
    assert f"{sent} (z opóźnieniem, miało być: {due})" in text_of(client.get(path).text)


def test_a_cancelled_alert_is_clearly_over(office, client):
    office.store.put(signed(published(state=State.CANCELLED, cancelled=SENT + 3 * MINUTE)))
    page = read(client, "/a/a1")
    assert "Ten alert odwołano (niedziela, 22 listopada 2026, godz. 02:13). Już nie obowiązuje." in page
    assert "Aktywny" not in page


@pytest.mark.parametrize("state", [State.ACTIVE, State.EXPIRED])
def test_an_alert_past_its_end_is_clearly_over_whether_or_not_anyone_marked_it(office, client, state):
    office.store.put(signed(published(state=state)))
    office.clock.advance(timedelta(hours=12))
    page = read(client, "/a/a1")
    assert "Ten alert wygasł" in page
    assert "Aktywny" not in page


def test_an_exercise_says_so_and_is_kept_out_of_search_engines(office, client):
    office.store.put(signed(published(exercise=True)))
    html = client.get("/a/a1").text
    assert "To jest ćwiczenie." in html
    assert '<meta name="robots" content="noindex">' in html


def test_an_earlier_message_leads_to_the_newest_one(office, client):
    office.store.put(signed(published()), follower(2), follower(3, Kind.ALL_CLEAR))
    html = client.get("/a/a1").text
    banner = html[html.index("banner newer") :].partition("</p>")[0]
    assert 'href="/a/a3"' in banner
    assert "Naprawione: Wiadomość 3" in text_of(f"<body>{banner}")
    assert "Zastąpiony" in html


def test_the_newest_message_has_no_banner_and_its_thread_newest_first(office, client):
    office.store.put(signed(published()), follower(2, Kind.CORRECTION), follower(3))
    html = client.get("/a/a3").text
    assert "Jest nowsza wiadomość" not in html
    thread = html[html.index('id="thread"') :].partition("</ol>")[0]
    titles = re.findall(r">(Wiadomość \d|Brak wody)[^<]*</(?:a|strong)>", thread)
    assert titles == ["Wiadomość 3", "Wiadomość 2", "Brak wody"]
    assert re.findall(r'href="(/a/\w+)"', thread) == ["/a/a2", "/a/a1"]
    assert "Sprostowanie" in thread


def test_another_municipality_cannot_put_a_message_into_the_thread(office, client):
    office.store.put(signed(published()), follower(2, terc="1209033"))
    assert "Wiadomość 2" not in client.get("/a/a1").text


def test_there_is_a_map_with_a_scale_and_the_border(office, client):
    office.store.put(signed(published()))
    html = client.get("/a/a1").text
    assert html.count('<svg class="map"') == 2
    assert 'class="area" fill-rule="evenodd" d="M' in html
    assert 'class="border" d="M' in html
    assert "1 km</text>" in html


def test_without_a_known_boundary_there_is_the_area_alone(office, client):
    office.municipalities.shapes = {"9999999": office.municipalities.shapes[TERC]}
    office.store.put(signed(published()))
    assert client.get("/a/a1").text.count('<svg class="map"') == 1


def test_link_previews_have_title_text_address_and_language(office, client):
    office.store.put(signed(published(texts={**THREE, "en": Text("No water", "word " * 100)})))
    html = client.get("/a/a1?lang=en").text
    found = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)"', html))
    assert found.pop("description").startswith(
        "Moderate. In force until: Sunday 22 November 2026, 14:10. word"
    )
    assert found == {
        "type": "article",
        "site_name": "Alert Online",
        "title": "No water – Gmina Regionalna",
        "image": "https://alerty.example.pl/a/a1/en-active-1.png",
        "url": "https://alerty.example.pl/a/a1?lang=en",
        "locale": "en_GB",
    }
    assert '<link rel="canonical" href="https://alerty.example.pl/a/a1?lang=en">' in html


def test_the_seal_is_named_with_its_key(office, client):
    alert = signed(published())
    office.store.put(alert)
    html = client.get("/a/a1").text
    assert alert.key in html
    assert alert.signature in html
    assert municipality().keys[0].key in html
    assert "Uwaga: podpis" not in html


def test_what_stands_beside_the_signed_text_is_not_shown(office, client):
    altered = replace(signed(published()), texts={"pl": Text("Ewakuacja", "Wyjdź z domu.")})
    office.store.put(altered)
    page = read(client, "/a/a1")
    assert "Ewakuacja" not in page
    assert "Brak wody: ul. Główna" in page


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(signed(published(), SeededKey(7)), id="by an unknown key"),
        pytest.param(replace(signed(published("a9")), id="a1"), id="of another alert"),
        pytest.param(replace(signed(published()), signature="A" * 86), id="without the key"),
    ],
)
def test_a_broken_seal_is_told_first(office, client, forged):
    office.store.put(forged)
    page = read(client, "/a/a1")
    assert "Uwaga: podpis tego alertu się nie zgadza." in page


def test_a_key_that_was_announced_a_moment_ago_is_asked_for_again(office, client):
    fresh, served = SeededKey(7), office.municipalities.served

    def after_rotation(max_age=60.0):
        return [municipality(fresh)] if max_age < 60 else served(max_age)

    office.municipalities.served = after_rotation
    office.store.put(signed(published(), fresh))
    page = read(client, "/a/a1")
    assert fresh.id in page
    assert "Uwaga: podpis" not in page


def test_a_seal_that_is_missing_is_as_bad_as_a_broken_one(office, client):
    forged = published(severity=Severity.EXTREME, texts={"pl": Text("Uciekajcie", "Tama pękła.")})
    office.store.put(forged)
    html = client.get("/a/a1").text
    warned = html.index('class="banner broken"')
    assert warned < html.index("<h1")
    assert "nie ma podpisu, choć gmina podpisuje swoje alerty" in html


def test_an_area_that_is_no_shape_leaves_the_words_without_a_map(office, client):
    for number, area in enumerate(['{"type":"Polygon","coordinates":[["x"]]}', "{", "[]", "null"]):
        office.store.put(published(f"b{number}", area=area, thread=f"b{number}"))
        assert "Brak wody: ul. Główna" in read(client, f"/a/b{number}")


def test_an_alert_without_a_seal_says_so_without_alarm_where_nobody_signs(office, client):
    office.municipalities.public = [replace(municipality(), keys=())]
    office.store.put(published())
    page = read(client, "/a/a1")
    assert "nie ma podpisu cyfrowego" in page
    assert "Uwaga: podpis" not in page


def test_a_notice_can_be_printed_with_a_code_of_the_address(office, client):
    office.store.put(signed(published()))
    html = client.get("/a/a1").text
    notice = html[html.index('class="notice"') :].partition("</section>")[0]
    assert 'class="qr"' in notice
    assert "alerty.example.pl/a/a1" in notice


def test_a_long_alert_with_a_ragged_area_stays_below_thirty_kilobytes(office, client):
    from shapely import Point, difference, to_geojson

    disc = Point(19.94, 49.84).buffer(0.01, quad_segs=2000)
    ragged = difference(disc, Point(19.941, 49.841).buffer(0.004, quad_segs=400))
    texts = dict.fromkeys(LANGUAGES, Text("Tytuł " * 20, "Zdanie o wodzie. " * 235))
    office.store.put(signed(published(area=to_geojson(ragged), texts=texts)))
    css = 8_000  # of web-residents/css/public.css
    assert len(client.get("/a/a1?lang=uk").data) + css <= 30_000


def test_a_municipality_shows_what_is_in_force_what_was_and_corrections(office, client):
    office.store.put(
        signed(published()),
        follower(2, Kind.CORRECTION),
        signed(published("b1", thread="b1", texts={"pl": Text("Dawna awaria", "x")}, state=State.EXPIRED)),
        signed(published("c1", thread="c1", texts={"pl": Text("Odwołane", "x")}, state=State.CANCELLED)),
    )
    html = client.get(f"/alerts/{TERC}").text
    active, recent, corrections = (section(html, name) for name in ("active", "recent", "corrections"))
    assert "Wiadomość 2" in active
    assert "Brak wody" not in active
    assert "Dawna awaria" in recent
    assert "Odwołane" in recent
    assert "Wiadomość 2" in corrections


def test_what_is_in_force_for_longer_than_a_month_is_still_shown(office, client):
    long = published(expires=SENT + timedelta(days=60))
    office.store.put(signed(long))
    office.clock.advance(timedelta(days=40))
    assert "Brak wody" in read(client, f"/alerts/{TERC}")


def test_what_is_over_for_longer_than_a_month_is_not_shown(office, client):
    office.store.put(signed(published(state=State.EXPIRED)))
    office.clock.advance(timedelta(days=31))
    assert "Brak wody" not in read(client, f"/alerts/{TERC}")


def test_a_quiet_municipality_says_that_nothing_is_in_force(client):
    page = read(client, f"/alerts/{TERC}")
    assert "Teraz nie obowiązuje żaden alert." in page
    assert "W ostatnich 30 dniach nie było innych alertów." in page


def test_the_municipalities_lead_to_their_alerts(client):
    assert f'<a href="/alerts/{TERC}?lang=en">{NAME}</a>' in client.get("/alerts?lang=en").text


def test_before_anyone_is_served_the_list_says_so(office, client):
    office.municipalities.public = []
    assert "Żadna gmina nie wysyła jeszcze alertów." in read(client, "/alerts")


def keys(of: object, before: str = "") -> set[str]:
    if not isinstance(of, dict):
        return {before}
    return {key for name, inner in of.items() for key in keys(inner, f"{before}.{name}")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language):
    assert keys(table()[language]) == keys(table()["pl"])


def test_a_forged_all_clear_covers_no_warning(office, client):
    forged = signed(published("a2", kind=Kind.ALL_CLEAR, version=2, sent=SENT + MINUTE), SeededKey(7))
    office.store.put(signed(published()), forged)
    assert "Jest nowsza wiadomość" not in read(client, "/a/a1")
    html = client.get(f"/alerts/{TERC}").text
    assert re.findall(r'href="(/a/\w+)"', section_html(html, "active")) == ["/a/a1", "/a/a2"]
    assert section(html, "active").count("Niepotwierdzony") == 1


def test_where_a_municipality_has_no_key_yet_threads_work_all_the_same(office, client):
    office.municipalities.public = [replace(municipality(), keys=())]
    office.store.put(published(), published("a2", version=2, sent=SENT + MINUTE))
    assert "Jest nowsza wiadomość" in read(client, "/a/a1")
    assert "Niepotwierdzony" not in read(client, f"/alerts/{TERC}")


def head(client, path):
    """Title, link preview's title and description, picture."""
    html = client.get(path).text
    found = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)"', html))
    return re.findall(r"<title>(.*)</title>", html)[0], found["title"], found["description"], found["image"]


@pytest.mark.parametrize(
    ("changes", "lead", "picture"),
    [
        ({"state": State.CANCELLED, "cancelled": SENT + MINUTE}, "ODWOŁANY", "cancelled"),
        ({"state": State.EXPIRED}, "Wygasł", "expired"),
        ({"expires": SENT + MINUTE}, "Wygasł", "expired"),
        ({"kind": Kind.ALL_CLEAR}, "Naprawione", "active"),
        ({"kind": Kind.ALL_CLEAR, "category": Category.WARNING}, "Koniec zagrożenia", "active"),
    ],
)
def test_a_preview_of_what_is_over_says_so_first(office, client, changes, lead, picture):
    office.store.put(signed(published(**changes)))
    title, shown, description, image = head(client, "/a/a1")
    assert title == shown == f"{lead}: Brak wody: ul. Główna – {NAME}"
    assert description.startswith(f"{lead}. ")
    assert image.endswith(f"/a/a1/pl-{picture}-1.png")


def test_a_preview_of_a_danger_that_ran_out_says_that_it_may_go_on(office, client):
    office.store.put(signed(published(expires=SENT, severity=Severity.SEVERE)))
    said = head(client, "/a/a1")[2]
    assert said.startswith("Wygasł. Nie ma nowych informacji. Zagrożenie mogło nie minąć. ")


def test_a_preview_of_what_was_replaced_says_so_first(office, client):
    office.store.put(signed(published()), follower(2))
    assert head(client, "/a/a1")[1].startswith("Jest nowsza wiadomość: ")
    assert head(client, "/a/a2")[1].startswith("Wiadomość 2")


def test_a_preview_of_an_exercise_says_so(office, client):
    office.store.put(signed(published(exercise=True)))
    assert head(client, "/a/a1")[1].startswith("Ćwiczenie: ")


def test_without_scripts_the_page_promises_no_check(office, client):
    office.store.put(signed(published()))
    html = client.get("/a/a1").text
    assert "pojawia się poniżej" not in html
    assert "<noscript><p>Ta przeglądarka nie uruchamia skryptów" in html


def base_map(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def houses(name, *points, kind="street"):
    shape = {"type": "MultiPoint", "coordinates": [list(point) for point in points]}
    return {"type": "Feature", "properties": {"name": name, "kind": kind}, "geometry": shape}


def village(name, lng, lat):
    shape = {"type": "Point", "coordinates": [lng, lat]}
    return {"type": "Feature", "properties": {"name": name, "kind": "locality"}, "geometry": shape}


def middle(of):
    import shapely

    point = shapely.from_geojson(of.area).centroid
    return point.x, point.y


def test_what_lies_in_the_area_is_named_in_words_and_on_the_map(office, client):
    alert = signed(published())
    lng, lat = middle(alert)
    office.store.put(alert)
    office.municipalities.base_map_text = base_map(
        houses("Lipowa", (lng, lat), (lng + 0.00001, lat), (lng + 1, lat)),
        houses("Cała", (lng, lat + 0.00001), (lng, lat - 0.00001)),
        houses("Daleka", (lng + 1, lat), (lng + 1.1, lat)),
        village("Zalesie", lng + 0.012, lat),
    )
    html = client.get("/a/a1").text
    within = section(html, "within")
    assert "Lipowa: 2 z 3" in within
    assert "Cała: wszystkie 2 adresy" in within
    assert "Daleka" not in html
    assert ">Zalesie</text>" in html
    assert ">Lipowa</text>" in html or ">Cała</text>" in html


def test_without_streets_the_page_is_there_all_the_same(office, client, monkeypatch):
    def fail(terc):
        raise Unavailable

    office.store.put(signed(published()))
    for answer in (lambda terc: None, fail):
        monkeypatch.setattr(office.municipalities, "base_map", answer)
        page = client.get("/a/a1")
        assert page.status_code == 200
        assert 'id="within"' not in page.text
