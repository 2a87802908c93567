"""An author begins an alert."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.domain.alert import Alert
from shared.domain.lifecycle import Action
from shared.ports import Staff
from shared.services.alerts.alert_guards import require_role
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.change_alert import history_entry
from shared.services.alerts.check_content import accept_content, circumstances

if TYPE_CHECKING:
    from shared.formats.content_json import ContentForm


def create_alert(ports: AlertPorts, form: ContentForm, staff: Staff, idempotency_key: str | None) -> Alert:
    """The draft; for a key that came before with the same content, the alert that was created then.

    Raises Forbidden, InvalidInput, KeyReused.
    """
    require_role(staff, Action.EDIT)
    around = circumstances(ports, staff.terc)
    alert = Alert(
        id=ports.alerts.new_id(),
        terc=staff.terc,
        content=accept_content(form, around),
        author=staff.person,
        writers=(staff.person.uid,),
        created=around.now,
        updated=around.now,
    )
    return ports.alerts.create(alert, history_entry(Action.CREATE, alert, staff), idempotency_key)
