"""Staff read the templates of their municipality."""

from __future__ import annotations

from collections.abc import Sequence

from shared.domain.facts.office_template import OfficeTemplate, office_template
from shared.errors import NotFound
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
    stored = ports.store.get(staff.terc, template_id)
    found = office_template(template_id, ports.built_in.get(template_id), stored.value if stored else None)
    if found is None:
        raise NotFound
    return found
