"""What the public pages say of the messages of a thread: which is in force, what replaced what, and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from shared.domain.alert import Kind, State, Text
from shared.domain.content import Category, Response, Severity
from shared.domain.public_alert import PublicAlert
from tests.fakes.alert_values import TERC
from tests.fakes.public_office import SENT, PublicOffice, published, signed
from tests.functions.public_pages import read, section, section_html, text_of

MINUTE = timedelta(minutes=1)
WARNING: dict[str, Any] = {"category": Category.WARNING, "severity": Severity.SEVERE}


@pytest.fixture
def office() -> PublicOffice:
    return PublicOffice()


@pytest.fixture
def client(office: PublicOffice, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    return office.open(monkeypatch)


def message(version: int, title: str, **changes: Any) -> PublicAlert:
    texts = {"pl": Text(title, "Zamknij okna.")}
    told = {"texts": texts, "version": version, "sent": SENT + version * MINUTE, **WARNING}
    return published(f"a{version}", **{**told, **changes})


def put(office: PublicOffice, *messages: PublicAlert) -> None:
    for one in messages:
        office.store.put(signed(one))


def test_each_earlier_message_names_what_replaced_it_and_none_is_in_force(office, client):
    """Also where the copy of the one before is active still: only the newest counts."""
    first, update = message(1, "Dym"), message(2, "Dym na Polnej", kind=Kind.UPDATE)
    clear = message(3, "Po pożarze", kind=Kind.ALL_CLEAR, severity=Severity.MINOR)
    for became, words in ((State.ACTIVE, "Zastąpiony"), (State.ENDED, "Zakończony")):
        put(office, first, message(2, "Dym na Polnej", kind=Kind.UPDATE, state=became), clear)
        course = section(client.get("/a/a3").text, "thread")
        assert "Koniec zagrożenia: Po pożarze (ta wiadomość)" in course
        assert f"{words} Aktualizacja: Dym na Polnej Zastąpiona przez: Po pożarze" in course
        assert "Zastąpiony Alert: Dym Zastąpiona przez: Dym na Polnej" in course
        assert course.index("Po pożarze") < course.index("Dym na Polnej Zastąpiona")
        assert "Aktywny" not in course
    page = read(client, "/a/a1")
    assert "Jest nowsza wiadomość w tej sprawie: Koniec zagrożenia: Po pożarze" in page
    assert update.id in client.get("/a/a1").text


KINDS: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("update", {"kind": Kind.UPDATE}, {"state": State.SUPERSEDED}, "Aktualizacja"),
    (
        "correction",
        {"kind": Kind.CORRECTION},
        {"state": State.SUPERSEDED},
        "To sprostowanie. Wcześniejsza wiadomość zawierała błąd i już nie obowiązuje: Dym",
    ),
    (
        "taken back",
        {"kind": Kind.CORRECTION},
        {"state": State.CANCELLED, "cancelled": SENT + 2 * MINUTE},
        "Wcześniejsza wiadomość była błędna i została wycofana. Nie stosuj się do niej: Dym",
    ),
    (
        "all-clear",
        {"kind": Kind.ALL_CLEAR, "severity": Severity.MINOR},
        {"state": State.ENDED},
        "Koniec zagrożenia. Wcześniejsze zalecenia w tej sprawie już nie obowiązują.",
    ),
    (
        "smaller: over there",
        {"kind": Kind.UPDATE, "narrowed": "eased"},
        {},
        "Tam, gdzie alert już nie sięga, zagrożenie minęło.",
    ),
    (
        "smaller: it was wrong",
        {"kind": Kind.UPDATE, "narrowed": "wrong"},
        {},
        "Wcześniejszy obszar był podany błędnie.",
    ),
    (
        "an evacuation that became smaller",
        {"kind": Kind.UPDATE, "narrowed": "eased", "response": Response("Evacuate")},
        {},
        "zagrożenie minęło. To nie znaczy, że można już wracać",
    ),
    ("exercise", {"exercise": True}, {"exercise": True}, "ĆWICZENIE: Nowa"),
    ("late", {"next_info": SENT - MINUTE}, {}, "Jeszcze jej nie ma."),
    ("ran out", {"expires": SENT}, {}, "Nie ma nowych informacji. Zagrożenie mogło nie minąć."),
    ("of a later release", {"kind": Kind("reminder"), "narrowed": "somehow"}, {}, "Reminder"),
]


def test_each_kind_of_message_says_first_what_it_is(office, client):
    for name, changes, before, words in KINDS:
        put(office, message(1, "Dym", **before), message(2, "Nowa", **changes))
        html = client.get("/a/a2").text
        page = text_of(html)
        assert words in page, name
        if name not in ("update", "of a later release"):
            assert page.index(words) < page.index("Gdzie"), name
        assert "Ten alert ma podpis gminy" in page, name
        assert ("wracać" in page) == (name == "an evacuation that became smaller"), name
    assert "zagrożenie minęło" not in read(client, "/a/a2")


def test_the_list_marks_exercises_late_information_and_what_ran_out(office, client):
    marked: dict[str, tuple[dict[str, Any], str]] = {
        "Próba": ({"exercise": True}, "ĆWICZENIE: Próba"),
        "Obiecane": ({"next_info": SENT - MINUTE}, "Obiecano informację do:"),
        "Minęło": ({"expires": SENT + MINUTE}, "Zagrożenie mogło nie minąć."),
    }
    for number, (title, (changes, words)) in enumerate(marked.items()):
        office.store.put(signed(message(1, title, **{**changes, "thread": f"t{number}"})))
        page = read(client, f"/alerts/{TERC}")
        assert words in page, title


def test_a_failure_is_mended_and_not_a_danger_that_passed(office, client):
    clear = {"kind": Kind.ALL_CLEAR, "severity": Severity.MINOR, "category": Category.FAILURE}
    put(office, message(1, "Brak wody"), message(2, "Woda wróciła", **clear))
    page = read(client, "/a/a2")
    assert "Naprawione. Wcześniejsze zalecenia" in page
    assert "Koniec zagrożenia" not in page


def test_the_exercise_is_marked_beside_the_title_that_is_verified(office, client):
    put(office, message(1, "Próba", exercise=True))
    html = client.get("/a/a1?lang=en").text
    assert '<span id="title">Próba</span>' in html
    assert 'lang="en">EXERCISE:</strong>' in html
    assert section_html(html, "title")
