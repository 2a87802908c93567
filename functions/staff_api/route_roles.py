"""Which roles a route is for, as `x-roles` of openapi.yaml say; one that stands nowhere here is nobody's.

What an alert's state, a scope or another person asks beside the role, the services say.
"""

from __future__ import annotations

from collections.abc import Mapping

from shared.domain.lifecycle import STAFF_ROLES, Role
from shared.errors import Forbidden
from shared.ports import Staff

ACTING = frozenset({Role.AUTHOR.value, Role.APPROVER.value, Role.CRISIS.value})
READING = ACTING | {Role.AUDITOR.value}
WRITING = frozenset({Role.AUTHOR.value, Role.CRISIS.value})
DECIDING = frozenset({Role.APPROVER.value, Role.CRISIS.value})
PEOPLE = frozenset({Role.ADMIN.value})
PROVING = frozenset({Role.ADMIN.value, Role.AUDITOR.value})

_ENDPOINTS: Mapping[frozenset[str], str] = {
    STAFF_ROLES: """
        municipality.get_me municipality.get_municipality municipality.get_vocabulary
        areas.list_areas areas.get_area areas.search_areas areas.get_search_page
        saved_areas.list_saved templates.list_templates templates.get_template
        sessions.get_session sessions.list_sessions sessions.end_session sessions.end_other_sessions
        factors.get_factors factors.challenge_key factors.add_key factors.remove_key factors.use_key
        factors.set_pin factors.remove_pin factors.use_pin
        enrolment.get_account enrolment.change_password enrolment.new_recovery_codes
        people.get_stand_in people.begin_stand_in people.end_stand_in
        calls.get_contact calls.set_contact calls.verify_contact calls.remove_contact
        calls.get_duty calls.get_readiness
        upwards.get_centres reports.get_report reports.print_report
    """,
    READING: """
        alerts.list_alerts alerts.get_alert alerts.get_history alerts.get_thread
        watching.watch_alert watching.gather_summary alerts.gather_summary
        coverage.get_coverage saved_areas.list_recent
        series.list_series series.get_series series.list_occurrences
        upwards.get_upwards
        calls.list_calls_of
    """,
    ACTING: """
        alerts.cancel_alert alerts.send_alert alerts.stop_alert
        alerts.correct_alert alerts.all_clear_alert alerts.take_back_alert
        municipality.measure_reach templates.compose_content
        calls.list_calls calls.acknowledge_call
        alerts.move_alert series.skip_occurrence series.end_series
        upwards.tell_upwards upwards.answer_upwards
    """,
    WRITING: """
        alerts.create_alert alerts.edit_alert alerts.submit_alert alerts.extend_alert alerts.update_alert
        drafts.begin_draft drafts.keep_draft unsaid.name_missing
        saved_areas.save_area saved_areas.change_saved saved_areas.remove_saved
        templates.word_alert
        series.create_series series.edit_series series.submit_series series.preview_series
    """,
    frozenset({Role.CRISIS.value}): """
        alerts.send_now_alert
    """,
    DECIDING: """
        alerts.approve_alert alerts.confirm_alert alerts.return_alert alerts.reject_alert
        series.approve_series
        templates.create_template templates.change_template templates.delete_template
        templates.approve_template
    """,
    PEOPLE: """
        people.list_people people.change_rights people.admit people.confirm_grant people.refuse_grant
        people.agree people.confirm_stand_in people.dissolve_stand_in
        enrolment.list_invitations enrolment.invite enrolment.send_invitation enrolment.withdraw_invitation
        enrolment.say_lost_phone enrolment.disable_staff
        review.get_review review.sign_review
        upwards.keep_centres
    """,
    frozenset({Role.ADMIN.value, Role.CRISIS.value}): """
        calls.keep_duty
    """,
    DECIDING | PEOPLE: """
        calls.begin_drills
    """,
    PROVING: """
        audit.list_audit audit.export_audit audit.export_alert
    """,
}
ROLES: Mapping[str, frozenset[str]] = {
    endpoint: roles for roles, endpoints in _ENDPOINTS.items() for endpoint in endpoints.split()
}


# What the pages of the panel begin with.
_PAGES = {
    "alerts": "alerts.list_alerts",
    "templates": "templates.list_templates",
    "series": "series.list_series",
    "coverage": "coverage.get_coverage",
    "people": "people.list_people",
    "review": "review.get_review",
    "audit": "audit.list_audit",
    "calls": "calls.get_duty",
    "waiting": "calls.list_calls",
    "drills": "calls.begin_drills",
    "roster": "calls.keep_duty",
}


def admit(endpoint: str | None, staff: Staff) -> None:
    """Raises Forbidden for who has none of the route's roles, and for who stands in where it is about people:
    whatever roles they have, they decide about nobody, and see no list of them."""
    if not _may(endpoint, staff):
        raise Forbidden("role-missing")


def pages_of(staff: Staff) -> list[str]:
    """The pages that have something for the caller."""
    return [page for page, endpoint in _PAGES.items() if _may(endpoint, staff)]


def _may(endpoint: str | None, staff: Staff) -> bool:
    roles = ROLES.get(endpoint or "", frozenset())
    return bool(staff.roles & roles) and not (staff.on_behalf and roles <= PEOPLE | PROVING)
