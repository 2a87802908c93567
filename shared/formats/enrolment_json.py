"""Bodies and answers of becoming staff."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from shared.domain.clean_text import clean_line, refused_in
from shared.domain.enrolment import Invitation
from shared.errors import FieldError, InvalidInput
from shared.formats.json_body import pointer

LONGEST_NAME, LONGEST_EMAIL, LONGEST_TEXT = 80, 254, 512  # RFC 5321, section 4.5.3.1.3, of an address
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")  # HTML, type=email


def read_texts(body: object, *names: str) -> dict[str, str]:
    """An object of exactly these texts. Raises InvalidInput."""
    if not isinstance(body, dict):
        raise InvalidInput([FieldError("", "not-object")])
    errors = [FieldError(pointer(name), "unknown-field") for name in body.keys() - set(names)]
    errors += [FieldError(pointer(name), "missing") for name in names if name not in body]
    for name in names:
        if name in body and not isinstance(body[name], str):
            errors.append(FieldError(pointer(name), "not-text"))
        elif len(body.get(name, "")) > LONGEST_TEXT:
            errors.append(FieldError(pointer(name), "too-long", {"most": LONGEST_TEXT}))
    if errors:
        raise InvalidInput(errors)
    return {name: body[name] for name in names}


def read_newcomer(body: object, known: frozenset[str]) -> tuple[str, str, frozenset[str]]:
    """Name, e-mail in lower case, roles of those `known`. Raises InvalidInput."""
    if not isinstance(body, dict):
        raise InvalidInput([FieldError("", "not-object")])
    roles = body.get("roles")
    texts = read_texts({name: value for name, value in body.items() if name != "roles"}, "name", "email")
    name, email = " ".join(clean_line(texts["name"]).split()), texts["email"].strip().lower()
    errors = list(_wrong(name, email))
    if not isinstance(roles, list) or not roles or not all(isinstance(one, str) for one in roles):
        errors.append(FieldError("/roles", "missing"))
    elif not set(roles) <= known or len(roles) > len(known):
        errors.append(FieldError("/roles", "unknown-value", {"known": ", ".join(sorted(known))}))
    if errors:
        raise InvalidInput(errors)
    return name, email, frozenset(roles or ())


def is_email(text: str) -> bool:
    return len(text) <= LONGEST_EMAIL and _EMAIL.fullmatch(text) is not None


def _wrong(name: str, email: str) -> list[FieldError]:
    errors = []
    if not name:
        errors.append(FieldError("/name", "missing"))
    if len(name) > LONGEST_NAME:
        errors.append(FieldError("/name", "too-long", {"most": LONGEST_NAME}))
    if hidden := refused_in(name):
        errors.append(FieldError("/name", "text-characters", asdict(hidden)))
    if not is_email(email):
        errors.append(FieldError("/email", "not-email"))
    return errors


def invitation_json(invitation: Invitation, now: datetime) -> Mapping[str, Any]:
    """For admins; never a code."""
    state = "ended" if invitation.state == "open" and not invitation.is_open(now) else invitation.state
    return {
        "uid": invitation.uid,
        "name": invitation.name,
        "email": invitation.email,
        "roles": list(invitation.wanted),
        "state": str(state),
        "mail": str(invitation.mail),
        "ends": _time(invitation.ends),
        "renewal": invitation.renewal,
        "revision": invitation.revision,
    }


def opened_json(invitation: Invitation, office: str, least: int) -> Mapping[str, Any]:
    """For whoever has the link: whose it is, and the least length of a password."""
    return {
        "name": invitation.name,
        "email": invitation.email,
        "municipality": office,
        "ends": _time(invitation.ends),
        "renewal": invitation.renewal,
        "least_password": least,
    }


def _time(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
