"""What crisis centres are told: never longer than two SMS, in the alphabet of GSM, with what matters."""

from __future__ import annotations

from dataclasses import replace

from shared.domain.alert import Kind, State
from shared.domain.content import Severity, Text
from shared.domain.covered import Covered, CoveredName
from shared.domain.gsm import TWO_PARTS, of_alphabet, places, shortened
from shared.formats.template_json import built_in
from shared.formats.upwards_text import teryt_list, upwards_mail, upwards_text
from tests.fakes.alert_values import TERC, alert, at, content

LONG_OFFICE = "Gmina Świętochłowice-Żmigród nad Źródlaną Wodą i Dąbrówką Kościelną"
NAMES = tuple(CoveredName(f"0951617:{number:05}", "ul. Świętej Jadwigi", 9, 42) for number in range(40))
LONGEST = content(
    severity=Severity.EXTREME,
    exercise=True,
    texts={"pl": Text("Żółć gęślą jaźń " * 7, "Uciekaj.", "Wyjdź.")},
    area_name="ul. Źródlana, Łąki Średzkie " * 7,
    contact="tel. 12 345 67 89 wew. 12",
    covers=Covered(NAMES, 360, 999, 7, 60),
)


def sent(**changes):
    return alert(**{"started": at(2), "state": State.ACTIVE, "content": LONGEST, **changes})


def test_the_longest_names_fit_and_what_cannot_be_left_out_stands():
    wrong = []
    for kind in Kind:
        for ends_what in (None, State.CANCELLED, State.ENDED):
            text = upwards_text(sent(kind=kind, ends_what=ends_what), LONG_OFFICE)
            whole = (
                "CWICZENIE. ",
                TERC,
                "Zagrozenie zycia",
                "do 22.11 14:10",
                "Adresow: 360",
                "TERYT 0951617:",
            )
            if not (places(text) or 999) <= TWO_PARTS or [one for one in whole if one not in text]:
                wrong.append((kind, ends_what, places(text), text))
    assert not wrong


def test_every_template_fits_with_its_facts_unfilled():
    wrong = {}
    for name, template in built_in().items():
        for language, text in template.texts.items():
            said = content(texts={"pl": Text(text.title * 2, "x")}, covers=LONGEST.covers)
            told = upwards_text(sent(content=said), LONG_OFFICE)
            if not (places(told) or 999) <= TWO_PARTS:
                wrong[name, language] = told
    assert len(built_in()) >= 40
    assert not wrong


def test_letters_of_other_scripts_and_signs_break_nothing():
    assert of_alphabet("Łódź – „Żuraw”…\n 🚨 č ў") == 'Lodz - "Zuraw". c ?'
    odd = content(texts={"pl": Text("🚨 Водовоз {~} €" * 9, "x")}, area_name="—", contact="https://gmina.pl")
    assert (places(upwards_text(sent(content=odd), "Łąki")) or 999) <= TWO_PARTS
    assert "Tel." not in upwards_text(sent(content=odd), "Łąki")


def test_a_cut_is_between_words_and_never_longer_than_asked():
    for most in range(40):
        assert len(shortened("Wody nie bedzie do ok. 14:00", most)) <= most
    assert shortened("Wody nie bedzie do ok. 14:00", 20) == "Wody nie bedzie..."
    assert shortened("Wody", 20) == "Wody"


def test_a_short_alert_is_told_whole_with_polish_time():
    text = upwards_text(sent(content=content()), "Wzorów")
    assert text.startswith(f"Wzorow ({TERC}): alert ")
    assert "Brak wody: ul. Glowna. Obszar: ul. Glowna. Wyslano 22.11 03:00, wazny do 22.11 14:10." in text


def test_what_is_taken_back_or_over_says_so():
    assert "odwolanie blednego alertu" in upwards_text(
        sent(kind=Kind.CORRECTION, ends_what=State.CANCELLED), "W"
    )
    assert "koniec zagrozenia" in upwards_text(sent(kind=Kind.ALL_CLEAR, ends_what=State.ENDED), "W")


def test_the_mail_has_the_whole_text_and_the_list_of_the_register():
    mail = upwards_mail(sent(), "Wzorów", "x")
    assert mail.subject.startswith("ĆWICZENIE. Wzorów")
    assert "Uciekaj.\nWyjdź." in mail.text
    assert "0951617:00039 ul. Świętej Jadwigi (9 z 42 adresów)" in mail.text
    assert "i jeszcze 7 (adresów: 60)" in mail.text
    assert "\n" not in mail.subject


def test_without_a_register_the_list_is_what_is_known():
    assert [one.code for one in teryt_list(content(), TERC)] == [TERC]
    assert upwards_mail(replace(sent(), content=content(texts={})), "W", "x").text
