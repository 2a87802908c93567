"""An author changes the content; whoever approved the old one has approved nothing now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shared.domain.alert import Alert, Content
from shared.domain.lifecycle import Action
from shared.errors import FieldError, InvalidInput
from shared.ports import Staff
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.area_change import answered
from shared.services.alerts.change_alert import change_alert
from shared.services.alerts.check_content import accept_content, circumstances
from shared.services.alerts.create_alert import on_behalf

if TYPE_CHECKING:
    from shared.formats.content_json import ContentForm


def edit_alert(
    ports: AlertPorts, alert_id: str, expected_revision: int, staff: Staff, form: ContentForm
) -> Alert:
    """The draft with its new content. Raises what change_alert does, InvalidInput for the content."""

    def changes(alert: Alert, now: datetime) -> Mapping[str, Any]:
        around = circumstances(ports, alert.terc, alert.content)
        accepted = accept_content(form, around)
        require_same_exercise(alert, accepted)
        return {
            "content": rewritten(alert, accepted, staff),
            "version": alert.version + 1,
            "writers": with_writer(alert, staff),
            "submitted": None,
            "approver": None,
            "approved": None,
            "finished": None,
            "held": None,
            "sent_alone": False,
            "confirmed": None,
            "confirmer": None,
            "all_the_same": None,
            "interlock": None,
            "area_change": answered(ports, alert, accepted, form.area_change, around),
            **told_noticed(form),
        }

    return change_alert(ports, alert_id, expected_revision, staff, Action.EDIT, changes)


def require_same_exercise(alert: Alert, content: Content) -> None:
    """What was handed on as an exercise never becomes real, nor the reverse. Raises InvalidInput."""
    if alert.settled and alert.content.exercise != content.exercise:
        raise InvalidInput([FieldError("/exercise", "exercise-settled")])


def told_noticed(form: ContentForm) -> Mapping[str, Any]:
    """Whoever does not say when it was noticed leaves that as it was."""
    return {"noticed": form.noticed} if form.says_noticed else {}


def with_writer(alert: Alert, staff: Staff) -> tuple[str, ...]:
    """Everyone who had a hand in the alert, each once, this person last."""
    return (*(uid for uid in alert.writers if uid != staff.person.uid), staff.person.uid)


def rewritten(alert: Alert, content: Content, staff: Staff) -> Content:
    """Once somebody stood in, it is said of whatever becomes of the alert."""
    return on_behalf(replace(content, on_behalf=alert.content.on_behalf), staff)
