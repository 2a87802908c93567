"""The report of an alert's thread as staff read it: frozen, or as it would be now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.domain.after_action import SETTLED, Frozen, last_change
from shared.domain.report.make import make_report
from shared.errors import NotFound
from shared.formats.alert_json import time_json
from shared.formats.report_json import report_json, report_of
from shared.formats.report_shown import Standing
from shared.ports import Staff
from shared.services.alerts.alert_guards import visible
from shared.services.reports.gather_material import gather_material, thread_of
from shared.services.reports.report_ports import ReportPorts


@dataclass(frozen=True)
class SeenReport:
    """`frozen` None: a preview, that is to be frozen at `due` where the thread is over."""

    report: dict[str, Any]
    frozen: Frozen | None
    due: datetime | None
    editions: Sequence[Frozen]


def see_report(ports: ReportPorts, staff: Staff, alert_id: str, wanted: str = "") -> SeenReport:
    """`wanted`: the id of an edition; else the newest, while nothing happened since. Raises NotFound,
    Unreadable, Unavailable."""
    asked = visible(ports.alerts, alert_id, staff).value
    thread = asked.thread_id
    editions = ports.reports.of(staff.terc, thread)
    messages = thread_of(ports, staff.terc, thread, asked)
    until = last_change(messages)
    frozen = _chosen(editions, until, wanted)
    if frozen is not None:
        return SeenReport(_shown(report_of(frozen.text), staff), frozen, None, editions)
    made = make_report(gather_material(ports, staff.terc, thread, messages))
    due = None if until is None else until + SETTLED
    return SeenReport(_shown(report_json(made), staff), None, due, editions)


def standing_of(seen: SeenReport) -> Standing:
    """How the report tells of itself."""
    frozen = seen.frozen
    earlier = tuple((time_json(one.at), one.sha256) for one in seen.editions if one != frozen)
    if frozen is None:
        return Standing(due=None if seen.due is None else time_json(seen.due), earlier=earlier)
    return Standing(at=time_json(frozen.at), sha256=frozen.sha256, earlier=earlier)


def _chosen(editions: Sequence[Frozen], until: datetime | None, wanted: str) -> Frozen | None:
    """Raises NotFound for an edition that is not there."""
    if wanted:
        found = next((one for one in editions if one.id == wanted), None)
        if found is None:
            raise NotFound
        return found
    newest = editions[-1] if editions else None
    return newest if newest and until is not None and newest.until >= until else None


def _shown(report: dict[str, Any], staff: Staff) -> dict[str, Any]:
    """Whoever stands in for an office sees no names of those who were called."""
    if not staff.on_behalf:
        return report
    calls = [{**one, "by": ""} for one in report.get("calls", [])]
    lines = [
        {**one, "who": ""} if str(one.get("what", "")).startswith("call.") else one
        for one in report.get("lines", [])
    ]
    return {**report, "calls": calls, "lines": lines}
