"""An author begins an alert."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.domain.alert import Alert, Content
from shared.domain.lifecycle import Action
from shared.formats.audit_words import alert_words
from shared.ports import Staff
from shared.services.alerts.alert_guards import require_role
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.change_alert import history_entry
from shared.services.alerts.check_content import accept_content, circumstances
from shared.services.audit.act import act_of

if TYPE_CHECKING:
    from shared.formats.content_json import ContentForm


def create_alert(ports: AlertPorts, form: ContentForm, staff: Staff, idempotency_key: str | None) -> Alert:
    """The draft; for a key that came before with the same content, the alert that was created then.

    Raises Forbidden, InvalidInput, KeyReused.
    """
    require_role(staff, Action.EDIT)
    content = accept_content(form, circumstances(ports, staff.terc))
    return begun(ports, content, staff, idempotency_key)


def begun(ports: AlertPorts, content: Content, staff: Staff, idempotency_key: str | None) -> Alert:
    """The draft with this content, stored with its first entry of the history. Raises KeyReused."""
    now = ports.clock.now()
    alert = Alert(
        id=ports.alerts.new_id(),
        terc=staff.terc,
        content=content,
        author=staff.person,
        writers=(staff.person.uid,),
        created=now,
        updated=now,
    )
    act = act_of(staff, "alert.create", f"alerts/{alert.id}", after=alert_words(alert))
    return ports.alerts.create(alert, history_entry(Action.CREATE, alert, staff), idempotency_key, [act])
