"""Staff read the templates of their municipality."""

from __future__ import annotations

from collections.abc import Sequence

from shared.domain.facts.office_template import Approval, OfficeTemplate, office_template
from shared.errors import NotFound
from shared.formats.template_json import words_digest
from shared.ports import Staff
from shared.services.templates.template_ports import TemplatePorts


def list_templates(ports: TemplatePorts, staff: Staff) -> Sequence[OfficeTemplate]:
    """The built-in ones in their order, then the municipality's own by name; hidden ones too."""
    own = {stored.id: stored for stored in ports.store.all(staff.terc)}
    built_in = [office_template(name, one, own.get(name)) for name, one in ports.built_in.items()]
    others = [
        office_template(name, None, stored) for name, stored in own.items() if name not in ports.built_in
    ]
    named = sorted((one for one in others if one), key=lambda one: (one.template.name.get("pl", ""), one.id))
    return [*(one for one in built_in if one), *named]


def get_template(ports: TemplatePorts, template_id: str, staff: Staff) -> OfficeTemplate:
    """Raises NotFound, also for another municipality's."""
    found = _found(ports, staff.terc, template_id)
    if found is None:
        raise NotFound
    return found


def approvals_now(ports: TemplatePorts, terc: str, template_id: str) -> Sequence[Approval]:
    """Those of the words that the template has at this moment; none of one that is no longer offered."""
    found = _found(ports, terc, template_id)
    if found is None or found.hidden:
        return ()
    words = words_digest(found.template)
    return tuple(one for one in found.approvals if one.words == words)


def _found(ports: TemplatePorts, terc: str, template_id: str) -> OfficeTemplate | None:
    stored = ports.store.get(terc, template_id)
    return office_template(template_id, ports.built_in.get(template_id), stored.value if stored else None)
