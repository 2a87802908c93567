"""A template as a municipality has it: built in, changed, hidden, or its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.domain.alert import Person
from shared.domain.facts.template import Template

APPROVALS = 2  # different people, before somebody may send a template alone
MOST_APPROVALS = 10  # that are kept: the newest
MOST_TEMPLATES = 200  # of a municipality's own, changes of built-in ones included


@dataclass(frozen=True)
class Approval:
    """Somebody's word that a template may be sent as it is; `words`: the digest of what they saw."""

    by: Person
    words: str


@dataclass(frozen=True)
class StoredTemplate:
    """`municipalities/{terc}/templates/{id}`; without a template the built-in one of the same id holds."""

    id: str
    revision: int
    updated: datetime
    by: Person
    template: Template | None = None
    hidden: bool = False  # not offered
    approvals: tuple[Approval, ...] = ()  # of these or of older words


@dataclass(frozen=True)
class OfficeTemplate:
    id: str
    template: Template
    revision: int = 0  # 0: as it was built in
    hidden: bool = False
    built_in: bool = False  # there is one to go back to
    changed: bool = False  # by the municipality
    updated: datetime | None = None
    by: Person | None = None
    approvals: tuple[Approval, ...] = ()


def office_template(
    template_id: str, built_in: Template | None, own: StoredTemplate | None
) -> OfficeTemplate | None:
    """The municipality's over the built-in one; None when there is neither."""
    template = own.template if own and own.template else built_in
    if template is None:
        return None
    if own is None:
        return OfficeTemplate(template_id, template, built_in=True)
    return OfficeTemplate(
        template_id,
        template,
        own.revision,
        own.hidden,
        built_in=built_in is not None,
        changed=own.template is not None,
        updated=own.updated,
        by=own.by,
        approvals=own.approvals,
    )


def approved_by_two(approvals: Sequence[Approval], words: str, sender: str) -> bool:
    """Whether two people beside the sender (uid) gave their word for exactly these words."""
    return len({one.by.uid for one in approvals if one.words == words} - {sender}) >= APPROVALS
