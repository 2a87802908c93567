"""Whoever reads an alert asks whether an address is in it: by the form of its page, without a script."""

from __future__ import annotations

import json
import logging
import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from infra.local.processes import ROOT
from shared.domain.alert import Alert, State
from shared.domain.area_parts import Level, Step, Steps, Unit
from shared.domain.house_numbers import Houses, Parity
from shared.domain.public_alert import PublicAlert, public_alert
from shared.errors import Unavailable, Unreadable
from shared.geo.shapes import Area
from shared.services.audience.match_parts import outline_of
from tests.fakes.alert_values import TERC, alert, content, replace
from tests.fakes.areas import DWORCOWA, HAMLET, ROZANA, TOWN, VILLAGE, FakeAreaLibrary
from tests.fakes.municipalities import square
from tests.fakes.public_office import SENT, PublicOffice, municipality, published, signed
from tests.fakes.signer import SeededKey
from tests.functions.public_pages import text_of

ODD = Houses(Parity.ODD)
HALF_OF_ROZANA = square(49.834, 19.9305, 0.0035)  # its first houses


@pytest.fixture
def office() -> PublicOffice:
    return PublicOffice()


def drawn(area: str, **changes: Any) -> PublicAlert:
    return signed(published(area=area, **changes))


def by_parts(*parts: tuple[Level, str, Houses | None]) -> tuple[Alert, PublicAlert]:
    """As the office keeps it, and as it is published."""
    library = FakeAreaLibrary()
    steps: Steps = tuple(Step(Unit(*part, shape=_shape(library, part[1]))) for part in parts)
    outline = outline_of(steps, lambda unit: None if unit.shape is None else Area.from_text(unit.shape))
    assert outline is not None
    told = content(parts=steps, area=outline.text())
    kept = alert("a1", state=State.ACTIVE, started=SENT, content=told)
    return kept, signed(public_alert(kept))


def _shape(library: FakeAreaLibrary, code: str) -> str | None:
    unit = library.unit(TERC, code)
    return None if unit is None else unit.shape


def ask(client: FlaskClient, line: str = "", **form: str) -> TestResponse:
    return client.post("/a/a1/address", data={"address": line, **form})


def said(answer: TestResponse) -> str:
    """The verdict and the sentence after it."""
    assert answer.status_code == 200
    found = re.search(r'(?s)<h2 id="answer">(.*?)</h2>\s*<p class="body">(.*?)</p>', answer.text)
    assert found is not None
    return unescape(f"{found[1]}. {found[2]}")


def choices(answer: TestResponse) -> list[str]:
    return [unescape(name) for name in re.findall(r'class="choice">(.*?)</button>', answer.text)]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("Różana 12", "Tak. ul. Różana 12, Regionalna: ten adres jest w obszarze alertu."),
        ("rozana 12", "Tak. ul. Różana 12, Regionalna: ten adres jest w obszarze alertu."),
        ("Regionalna, ul. Różana 12/3", "Tak. ul. Różana 12, Regionalna: ten adres jest w obszarze alertu."),
        ("Różana 42", "Nie. ul. Różana 42, Regionalna: tego adresu nie ma w obszarze alertu."),
        ("Dworcowa 3", "Nie. ul. Dworcowa 3, Regionalna: tego adresu nie ma w obszarze alertu."),
        ("Zawada 7", "Nie. Zawada 7: tego adresu nie ma w obszarze alertu."),
        ("Dworcowa", "Nie. ul. Dworcowa, Regionalna: w obszarze alertu nie ma żadnego adresu (z 117)."),
    ],
)
def test_an_address_is_in_a_drawn_area_or_not(
    office: PublicOffice, client: FlaskClient, line: str, answer: str
):
    office.store.put(drawn(HALF_OF_ROZANA))
    assert said(ask(client, line)) == answer


def test_of_a_street_that_is_partly_inside_the_number_is_asked_for(office: PublicOffice, client: FlaskClient):
    office.store.put(drawn(HALF_OF_ROZANA))
    told = said(ask(client, "Różana"))
    assert re.fullmatch(r"Nie wiemy\. ul\. Różana, Regionalna: .* \(\d+ z 42\)\. Dopisz numer domu\.", told)


def test_all_of_a_street_may_be_inside(office: PublicOffice, client: FlaskClient):
    office.store.put(drawn(square(49.834, 19.935, 0.008)))
    assert said(ask(client, "Różana")) == (
        "Tak. ul. Różana, Regionalna: w obszarze alertu są wszystkie adresy (razem: 42)."
    )


def test_houses_meant_by_code_are_told_as_they_are_delivered(office: PublicOffice, client: FlaskClient):
    """The even ones stand between the odd ones: no shape tells them apart."""
    kept, shown = by_parts((Level.STREET, ROZANA, ODD))
    office.store.put(shown)
    office.alerts.put(kept)
    assert said(ask(client, "Różana 11")).startswith("Tak.")
    assert said(ask(client, "Różana 12")).startswith("Nie.")


def test_a_whole_village_is_meant_by_its_code(office: PublicOffice, client: FlaskClient):
    kept, shown = by_parts((Level.LOCALITY, VILLAGE, None), (Level.STREET, DWORCOWA, None))
    office.store.put(shown)
    office.alerts.put(kept)
    assert said(ask(client, "Zawada 12")).startswith("Tak.")
    assert said(ask(client, "Zawada")).startswith("Tak.")
    assert said(ask(client, "Dworcowa 117")).startswith("Tak.")
    assert said(ask(client, "Różana 1")).startswith("Nie.")
    assert said(ask(client, "Regionalna")).startswith("Nie wiemy.")


def test_parts_of_another_area_than_was_signed_count_for_nothing(office: PublicOffice, client: FlaskClient):
    kept, shown = by_parts((Level.STREET, ROZANA, None))
    office.store.put(signed(replace(shown, area=square(49.838, 19.935, 0.001))))
    office.alerts.put(kept)
    assert said(ask(client, "Różana 1")).startswith("Nie.")
    assert said(ask(client, "Dworcowa 25")).startswith("Tak.")


def test_what_is_not_sure_is_offered_to_choose_from(office: PublicOffice, client: FlaskClient):
    office.store.put(drawn(HALF_OF_ROZANA))
    unsure = ask(client, "Rórzana 12")
    assert said(unsure).startswith("Nie wiemy. Takiego adresu nie ma w rejestrze.")
    assert choices(unsure) == ["ul. Różana 12, Regionalna"]
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w*)"', unsure.text))
    assert form == {"locality": TOWN, "street": "90001", "number": "12"}
    assert said(ask(client, **form)).startswith("Tak. ul. Różana 12, Regionalna:")


def test_a_part_of_a_village_is_asked_about_as_the_village(office: PublicOffice, client: FlaskClient):
    office.store.put(drawn(HALF_OF_ROZANA))
    assert choices(ask(client, "Przysiółek")) == ["Zawada"]


def test_a_number_that_the_register_lacks_is_not_guessed(office: PublicOffice, client: FlaskClient):
    office.store.put(drawn(HALF_OF_ROZANA))
    for answer in (ask(client, "Różana 40X"), ask(client, locality=TOWN, street="90001", number="40X")):
        assert said(answer).startswith("Nie wiemy. ul. Różana, Regionalna: tego numeru nie ma w rejestrze")
        assert "ul. Różana 40, Regionalna" in choices(answer)


@pytest.mark.parametrize(
    "form",
    [
        {"address": "Nieznana 5"},
        {"address": "???"},
        {"locality": "1234567"},
        {"locality": TOWN, "street": "99999", "number": "1"},
        {"locality": HAMLET},
    ],
)
def test_what_is_not_in_the_register_is_not_known_and_the_office_is_named(
    office: PublicOffice, client: FlaskClient, form: dict[str, str]
):
    office.municipalities.public = [replace(municipality(), contact={"phone": "12 345 67 89"})]
    office.store.put(drawn(HALF_OF_ROZANA))
    answer = client.post("/a/a1/address", data=form)
    assert said(answer).startswith("Nie wiemy. Nie znaleźliśmy takiego adresu")
    assert '<a href="tel:123456789">12 345 67 89</a>' in answer.text
    assert 'href="tel:112"' in answer.text


def test_without_a_register_nothing_is_known(office: PublicOffice, client: FlaskClient):
    office.areas.gazetteers.clear()
    office.store.put(drawn(HALF_OF_ROZANA))
    assert said(ask(client, "Różana 12")) == "Nie wiemy. Nie mamy rejestru adresów tej gminy."


def test_a_register_of_a_later_release_is_as_good_as_none(
    office: PublicOffice, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    def fail(terc: str) -> Any:
        raise Unreadable

    monkeypatch.setattr(office.areas, "gazetteer", fail)
    office.store.put(drawn(HALF_OF_ROZANA))
    assert said(ask(client, "Różana 12")) == "Nie wiemy. Nie mamy rejestru adresów tej gminy."


@pytest.mark.parametrize("of", [signed(published(), SeededKey(7)), published()])
def test_of_an_area_that_nobody_signed_nothing_is_said(
    office: PublicOffice, client: FlaskClient, of: PublicAlert
):
    office.store.put(of)
    assert said(ask(client, "Różana 12")).startswith("Nie wiemy. Nie wiadomo, czy ten alert jest od gminy")


def test_an_area_that_is_no_shape_is_said_to_be_so(office: PublicOffice, client: FlaskClient):
    office.store.put(drawn("{}"))
    assert said(ask(client, "Różana 12")).startswith("Nie wiemy. Nie da się odczytać obszaru")


@pytest.mark.parametrize("line", ["", "   "])
def test_nothing_asked_is_answered_with_the_form(office: PublicOffice, client: FlaskClient, line: str):
    office.store.put(drawn(HALF_OF_ROZANA))
    answer = ask(client, line)
    assert answer.status_code == 200
    assert "Wpisz adres, o który pytasz." in text_of(answer.text)


def test_an_answer_is_kept_by_nobody_and_leaves_no_trace(
    office: PublicOffice, client: FlaskClient, caplog: pytest.LogCaptureFixture
):
    office.store.put(drawn(HALF_OF_ROZANA))
    with caplog.at_level(logging.DEBUG):
        answer = ask(client, "Różana 12")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert "ETag" not in answer.headers
    assert '<meta name="robots" content="noindex">' in answer.text
    assert not caplog.records
    assert office.alerts.writes == 0


@pytest.mark.parametrize("error", [Unavailable(), KeyError("x")])
def test_what_breaks_while_asking_names_no_address(
    office: PublicOffice, client: FlaskClient, caplog: pytest.LogCaptureFixture, error: Exception
):
    def fail(terc: str) -> Any:
        raise error

    office.areas.gazetteer = fail  # type: ignore[method-assign]
    office.store.put(drawn(HALF_OF_ROZANA))
    answer = ask(client, "Sekretna 12")
    assert answer.status_code in (500, 503)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Sekretna" not in caplog.text + answer.text


def test_what_is_typed_is_shown_as_text(office: PublicOffice, client: FlaskClient):
    office.store.put(drawn(HALF_OF_ROZANA))
    answer = ask(client, '"><script>x</script>')
    assert "<script>x" not in answer.text


def test_a_form_of_this_site_alone_may_be_sent_from_its_pages(office: PublicOffice, client: FlaskClient):
    office.store.put(drawn(HALF_OF_ROZANA))
    policy = client.get("/a/a1").headers["Content-Security-Policy"]
    assert "form-action 'self'" in policy
    sites = json.loads((ROOT / "firebase.json").read_text())["hosting"]
    rules = next(site for site in sites if site["target"] == "residents")["headers"]
    [at_hosting] = [rule["headers"] for rule in rules if rule["source"] == "/a/**"]
    assert at_hosting == [{"key": "Content-Security-Policy", "value": policy}]


def test_more_than_an_address_is_refused_and_the_refusal_kept_by_nobody(
    office: PublicOffice, client: FlaskClient
):
    office.store.put(drawn(HALF_OF_ROZANA))
    answer = ask(client, "x" * 2000)
    assert answer.status_code == 400
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_unknown_alert_has_no_addresses(client: FlaskClient):
    assert client.post("/a/a1/address", data={"address": "Różana 1"}).status_code == 404


def test_whoever_comes_back_to_an_answer_is_led_to_the_alert(client: FlaskClient):
    answer = client.get("/a/a1/address?lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/a/a1?lang=en")


def test_in_another_language_it_is_asked_and_answered_in_it(office: PublicOffice, client: FlaskClient):
    office.store.put(drawn(HALF_OF_ROZANA))
    answer = client.post("/a/a1/address?lang=en", data={"address": "Różana 12"})
    assert said(answer) == "Yes. ul. Różana 12, Regionalna: this address is in the alert’s area."
    assert 'action="/a/a1/address?lang=en"' in answer.text
    assert '<a href="/a/a1" lang="pl"' in answer.text


def test_of_an_alert_that_is_over_the_answer_says_so(office: PublicOffice, client: FlaskClient):
    office.store.put(drawn(HALF_OF_ROZANA, state=State.CANCELLED, cancelled=SENT))
    assert "Ten alert już nie obowiązuje." in text_of(ask(client, "Różana 12").text)


def test_a_question_costs_the_alert_its_thread_and_what_the_office_keeps(
    office: PublicOffice, client: FlaskClient
):
    office.store.put(drawn(HALF_OF_ROZANA))
    ask(client, "Różana 12")
    assert office.store.requests == ["alert", "thread"]


TYPED = st.text(max_size=60) | st.sampled_from(
    ["Różana", "12", "Zawada", TOWN, "90001", "12A/3", "3 Maja 7-9"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["address", "locality", "street", "number", "x"]), TYPED))
def test_whatever_is_sent_has_an_answer(office: PublicOffice, client: FlaskClient, form: dict[str, str]):
    office.store.put(drawn(HALF_OF_ROZANA))
    answer = client.post("/a/a1/address", data=form)
    assert answer.status_code in (200, 400)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"address=%ff%fe", "application/x-www-form-urlencoded"),
        (b'{"address": "x"}', "application/json"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"", "text/plain"),
    ],
)
def test_a_body_of_another_kind_asks_nothing(
    office: PublicOffice, client: FlaskClient, body: bytes, kind: str
):
    office.store.put(drawn(HALF_OF_ROZANA))
    answer = client.post("/a/a1/address", data=body, content_type=kind)
    assert answer.status_code == 200
