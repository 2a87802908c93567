"""Freezing the report of a thread that is over, once for each time that it ended."""

from __future__ import annotations

from shared.domain.after_action import Frozen, edition, is_due, last_change
from shared.domain.audit import Act
from shared.domain.report.make import make_report
from shared.errors import Conflict
from shared.formats.report_json import digest, report_text
from shared.services.reports.gather_material import gather_material, thread_of
from shared.services.reports.report_ports import ReportPorts


def freeze_report(ports: ReportPorts, terc: str, thread: str) -> Frozen | None:
    """The edition that this froze; None when nothing was due, or another one froze it meanwhile.

    A worker that dies before the commit leaves nothing, and one that comes again finds it done. Raises
    Unavailable, Conflict of the audit's chain.
    """
    messages = thread_of(ports, terc, thread)
    known = ports.reports.of(terc, thread)
    until = last_change(messages)
    if until is None or not is_due(messages, known, ports.clock.now()):
        return None
    report = make_report(gather_material(ports, terc, thread, messages, anew=True))
    text = report_text(report)
    frozen = Frozen(edition(thread, known), terc, thread, report.made, until, digest(text), text)
    words = {"report": frozen.id, "sha256": frozen.sha256}
    try:
        ports.reports.create(frozen, [Act(terc, "report.freeze", None, f"alerts/{thread}", after=words)])
    except Conflict:
        if any(one.id == frozen.id for one in ports.reports.of(terc, thread)):
            return None
        raise
    return frozen
