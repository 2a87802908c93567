"""Staff, their rights and what waits for a second admin, as the API answers them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.domain.grant import VALID, Grant
from shared.domain.scope import Scope
from shared.domain.staff import Membership, StaffRecord
from shared.domain.stand_in import StandIn
from shared.formats.alert_json import person_json, time_json

Json = dict[str, Any]


def scope_json(scope: Scope) -> Json:
    named = {name: getattr(scope, name) for name in ("categories", "areas", "templates")}
    lists = {name: None if words is None else sorted(words) for name, words in named.items()}
    return {**lists, "severity": scope.severity, "alone": scope.alone}


def membership_json(part: Membership) -> Json:
    return {
        "roles": sorted(part.roles),
        "scopes": {role: scope_json(scope) for role, scope in sorted(part.scopes.items())},
    }


def rights_tag(part: Membership) -> int:
    """Stands for what an admin saw: the register itself counts no revisions."""
    text = json.dumps(membership_json(part), sort_keys=True)
    return int(hashlib.sha256(text.encode()).hexdigest()[:7], 16)


def staff_json(record: StaffRecord, terc: str, me: str, now: datetime) -> Json:
    """As an admin of the municipality `terc` sees them; `me`: the admin's uid."""
    part = record.membership(terc) or Membership()
    return {
        "uid": record.uid,
        "name": record.name,
        "email": record.email or None,
        "own": record.terc == terc,
        "me": record.uid == me,
        "active": record.employed(now),
        "state": record.state.value,
        "kind": record.kind.value,
        "until": None if record.until is None else time_json(record.until),
        **membership_json(part),
        "tag": rights_tag(part),
    }


def grant_json(grant: Grant, me: str) -> Json:
    return {
        "id": grant.id,
        "uid": grant.uid,
        "name": grant.name,
        **membership_json(grant.membership),
        "state": grant.state.value,
        "by": person_json(grant.by),
        "at": time_json(grant.at),
        "until": time_json(grant.at + VALID),
        "revision": grant.revision,
        "may_confirm": me not in (grant.uid, grant.by.uid),
        "may_refuse": me != grant.uid,
    }


def agreement_json(agreement: StandIn) -> Json:
    times: Mapping[str, datetime | None] = {
        "at": agreement.at,
        "agreed": agreement.agreed,
        "begun": agreement.begun,
        "ends": agreement.ends,
        "ended": agreement.ended,
    }
    return {
        "terc": agreement.terc,
        "name": agreement.name,
        "people": [person_json(person) for person in agreement.people],
        "by": person_json(agreement.by),
        "by2": None if agreement.by2 is None else person_json(agreement.by2),
        "begun_by": None if agreement.begun_by is None else person_json(agreement.begun_by),
        "revision": agreement.revision,
        **{name: None if moment is None else time_json(moment) for name, moment in times.items()},
    }
