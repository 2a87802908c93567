"""One step of a series by a member of staff, with what it withdraws, in one commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from shared.domain.alert import State
from shared.domain.lifecycle import Action
from shared.domain.series import SERIES_TABLE, Series, SeriesAction, SeriesRule, series_rule
from shared.errors import (
    Conflict,
    Forbidden,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    Unauthenticated,
    WrongState,
)
from shared.formats.audit_words import differing
from shared.formats.series_json import series_words
from shared.ports import Staff, Versioned
from shared.ports.series import Step
from shared.services.alerts.bounds import Bounds
from shared.services.alerts.change_alert import history_entry
from shared.services.audit.act import act_of
from shared.services.series.series_ports import SeriesPorts

ATTEMPTS = 6  # the sweep writes it, too: when it makes an occurrence
PAUSE_S = 0.05  # longer with each attempt
STOPS = frozenset({SeriesAction.SKIP, SeriesAction.END})  # also when a session or a stand-in is at its end
_AS_OF_ALERTS = {SeriesAction.EDIT: Action.EDIT, SeriesAction.APPROVE: Action.APPROVE}

Changes = Callable[[Series, datetime], Mapping[str, Any]]
Which = Callable[[Series, str], bool]  # whether the step withdraws the occurrence with this id


def none_of_them(_series: Series, _alert: str) -> bool:
    return False


def all_of_them(_series: Series, _alert: str) -> bool:
    return True


def change_series(
    ports: SeriesPorts,
    series_id: str,
    expected: int | None,
    staff: Staff,
    action: SeriesAction,
    changes: Changes,
    withdraws: Which = none_of_them,
) -> Series:
    """The series after the step. What started meanwhile is not withdrawn: then the step is tried anew.

    Raises NotFound, Forbidden, PreconditionRequired, PreconditionFailed, WrongState, InvalidInput,
    Unauthenticated; Conflict when others wrote at every attempt.
    """
    for attempt in range(1, ATTEMPTS):
        try:
            return _change(ports, series_id, expected, staff, action, changes, withdraws)
        except Conflict:
            ports.alerts.clock.sleep(PAUSE_S * attempt)
    return _change(ports, series_id, expected, staff, action, changes, withdraws)


def _change(
    ports: SeriesPorts,
    series_id: str,
    expected: int | None,
    staff: Staff,
    action: SeriesAction,
    changes: Changes,
    withdraws: Which,
) -> Series:
    require_role(staff, action)
    before = visible(ports, series_id, staff)
    series, now, bounds = before.value, ports.alerts.clock.now(), Bounds(ports.alerts, staff)
    rule = _permitted(series, expected, staff, action, bounds)
    values = {**changes(series, now), "state": rule.next, "revision": series.revision + 1, "updated": now}
    after = replace(series, **values)
    if after.content != series.content and action in _AS_OF_ALERTS:
        bounds.require(_AS_OF_ALERTS[action], after.content, None)
    known = ports.store.waiting(series) if withdraws is not none_of_them else ()
    steps = [_withdrawn(one, staff, action, now) for one in known if withdraws(series, one.value.id)]
    words = differing(series_words(series), series_words(after))
    acts = [act_of(staff, f"series.{action}", f"series/{series.id}", *words), *_acts(staff, steps)]
    ports.store.replace(before, after, acts, steps)
    return after


def visible(ports: SeriesPorts, series_id: str, staff: Staff) -> Versioned[Series]:
    """Raises NotFound also for another municipality's."""
    found = ports.store.get(series_id)
    if found is None or found.value.terc != staff.terc:
        raise NotFound
    return found


def require_role(staff: Staff, action: SeriesAction) -> None:
    """Raises Forbidden when no state would let the caller act; Unauthenticated of an idle session."""
    if not any(rule.action is action and rule.who & staff.roles for rule in SERIES_TABLE):
        raise Forbidden("role-missing")
    if staff.late and action not in STOPS:
        raise Forbidden("stand-in-over")
    if staff.idle and action not in STOPS:
        raise Unauthenticated("session-idle")


def _permitted(
    series: Series, expected: int | None, staff: Staff, action: SeriesAction, bounds: Bounds
) -> SeriesRule:
    rule = series_rule(series.state, action)
    if rule is None:
        raise WrongState
    if expected is None and not rule.unconditional:
        raise PreconditionRequired
    if expected != series.revision and not rule.unconditional:
        raise PreconditionFailed
    if not rule.who & staff.roles:
        raise Forbidden("role-missing")
    within = bounds.roles(series.content, None)
    if not rule.who & within:
        raise Forbidden("out-of-scope")
    if not series.may(action, staff.person, within):
        raise Forbidden("own-approval")
    return rule


def _withdrawn(known: Any, staff: Staff, action: SeriesAction, now: datetime) -> Step:
    alert = known.value
    after = replace(alert, state=State.CANCELLED, finished=now, updated=now, revision=alert.revision + 1)
    return known, after, history_entry(Action.CANCEL, after, staff, alert, {"series": action.value})


def _acts(staff: Staff, steps: Sequence[Step]) -> list[Any]:
    return [
        act_of(
            staff,
            "alert.cancel",
            f"alerts/{after.id}",
            {"state": before.value.state.value},
            {"state": after.state.value, **entry.details},
        )
        for before, after, entry in steps
    ]
