"""The app shows what each message of a thread is: first in words, and calmly where it is no danger."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from shared.domain.alert import State
from shared.domain.content import Category, Response, Severity
from shared.domain.public_alert import Kind
from tests.accessibility import PHONE, assert_accessible
from tests.residents.publisher import METRE, Point, Publisher, around, now
from tests.residents.reader import Reader, home, office, reader

__all__ = ["home", "office", "reader"]
pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]

WARNING: dict[str, Any] = {
    "category": Category.WARNING,
    "severity": Severity.SEVERE,
    "response": Response("Evacuate"),
}


def kinds(home: Point) -> list[tuple[str, dict[str, Any], dict[str, Any], str, str]]:
    """Name, what follows, how the first stands then, where it is said first, the words."""
    elsewhere = around((home[0] + 900 * METRE, home[1]))
    taken_back = {"state": State.CANCELLED, "cancelled": now()}
    clear = {"kind": Kind.ALL_CLEAR, "severity": Severity.MINOR, "response": None}
    mine_no_more = {"kind": Kind.UPDATE, "area": elsewhere}
    eased, wrong = {**mine_no_more, "narrowed": "eased"}, {**mine_no_more, "narrowed": "wrong"}
    return [
        ("update", {"kind": Kind.UPDATE}, {}, ".mark--update", "Aktualizacja"),
        ("correction", {"kind": Kind.CORRECTION}, {}, "#corrects", "zawierała błąd i już nie obowiązuje"),
        ("taken back", {"kind": Kind.CORRECTION}, taken_back, "#corrects", "Nie stosuj się do niej"),
        ("all-clear", clear, {"state": State.ENDED}, "#clear", "już nie obowiązują"),
        (
            "no longer mine",
            eased,
            {},
            "#narrowed",
            "Już nie dotyczy: Dom. Zagrożenie tam minęło. To nie znaczy",
        ),
        ("never mine", wrong, {}, "#narrowed", "Wcześniejszy obszar był podany błędnie."),
        ("late", {"next_info": now() - timedelta(minutes=1)}, {}, "#late", "Jeszcze jej nie ma."),
        ("ran out", {"expires": now() - timedelta(seconds=1)}, {}, "#over", "Zagrożenie mogło nie minąć."),
        ("of a later release", {"kind": Kind("reminder")}, {}, ".mark--reminder", "Reminder"),
    ]


def test_the_app_shows_each_kind_of_message(reader: Reader, office: Publisher, home: Point):
    for name, changes, before, place, words in kinds(home):
        first = office.publish(home, f"Dym: {name}", **WARNING)
        kind = changes.pop("kind", Kind.UPDATE)
        follower = office.follow_up(first, kind, f"Potem: {name}", **changes)
        office.write(replace(first, revision=first.revision + 1, **before))
        page = reader.read(follower.id)
        expect(page.locator(place), name).to_contain_text(words)
        expect(page.locator("#seal"), name).to_contain_text("Podpis jest prawdziwy")
        is_calm = name in ("all-clear", "no longer mine", "never mine")
        expect(page.locator(".alert .severity"), name).to_have_count(0 if is_calm else 1)
        expect(page.locator(".alert__thread li").nth(1), name).to_contain_text(
            f"Zastąpiona przez: Potem: {name}"
        )
        assert_accessible(page, ("phone", "phone, dark"))
        in_the_list(reader.resident.open("/"), name, is_calm)


def in_the_list(page: Page, name: str, is_calm: bool) -> None:
    """The newest with the first beneath it, which stands as in force nowhere."""
    item = page.locator(".alerts__item").filter(has=page.get_by_role("heading", name=f"Potem: {name}"))
    expect(item, name).to_be_visible()
    expect(item.locator(".severity"), name).to_have_count(0 if is_calm else 1)
    expect(page.get_by_role("heading", name=f"Dym: {name}"), name).to_have_count(0)
    item.locator("summary").click()
    expect(item, name).to_contain_text(f"Zastąpiona przez: Potem: {name}")
    said = {"late": "Jeszcze jej nie ma.", "ran out": "Zagrożenie mogło nie minąć."}
    expect(item, name).to_contain_text(said.get(name, "Potem"))


def test_an_exercise_is_one_wherever_its_title_stands(reader: Reader, office: Publisher, home: Point):
    first = office.publish(home, "Próba", exercise=True, **WARNING)
    expect(reader.page.locator("#announcements")).to_have_text("Nowy alert: ĆWICZENIE: Próba")
    page = reader.read(first.id)
    expect(page).to_have_title("ĆWICZENIE: Próba – Alert Online")
    office.follow_up(first, Kind.UPDATE, "Próba trwa")
    expect(page.locator("#newer")).to_contain_text("Przejdź do najnowszej: ĆWICZENIE: Próba trwa")
    expect(page.locator(".alert__thread .mark--exercise")).to_have_count(2)
    PHONE.show(page)
