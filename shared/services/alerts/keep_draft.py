"""A draft is kept as it is typed: it may lack anything, and nobody is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shared.domain.alert import Alert, State
from shared.domain.lifecycle import Action
from shared.errors import WrongState
from shared.ports import Staff
from shared.services.alerts.alert_guards import require_role
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.bounds import Bounds
from shared.services.alerts.change_alert import change_alert
from shared.services.alerts.check_content import accept_unfinished, circumstances
from shared.services.alerts.create_alert import begun
from shared.services.alerts.edit_alert import require_same_exercise, rewritten, told_noticed, with_writer

if TYPE_CHECKING:
    from shared.formats.content_json import ContentForm


def begin_draft(ports: AlertPorts, form: ContentForm, staff: Staff, idempotency_key: str | None) -> Alert:
    """As create_alert, for a content that is not finished. Raises Forbidden, InvalidInput, KeyReused."""
    require_role(staff, Action.EDIT)
    content = accept_unfinished(form, circumstances(ports, staff.terc))
    Bounds(ports, staff).require(Action.EDIT, content, None)
    return begun(ports, content, staff, idempotency_key, noticed=form.noticed)


def keep_draft(
    ports: AlertPorts, alert_id: str, expected_revision: int, staff: Staff, form: ContentForm
) -> Alert:
    """The draft as it is now. What was handed on is not taken back by typing.

    The history tells it once for each person who goes on writing. Raises what edit_alert does, WrongState
    for what is no draft.
    """

    def changes(alert: Alert, now: datetime) -> Mapping[str, Any]:
        if alert.state not in (State.DRAFT, State.RETURNED):
            raise WrongState
        accepted = accept_unfinished(form, circumstances(ports, alert.terc, alert.content))
        require_same_exercise(alert, accepted)
        return {
            "content": rewritten(alert, accepted, staff),
            "version": alert.version + 1,
            "writers": with_writer(alert, staff),
            "area_change": alert.area_change if form.area_change is None else form.area_change,
            **told_noticed(form),
        }

    return change_alert(ports, alert_id, expected_revision, staff, Action.EDIT, changes, is_told=_wrote_last)


def _wrote_last(alert: Alert, staff: Staff) -> bool:
    """What was returned becomes a draft again by it, which is told."""
    return alert.state is State.DRAFT and alert.writers[-1:] == (staff.person.uid,)
