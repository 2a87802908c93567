"""The templates that a municipality wrote or changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from shared.domain.audit import Act
    from shared.domain.facts.office_template import StoredTemplate
    from shared.ports.stored import Versioned


class TemplateStore(Protocol):
    def new_id(self) -> str: ...

    def all(self, terc: str) -> Sequence[StoredTemplate]:
        """At most MOST_TEMPLATES, by id; what this release cannot read is left out."""

    def get(self, terc: str, template_id: str) -> Versioned[StoredTemplate] | None:
        """Raises Unreadable."""

    def put(
        self,
        terc: str,
        before: Versioned[StoredTemplate] | None,
        after: StoredTemplate,
        acts: Sequence[Act] = (),
    ) -> None:
        """Raises Conflict when it was written since, or exists where `before` is None."""

    def delete(self, terc: str, before: Versioned[StoredTemplate], acts: Sequence[Act] = ()) -> None:
        """Raises Conflict when it was written since."""
