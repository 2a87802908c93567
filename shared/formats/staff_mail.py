"""E-mail to staff as it is read: plain text, in Polish and English; the words stand in staff_mail.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str


@cache
def words() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def invitation_letter(name: str, office: str, link: str) -> Letter:
    return _letter("invitation", name, office, link)


def renewal_letter(name: str, office: str, link: str) -> Letter:
    return _letter("renewal", name, office, link)


def lost_phone_letter(name: str, office: str, link: str, step: str) -> Letter:
    """`step`: said, by the first of two; or done."""
    return _letter(f"lost-phone-{step}", name, office, link)


def stand_in_letter(powiat: str, office: str, who: str) -> Letter:
    """`who` began it."""
    return _letter("stand-in", who, office, powiat)


def sealed_letter(use: str, office: str) -> Letter:
    """`use`: sign-in, send or stop."""
    found = words()["sealed"]["uses"][use]
    return _letter("sealed", found["pl"], office, found["en"])


def trial_letter(last: str, office: str) -> Letter:
    """`last`: the day of the last trial."""
    return _letter("trial", last, office, "")


def _letter(kind: str, name: str, office: str, link: str) -> Letter:
    given, found = {"name": name, "office": office, "link": link}, words()[kind]
    parts = (found[language].strip().format_map(given) for language in ("pl", "en"))
    return Letter(found["subject"].format_map(given), "\n\n--\n\n".join(parts) + "\n")
