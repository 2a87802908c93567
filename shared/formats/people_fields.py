"""Rights, guests and agreements as the API takes them from an admin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shared.domain.clean_text import clean_line, refused_in
from shared.domain.scope import MOST_NAMED, Scope
from shared.domain.staff import Membership
from shared.domain.stand_in import MOST_PEOPLE
from shared.errors import FieldError, InvalidInput
from shared.formats.enrolment_json import is_email
from shared.formats.json_body import pointer

_Word = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
_Words = Annotated[list[_Word], Field(max_length=MOST_NAMED)]
_Roles = Annotated[list[_Word], Field(max_length=10)]
_CODES = {"missing": "missing", "extra_forbidden": "unknown-field"}


class _Scope(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    categories: _Words | None = None
    severity: _Word | None = None
    areas: _Words | None = None
    templates: _Words | None = None
    alone: bool = False


class _Rights(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    roles: _Roles
    scopes: dict[str, _Scope] = {}
    why: Annotated[str, Field(max_length=500)] = ""


class _Guest(_Rights):
    email: Annotated[str, Field(max_length=254)]


class _Agreement(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    name: Annotated[str, Field(min_length=3, max_length=40, pattern=r"^[^\x00-\x1f<>]+$")]
    people: Annotated[list[Annotated[str, Field(max_length=254)]], Field(max_length=MOST_PEOPLE)]


def read_rights(body: object) -> tuple[Membership, str]:
    """What somebody is to have, and why. Raises InvalidInput."""
    read = _read(_Rights, body)
    return _membership(read), read.why


def read_guest(body: object) -> tuple[str, Membership, str]:
    """Raises InvalidInput."""
    read = _read(_Guest, body)
    return _email(read.email, "email"), _membership(read), read.why


def read_agreement(body: object) -> tuple[str, Sequence[str]]:
    """The powiat's name and the addresses of the people. Raises InvalidInput."""
    read = _read(_Agreement, body)
    emails = [_email(one, "people", number) for number, one in enumerate(read.people)]
    name = clean_line(read.name)
    if hidden := refused_in(name):
        raise InvalidInput([FieldError("/name", "text-characters", asdict(hidden))])
    return name, emails


def _email(text: str, *path: str | int) -> str:
    if not is_email(text.strip()):
        raise InvalidInput([FieldError(pointer(*path), "not-email")])
    return text.strip().lower()


def _membership(read: _Rights) -> Membership:
    scopes = {role: _scope(scope) for role, scope in read.scopes.items()}
    return Membership(frozenset(read.roles), {role: one for role, one in scopes.items() if one != Scope()})


def _scope(read: _Scope) -> Scope:
    named = {name: getattr(read, name) for name in ("categories", "areas", "templates")}
    sets = {name: None if words is None else frozenset(words) for name, words in named.items()}
    return Scope(**sets, severity=read.severity, alone=read.alone)


def _read(model: type[Any], body: object) -> Any:
    if not isinstance(body, dict):
        raise InvalidInput([FieldError("", "not-object")])
    try:
        return model.model_validate(body)
    except ValidationError as error:
        raise InvalidInput([_fault(one) for one in error.errors(include_url=False)]) from error


def _fault(fault: Any) -> FieldError:
    where = pointer(*fault["loc"])
    if fault["type"] in _CODES:
        return FieldError(where, _CODES[fault["type"]])
    return FieldError(where, "rights-malformed")
