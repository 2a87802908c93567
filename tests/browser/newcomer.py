"""Somebody who becomes staff: a mail box, an authenticator, and what they do with the page."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pyotp
import requests
from playwright.sync_api import Page, expect

from infra.local.auth_factors import PERIOD
from infra.local.stack import Stack

PASSWORD = "cztery koty i stary parasol"
LINK = re.compile(r"https?://\S+/join#\S+")


@dataclass
class Newcomer:
    stack: Stack
    name: str
    email: str
    secret: str = ""
    recovery_codes: list[str] = field(default_factory=list)
    used: int = 0  # the step of the last code

    def mails(self) -> list[dict[str, Any]]:
        answer = requests.get(
            f"{self.stack.address('mail_control')}/mails", params={"to": self.email}, timeout=60
        )
        found: list[dict[str, Any]] = answer.json()
        return found

    def link(self) -> str:
        """Of the newest mail that has one."""
        texts = [mail["text"] for mail in self.mails() if LINK.search(mail["text"])]
        found = LINK.search(texts[-1])
        assert found
        return found[0]

    def code(self) -> str:
        """One that was not used yet; waits for it, at most a period."""
        self.used = max(self.used + 1, int(time.time()) // PERIOD)
        time.sleep(max(0.0, (self.used - 1) * PERIOD - time.time() + 1))
        return pyotp.TOTP(self.secret).generate_otp(self.used)

    def enrol(self, page: Page) -> None:
        """From the link to the account's being ready."""
        page.goto(self.link())
        page.locator("#password").fill(PASSWORD)
        page.locator("#again").fill(PASSWORD)
        press(page)
        expect(page.locator("svg.secret-picture")).to_be_visible()
        self.secret = page.locator("#secret").inner_text().replace(" ", "")
        self.used = int(time.time()) // PERIOD - 2
        page.locator("#code").fill(self.code_before())
        press(page)
        expect(page.locator("#recovery-codes li")).to_have_count(10)
        self.recovery_codes = page.locator("#recovery-codes li").all_inner_texts()
        page.get_by_label("Mam kody na papierze").check()
        press(page)
        expect(page.locator("h1")).to_have_text("Konto jest gotowe")

    def code_before(self) -> str:
        """Still accepted; the present one stays free for signing in."""
        self.used = int(time.time()) // PERIOD - 1
        return pyotp.TOTP(self.secret).generate_otp(self.used)

    def sign_in(self, page: Page) -> None:
        page.goto(f"{self.stack.address('hosting')}/alerts")
        page.locator("#email").fill(self.email)
        page.locator("#password").fill(PASSWORD)
        press(page)
        page.locator("#code").fill(self.code())
        press(page)

    def become_staff(self, new_page: Callable[..., Page]) -> Page:
        """Their page, signed in."""
        page = new_page()
        self.enrol(page)
        self.sign_in(page)
        expect(page.locator(".header__name")).to_have_text(self.name)
        return page


def press(page: Page) -> None:
    page.locator("form button[type=submit]").first.click()
