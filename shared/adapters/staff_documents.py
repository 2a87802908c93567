"""What the register says of somebody as a document of Firestore; of any form, and then it gives no right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from shared.adapters.stored_documents import MISFITS
from shared.adapters.stored_documents import record as read_record
from shared.domain.scope import NOTHING, Scope
from shared.domain.staff import TERC, Enrolment, Kind, Membership, StaffRecord
from shared.domain.staff_contact import Proving

_NAMED = ("categories", "areas", "templates")
_KINDS = (None, *(kind.value for kind in Kind))  # one of a later release is nobody here


def staff_record(document: Mapping[str, Any], uid: str = "") -> StaffRecord:
    """Of any form: what cannot be read gives no right, and limits as far as anything can."""
    since, until = document.get("valid_since"), document.get("until")
    refused, returned = document.get("phone_refused"), document.get("email_refused")
    readable = (until is None or isinstance(until, datetime)) and document.get("kind") in _KINDS
    home = membership(document)
    return StaffRecord(
        terc=_text(document.get("terc")),
        roles=home.roles,
        name=_text(document.get("name")),
        active=document.get("active") is True and readable,
        valid_since=since if isinstance(since, datetime) else None,
        uid=uid,
        scopes=home.scopes,
        others=_others(document.get("others")),
        email=_text(document.get("email")),
        until=until if isinstance(until, datetime) else None,
        state=Enrolment.ENROLLED if document.get("state") in (None, "enrolled") else Enrolment.INVITED,
        kind=Kind.BREAK_GLASS if document.get("kind") == Kind.BREAK_GLASS.value else Kind.PERSON,
        has_key=document.get("has_key") is True,
        phone=_text(document.get("phone")),
        proving=_proving(document.get("proving")),
        phone_refused=refused if isinstance(refused, datetime) else None,
        email_refused=returned if isinstance(returned, datetime) else None,
    )


def staff_document(record: StaffRecord) -> dict[str, Any]:
    """Every field, so that an update leaves nothing of what was; the first five are read by release 0.2.0."""
    return {
        "terc": record.terc,
        "roles": sorted(record.roles),
        "name": record.name,
        "active": record.active,
        "valid_since": record.valid_since,
        "scopes": _scopes_document(record.scopes),
        "others": {terc: membership_document(one) for terc, one in record.others.items()},
        "email": record.email,
        "until": record.until,
        "state": record.state.value,
        "kind": record.kind.value,
        "has_key": record.has_key,
        "phone": record.phone,
        "proving": asdict(record.proving) if record.proving else None,
        "phone_refused": record.phone_refused,
        "email_refused": record.email_refused,
    }


def membership_document(membership: Membership) -> dict[str, Any]:
    return {"roles": sorted(membership.roles), "scopes": _scopes_document(membership.scopes)}


def membership(document: object) -> Membership:
    """Without scopes there is no limit; scopes that are no map leave no role to limit."""
    scopes = document.get("scopes") if isinstance(document, Mapping) else ()
    if not isinstance(document, Mapping) or not (scopes is None or isinstance(scopes, Mapping)):
        return Membership()
    limits = {str(role): _scope(scope) for role, scope in (scopes or {}).items()}
    return Membership(_words(document.get("roles")), limits)


def _proving(stored: object) -> Proving | None:
    """One that cannot be read is begun anew."""
    try:
        return read_record(Proving, stored) if isinstance(stored, Mapping) else None
    except MISFITS:
        return None


def _scopes_document(scopes: Mapping[str, Scope]) -> dict[str, Any]:
    return {role: _scope_document(scope) for role, scope in sorted(scopes.items())}


def _scope_document(scope: Scope) -> dict[str, Any]:
    """A limit that is not set is no field."""
    named = {name: getattr(scope, name) for name in _NAMED}
    limits: dict[str, Any] = {name: sorted(words) for name, words in named.items() if words is not None}
    severity = {} if scope.severity is None else {"severity": scope.severity}
    return limits | severity | ({"alone": True} if scope.alone else {})


def _scope(stored: object) -> Scope:
    if not isinstance(stored, Mapping) or not _is_readable(stored):
        return NOTHING
    named = {name: _named(stored.get(name)) for name in _NAMED}
    return Scope(**named, severity=stored.get("severity"), alone=stored.get("alone") is True)


def _is_readable(stored: Mapping[str, Any]) -> bool:
    """A limit of a later release is one that this cannot hold: it lets nothing through."""
    return (
        stored.keys() <= {*_NAMED, "severity", "alone"}
        and all(stored.get(name) is None or isinstance(stored[name], list) for name in _NAMED)
        and (stored.get("severity") is None or isinstance(stored["severity"], str))
    )


def _named(stored: list[object] | None) -> frozenset[str] | None:
    return None if stored is None else _words(stored)


def _others(stored: object) -> Mapping[str, Membership]:
    if not isinstance(stored, Mapping):
        return {}
    return {terc: membership(one) for terc, one in stored.items() if TERC.fullmatch(str(terc))}


def _words(stored: object) -> frozenset[str]:
    return (
        frozenset(one for one in stored if isinstance(one, str)) if isinstance(stored, list) else frozenset()
    )


def _text(stored: object) -> str:
    return stored if isinstance(stored, str) else ""
