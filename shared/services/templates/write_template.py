"""Whoever may decide about alerts writes the municipality's templates."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shared.domain.audit import Act
from shared.domain.facts.office_template import (
    MOST_APPROVALS,
    MOST_TEMPLATES,
    Approval,
    OfficeTemplate,
    StoredTemplate,
    office_template,
)
from shared.domain.facts.template import Template
from shared.domain.lifecycle import Action
from shared.errors import Conflict, FieldError, InvalidInput, KeyReused, NotFound, PreconditionFailed
from shared.formats.audit_words import differing
from shared.formats.template_json import template_json, words_digest
from shared.ports import Staff, Versioned
from shared.services.alerts.alert_guards import require_unlimited
from shared.services.audit.act import act_of
from shared.services.templates.template_ports import TemplatePorts

Stored = Versioned[StoredTemplate] | None


def may_write(staff: Staff) -> None:
    """Raises Forbidden."""
    require_unlimited(staff, Action.APPROVE)


def create_template(
    ports: TemplatePorts, template: Template, hidden: bool, staff: Staff, idempotency_key: str | None
) -> OfficeTemplate:
    """For a key that came before with the same template, the one that was made then.

    Raises Forbidden, InvalidInput when there are too many, KeyReused.
    """
    may_write(staff)
    if len(ports.store.all(staff.terc)) >= MOST_TEMPLATES - len(ports.built_in):
        raise InvalidInput([FieldError("", "templates-too-many", {"most": MOST_TEMPLATES})])
    new = _written(ports, _new_id(ports, staff, idempotency_key), 1, template, hidden, staff)
    try:
        ports.store.put(staff.terc, None, new, [_act(ports, staff, "create", None, new)])
    except Conflict:
        return _first(ports, new, staff)
    return _told(ports, new)


def change_template(
    ports: TemplatePorts, template_id: str, expected: int, template: Template, hidden: bool, staff: Staff
) -> OfficeTemplate:
    """A built-in one is changed for this municipality alone; one that says the same goes with later releases.

    Raises Forbidden, NotFound, PreconditionFailed, Conflict.
    """
    may_write(staff)
    before = _expected(ports, template_id, expected, staff)
    own = None if template == ports.built_in.get(template_id) else template
    written = _written(ports, template_id, expected + 1, own, hidden, staff)
    after = replace(written, approvals=before.value.approvals if before else ())  # each is of certain words
    ports.store.put(staff.terc, before, after, [_act(ports, staff, "change", before, after)])
    return _told(ports, after)


def delete_template(ports: TemplatePorts, template_id: str, expected: int, staff: Staff) -> None:
    """Of a built-in one the municipality's change: it is again as it was built in, under a new revision.

    Raises Forbidden, NotFound, PreconditionFailed, Conflict.
    """
    may_write(staff)
    before = _expected(ports, template_id, expected, staff)
    if template_id in ports.built_in:
        after = _written(ports, template_id, expected + 1, None, hidden=False, staff=staff)
        ports.store.put(staff.terc, before, after, [_act(ports, staff, "restore", before, after)])
    elif before is not None:
        ports.store.delete(staff.terc, before, [_act(ports, staff, "remove", before, None)])


def _act(ports: TemplatePorts, staff: Staff, verb: str, before: Stored, after: StoredTemplate | None) -> Act:
    old = before.value if before else None
    one = after or old
    about = f"municipalities/{staff.terc}/templates/{one.id}" if one else ""
    words = differing(_words(ports, about, old), _words(ports, about, after))
    return act_of(staff, f"template.{verb}", about, *words)


def _words(ports: TemplatePorts, about: str, stored: StoredTemplate | None) -> Mapping[str, Any]:
    """As the office sees it: what is built in where it has no words of its own."""
    built_in = ports.built_in.get(about.rpartition("/")[2])
    template = stored.template if stored and stored.template else built_in
    words = {} if template is None else template_json(template)
    return {**words, "hidden": stored.hidden if stored else None, "own": bool(stored and stored.template)}


def approve_template(ports: TemplatePorts, template_id: str, expected: int, staff: Staff) -> OfficeTemplate:
    """Give one's word for the words as they are: after two have, whose scope says so sends them alone.

    Again is as good as once. Raises Forbidden, NotFound, PreconditionFailed, Conflict.
    """
    may_write(staff)
    before = _expected(ports, template_id, expected, staff)
    told = office_template(template_id, ports.built_in.get(template_id), before.value if before else None)
    if told is None:
        raise NotFound
    words = words_digest(told.template)
    if any(one.by.uid == staff.person.uid and one.words == words for one in told.approvals):
        return told
    own, hidden = (before.value.template, before.value.hidden) if before else (None, False)
    written = _written(ports, template_id, expected + 1, own, hidden, staff)
    kept = (*told.approvals, Approval(staff.person, words))[-MOST_APPROVALS:]
    after = replace(written, approvals=kept, by=before.value.by if before else staff.person)
    ports.store.put(staff.terc, before, after, [_act(ports, staff, "approve", before, after)])
    return _told(ports, after)


def _expected(ports: TemplatePorts, template_id: str, expected: int, staff: Staff) -> Stored:
    """What is stored, if it is what the caller saw; nothing stored is revision 0 of what is built in."""
    found = ports.store.get(staff.terc, template_id)
    if found is None and template_id not in ports.built_in:
        raise NotFound
    if (found.value.revision if found else 0) != expected:
        raise PreconditionFailed("stale-template")
    return found


def _new_id(ports: TemplatePorts, staff: Staff, idempotency_key: str | None) -> str:
    if idempotency_key is None:
        return ports.store.new_id()
    named = f"{staff.terc}\n{staff.person.uid}\n{idempotency_key}"
    return hashlib.sha256(named.encode()).hexdigest()[:20]


def _first(ports: TemplatePorts, new: StoredTemplate, staff: Staff) -> OfficeTemplate:
    first = ports.store.get(staff.terc, new.id)
    if first is None or first.value.template != new.template:
        raise KeyReused
    return _told(ports, first.value)


def _written(
    ports: TemplatePorts,
    template_id: str,
    revision: int,
    template: Template | None,
    hidden: bool,
    staff: Staff,
) -> StoredTemplate:
    return StoredTemplate(template_id, revision, ports.clock.now(), staff.person, template, hidden)


def _told(ports: TemplatePorts, stored: StoredTemplate) -> OfficeTemplate:
    told = office_template(stored.id, ports.built_in.get(stored.id), stored)
    if told is None:
        raise NotFound
    return told
