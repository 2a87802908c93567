"""What crisis centres were told, and where they are reached, as the staff's API takes and answers it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from shared.domain.clean_text import clean_line, refused_in
from shared.domain.upwards import Centre, CentreContact, Centres, Telling, ToldBy, Upwards
from shared.domain.words import is_known
from shared.errors import FieldError, InvalidInput
from shared.formats.alert_json import time_json
from shared.formats.enrolment_json import LONGEST_EMAIL, is_email
from shared.formats.json_body import pointer
from shared.formats.moment_text import read_moment
from shared.formats.upwards_text import Teryt

Json = dict[str, Any]
LONGEST_NAME = 120
_PHONE = re.compile(r"\+?[0-9][0-9 -]{1,22}[0-9]", re.ASCII)  # also 112, and extensions of an office
_CONTACT = ("name", "phone", "email")


@dataclass(frozen=True)
class SeenUpwards:
    """`text` and `units` of an alert that was sent; `may`: whether the caller may tell."""

    upwards: Upwards
    centres: Centres
    text: str
    units: tuple[Teryt, ...]
    may: bool
    now: datetime


def upwards_json(seen: SeenUpwards) -> Json:
    """`by` and `noted`: names; where a centre is reached stands with what it was told."""
    found = ((centre, seen.centres.of(centre)) for centre in Centre)
    return {
        "text": seen.text or None,
        "units": [asdict(one) for one in seen.units],
        "may": seen.may,
        "centres": [
            {"centre": centre.value, **contact_json(contact)} for centre, contact in found if contact
        ],
        "tellings": [telling_json(one, seen.now) for one in seen.upwards.tellings],
    }


def telling_json(telling: Telling, now: datetime) -> Json:
    return {
        "number": telling.number,
        "centre": telling.centre.value,
        "way": telling.way.value,
        "name": telling.name,
        "address": telling.address,
        "text": telling.text,
        "by": telling.by.name,
        "at": time_json(telling.at),
        "version": telling.version,
        "outcome": telling.outcome_at(now).value,
        "answered": None if telling.answered is None else time_json(telling.answered),
        "noted": None if telling.noted is None else telling.noted.name,
    }


def centres_json(centres: Centres) -> Json:
    told = {centre.value: centres.of(centre) for centre in Centre}
    return {
        "revision": centres.revision,
        **{name: contact_json(contact) if contact else None for name, contact in told.items()},
    }


def contact_json(contact: CentreContact) -> Json:
    return {"name": contact.name, "phone": contact.phone or None, "email": contact.email or None}


def read_to_tell(body: object) -> tuple[tuple[Centre, ...], ToldBy, datetime | None]:
    """Which centres, how, and when it was said. Raises InvalidInput."""
    given = _object(body, "", {"centres", "way"}, {"at"})
    errors = []
    centres, way, at = given["centres"], given["way"], given.get("at")
    if not isinstance(centres, list) or not centres or len(centres) > len(Centre):
        errors.append(FieldError("/centres", "missing"))
    elif wrong := [number for number, one in enumerate(centres) if not is_known(Centre, one)]:
        known = ", ".join(Centre)
        errors += [
            FieldError(pointer("centres", number), "unknown-value", {"known": known}) for number in wrong
        ]
    elif len(set(centres)) < len(centres):
        errors.append(FieldError("/centres", "upwards-twice"))
    if not is_known(ToldBy, way):
        errors.append(FieldError("/way", "unknown-value", {"known": ", ".join(ToldBy)}))
    if at is not None and (read_moment(at) is None or way == ToldBy.EMAIL.value):
        errors.append(FieldError("/at", "not-a-time" if read_moment(at) is None else "upwards-time"))
    if errors or not isinstance(centres, list):
        raise InvalidInput(errors)
    return tuple(Centre(one) for one in centres), ToldBy(way), read_moment(at)


def read_answer(body: object) -> tuple[int, datetime | None]:
    """Of which telling, and when they answered. Raises InvalidInput."""
    given = _object(body, "", {"number"}, {"at"})
    number, at = given["number"], given.get("at")
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 10_000:
        raise InvalidInput([FieldError("/number", "not-a-number", {"least": 1, "most": 10_000})])
    if at is not None and read_moment(at) is None:
        raise InvalidInput([FieldError("/at", "not-a-time")])
    return number, read_moment(at)


def read_centres(body: object) -> tuple[CentreContact | None, CentreContact | None]:
    """Of the powiat and of the voivodeship; null: none. Raises InvalidInput."""
    given = _object(body, "", {centre.value for centre in Centre}, set())
    errors = [error for centre in Centre for error in _faults(centre.value, given[centre.value])]
    if errors:
        raise InvalidInput(errors)
    return _contact(given[Centre.POWIAT.value]), _contact(given[Centre.VOIVODESHIP.value])


def _object(body: object, at: str, needed: set[str], beside: set[str]) -> Mapping[str, Any]:
    if not isinstance(body, dict):
        raise InvalidInput([FieldError(at, "not-object")])
    errors = [FieldError(f"{at}{pointer(name)}", "unknown-field") for name in body.keys() - needed - beside]
    errors += [FieldError(f"{at}{pointer(name)}", "missing") for name in sorted(needed - body.keys())]
    if errors:
        raise InvalidInput(errors)
    return body


def _contact(given: Mapping[str, Any] | None) -> CentreContact | None:
    if given is None:
        return None
    phone, email = (str(given.get(name) or "").strip() for name in ("phone", "email"))
    return CentreContact(clean_line(given["name"]), phone, email)


def _faults(centre: str, given: object) -> Iterator[FieldError]:
    if given is None:
        return
    try:
        contact = _object(given, pointer(centre), {"name"}, {"phone", "email"})
    except InvalidInput as error:
        yield from error.errors
        return
    wrong = [name for name in _CONTACT if not isinstance(contact.get(name) or "", str)]
    yield from (FieldError(pointer(centre, name), "not-text") for name in wrong)
    if wrong:
        return
    yield from _name_faults(pointer(centre, "name"), str(contact["name"] or ""))
    phone, email = (str(contact.get(name) or "").strip() for name in ("phone", "email"))
    if phone and not _PHONE.fullmatch(phone):
        yield FieldError(pointer(centre, "phone"), "centre-phone")
    if email and not (len(email) <= LONGEST_EMAIL and is_email(email)):
        yield FieldError(pointer(centre, "email"), "not-email")
    if not phone and not email:
        yield FieldError(pointer(centre), "centre-nowhere")


def _name_faults(at: str, given: str) -> Iterator[FieldError]:
    if len(given) > LONGEST_NAME:
        yield FieldError(at, "too-long", {"most": LONGEST_NAME})
        return
    name = clean_line(given)
    if not name:
        yield FieldError(at, "missing")
    if hidden := refused_in(name):
        yield FieldError(at, "text-characters", {"character": hidden.character, "near": hidden.near})
