"""A municipality's templates in memory, under the contract of tests/emulator/test_templates_contract.py."""

from __future__ import annotations

from collections.abc import Sequence

from shared.domain.audit import Act
from shared.domain.facts.office_template import StoredTemplate
from shared.errors import Conflict
from shared.ports import Versioned
from tests.fakes.audit import FakeAuditLog


class FakeTemplateStore:
    """Fulfils ports.TemplateStore."""

    def __init__(self, audit: FakeAuditLog | None = None) -> None:
        self.audit = audit or FakeAuditLog()
        self.kept: dict[tuple[str, str], Versioned[StoredTemplate]] = {}
        self._writes = 0

    def new_id(self) -> str:
        self._writes += 1
        return f"own{self._writes}"

    def all(self, terc: str) -> Sequence[StoredTemplate]:
        return [found.value for (of, _), found in sorted(self.kept.items()) if of == terc]

    def get(self, terc: str, template_id: str) -> Versioned[StoredTemplate] | None:
        return self.kept.get((terc, template_id))

    def put(
        self,
        terc: str,
        before: Versioned[StoredTemplate] | None,
        after: StoredTemplate,
        acts: Sequence[Act] = (),
    ) -> None:
        self._unchanged(terc, after.id, before)
        self._writes += 1
        self.kept[terc, after.id] = Versioned(after, self._writes)
        self.audit.record(*acts)

    def delete(self, terc: str, before: Versioned[StoredTemplate], acts: Sequence[Act] = ()) -> None:
        self._unchanged(terc, before.value.id, before)
        del self.kept[terc, before.value.id]
        self.audit.record(*acts)

    def _unchanged(self, terc: str, template_id: str, before: Versioned[StoredTemplate] | None) -> None:
        found = self.kept.get((terc, template_id))
        if (found and found.token) != (before and before.token):
            raise Conflict
