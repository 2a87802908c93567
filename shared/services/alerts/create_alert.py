"""An author begins an alert."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from shared.domain.alert import Alert, Content, Worded
from shared.domain.lifecycle import Action
from shared.errors import Forbidden
from shared.formats.audit_words import alert_words
from shared.ports import Staff
from shared.services.alerts.alert_guards import require_role
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.bounds import Bounds
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
    Bounds(ports, staff).require(Action.EDIT, content, None)
    return begun(ports, content, staff, idempotency_key, noticed=form.noticed)


def on_behalf(content: Content, staff: Staff) -> Content:
    """With who sends it in the municipality's name, where the caller stands in; it stays said."""
    return replace(content, on_behalf=staff.on_behalf) if staff.on_behalf else content


def begun(
    ports: AlertPorts,
    content: Content,
    staff: Staff,
    idempotency_key: str | None,
    worded: Worded | None = None,
    noticed: datetime | None = None,
) -> Alert:
    """The draft with this content, stored with its first entry of the history. Raises KeyReused, Forbidden
    after the hours of a stand-in."""
    if staff.late:
        raise Forbidden("stand-in-over")
    now = ports.clock.now()
    alert = Alert(
        id=ports.alerts.new_id(),
        terc=staff.terc,
        content=on_behalf(content, staff),
        author=staff.person,
        writers=(staff.person.uid,),
        created=now,
        updated=now,
        worded=worded,
        noticed=noticed,
    )
    act = act_of(staff, "alert.create", f"alerts/{alert.id}", after=alert_words(alert))
    return ports.alerts.create(alert, history_entry(Action.CREATE, alert, staff), idempotency_key, [act])
