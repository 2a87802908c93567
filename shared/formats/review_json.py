"""The review of access as the API tells it, and as it is printed to be signed by hand."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from shared.domain.access_review import AccessReview, Reviewed
from shared.domain.scope import Scope
from shared.errors import FieldError, InvalidInput
from shared.formats.alert_json import time_json
from shared.formats.enrolment_json import read_texts

_DIGEST = re.compile("[0-9a-f]{64}")
_LIMITS = ("categories", "areas", "templates")


def review_json(review: AccessReview) -> dict[str, Any]:
    return {
        "at": time_json(review.at),
        "people": [_person(one, review) | {"last": _time(one.last)} for one in review.people],
        "digest": digest_of(review),
        "signed": _time(review.signed),
        "signed_by": review.signed_by,
        "due": review.is_due,
        "sealed": {"exists": review.sealed, "tried": _time(review.tried), "due": review.trial_is_due},
    }


def digest_of(review: AccessReview) -> str:
    """Of who may do what: a sign-in meanwhile changes nothing of it."""
    told = json.dumps([_person(one, review) for one in review.people], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def read_digest(body: object) -> str:
    """Raises InvalidInput."""
    digest = read_texts(body, "digest")["digest"]
    if not _DIGEST.fullmatch(digest):
        raise InvalidInput([FieldError("/digest", "missing")])
    return digest


def printed(review: AccessReview, office: str) -> Iterator[str]:
    """Lines of plain text, with room for a decision about each and a signature."""
    yield f"Przegląd uprawnień / Access review: {office} ({review.terc})"
    yield f"Stan na / as of {review.at:%Y-%m-%d %H:%M} UTC"
    yield f"Poprzedni / the one before: {_day(review.signed)} {review.signed_by}".rstrip()
    for number, one in enumerate(review.people, 1):
        told = _person(one, review)
        yield ""
        yield f"{number:3}. {told['name']} <{told['email'] or '-'}>  {told['kind']}, {told['state']}"
        yield f"     role: {', '.join(told['roles']) or '-'}"
        for role, limits in told["scopes"].items():
            yield f"     zakres / scope {role}: {'; '.join(_limit(*item) for item in limits.items())}"
        yield f"     ostatnie logowanie / last sign-in: {_day(one.last)}"
        yield "     [ ] zostaje / stays   [ ] zmienić / change   [ ] odebrać / end"
    yield ""
    yield f"Konto awaryjne / sealed account: {'jest / yes' if review.sealed else 'NIE MA / NONE'},"
    due = "  TERMIN / DUE" if review.trial_is_due else ""
    yield f"     ostatnia próba / last trial: {_day(review.tried)}{due}"
    yield ""
    yield "Data, imię i nazwisko, podpis / date, name, signature: ______________________________________"


def _person(one: Reviewed, review: AccessReview) -> dict[str, Any]:
    record, part = one.person, one.person.membership(review.terc)
    scopes = {} if part is None else part.scopes
    return {
        "uid": record.uid,
        "name": record.name,
        "email": record.email,
        "kind": record.kind.value,
        "state": record.state.value if record.employed(review.at) else "ended",
        "home": record.terc,
        "roles": sorted(part.roles) if part else [],
        "scopes": {role: _scope(scope) for role, scope in sorted(scopes.items())},
        "key": record.has_key,
    }


def _scope(scope: Scope) -> Mapping[str, Any]:
    """Only the limits that are set."""
    named = {name: getattr(scope, name) for name in _LIMITS}
    limits: dict[str, Any] = {name: sorted(words) for name, words in named.items() if words is not None}
    severity = {} if scope.severity is None else {"severity": scope.severity}
    return limits | severity | ({"alone": True} if scope.alone else {})


def _limit(name: str, value: object) -> str:
    return f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"


def _day(moment: datetime | None) -> str:
    return "-" if moment is None else f"{moment:%Y-%m-%d}"


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else time_json(moment)
