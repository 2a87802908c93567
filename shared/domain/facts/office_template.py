"""A template as a municipality has it: built in, changed, hidden, or its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.domain.alert import Person
from shared.domain.facts.template import Template

MOST_TEMPLATES = 200  # of a municipality's own, changes of built-in ones included


@dataclass(frozen=True)
class StoredTemplate:
    """`municipalities/{terc}/templates/{id}`; without a template the built-in one of the same id holds."""

    id: str
    revision: int
    updated: datetime
    by: Person
    template: Template | None = None
    hidden: bool = False  # not offered


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
    )
