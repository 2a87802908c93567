"""From nothing to the first exercise: a municipality is opened, its people come by mail and send."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from demo.generate import generate
from demo.municipality import read
from infra.local.processes import ROOT
from infra.local.stack import Stack
from tests.accessibility import violations
from tests.browser.newcomer import Newcomer
from tests.browser.site import paste_area, write_texts

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(600)]


class Operator:
    """At a terminal, with the project's own commands."""

    def __init__(self, stack: Stack) -> None:
        self._env = {**os.environ, **stack.env()}

    def run(self, module: str, *arguments: object) -> str:
        ended = subprocess.run(
            [sys.executable, "-m", module, *map(str, arguments)],
            cwd=ROOT,
            env=self._env,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout


@pytest.fixture(scope="module")
def operator(stack: Stack) -> Operator:
    return Operator(stack)


@pytest.fixture(scope="module")
def terc(stack: Stack, operator: Operator, tmp_path_factory: pytest.TempPathFactory) -> str:
    made = read(generate(tmp_path_factory.mktemp("gmina")))
    operator.run("manage.areas", "open", made.terc, *made.files, "--keys", stack.state.signing_keys)
    return made.terc


@pytest.fixture(scope="module")
def boundary(tmp_path_factory: pytest.TempPathFactory) -> object:
    return read(generate(tmp_path_factory.mktemp("boundary"))).boundary


def invited(page: Page, person: Newcomer, role: str) -> None:
    fold = page.locator("details", has=page.locator("#name"))
    if fold.get_attribute("open") is None:
        fold.locator("> summary").click()
    page.locator("#name").fill(person.name)
    page.locator("#email").fill(person.email)
    page.locator(f"#role-{role}").check()
    page.get_by_role("button", name="Zaproś", exact=True).click()
    expect(page.locator("#notice")).to_contain_text(f"E-mail wysłany na adres {person.email}.")
    expect(page.locator("#role-author")).not_to_be_checked()


def test_from_nothing_to_the_first_exercise(
    stack: Stack, operator: Operator, terc: str, boundary: object, new_page: Callable[..., Page]
):
    zofia = Newcomer(stack, "Zofia Pierwsza", "zofia@urzad.example")
    jan = Newcomer(stack, "Jan Piszący", "jan@urzad.example")
    maria = Newcomer(stack, "Maria Druga", "maria@urzad.example")

    operator.run(
        "manage.staff",
        *("create", terc, "--name", zofia.name, "--email", zofia.email, "--roles", "admin"),
    )
    admin = zofia.become_staff(new_page)
    admin.get_by_role("link", name="Pracownicy").click()
    expect(admin.locator("h1")).to_have_text("Pracownicy")
    assert violations(admin) == []
    invited(admin, jan, "author")
    invited(admin, maria, "approver")
    # The office has one admin as yet: the operator is the second person.
    operator.run("manage.staff", "roles", terc, maria.email, "--roles", "approver")

    author, approver = jan.become_staff(new_page), maria.become_staff(new_page)
    author.goto(f"{stack.address('hosting')}/exercise")
    write_texts(author, "Próba systemu", "To jest ćwiczenie. Nic nie trzeba robić.")
    paste_area(author, boundary)
    author.get_by_label("Zaraz po zatwierdzeniu").check()
    author.get_by_label("Ogłoszenie wisi").check()
    author.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    expect(author.get_by_text("Przekazano do zatwierdzenia.")).to_be_visible()
    author.wait_for_url(re.compile(r"/alerts/\w{20}$"))

    approver.goto(author.url)
    approver.get_by_role("button", name="Zatwierdź i wyślij").first.click()
    question = approver.get_by_role("dialog")
    question.locator("#sure").check()  # it is the whole municipality
    question.get_by_role("button", name="Zatwierdź i wyślij").click()
    expect(approver.get_by_text("Zatwierdzono")).to_be_visible()
    expect(approver.locator(".govuk-tag:not(.exercise)").first).to_have_text("Aktywny")
    expect(approver.locator(".exercise").first).to_have_text("Ćwiczenie")


def test_a_lost_phone_is_replaced_by_a_recovery_code(
    stack: Stack, operator: Operator, terc: str, new_page: Callable[..., Page]
):
    ewa = Newcomer(stack, "Ewa Zgubna", "ewa.zgubna@urzad.example")
    operator.run(
        "manage.staff",
        *("create", terc, "--name", ewa.name, "--email", ewa.email, "--roles", "author,admin"),
    )
    before = ewa.become_staff(new_page)
    page = new_page()
    page.goto(f"{stack.address('hosting')}/recover")
    assert violations(page) == []
    page.locator("#email").fill(ewa.email)
    page.locator("#code").fill(ewa.recovery_codes[4].lower())
    page.locator("form button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("Wysłaliśmy link")

    before.reload()  # the session of before has ended
    expect(before.locator("h1")).to_have_text(re.compile("Zaloguj się|Nie udało się"))
    ewa.become_staff(new_page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_way_in_is_accessible(
    stack: Stack, operator: Operator, terc: str, new_page: Callable[..., Page], scheme: str
):
    person = Newcomer(stack, "Adam Dostępny", f"adam.{scheme}@urzad.example")
    operator.run(
        "manage.staff",
        *("create", terc, "--name", person.name, "--email", person.email, "--roles", "author"),
    )
    page = new_page(color_scheme=scheme)
    page.goto(person.link())
    expect(page.locator("#password")).to_be_focused()
    assert violations(page) == []
    page.locator("#password").fill("haslo")
    page.locator("#again").fill("haslo")
    page.locator("form button[type=submit]").click()
    expect(page.locator("#password-error")).to_contain_text("za krótkie")
    assert violations(page) == []


def test_a_link_that_serves_no_more_says_so(stack: Stack, new_page: Callable[..., Page]):
    page = new_page()
    page.goto(f"{stack.address('hosting')}/join#p0.{'x' * 43}")
    expect(page.locator("#failure")).to_contain_text("Ten link nie działa")
